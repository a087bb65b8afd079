"""Who bounced, and whether the address is dead; who complained.

What lives here: RFC 3464 reports, the common free-text forms, RFC 5965 reports. What does not: whether a mail is a bounce at all
(`machine`), and what is suppressed for it (services). One failing recipient never includes another. `hard` means the
address is dead (unknown user or host, moved, host takes no mail) whatever the class digit says: policy, spam, authentication,
relaying and a full mailbox are soft, even as 5.7.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .bounce_words import is_hard, is_vague
from .parsing import ParsedMessage, normalise_address, parse_addresses
from .provider_notices import read_notice


@dataclass(frozen=True)
class BouncedRecipient:
    """One address that failed or is delayed; `status` is the RFC 3463 code or empty, `diagnostic` the server's words."""

    address: str
    status: str
    hard: bool
    diagnostic: str


_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


def read_bounce(parsed: ParsedMessage) -> tuple[BouncedRecipient, ...]:
    """The recipients a bounce names, each once; empty when none can be read with certainty."""
    found: dict[str, BouncedRecipient] = {}
    direct = _from_notice(parsed) or _from_reports(parsed)
    for recipient in (*direct, *(() if direct or _has_report(parsed) else _from_text(parsed))):
        found.setdefault(recipient.address, recipient)
    if not found:
        for recipient in (*_from_text(parsed), *_from_headers(parsed), *_from_original(parsed)):
            found.setdefault(recipient.address, recipient)
    if not found:
        found.update({recipient.address: recipient for recipient in _second_opinion(parsed)})
    if not found:
        found.update({recipient.address: recipient for recipient in _only_address(parsed)})
    return tuple(found.values())


def _from_notice(parsed: ParsedMessage) -> list[BouncedRecipient]:
    """The recipients of a provider's own notice."""
    notice = read_notice(parsed)
    found = []
    for raw, given, words in notice.recipients if notice and notice.kind == "bounce" else ():
        address = normalise_address(raw)
        if address:
            status = _status_of(given, words)
            found.append(BouncedRecipient(address, status, is_hard(status, words), words[:500]))
    return found


def _has_report(parsed: ParsedMessage) -> bool:
    return any("delivery-status" in kind for kind, _ in parsed.reports)


def _own_addresses(parsed: ParsedMessage) -> set[str]:
    return {address.address for address in (*parsed.to, *parsed.cc)} | (
        {parsed.from_address} if parsed.from_address else set()
    )


def _from_reports(parsed: ParsedMessage) -> list[BouncedRecipient]:
    """Per-recipient groups of RFC 3464 reports; groups that tell of success are left out."""
    found: list[BouncedRecipient] = []
    for kind, text in parsed.reports:
        if "delivery-status" not in kind:
            continue
        for group in re.split(r"\n\s*\n", text[:500_000])[:5_000]:
            fields = _fields(group)
            action = fields.get("action", "").lower()
            if action.startswith(("delivered", "relayed", "expanded")):
                continue
            address = _report_address(fields)
            if address is None:
                continue
            diagnostic = fields.get("diagnostic-code", "")
            words = _words_about(parsed, address)
            status = _status_of(fields.get("status", ""), diagnostic) or _status_of("", words)
            told = f"{diagnostic} {words}" if not diagnostic or is_vague(diagnostic) else diagnostic
            hard = is_hard(status, told, action, session=words)
            found.append(BouncedRecipient(address, status, hard, " ".join(diagnostic.split())[:500]))
    return found


