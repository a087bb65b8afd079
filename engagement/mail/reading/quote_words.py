"""The words by which mail programs introduce a quoted or forwarded mail, in the languages our clients write.

Only tables and the patterns made of them live here; `newest` decides what to cut. Languages: German, French, Spanish, Portuguese,
Italian, Dutch, Polish, Russian, Ukrainian, Norwegian, Swedish, Danish, Finnish, Czech, Hungarian, Turkish, Chinese, Japanese, Korean, Romanian, Greek, English.
"""

from __future__ import annotations

import re

WROTE = (
    r"wrote|writes|said|schrieb|geschrieben|a [ée]crit|a écrit|escribi[óo]|escreveu|ha scritto|scrisse|schreef|heeft .{0,120}geschreven"
    r"|napisał\(a\)|napisał|napisała|pisze|написал\(а\)|написала?|пишет|пише|написав|skrev|skrev följande|kirjoitti|napsal\(a\)|napsala?"
    r"|[íi]rta|ezt írta|yazdı|şunları yazdı|写道|寫道|书写|のメール|さんは書きました|は書きました|wrote the following|a scris|έγραψε|schreibt|님이 작성|님이 쓴 글|작성"
)
_STARTS = r"on|am|le|el|em|il|op|den|dnia|w dniu|dne|pe|di|tiistaina|em|a|in|at|vào|кому|в|от|på|no dia|il giorno|il giorno|en date du"
ATTRIBUTION_START = re.compile(rf"^(?:{_STARTS})\s+\S", re.I)
ATTRIBUTION_VERB = re.compile(rf"(?:{WROTE})\b", re.I)
ATTRIBUTION_BARE_END = re.compile(
    r"\b(?:wrote|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|skrev)$", re.I
)
# The line that ends an attribution: a writing verb or an address, then a colon and nothing else.
ATTRIBUTION_END = re.compile(
    rf"(?:(?:{WROTE})(?:\s+(?:[^:\n]|(?<=\d):(?=\d)){{0,160}})?|<[^<>\s]{{1,120}}@[^<>\s]{{1,120}}>(?:\s*\([^()\n]{{0,80}}\))?|[\])>])\s*[:：]\s*$",
    re.I,
)
# ---- On Tue, 17 Nov 2026 09:14:22 -0700 Ann <ann@bank.example> wrote ----
ATTRIBUTION_RULE = re.compile(rf"^\s{{0,20}}-{{3,}} [^\n]{{3,200}}(?:{WROTE})\s?:? -{{3,}}\s*$", re.I)
ANGLE_ADDRESS = re.compile(r"<[^<>\s@]{1,64}@[^<>\s]{1,190}>")
DATE_HINT = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[:.h]\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}年")
ADDRESS_HINT = re.compile(r"[^\s<>@]{1,80}@[^\s<>@]{1,80}\.[^\s<>@.]{2,}")

_FROM = "from|von|de|da|van|från|fra|lähettäjä|od|nadawca|от|отправитель|від|kimden|gönderen|发件人|發件人|寄件者|寄件人|差出人|送信元|送信者|보낸 ?사람|발신자?|feladó|expeditor|από|remitente|remetente|mittente|expéditeur|absender|afzender"
_SENT = (
    "sent|date|gesendet|datum|envoy[ée]|date d'envoi|enviado|enviado el|enviada|enviada em|fecha|data|inviato|inviata|verzonden|skickat|"
    "sendt|dato|lähetetty|päiväys|wysłano|data wysłania|отправлено|дата|надіслано|odesl[áa]no|tarih|gönderildi|gönderme tarihi|发送时间|日期|"
    "發送時間|寄件日期|送信日時|日時|보낸 ?날짜|날짜|보낸 ?시간|elküldve|dátum|trimis|στάλθηκε|ημερομηνία|päivämäärä"
)
_TO = "to|an|à|a|para|destinatario|destinataire|per|aan|till|til|vastaanottaja|do|komu|кому|получатель|kime|alıcı|收件人|收件者|宛先|받는 ?사람|수신자?|참조|címzett|către|προς|抄送|copie à|copia|cc|kopie|copie"
_SUBJECT = "subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|temat|тема|předm[ěe]t|konu|主题|主題|主旨|标题|件名|제목|t[áa]rgy|subiect|θέμα|re"
_DECOR = r"^[\s*_>|]{0,6}"


