"""The words by which mail programs introduce a quoted or forwarded mail, in the languages our clients write.

Only tables and the patterns made of them live here; `newest` decides what to cut. Languages: German, French, Spanish, Portuguese,
Italian, Dutch, Polish, Russian, Ukrainian, Norwegian, Swedish, Danish, Finnish, Czech, Hungarian, Turkish, Chinese, Japanese, English.
"""

from __future__ import annotations

import re

WROTE = (
    r"wrote|writes|said|schrieb|geschrieben|a [ée]crit|a écrit|escribi[óo]|escreveu|ha scritto|scrisse|schreef|heeft .{0,120}geschreven"
    r"|napisał\(a\)|napisał|napisała|pisze|написал\(а\)|написала?|пишет|пише|написав|skrev|skrev följande|kirjoitti|napsal\(a\)|napsala?"
    r"|[íi]rta|ezt írta|yazdı|şunları yazdı|写道|寫道|书写|のメール|さんは書きました|は書きました|wrote the following|a scris|έγραψε|schreibt"
)
_STARTS = r"on|am|le|el|em|il|op|den|dnia|w dniu|dne|pe|di|tiistaina|em|a|in|at|vào|кому|в|от|på|no dia|il giorno|il giorno|en date du"
ATTRIBUTION_START = re.compile(rf"^(?:{_STARTS})\s+\S", re.I)
ATTRIBUTION_VERB = re.compile(rf"(?:{WROTE})\b", re.I)
ATTRIBUTION_BARE_END = re.compile(
    r"\b(?:wrote|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|skrev)$", re.I
)
# The line that ends an attribution: a writing verb or an address, then a colon and nothing else.
ATTRIBUTION_END = re.compile(
    rf"(?:(?:{WROTE})(?:\s+[^:\n]{{0,160}})?|<[^<>\s]{{1,120}}@[^<>\s]{{1,120}}>(?:\s*\([^()\n]{{0,80}}\))?|[\])>])\s*[:：]\s*$",
    re.I,
)
DATE_HINT = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[:.h]\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}年")
ADDRESS_HINT = re.compile(r"[^\s<>@]{1,80}@[^\s<>@]{1,80}\.[^\s<>@.]{2,}")

_FROM = "from|von|de|da|van|från|fra|lähettäjä|od|nadawca|от|отправитель|від|kimden|gönderen|发件人|寄件者|差出人|送信元|feladó"
_SENT = (
    "sent|date|gesendet|datum|envoy[ée]|date d'envoi|enviado|enviado el|enviada|enviada em|fecha|data|inviato|inviata|verzonden|skickat|"
    "sendt|dato|lähetetty|päiväys|wysłano|data wysłania|отправлено|дата|надіслано|odesl[áa]no|tarih|gönderildi|gönderme tarihi|发送时间|日期|"
    "寄件日期|送信日時|日時|elküldve|dátum"
)
_TO = "to|an|à|a|para|destinatario|destinataire|per|aan|till|til|vastaanottaja|do|komu|кому|получатель|kime|alıcı|收件人|宛先|címzett|cc|kopie|copie"
_SUBJECT = "subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|temat|тема|předm[ěe]t|konu|主题|主旨|件名|t[áa]rgy|re"
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
    "eredeti üzenet|reply message|antwort|antwoord|reply above this line"
)
_FORWARDED = (
    "forwarded message|forwarded by [^\n]{0,80}|weitergeleitete nachricht|message transf[ée]r[ée]|mensaje reenviado|mensagem encaminhada|"
    "messaggio inoltrato|doorgestuurd bericht|vidarebefordrat meddelande|videresendt melding|videresendt meddelelse|"
    "välitetty viesti|wiadomość przekazana|przekazana wiadomość|treść przekazanej wiadomości|пересылаемое сообщение|"
    "перенаправленное сообщение|пересланное сообщение|переслане повідомлення|přeposlaná zpráva|iletilen mesaj|iletilmiş mesaj|"
    "转发的邮件|轉寄郵件|転送されたメッセージ|転送メッセージ|továbbított üzenet"
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
    r"^\s*(?:fwd?|wg|tr|rv|enc|i|doorst|vb|vs|videres|pd|przek|отв|пер|ilt|转发|轉寄|転送)\s*[:：]", re.I
)
UNDERSCORE_RULE = re.compile(r"^\s*(?:_{10,}|-{20,}|={10,}|\*{10,})\s*$")
REPLY_ABOVE = re.compile(
    r"^\s*[-#=*]{0,5}\s*(?:please )?(?:type|reply|write|respond)[^\n]{0,30}above this line", re.I
)

DEVICE_TAGLINE = re.compile(
    r"^\s*[-–—_*]{0,3}\s*(?:"
    r"(?:sent|gesendet|envoyé|envoyée|enviado|enviada|inviato|inviata|verzonden|verstuurd|skickat|skickad|sendt|lähetetty|wysłane|wysłano|"
    r"отправлено|надіслано|odesláno|gönderildi|küldve)\s+(?:from|with|via|using|by|von|mit|über|aus|de|depuis|avec|à partir de|desde|con|do|da|"
    r"dal|dallo|tramite|van|vanaf|met|från|fra|med|z|ze|с|из|з|iz|uit|lentokoneesta|a partir)\s+[^\n]{1,90}"
    r"|(?:get|download|obtenir|obtenez|téléchargez|obtener|obtenga|hol dir|holen sie sich|scarica)\s+(?:outlook|bluemail|protonmail|yahoo mail)[^\n]{0,80}"
    r"|yahoo mail:[^\n]{0,80}|von meinem [^\n]{1,60} gesendet|diese nachricht wurde von meinem [^\n]{1,60} gesendet|"
    r"mit meinem [^\n]{1,40} gesendet|iPhone'?(?:um|dan|umdan) gönderildi|iphone-?ul meu|iPhoneから送信|从我的\s?\S{1,30}\s?发送|发自我的\s?\S{1,30}|"
    r"sent on the go[^\n]{0,40}|sent while mobile|typed (?:on|with)[^\n]{0,40}thumbs?[^\n]{0,30}|please excuse (?:the |any )?(?:typos|brevity)[^\n]{0,60}"
    r"|lähetetty (?:iphonesta|puhelimesta)[^\n]{0,40})\s*[.!]?\s*$",
    re.I,
)
# "Sent from ..." typed as a sentence of the mail names no product and ends no mail.
DEVICE_NAMES = re.compile(
    r"iphone|ipad|ios|android|samsung|galaxy|blackberry|mobile|mobil|phone|handy|smartphone|outlook|gmail|yahoo|mail|huawei|xiaomi|pixel|"
    r"windows|device|tablet|proton|телефон|устройств|wireless|4g|5g|handheld|nokia|lumia|zoho|hubspot|superhuman|typed|excuse|on the go|téléphone|"
    r"móvil|celular|telefon|telefoon|mein|我的|から",
    re.I,
)
SIGNATURE_DELIMITER = re.compile(r"^(?:--|––|– –|__|---)[ \t\u00a0]*$")
# Rules and introductions left standing above a mail that was cut off.
LEFT_ABOVE = re.compile(r"^\s*(?:[-=_*~]{3,}|message du\s*:[^\n]{0,60}|>+)\s*$", re.I)