def _fields(group: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    name = ""
    for line in group.split("\n"):
        if line[:1] in " \t" and name:
            fields[name] += " " + line.strip()
            continue
        head, colon, value = line.partition(":")
        if colon and re.fullmatch(r"[A-Za-z][\w-]{1,40}", head.strip()):
            name = head.strip().lower()
            fields.setdefault(name, value.strip())
    return fields


def _report_address(fields: dict[str, str]) -> str | None:
    """The recipient as we wrote it when given, else where it finally went."""
    for name in ("original-recipient", "final-recipient", "x-actual-recipient"):
        value = fields.get(name, "")
        text = value.partition(";")[2] or value
        address = next((a.address for a in parse_addresses(text.strip())), None) or normalise_address(text)
        if address:
            return address
    return None


def _status_of(status: str, diagnostic: str) -> str:
    """The most telling code: the server's own beats the generic x.0.0 of the report."""
    own = _STATUS.search(diagnostic)
    given = _STATUS.search(status)
    if given and not given[1].endswith(".0.0"):
        return given[1]
    if own:
        return own[1]
    return given[1] if given else ""


_TEXT_ADDRESS = re.compile(r"<?([\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6})>?", re.I)
_ORIGINAL_BELOW = re.compile(
    r"^(?:[-=_ >]{3,}.{0,20}(?:original message|copy of (?:the|your) message|below this line|returned message|forwarded message|message header|unsent message|this is a copy|included (?:message|below)|undelivered message)|received: |return-path: |the original message (?!was received))",
    re.I | re.M,
)


def _bounce_text(parsed: ParsedMessage) -> str:
    """The program's own words, without the returned mail below."""
    text = parsed.text_plain or re.sub(r"<[^<>]{0,2000}>", " ", parsed.text_html[:200_000])
    cut = _ORIGINAL_BELOW.search(text)
    return text[: cut.start()][:30_000] if cut and cut.start() > 40 else text[:30_000]


def _words_about(parsed: ParsedMessage, address: str) -> str:
    """What the text says about one recipient, up to the next one; the whole of it where that gives no reason."""
    text = _bounce_text(parsed)
    at = text.lower().find(address)
    if at < 0:
        return text[:2_000]
    around = text[max(0, at - 300) : at + 900]
    others = (
        match.start() for match in _TEXT_ADDRESS.finditer(text, at, at + 900) if match[1].lower() != address
    )
    nearest = text[at : next(others, at + 900)]
    return around if is_vague(nearest) else nearest


def _from_text(parsed: ParsedMessage) -> list[BouncedRecipient]:
    """Addresses that the text reports as failing: each with the words around it."""
    text = _bounce_text(parsed)
    own = _own_addresses(parsed)
    found: list[BouncedRecipient] = []
    matches = list(_TEXT_ADDRESS.finditer(text))[:200]
    for position, match in enumerate(matches):
        address = normalise_address(match[1])
        if (
            address is None
            or address in own
            or re.match(r"(?:postmaster|mailer-daemon|abuse|support|helpdesk|info|webmaster)@", address)
        ):
            continue
        line_start = text.rfind("\n", 0, match.start()) + 1
        end = matches[position + 1].start() if position + 1 < len(matches) else match.end() + 700
        window = text[max(line_start, match.start() - 200) : max(end, match.end() + 200)][:1_000]
        before = text[max(0, match.start() - 250) : match.start()]
        if not _tells_failure(window, before, own):
            continue
        status = _status_of("", window) or _status_of("", text)
        action = "delayed" if _SAYS_DELAYED.search(window) else ""
        words = window if not is_vague(window) else f"{before} {text[:1_500]}"
        found.append(
            BouncedRecipient(address, status, is_hard(status, words, action), " ".join(window.split())[:500])
        )
    return found


_SAYS_DELAYED = re.compile(r"^action\s*:\s*delayed", re.I | re.M)
_FAILS = re.compile(
    r"\b[45]\d\d[ -]|\b[45]\.\d\.\d|unknown|not found|does(?:n't| not) exist|undeliver|fail|reject|could ?n(?:o|')t|cannot|unable|full|quota|invalid|no such|delay|not delivered|error|denied|blocked|disabled|unreachable|not be delivered|unbekannt|refus|host|timed out|expired|problem|deliver",
    re.I,
)


def _tells_failure(window: str, before: str, own: set[str]) -> bool:
    near_before = before[-120:].lower()
    if re.search(
        r"(?:from|sender|return-path|message-id|by|contact|reply-to|von|de|try|use|now at|moved to|new address|new address is|instead)\s*[:=]?\s*<?$",
        near_before.strip(" <\n"),
    ):
        return False
    return bool(_FAILS.search(window) or _FAILS.search(before))


def _from_headers(parsed: ParsedMessage) -> list[BouncedRecipient]:
    text = _bounce_text(parsed)
    status = _status_of("", text)
    return [
        BouncedRecipient(found.address, status, is_hard(status, text[:3_000]), "")
        for value in parsed.all_headers("x-failed-recipients")
        for found in parse_addresses(value)
    ]


def _from_original(parsed: ParsedMessage) -> list[BouncedRecipient]:
    """The To of the returned mail, only when it had exactly one recipient."""
    text = _bounce_text(parsed)
    sources = [*parsed.enclosed, parsed.text_plain[len(text) :][:20_000]]
    for source in sources:
        head = source.lstrip()[:20_000].partition("\n\n")[0]
        recipients = [
            a
            for value in re.findall(
                r"^(?:to|x-original-to|delivered-to|cc)\s*:\s*((?:[^\n]|\n[ \t])+)", head, re.I | re.M
            )
            for a in parse_addresses(value)
        ]
        addresses = {found.address for found in recipients} - (
            {parsed.from_address} if parsed.from_address else set()
        )
        if len(addresses) == 1:
            status = _status_of("", text)
            return [
                BouncedRecipient(
                    addresses.pop(), status, is_hard(status, text[:3_000]), " ".join(text.split())[:500]
                )
            ]
    return []


def _second_opinion(parsed: ParsedMessage) -> list[BouncedRecipient]:
    """flufl.bounce on a rebuilt message, every address checked: it knows old formats and returns junk on others."""
    from email.message import Message

    from flufl.bounce import all_failures

    message = Message()
    message["From"] = parsed.from_address or "mailer-daemon@invalid.invalid"
    message["Subject"] = parsed.subject.encode("ascii", "replace").decode("ascii")[:500]
    message.set_payload(_bounce_text(parsed).encode("ascii", "replace").decode("ascii"))
    try:
        _, permanent = all_failures(message)
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, UnicodeError, AssertionError):
        return []  # Its detectors raise on mails they were not written for; no opinion then.
    text = _bounce_text(parsed)
    status = _status_of("", text)
    own = _own_addresses(parsed)
    found = []
    for raw in permanent:
        address = normalise_address(raw.decode("ascii", "replace") if isinstance(raw, bytes) else str(raw))
        if address and address not in own:
            found.append(BouncedRecipient(address, status, is_hard(status, text[:3_000]), ""))
    return found


