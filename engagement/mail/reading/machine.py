"""Tells a person's mail from a machine's: bounce, complaint report, auto-reply, list, human.

What lives here: the tier. What does not: who bounced or complained (`bounces`). Order matters: nearly half of real bounces carry
auto-reply headers and complaint reports look like bounces, so bounces are tested first, but never by words alone when a
person could have written them. Portals and no-reply senders are `human`, because their content matters; `is_no_reply` marks them.
"""

from __future__ import annotations

import re
from enum import StrEnum

from .auto_reply_words import reads_as_automatic
from .parsing import ParsedMessage
from .provider_notices import read_notice


class Tier(StrEnum):
    """What sort of sender wrote the mail."""

    BOUNCE = "bounce"
    COMPLAINT_REPORT = "complaint_report"
    AUTO_REPLY = "auto_reply"
    LIST = "list"
    HUMAN = "human"


_DAEMON = re.compile(
    r"^(?:mailer-?daemon|mail-?daemon|post_?master|maildaemon|mdaemon|mail\.?delivery|bounces?|double-bounce|mmdf|smtp-?gateway|mailadmin|mail-?system|root)(?:[+=._-].*)?@",
    re.I,
)
_DAEMON_NAME = re.compile(
    r"mailer[- ]?daemon|mail delivery (?:sub)?system|mail delivery (?:service|system)|delivery (?:sub)?system|postmaster|internet mail delivery|mail administrator|mail system|^\W*system administrator\W*$|mail router",
    re.I,
)
_BOUNCE_SUBJECT = re.compile(
    r"undeliver(?:able|ed)|delivery (?:status notification|failure|failed|has failed|report|problem|notification|incomplete|delayed)|(?:mail|message) (?:delivery|system) (?:failed|failure|error)|"
    r"returned (?:mail|to sender|message)|failure notice|non-?deliver|nondeliverable|mail (?:could not|cannot|not) be? ?deliver|could not be delivered|unzustellbar|nicht zustellbar|"
    r"(?:mail|message|e-mail)[^a-z]{0,3}(?:not|un)[- ]?deliver|delivery of your (?:message|mail)|no se (?:ha podido|puede) entregar|no entregado|non remis|échec de (?:la )?remise|échec de distribution|"
    r"mancato recapito|niet bezorg|onbestelbaar|배달 ?(?:실패|불가)|발송 ?실패|전송되지 못|배달되지|반송|配信(?:できません|不能|エラー)|送信(?:エラー|できません)|メールエラー|エラー通知|未達|退信|退回|投递失败|无法投递|無法投遞|konnte nicht (?:zugestellt|ausgeliefert|versendet)|zustellung fehlgeschlagen|non (?:è stato )?(?:possibile )?(?:recapit|consegn)\w+|niet (?:worden )?(?:afgeleverd|bezorgd)|nie (?:została |można )?dostarcz|kunne ikke (?:leveres|sendes)|kunde inte (?:levereras|skickas)|nelze doručit|nedoručiteln|teslim edilemedi|blocked by our|недоставлен|не доставлен|mail failure|message status - undeliverable|user unknown|rejected mail|warning: (?:message|could not)|"
    r"still being retried|delivery attempts|mail failed|dsn:|ndn:|mail error|undelivered|mail quota|address not found|message not delivered|email not delivered|unable to deliver|delayed mail|mdaemon notification|delivery error|notification d'état",
    re.I,
)
_BOUNCE_BODY = re.compile(
    r"(?:^|\n)[ \t]{0,8}(?:final-recipient ?:|reporting-mta ?:|diagnostic-code ?:|---+ ?(?:the following addresses had|below this line is a copy|this is a copy of the message|original message (?:header|follows)|transcript of session|returned message))|"
    r"(?:could not|cannot|couldn't|can't|was not able to|wasn't able to|unable to) be? ?deliver|delivery (?:to the following|has failed|failed)|permanent (?:fatal )?error|following (?:address|recipient)(?:\(?e?s\)?)?\s+(?:failed|had)|"
    r"\b(?:550|551|552|553|554|450|451|452|421)[ -]#?\d?\.?\d?\.?\d?|user unknown|unknown user|mailbox (?:unavailable|full|not found)|does not exist|no such user|undeliver|not delivered|returned to (?:you|sender)|delivery status|did not reach the following recipient|not been delivered|nicht zugestellt|non è stato recapitato|n'a pas pu être (?:remis|distribué)|退回|存在しません|不存在",
    re.I,
)
_LIST_SENDER = re.compile(r"-(?:request|bounces|owner|admin)@|digest", re.I)
_NO_REPLY = re.compile(
    r"^(?:no|do-?not|donot|dont|never)[-_.]?reply|^(?:noreply|notifications?|notify|alerts?|automailer|automated|system|portal|mailer|bounce|news|newsletter|updates)(?:[-_.+].*)?@|[-_.]no-?reply@|\bno-?reply\b[^@]*@",
    re.I,
)
_AUTOMATED_TEXT = re.compile(
    r"(?:this is an automat(?:ed|ic)|automatically generated|do not reply to this|please do not reply|system[- ]generated|unmonitored (?:mailbox|inbox|address))",
    re.I,
)


