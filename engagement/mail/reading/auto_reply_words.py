"""Whether a mail without the headers of an automatic answer still reads as one: absence, receipt, someone who left.

What lives here: subjects and bodies of responders in the languages our clients write. What does not: headers (`machine`), and what
an automatic answer says (dates, who to ask instead). People write about being away, too: beyond the set subjects of
programs, a subject needs a body that fits, and a body has to say two things that belong together.
"""

from __future__ import annotations

import re
from functools import lru_cache

READ_CHARACTERS = 900

_NEW_MAIL = r"^\W*(?:\[[^\]\n]{1,30}\]\W*)?"
# Subjects that only programs write. Behind "Re:" a person answers such a mail.
_SET_SUBJECT = re.compile(
    _NEW_MAIL
    + r"(?:(?:automatic(?:ally generated)?|auto(?:mated)?)[ -]?(?:reply|response|answer)(?= ?[:\[(–-]| from\b| to:|\W*$)|auto ?:|autoreply(?= ?[:\[(–-]|\W*$)|auto[- ]?(?:responder|response)\b|out of (?:the )?office(?: (?:auto ?reply|reply|notice|notification|message|response)\b|(?= ?[:(–-]|\W*$))|ooo ?[:–-]|ooo$|"
    r"(?:vacation|absence|holiday) (?:reply|notice|response|message|auto-?reply)\b|automatische (?:antwort|abwesenheit\w*)|abwesenheits(?:notiz|nachricht|meldung|assistent|benachrichtigung|info)|abwesend ?:|réponse automatique|(?:absence|absente?) (?:du|de) bureau|message d'absence|notification d'absence|"
    r"respuesta automática|fuera de (?:la )?oficina ?(?::|$)|resposta automática|fora do escritório ?(?::|$)|ausência (?:temporária|do escritório)|risposta automatica|fuori (?:sede|ufficio) ?(?::|$)|automatisch antwoord|afwezigheids(?:bericht|melding|assistent)|afwezig ?:|autosvar|automatisk(?:t)? svar|"
    r"fraværsmelding|fraværende ?:|frånvaro(?:meddelande|assistent)|automaattinen (?:vastaus|poissaoloviesti)|poissaoloilmoitus|poissa ?:|autoodpowiedź|odpowiedź automatyczna|automatyczna odpowiedź|автоматический ответ|автоответ|автоматична відповідь|otomatik yanıt|automatická odpověď|automatikus válasz|"
    r"răspuns automat|αυτόματη απάντηση|自动回复|自動回覆|自動応答|自動返信|자동 ?(?:회신|응답)|부재중|not read ?:|return receipt\b|delivery receipt\b)",
    re.I,
)
_ABSENCE_SUBJECT = re.compile(
    _NEW_MAIL
    + r"(?:(?:re|aw|sv|antw) ?: ?)?(?:out of (?:the )?office|ooo\b|(?:i(?:'m| am) )?(?:currently )?(?:out|away)\b|on (?:vacation|annual leave|leave|maternity|paternity|parental|medical|holiday)|abwesenheit|abwesend|urlaub|absence|absente?\b|congés|ausencia|vacaciones|fuera de|ausência|férias|assenza|ferie|afwezig|fravær|frånvaro|不在|休暇|no longer (?:with|at|employed|works|in)|left the company|nicht mehr (?:bei|im))",
    re.I,
)
_RECEIPT_SUBJECT = re.compile(
    _NEW_MAIL
    + r"(?:(?:re|aw|sv|antw) ?: ?)?(?:(?:your |new )?(?:ticket|case|support request|request|inquiry|enquiry|message|e-?mail)\b.{0,60}\b(?:received|created|opened|registered|logged|acknowledg\w+)|we(?:'ve| have)? (?:have )?received your|(?:thank you|thanks) for (?:contacting|reaching out|your (?:message|inquiry|enquiry|e-?mail|request|interest))|\[?(?:ticket|case|request|incident)[ #:]{1,3}[\w-]{2,20}\]?|"
    r"\[?#\d{3,}\]?|eingangsbestätigung|ihre (?:anfrage|nachricht)|accusé de réception|nous avons (?:bien )?reçu|hemos recibido|recebemos|abbiamo ricevuto|(?:wij|we) hebben uw|ontvangstbevestiging|confirmation of receipt|acknowledg)",
    re.I,
)
_READ_SUBJECT = re.compile(_NEW_MAIL + r"(?:read|gelesen|lu|leído|lida|letto|gelezen|lest|läst) ?: ", re.I)
_READ_BODY = re.compile(
    r"^\W*your message\b.{0,400}\bwas read\b|was read on\b|wurde (?:am .{0,40})?gelesen|a été lu|fue leído|è stato letto|foi lida|is gelezen|without being read",
    re.I,
)
_ABSENT = re.compile(
    r"\b(?:i am|i'm|i will be|i'll be|we are|we're|we will be|our offices? (?:is|are|will be)|the office (?:is|will be)|(?-i:(?!Borrower|Owner|Home|Tenant|Seller|Buyer|Client|Appraiser|Agent|Realtor|Contact|Lender|He |She )[A-Z]\w+ (?:\w+ )?is)) (?:currently |presently |now |also |both |still |temporarily )*"
    r"(?:out of (?:the )?(?:office|country|town)(?! space)|away from (?:my|the|our) (?:desk|office|e-?mail)|away (?:until|till|on|for)\b|on (?:vacation|leave|holiday|pto|annual leave|(?:maternity|paternity|parental|medical|sick) leave|a business trip|parental)|travell?ing\b.{0,60}(?:limited|no|little)|closed (?:for|until|on|from|today|between)|unavailable (?:until|from)|not (?:available|in the office) (?:until|from|between))"
    r"|\bich bin (?:vom|bis|derzeit|zurzeit|zur zeit|momentan|aktuell|im moment|leider)\b.{0,80}(?:nicht (?:im (?:büro|hause)|erreichbar|am arbeitsplatz)|abwesend|im urlaub|außer haus)|\bich bin (?:im urlaub|außer haus|nicht im büro)|\bje suis (?:actuellement |en )?(?:absente?|en congés?|congés?|en déplacement|hors du bureau)|\bestoy (?:fuera|de vacaciones|ausente)|\bestar[ée] (?:fuera|de vacaciones|ausente)|"
    r"\bestou (?:fora|de férias|ausente)|\bestarei (?:fora|de férias|ausente)|\bsono (?:fuori (?:ufficio|sede)|in ferie|assente)|\bsarò (?:assente|fuori|in ferie)|\bik ben (?:\S{1,30} ){0,6}(?:afwezig|niet (?:op kantoor|aanwezig)|met vakantie|op vakantie)|\bjag är (?:\S{1,30} ){0,4}(?:borta|ledig|frånvarande|på semester|inte på kontoret)|\bjeg er (?:\S{1,30} ){0,4}(?:fraværende|på ferie|ute av kontoret|ikke på kontoret|borte)|"
    r"\bolen (?:\S{1,30} ){0,4}(?:lomalla|poissa)|przebywam na urlopie|jestem (?:na urlopie|nieobecn)|я (?:в отпуске|нахожусь в отпуске|отсутствую)|не в офисе|休暇(?:中|を)|不在(?:に|で|と|中|のため)|(?:正在|目前)?(?:休假|不在办公室|外出)|부재중|휴가",
    re.I,
)
_ABSENCE_GOES_ON = re.compile(
    r"\b(?:will (?:be )?(?:return|back)|(?:return|back|returning) (?:on|in|to|at|from|by|tomorrow|monday|tuesday|wednesday|thursday|friday)|until \w+|limited (?:access|e-?mail)|no access|(?:upon|on|after|when) (?:my|i|our|we) return|(?:urgent|immediate|emergenc|assistance|in my absence|time.sensitive)|respond to (?:your|you)|get back to you|thank you for your (?:e-?mail|message|patience)|"
    r"wieder (?:da|erreichbar|zurück|im büro)|zurück|dringend|vertretung|weitergeleitet|nicht (?:gelesen|weitergeleitet)|de retour|jusqu'au|urgence|urgent|hasta el|vuelvo|regres|urgente|até|retorno|voltarei|fino al|rientr|urgent[ei]|terug|dringende?|tot en met|tillbaka|åter|tilbake|tilbage|takaisin|powrót|wracam|pilne|вернусь|срочн|戻|までお|回来|紧急|返回)",
    re.I,
)
_RECEIVED = re.compile(
    r"\b(?:we(?:'ve| have)?|i(?:'ve| have)?) (?:have )?(?:successfully )?received your (?:request|e-?mail|message|inquiry|enquiry|ticket|submission|support)|your (?:request|ticket|case|inquiry|enquiry|e-?mail|message|support request)\b.{0,80}\b(?:has been|was|is) (?:received|created|opened|logged|registered|assigned|submitted)|(?:a|your) (?:support )?(?:ticket|case) (?:\S{1,30} )?(?:has been|was) (?:created|opened)|"
    r"thank(?:s| you) for (?:contacting|reaching out to|getting in touch with|e-?mailing)|ihre (?:anfrage|nachricht|e-?mail)\b.{0,60}(?:eingegangen|erhalten)|nous avons (?:bien )?reçu votre (?:demande|message|courriel|e-?mail)|hemos recibido (?:su|tu) (?:solicitud|mensaje|consulta|correo)|recebemos (?:a )?sua (?:solicitação|mensagem|consulta)|abbiamo ricevuto la (?:sua|tua|vostra) (?:richiesta|mail|e-?mail)|"
    r"hebben (?:uw|je) (?:bericht|verzoek|e-?mail|vraag|aanvraag)\b.{0,30}ontvangen|zgłoszenie .{0,40}(?:przyjęte|zarejestrowane|utworzone)|ваш(?:е|а) (?:обращение|заявка|запрос).{0,40}(?:принят|зарегистрирован)|お問い合わせ(?:を|いただき|ありがとう)|您的(?:请求|工单|邮件).{0,20}(?:已收到|已创建)",
    re.I,
)
_RECEIPT_GOES_ON = re.compile(
    r"\b(?:(?:will|'ll|shall) (?:\w+ )?(?:respond|reply|get back|be in touch|contact you|review|answer|be with you|follow up)|(?:ticket|case|reference|request|incident)(?: (?:number|id|no\.?))?(?: is)?[ :#]{1,3}[\w-]{0,10}\d{2,}|within (?:\d+|one|two|24|48)[ -](?:\w+ )?(?:hours?|days?)|as soon as possible|automated|automatic|do not reply|unmonitored|schnellstmöglich|so schnell wie möglich|bearbeit|ticketnummer|"
    r"dans les (?:plus brefs|meilleurs) délais|numéro de (?:ticket|dossier)|a la brevedad|lo antes posible|número de (?:ticket|caso|solicitud)|o mais breve|em breve|al più presto|numero di ticket|zo spoedig mogelijk|zo snel mogelijk|binnen \d+|w ciągu|ближайшее время|номер|自動|改めて|尽快|自动)",
    re.I,
)
_SAYS_AUTOMATIC = re.compile(
    r"\b(?:this is an? )auto(?:mated|matic)(?:ally generated)? (?:reply|response|acknowledg|answer|out.of.office)|\bdies ist eine automatische (?:antwort|nachricht)|\bceci est une réponse automatique|\beste es un (?:mensaje|correo) automático de (?:respuesta|ausencia)|\besta é uma resposta automática|\bquesta è una risposta automatica|\bdit is een automatisch (?:antwoord|gegenereerd antwoord)|это автоматический ответ|これは自動(?:返信|応答)|本邮件为自动回复",
    re.I,
)
_LEFT = re.compile(
    r"\b(?:is|are|am) no longer (?:with|employed|working|an employee|at\b|part of)|\b(?:no longer works?|has left the (?:company|firm|bank|organi[sz]ation)|have left (?:the )?\w+)|nicht mehr (?:bei|für|im unternehmen)|ne (?:travaille|fait) plus|ya no (?:trabaja|forma parte)|não (?:trabalha|faz) mais|non (?:lavora|fa) più|niet (?:meer|langer) werkzaam",
    re.I,
)
_LEFT_GOES_ON = re.compile(
    r"\b(?:please|kindly|for (?:further )?assistance|inquiries)\b.{0,60}\b(?:direct|contact|e-?mail|send|forward|reach|call|address)|this (?:mailbox|inbox|e-?mail (?:address|account)) (?:is|will)|not (?:being )?monitored|wenden sie sich|veuillez|merci de|póngase en contacto|dirij|entre em contato|si prega di|contattare|neem contact|contact op",
    re.I,
)
_FIRST_PERSON = re.compile(r"\b(?:i|i'm|i'll|i've|i'd|my|me|we|our|us|ich|mein\w*|je|mon|yo|mi)\b", re.I)