def _only_address(parsed: ParsedMessage) -> list[BouncedRecipient]:
    """The one address that the text names at all, in whatever words."""
    text = _bounce_text(parsed)
    named = {normalise_address(match[1]) for match in _TEXT_ADDRESS.finditer(text[:5_000])}
    addresses = {address for address in named if address} - _own_addresses(parsed)
    if len(addresses) != 1:
        return []
    status = _status_of("", text)
    return [
        BouncedRecipient(addresses.pop(), status, is_hard(status, text[:3_000]), " ".join(text.split())[:500])
    ]


def read_complaint(parsed: ParsedMessage) -> tuple[str, ...]:
    """Addresses of the people who complained, from an ARF report or the enclosed mail; never our own."""
    own = {parsed.from_address, *(address.address for address in parsed.to)}
    notice = read_notice(parsed)
    if notice and notice.kind == "complaint":
        return tuple(filter(None, (normalise_address(raw) for raw, _, _ in notice.recipients)))
    names = ("original-rcpt-to", "removal-recipient", "x-original-rcpt-to", "redacted-address")
    found: dict[str, None] = {}
    for _, text in parsed.reports:
        for line in text.split("\n")[:2_000]:
            head, _, value = line.partition(":")
            if head.strip().lower() in names:
                found.update({a.address: None for a in parse_addresses(value) if a.address not in own})
    original = parsed.header("x-hmxmroriginalrecipient")
    found.update({a.address: None for a in parse_addresses(original)})
    if not found:
        for source in parsed.enclosed:
            head = source.lstrip()[:20_000].partition("\n\n")[0]
            for value in re.findall(
                r"^(?:to|x-original-to|delivered-to)\s*:\s*((?:[^\n]|\n[ \t])+)", head, re.I | re.M
            ):
                found.update({a.address: None for a in parse_addresses(value) if a.address not in own})
    return tuple(found)