def classify_sender(parsed: ParsedMessage) -> Tier:
    """The tier of a mail; a person writing to a list is human."""
    if _is_complaint(parsed):
        return Tier.COMPLAINT_REPORT
    if is_bounce(parsed):
        return Tier.BOUNCE
    if _is_auto_reply(parsed):
        return Tier.AUTO_REPLY
    if _is_list(parsed):
        return Tier.LIST
    return Tier.HUMAN


def is_no_reply(parsed: ParsedMessage) -> bool:
    """Whether a program sent it and reads no answer: portals, notifications, generated mail."""
    if parsed.from_address and _NO_REPLY.search(parsed.from_address):
        return True
    generated = parsed.header("auto-submitted").strip().lower().startswith("auto-generated")
    return generated or bool(
        _AUTOMATED_TEXT.search(parsed.text_plain[:600]) or _AUTOMATED_TEXT.search(parsed.text_plain[-400:])
    )


def _report_type(parsed: ParsedMessage) -> str:
    return parsed.header("content-type").lower().replace('"', "").replace(" ", "")


def _is_complaint(parsed: ParsedMessage) -> bool:
    """ARF (RFC 5965) and the older forms that providers still send."""
    if any(
        kind == "message/feedback-report" for kind, _ in parsed.reports
    ) or "report-type=feedback-report" in _report_type(parsed):
        return True
    notice = read_notice(parsed)
    if notice and notice.kind == "complaint":
        return True
    subject = parsed.subject.lower()
    sender = (parsed.from_address or "").lower()
    is_abuse_sender = bool(
        re.match(
            r"(?:staff@hotmail|complaints?@|fbl|feedback-?loop|abuse-?report|scomp@|arf@|feedbackloop|spamcop)",
            sender,
        )
    )
    older = bool(parsed.header("x-hmxmroriginalrecipient")) or bool(
        re.match(
            r"(?:fw:\s*)?(?:abuse report|complaint about message|email feedback report|client tos notification|spam complaint)",
            subject,
        )
    )
    return (
        is_abuse_sender
        and (older or bool(parsed.enclosed))
        or bool(parsed.header("x-hmxmroriginalrecipient"))
    )