def _label(names: str) -> re.Pattern[str]:
    return re.compile(rf"{_DECOR}(?:{names})\s?[*_]{{0,2}}\s?[:：][*_]{{0,2}}(?:\s|$|\S)", re.I)


FROM_LABEL = _label(_FROM)
OTHER_LABELS = {"sent": _label(_SENT), "to": _label(_TO), "subject": _label(_SUBJECT)}

_ORIGINAL = (
    "original message|original appointment|original nachricht|originalnachricht|ursprüngliche nachricht|urspr(?:ü|ue)ngliche mail|ursprungligt meddelande|original-nachricht|"
    "message d'origine|message d’origine|message original|mensaje original|mensagem original|messaggio originale|"
    "oorspronkelijk bericht|originele bericht|opprinnelig melding|oprindelig meddelelse|oprindelig besked|original besked|"
    "alkuperäinen viesti|oryginalna wiadomość|wiadomość oryginalna|исходное сообщение|оригинальное сообщение|"
    "original meddelande|původní zpráva|původní e-mail|özgün ileti|orijinal mesaj|原始邮件|邮件原件|原始郵件|元のメッセージ|"
    "원본 ?메시지|원본 ?메일|mesaj original|αρχικό μήνυμα|eredeti üzenet|reply message|antwort|antwoord|reply above this line"
)
_FORWARDED = (
    "forwarded message|forwarded by [^\n]{0,80}|weitergeleitete nachricht|message transf[ée]r[ée]|mensaje reenviado|mensagem encaminhada|"
    "messaggio inoltrato|doorgestuurd bericht|vidarebefordrat meddelande|videresendt melding|videresendt meddelelse|"
    "välitetty viesti|wiadomość przekazana|przekazana wiadomość|treść przekazanej wiadomości|пересылаемое сообщение|"
    "перенаправленное сообщение|пересланное сообщение|переслане повідомлення|přeposlaná zpráva|iletilen mesaj|iletilmiş mesaj|"
    "转发的邮件|转发邮件信息|轉寄郵件|転送されたメッセージ|転送メッセージ|전달된 ?(?:메시지|메일)|mesaj redirecționat|προωθημένο μήνυμα|továbbított üzenet"
)
ORIGINAL_MARK = re.compile(
    rf"^[\s>*_]{{0,6}}[-_=–—*]{{2,60}}\s*(?:{_ORIGINAL})\s*[-_=–—*]{{0,60}}[\s:]*$", re.I
)
FORWARD_MARK = re.compile(
    rf"^[\s>*_]{{0,6}}[-_=–—*]{{2,60}}\s*(?:{_FORWARDED})\s*[-_=–—*]{{0,60}}[\s:]*$"
    rf"|^\s*(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message (?:transféré|réexpédié)|inicio del mensaje reenviado|"
    rf"início da mensagem (?:encaminhada|reencaminhada)|inizio messaggio inoltrato|begin doorgestuurd bericht|videresendt besked|"
    rf"vidarebefordrat brev|начало переадресованного сообщения|转发的邮件|転送されたメール)\s*[:：]?\s*$",
    re.I,
)
FORWARD_SUBJECT = re.compile(
    r"^\s*(?:fwd?|wg|tr|rv|enc|i|doorst|vb|vs|videres|pd|przek|отв|пер|ilt|转发|轉寄|転送|전달|fs|vl|továbbítás)\s*[:：]",
    re.I,
)
UNDERSCORE_RULE = re.compile(r"^\s*(?:_{10,}|-{20,}|={10,}|\*{10,})\s*$")
REPLY_ABOVE = re.compile(
    r"^\s{0,20}[-#=*]{0,5}\s{0,20}(?:please )?(?:type|reply|write|respond)[^\n]{0,30}above this line", re.I
)

