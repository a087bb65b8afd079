"""Reads the sender's own signature: the block, and the name, title, company, numbers and addresses that stand in it.

What lives here: fields. What does not: where the block begins and ends (`signature_block`), telephone numbers (`phones`), names
(`names`). Everything returned stands in the block as the sender wrote it; nothing is guessed from the header but the spelling.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import signature_words as words
from .names import Sender, name_part, sender_of, signs_as
from .newest import NewestText
from .parsing import ParsedMessage
from .phones import Phone, PhoneKind, find_phones
from .postal import find_address
from .signature_block import Block, find_block
from .signature_lines import is_own_company

__all__ = ["Phone", "PhoneKind", "Signature", "read_signature"]

_EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_LINK = re.compile(
    r"(?:https?://|\bwww\.)[^\s<>()\[\]|\"']{3,200}|(?<![@\w.-])(?:[\w-]{1,63}\.){1,4}[a-z]{2,10}(?:/[^\s<>()\[\]|\"']{0,200})?(?![\w@])",
    re.I,
)
_LINKEDIN_PERSON = re.compile(
    r"(?:https?://)?(?:[\w-]{1,20}\.)?linkedin\.[a-z.]{2,10}/(?:in|pub)/[\w%.-]{2,100}/?", re.I
)
_NOT_A_SITE = re.compile(
    r"linkedin|facebook|fb\.com|twitter|//x\.com|instagram|youtube|youtu\.be|tiktok|pinterest|whatsapp|wa\.me|calendly|zoom\.us|aka\.ms|goo\.gl|maps\.|mailto|unsubscribe|\.(?:png|jpe?g|gif|pdf)$",
    re.I,
)
_TOP_LEVEL = re.compile(
    r"\.(?:com|net|org|edu|gov|mil|info|biz|co|io|us|uk|de|at|ch|fr|es|it|nl|be|pt|br|pl|ru|ua|cz|se|no|dk|fi|hu|tr|cn|jp|eu|ca|au|nz|in|mx|ai|app|dev|law|bank|realty|homes|loans|group|agency|test|example)(?:[/:]|$)",
    re.I,
)
_OTHER_PERSON = re.compile(
    r"\b(?:(?:executive |personal |my |legal )?assist[ae]nt(?:in)?|asst\.?|secretary|paralegal|backup|in my absence|if urgent|emergency contact|sekretariat|vertretung|assistante|asistente|after hours contact|contact for access|supervisor|my manager)\s*(?:is|:|–|-)\s*\S",
    re.I,
)
_SEGMENT = re.compile(r"\s+[|•·▪♦‖]+\s*|\s*[|•·▪♦‖]+\s+|\t+|(?<![:：\s])\s{2,}|\s+[–—-]{1,2}\s+(?=\+?\d)")
_LABELLED = re.compile(
    r"^\s*(?:e-?mail|e|mail|web(?:site)?|w|url|address|addr|a|company|title|dept|department|firm|organi[sz]ation)\s*:\s*",
    re.I,
)
_PROGRAM = re.compile(r"(?:mailer-?daemon|postmaster|mail-?daemon|bounces?)[@+-]", re.I)
_ASIDE = re.compile(r"\s*\((?:she|he|they|sie|er|elle|il|her|him|them)\b[^)]{0,20}\)", re.I)


@dataclass(frozen=True)
class Signature:
    """A sender's signature; `text` runs from the closing line to the end of the block, fields are None where nothing stands.

    `start` and `end` are the offsets of the part that stands in the newest text; a part below a delimiter is not in it, and both
    equal its length when the whole signature stands there.
    """

    text: str
    start: int
    end: int
    name: str | None = None
    title: str | None = None
    department: str | None = None
    company: str | None = None
    phones: tuple[Phone, ...] = ()
    email: str | None = None
    linkedin: str | None = None
    url: str | None = None
    address: str | None = None


def read_signature(parsed: ParsedMessage, newest: NewestText, *, region: str = "US") -> Signature | None:
    """The signature of the mail's own sender, or None; never one that is quoted or forwarded."""
    if (
        newest.is_only_quote
        or not (newest.text or newest.signature_tail)
        or _PROGRAM.match(parsed.from_address or "")
    ):
        return None
    sender = sender_of(_shown_name(parsed), parsed.from_address)
    block = find_block(newest.text, newest.signature_tail, newest.quoted, sender)
    if block is None:
        return None
    inside = [line for line in block.lines if line.start is not None and not line.is_blank]
    start = inside[0].start if inside and inside[0].start is not None else len(newest.text)
    end = (inside[-1].start or 0) + len(inside[-1].text) if inside else len(newest.text)
    return _with_fields(parsed, newest, block, sender, region=region, span=(start, end))


def _shown_name(parsed: ParsedMessage) -> str:
    """The display name, also where parsers miss it: behind the address in brackets, or with an unquoted comma ("Jack O'Rourke, MAI <...>")."""
    raw = parsed.header("from")[:500]
    shown, bracket, rest = raw.partition("<")
    if bracket and "," in shown and "@" not in shown and "<" not in rest:
        return shown.strip()
    comment = re.search(r"\(([^()]{2,80})\)\s*$", raw)
    return comment[1] if comment and not parsed.from_name else parsed.from_name


