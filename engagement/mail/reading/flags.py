"""What an operator should know about a mail before believing it.

What lives here: the warnings, each a fact about the mail. What does not: what follows from them. A warning never lets anything
happen; it only shows, and takes trust away.
    dmarc_fail               our server found that it is not from the domain it names
    look_alike_domain        its domain, or an address in the sender's name, imitates one that its reader trusts
    other_address_in_name    the sender's name shows another address than the one that wrote
    reply_to_differs         an answer would go to another company
    executable_attachment    a file that runs when it is opened
    archive_attachment       a file that holds other files, which nobody here looks into
    hidden_text              text that no reader sees
    injected_instructions    orders to a program: in the text, what is hidden, the subject, file names and attached texts
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .authentication import fails_dmarc
from .domains import imitated_domain, registrable_domain
from .machine import Tier
from .mime import decode_bytes
from .newest import NewestText
from .parsing import Attachment, ParsedMessage
from .requests import has_injected_instructions

# As much of attachments as somebody would look at before trusting them.
MAX_ATTACHMENTS = 50
MAX_ATTACHED_CHARACTERS = 20_000

_RUNS = re.compile(
    r"\.(?:exe|scr|com|pif|bat|cmd|ps1|psm1|vbs|vbe|js|jse|wsf|wsh|hta|msi|msp|msix|appx|jar|jnlp|cpl|dll|lnk|url|scf|reg|inf|iso|img|vhdx?|apk|app|dmg|pkg|command|sh|chm|xll|xlam|docm|dotm|xlsm|xltm|pptm|potm|ppam)[\s.]*$",
    re.I,
)
_ARCHIVE = re.compile(r"\.(?:zip|zipx|rar|7z|gz|tgz|bz2|xz|tar|cab|ace|arj|lzh|z)[\s.]*$", re.I)
# An office document is a ZIP file too: its name tells it from an archive.
_ARCHIVE_STARTS = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"MSCF\x00")
_PROGRAM_STARTS = (b"MZ\x90\x00", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!/")
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@(?P<domain>[\w-]{1,63}(?:\.[\w-]{1,63}){1,6})")
_TEXT_TYPES = ("text/", "application/json", "application/xml", "application/ld+json")
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_BLANKS = re.compile(r"[ \t]+")
_NAME_BREAKS = re.compile(r"[_\-.]+")


def find_flags(
    parsed: ParsedMessage,
    newest: NewestText,
    *,
    tier: Tier,
    is_no_reply: bool,
    own_domains: tuple[str, ...] = (),
    known_domains: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    """The warnings of a mail, always in the same order. `known_domains` are those of the tenant's clients."""
    is_person = tier is Tier.HUMAN and not is_no_reply
    shown = _address_in_name(parsed)
    trusted = (_addressed(parsed, own_domains), known_domains)
    flags = {
        "dmarc_fail": fails_dmarc(parsed),
        "look_alike_domain": tier is Tier.HUMAN and _looks_alike(parsed, shown, *trusted),
        "other_address_in_name": bool(shown) and tier is Tier.HUMAN,
        "reply_to_differs": is_person and _answers_elsewhere(parsed),
        "executable_attachment": any(map(_runs, parsed.attachments)),
        "archive_attachment": any(map(_is_archive, parsed.attachments)),
        "hidden_text": bool(newest.hidden_text),
        "injected_instructions": any(map(has_injected_instructions, _texts(parsed, newest, tier))),
    }
    return tuple(name for name, is_set in flags.items() if is_set)


def _domain(address: str | None) -> str:
    return (address or "").rpartition("@")[2].lower()


def _addressed(parsed: ParsedMessage, own_domains: tuple[str, ...]) -> frozenset[str]:
    """Our domains, and those of the people it is addressed to; a sender who adds a copy to themselves is not among them."""
    domains = {_domain(one.address) for one in (*parsed.to[:50], *parsed.cc[:50])}
    return frozenset({*own_domains, *(domains - {_domain(parsed.from_address)})})


def _looks_alike(parsed: ParsedMessage, shown: str, *trusted: frozenset[str]) -> bool:
    if imitated_domain(_domain(parsed.from_address), *trusted):
        return True
    return bool(shown) and any(shown in one or registrable_domain(shown) in one for one in trusted)


def _address_in_name(parsed: ParsedMessage) -> str:
    """The domain of an address in the sender's name that belongs to somebody else; empty where a list speaks for them."""
    found = _ADDRESS.search(parsed.from_name)
    if found is None or not parsed.from_address or " via " in parsed.from_name:
        return ""
    shown = found["domain"].lower()
    return "" if registrable_domain(shown) == registrable_domain(_domain(parsed.from_address)) else shown


def _answers_elsewhere(parsed: ParsedMessage) -> bool:
    """A person's Reply-To at another company; that of a list is the list's."""
    if not parsed.reply_to or not parsed.from_address or parsed.header("list-id"):
        return False
    own = registrable_domain(_domain(parsed.from_address))
    return all(registrable_domain(_domain(one.address)) != own for one in parsed.reply_to)


def _runs(attachment: Attachment) -> bool:
    """A file that a double click starts, whatever type it claims."""
    return is_program(filename=attachment.filename, start=attachment.content[:8])


def is_program(*, filename: str, start: bytes) -> bool:
    """Whether a file of this name that begins with these bytes runs when it is opened."""
    return bool(_RUNS.search(filename)) or start.startswith(_PROGRAM_STARTS)


def _is_archive(attachment: Attachment) -> bool:
    """A file of files. It is kept as it came and never unpacked."""
    return bool(_ARCHIVE.search(attachment.filename)) or attachment.content.startswith(_ARCHIVE_STARTS)


def _texts(parsed: ParsedMessage, newest: NewestText, tier: Tier) -> Iterator[str]:
    """Everything in which somebody might give orders to a program that reads mail."""
    yield newest.text
    if newest.hidden_text:
        yield newest.hidden_text
    if tier is not Tier.HUMAN:
        return
    yield parsed.subject
    budget = MAX_ATTACHED_CHARACTERS
    names = []
    for attachment in parsed.attachments[:MAX_ATTACHMENTS]:
        names.append(_NAME_BREAKS.sub(" ", attachment.filename))
        if budget > 0 and attachment.content_type.startswith(_TEXT_TYPES):
            text = decode_bytes(attachment.content[:budget], None)
            budget -= len(text)
            yield _BLANKS.sub(" ", _TAGS.sub(" ", text))
    if names:
        yield ".\n".join(names)