def is_bounce(parsed: ParsedMessage) -> bool:
    """Delivery failures and delays: report parts, mail daemons, null return paths, backed by subject or body."""
    if any(
        kind in ("message/delivery-status", "message/global-delivery-status") for kind, _ in parsed.reports
    ):
        return not _reads_as_success(parsed)
    report = _report_type(parsed)
    if "report-type=delivery-status" in report:
        return True
    if "disposition-notification" in report or any(
        kind == "message/disposition-notification" for kind, _ in parsed.reports
    ):
        return False
    notice = read_notice(parsed)
    if notice:
        return notice.kind == "bounce"
    if parsed.header("x-failed-recipients") or parsed.header("x-ms-exchange-message-is-ndr"):
        return True
    sender = parsed.from_address or ""
    raw_from = parsed.header("from")
    from_daemon = bool(_DAEMON.match(sender) or _DAEMON.match(raw_from) or _DAEMON_NAME.search(raw_from))
    return_path = parsed.header("return-path").strip()
    is_null_path = return_path in ("<>", "< >") or bool(_DAEMON.match(return_path.strip("<> ")))
    body = parsed.text_plain[:20_000] or parsed.text_html[:20_000]
    says_bounce = bool(_BOUNCE_SUBJECT.search(parsed.subject))
    body_bounces = bool(_BOUNCE_BODY.search(body))
    is_automatic = reads_as_automatic(parsed.subject, parsed.text_plain)
    if is_automatic and not body_bounces:
        return False
    if from_daemon:
        return says_bounce or body_bounces or not parsed.subject
    if is_null_path:
        return says_bounce or (body_bounces and not is_automatic)
    starts_bounce = says_bounce and not re.match(
        r"^\s*(?:re|aw|sv|fw|fwd|wg|tr|rv)\s*:", parsed.subject, re.I
    )
    return starts_bounce and body_bounces and _quotes_a_mail(parsed, body)


def _reads_as_success(parsed: ParsedMessage) -> bool:
    """A report whose every action is delivered, relayed or expanded tells of success."""
    actions = [
        action.lower()
        for _, text in parsed.reports
        for action in re.findall(r"^action\s*:\s*([a-z-]+)", text, re.I | re.M)
    ]
    return bool(actions) and all(action in ("delivered", "relayed", "expanded") for action in actions)


def _quotes_a_mail(parsed: ParsedMessage, body: str) -> bool:
    """A bounce without standard headers still carries the failed mail or a transcript."""
    return bool(parsed.enclosed) or bool(
        re.search(
            r"^(?:received|message-id|return-path|final-recipient|diagnostic-code)\s*:|^\s*>>> |\b5\d\d[ -]\d\.\d\.\d",
            body,
            re.I | re.M,
        )
    )


def _is_auto_reply(parsed: ParsedMessage) -> bool:
    """RFC 3834 replies, vacation notices, receipts."""
    submitted = parsed.header("auto-submitted").lower()
    if submitted.startswith(("auto-replied", "auto-notified")):
        return True
    if any(
        kind == "message/disposition-notification" for kind, _ in parsed.reports
    ) or "disposition-notification" in _report_type(parsed):
        return True
    if (
        parsed.header("x-autoreply")
        or parsed.header("x-autorespond")
        or parsed.header("x-autoresponder")
        or parsed.header("x-auto-reply-from")
        or parsed.header("x-vacation-message")
    ):
        return True
    if (
        parsed.header("precedence").strip().lower() in ("auto_reply", "auto-reply")
        or parsed.header("x-precedence").strip().lower() == "auto_reply"
    ):
        return True
    if parsed.header("x-mail-autoreply") or parsed.header(
        "x-ms-exchange-generated-message-source"
    ).lower().startswith("mailbox rules"):
        return True
    return reads_as_automatic(parsed.subject, parsed.text_plain or _text_of_html(parsed.text_html))


def _text_of_html(source: str) -> str:
    """A rough text of the head of an HTML body: enough to see who wrote it."""
    head = source[:40_000]
    return re.sub(r"<[^<>]{0,2000}>", " ", head[max(head.rfind("</style>"), head.rfind("</head>"), 0) :])


def _is_list(parsed: ParsedMessage) -> bool:
    """Bulk mail of a list or newsletter; a person's post to a list that takes posts is human."""
    precedence = parsed.header("precedence").strip().lower()
    if _is_post(parsed):
        return False
    return precedence in ("bulk", "junk") or bool(parsed.header("list-unsubscribe"))


def _is_post(parsed: ParsedMessage) -> bool:
    """Whether a person wrote this to a list: it takes posts (RFC 2369) and the author is not the list itself."""
    post = parsed.header("list-post").strip().lower()
    sender = parsed.from_address or ""
    if not post or post == "no" or is_no_reply(parsed):
        return False
    return f"mailto:{sender}" not in post and not _LIST_SENDER.search(sender)