def _with_fields(
    parsed: ParsedMessage,
    newest: NewestText,
    block: Block,
    sender: Sender,
    *,
    region: str,
    span: tuple[int, int],
) -> Signature:
    text = "\n".join(line.text for line in block.lines).strip("\n")
    lines = [
        piece
        for line in block.lines
        if not line.is_blank and not _OTHER_PERSON.search(line.text)
        for piece in words.side_by_side(line.text)
    ]
    name = _name(lines, sender, _shown_name(parsed))
    address, rest = find_address(lines)
    role = _roles(_segments(rest, sender, name), sender)
    return Signature(
        text=text,
        start=span[0],
        end=span[1],
        name=name,
        title=role.title,
        department=role.department,
        company=role.company,
        phones=find_phones(lines, region=region, domain=sender.domain),
        email=_email(lines, parsed.from_address),
        linkedin=_linkedin(lines) or _linked_profile(parsed, newest),
        url=_site(lines, sender),
        address=address,
    )


# --- name --------------------------------------------------------------------------------------------------------------


def _name(lines: list[str], sender: Sender, shown: str) -> str | None:
    """The fullest form of the sender's name in the block."""
    best = ""
    for line in lines[:16]:
        for piece in _name_candidates(line, sender):
            head = signs_as(piece, sender)
            if head and _is_name(head, sender) and len(head.split()) > len(best.split()):
                best = head
    return (
        _spelled(re.split(r"\s(?:and|und|et|y|e|&)\s", best)[0], shown)
        if best
        else _name_below_closing(lines)
    )


def _is_name(head: str, sender: Sender) -> bool:
    """More than initials, and no desk that a shared mailbox is named after."""
    if words.DEPARTMENT.search(head) or words.COMPANY_FORM.search(head):
        return False
    return len(words.letters(head)) > 2 or not head.isascii() or words.letters(head) in sender.full


def _name_candidates(line: str, sender: Sender) -> list[str]:
    split = words.split_closing(line)
    columns = [part for part in re.split(r"\s{3,}|\t+", line.strip("*|# ")) if part]
    if split and signs_as(split[1], sender):
        return [split[1]]
    return [line, *(columns if len(columns) > 1 else [])]


def _name_below_closing(lines: list[str]) -> str | None:
    """A person's name that the header does not hold, right below the closing or the delimiter; the fullest, where both have one."""
    if (
        len(lines) == 1
        and len(words.letters(lines[0])) > 2
        and not _is_no_person(lines[0])
        and not words.is_closing(lines[0])
    ):
        return name_part(lines[0]) or None
    best = ""
    for above, line in zip(lines[:6], lines[1:7], strict=False):
        if not (words.is_closing(above) or not any(char.isalnum() for char in above)) or words.is_closing(
            line
        ):
            continue
        head = name_part(line)
        parts = head.split()
        is_person = (
            1 <= len(parts) <= 4
            and all(part[:1].isupper() for part in parts)
            and not re.search(r"\d|@|/|:", head)
        )
        if is_person and not _is_no_person(head) and len(parts) > len(best.split()):
            best = head
    return best or None


def _is_no_person(text: str) -> bool:
    return words.is_organisation(text) or bool(re.match(r"(?:the|your|team)\b", text, re.I))


def _spelled(head: str, shown: str) -> str:
    """A name in capitals or small letters, as the header spells it or with ordinary capitals."""
    if (
        not (head.isupper() or head.islower())
        or len(head) < 3
        or not head.isascii()
        and not head.isalpha()
        and head == head.lower() == head.upper()
    ):
        return _without_capitals(head)
    shown_words = {word.lower().strip(".,\"'"): word.strip(",\"'") for word in shown.split()}
    return " ".join(
        shown_words.get(part.lower().strip(".,"), part if len(part) == 2 and part[1] == "." else part.title())
        for part in head.split()
    )


def _without_capitals(head: str) -> str:
    """Marie DUBOIS as Marie Dubois."""
    return " ".join(part.title() if len(part) > 3 and part.isupper() else part for part in head.split())


# --- title, department, company ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Roles:
    title: str | None
    department: str | None
    company: str | None


def _segments(lines: list[str], sender: Sender, name: str | None) -> list[str]:
    """The pieces of lines that may be title, department or company: without names, numbers, links and closings."""
    found: list[str] = []
    for line in lines[:24]:
        text = _ASIDE.sub("", line)
        split = words.split_closing(text)
        if (
            words.is_closing(text)
            or (split and signs_as(split[1], sender))
            or words.IMAGE.match(text)
            or re.match(r"\W*[\"“„«]", text)
        ):
            continue
        head = signs_as(text, sender) or (name if name and text.lstrip().startswith(name) else "")
        for piece in _SEGMENT.split(text.partition(head)[2] if head else text):
            if piece.lstrip()[:1] in ('"', "“", "„", "«"):
                continue
            cleaned = _LABELLED.sub("", piece).strip(" \t,;:*_=~#|•·–—-<>[]()/\\")
            if cleaned and _may_be_role(cleaned, name):
                found.append(cleaned)
    return found