DEVICE_TAGLINE = re.compile(
    r"^\s*[-–—_*]{0,3}\s*(?:"
    r"(?:sent|gesendet|envoyé|envoyée|enviado|enviada|inviato|inviata|verzonden|verstuurd|skickat|skickad|sendt|lähetetty|wysłane|wysłano|"
    r"отправлено|надіслано|odesláno|gönderildi|küldve)\s+(?:from|with|via|using|by|von|mit|über|aus|de|depuis|avec|à partir de|desde|con|do|da|à partir d['’]\S{1,20}|"
    r"dal|dallo|tramite|van|vanaf|met|från|fra|med|z|ze|с|из|з|iz|uit|lentokoneesta|a partir)\s+[^\n]{1,90}"
    r"|(?:get|download|obtenir|obtenez|téléchargez|obtener|obtenga|hol dir|holen sie sich|scarica)\s+(?:outlook|bluemail|protonmail|yahoo mail)[^\n]{0,80}"
    r"|(?:[^\s]{1,20} ){0,4}(?:outlook|bluemail|yahoo mail|proton mail|spark)['\w]{0,8} (?:[^\s]{1,12} ){0,3}(?:ios|android)\w{0,4}(?:\s?(?:beschaffen|abrufen|herunterladen|downloaden|をダウンロード|を入手|다운로드|下载|下載))?|(?:ios|android)(?: için|用|용) ?outlook[^\n]{0,30}"
    r"|(?=[^\n]{0,80}(?:iphon|ipad|android|samsung|galaxy|huawei|xiaomi|outlook|яндекс|gmail))[^\n]{0,60}(?:trimis|στάλθηκε|küldve|poslan[oeéa]|odesl[áa]no|wysłan[oe]|gönderildi|отправлено|надіслано|изпратено|enviat|siųsta|nosūtīts|saadetud|poslato|dikirim|đã gửi|發自|发自|来自|來自|傳送|发送|送信|보냄|ส่งจาก|נשלח|أرسل)[^\n]{0,60}"
    r"|yahoo mail:[^\n]{0,80}|von meinem [^\n]{1,60} gesendet|diese nachricht wurde von meinem [^\n]{1,60} gesendet|"
    r"mit meinem [^\n]{1,40} gesendet|iPhone'?(?:um|dan|umdan) gönderildi|iphone-?ul meu|iPhoneから送信|나의 \S{1,20}에서 보냄|내 \S{1,20}에서 보냄|\S{1,20}에서 보냄|从我的\s?\S{1,30}\s?发送|发自我的\s?\S{1,30}|"
    r"sent on the go[^\n]{0,40}|sent while mobile|typed (?:on|with)[^\n]{0,40}thumbs?[^\n]{0,30}|please excuse (?:the |any )?(?:typos|brevity)[^\n]{0,60}"
    r"|lähetetty (?:iphonesta|puhelimesta)[^\n]{0,40})\s*[.!]?\s*$",
    re.I,
)
# "Sent from ..." typed as a sentence of the mail names no product and ends no mail.
DEVICE_NAMES = re.compile(
    r"iphon|ipad|ios|android|яндекс|почт|samsung|galaxy|blackberry|mobile|mobil|phone|handy|smartphone|outlook|gmail|yahoo|mail|huawei|xiaomi|pixel|"
    r"windows|device|tablet|proton|телефон|устройств|wireless|4g|5g|handheld|nokia|lumia|zoho|hubspot|superhuman|spark|typed|excuse|on the go|téléphone|에서|"
    r"móvil|celular|telefon|telefoon|mein|我的|から",
    re.I,
)
SIGNATURE_DELIMITER = re.compile(r"^(?:--|––|– –|__|---)[ \t\u00a0]*$")
# Rules and introductions left standing above a mail that was cut off.
LEFT_ABOVE = re.compile(r"^\s*(?:[-=_*~]{3,}|message du\s*:[^\n]{0,60}|>+)\s*$", re.I)