# Asked once for a report and once for the tier.
@lru_cache(maxsize=4)
def reads_as_automatic(subject: str, text: str) -> bool:
    """Whether subject and text are those of a responder: absence notice, ticket or read receipt, note about someone who left."""
    body = " ".join(text[: 3 * READ_CHARACTERS].split())[:READ_CHARACTERS].replace("’", "'")
    if _SET_SUBJECT.match(subject) and not body.rstrip().endswith("?"):
        return True
    if _SAYS_AUTOMATIC.search(body):
        return True
    if _READ_SUBJECT.match(subject) and (not body or _READ_BODY.search(body)):
        return True
    asks = "?" in body
    return (
        _tells_absence(subject, body, asks)
        or _tells_receipt(subject, body, asks)
        or _tells_leaving(subject, body)
    )


def _tells_absence(subject: str, body: str, asks: bool) -> bool:
    absent = _ABSENT.search(body)
    if absent is None or asks:
        return False
    begins = absent.start() < 160
    return begins and bool(_ABSENCE_SUBJECT.match(subject) or _ABSENCE_GOES_ON.search(body[absent.start() :]))


def _tells_receipt(subject: str, body: str, asks: bool) -> bool:
    received = _RECEIVED.search(body[:400])
    goes_on = _RECEIPT_GOES_ON.search(body)
    if asks or not goes_on:
        return False
    return bool(received) and (bool(_RECEIPT_SUBJECT.match(subject)) or goes_on.start() != received.start())


def _tells_leaving(subject: str, body: str) -> bool:
    left = _LEFT.search(body[:300])
    if left is None:
        return False
    goes_on = bool(_LEFT_GOES_ON.search(body))
    return goes_on and (bool(_ABSENCE_SUBJECT.match(subject)) or not _FIRST_PERSON.search(body))