def _may_be_role(piece: str, name: str | None) -> bool:
    if not any(char.isalpha() for char in piece) or len(piece) > 90 or _EMAIL.search(piece):
        return False
    if name and words.letters(piece) == words.letters(name) or sum(char.isdigit() for char in piece) > 4:
        return False
    if re.search(
        r"https?:|www\.|\bnmls\b|\blic\b|license|\bext\b|\bdre\b", piece, re.I
    ) or words.PHONE_LABEL.search(piece):
        return False
    return not (_TOP_LEVEL.search(piece) and " " not in piece)


def _roles(pieces: list[str], sender: Sender) -> _Roles:
    title = department = company = None
    leftover: list[str] = []
    for piece in pieces:
        role, employer = _split_employer(_without_credentials(piece))
        is_title = bool(role) and bool(words.TITLE.search(role)) and not words.COMPANY_FORM.search(role)
        company = company or employer
        if is_title:
            title = title or role
        elif not role or len(role.split()) > 9:
            continue
        elif department is None and words.names_department(role):
            department = role
        elif company is None and (words.COMPANY_FORM.search(role) or is_own_company(role, sender)):
            company = role
        else:
            leftover.append(role)
    company = company or next((piece for piece in leftover if words.COMPANY_WORD.search(piece)), None)
    if company is None and title and leftover and _may_be_company(leftover[0]):
        company = leftover[0]
    if company is None and department is not None and words.COMPANY_WORD.search(department):
        company, department = department, None
    return _Roles(title, department, company)


def _may_be_company(piece: str) -> bool:
    """The words below a title, when nothing else says what they are."""
    is_place = words.STREET.search(piece) or words.CITY.search(piece)
    return piece[:1].isupper() and len(piece.split()) <= 5 and not is_place


_CREDENTIAL = re.compile(r"(?:[A-Z][A-Za-z]?\.?){1,5}(?:-[A-Z]{2,4})?®?|Esq\.?|Ph\.?D\.?")


def _without_credentials(piece: str) -> str:
    """Without the letters people put behind a name or title."""
    parts = [part.strip() for part in re.sub(r"^for and on behalf of\s+", "", piece, flags=re.I).split(",")]
    while parts and _CREDENTIAL.fullmatch(parts[0]) and not words.TITLE.fullmatch(parts[0]):
        parts.pop(0)
    while len(parts) > 1 and _CREDENTIAL.fullmatch(parts[-1]) and not words.COMPANY_FORM.search(piece):
        parts.pop()
    return ", ".join(parts)


def _split_employer(piece: str) -> tuple[str, str | None]:
    """The role and the employer of "CEO at Pandaland", "VD, Lund Fastigheter AB" and "Secretary, Elm Creek HOA"."""
    match = re.match(
        r"^(?P<role>[^@]{2,60}?)(?:\s+(?:at|bei|chez)\s+|\s*@\s*)(?P<employer>[A-Z].{1,50})$", piece
    )
    if match:
        return match["role"].strip(" ,"), match["employer"]
    role, comma, employer = (part.strip() for part in piece.partition(","))
    is_employer = words.COMPANY_FORM.search(employer) or re.search(
        r"\b(?:group|bank|hoa|university|credit union)$", employer, re.I
    )
    if (
        comma
        and is_employer
        and words.TITLE.search(role)
        and not words.TITLE.search(employer)
        and len(employer.split()) > 1
    ):
        return role, employer
    return piece, None


# --- addresses on the net ----------------------------------------------------------------------------------------------


def _email(lines: list[str], own: str | None) -> str | None:
    found = [match.lower().strip(".'") for line in lines for match in _EMAIL.findall(line)]
    if own and own in found:
        return own
    return found[0] if found else None


def _linkedin(lines: list[str]) -> str | None:
    for line in lines:
        match = _LINKEDIN_PERSON.search(line)
        if match:
            return match[0].rstrip(".")
    return None


def _linked_profile(parsed: ParsedMessage, newest: NewestText) -> str | None:
    """The one profile an HTML signature links to behind a word or picture; none when a quote could have brought it."""
    if newest.source != "text/html" or newest.had_quote or newest.is_forward:
        return None
    found = {match[0] for match in _LINKEDIN_PERSON.finditer(parsed.text_html[:300_000])}
    return found.pop() if len(found) == 1 else None


def _site(lines: list[str], sender: Sender) -> str | None:
    """The sender's site: an address that is no mail address, no social page; one of the sender's domain first."""
    found: list[str] = []
    for line in lines:
        without_mail = _EMAIL.sub(" ", line)
        for match in _LINK.finditer(without_mail):
            link = match[0].rstrip(".,;:!?/")
            if not _NOT_A_SITE.search(link) and (
                link.lower().startswith(("http", "www.")) or _TOP_LEVEL.search(link)
            ):
                found.append(link)
    own = next((link for link in found if sender.domain and sender.domain in link.lower()), None)
    return own or (found[0] if found else None)
