"""Judges one line of a mail: whether somebody wrote it as text, or whether it is such as signatures are made of.

What lives here: single lines. What does not: which of them form the sender's signature (`signature_block`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import signature_words as words
from .names import Sender, signs_as

RULE = re.compile(r"^\s*(?:([-=_*~#+.^/\\<>|])(?:\s?\1){1,}|[-=_*~#+.^/\\<>| ]{4,})\s*$")
DASHES = re.compile(r"^\s*(?:--|––|—|–|__|---)\s*$")
BULLET = re.compile(r"^\s*(?:[-*•·▪◦]\s+|\(?\d{1,2}[.)]\s+)(?P<rest>\S.*)$")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_URL = re.compile(
    r"https?://\S|\bwww\.\S|\b[\w-]{2,40}(?:\.[\w-]{2,40})?\.(?:com|net|org|edu|gov|co|io|de|fr|uk|example|test)\b(?:/\S*)?",
    re.I,
)
_DIGITS = re.compile(r"(?:\+?\(?\d[\d\s()./–-]{5,}\d)")
_LICENCE = re.compile(
    r"\b(?:nmls|lic(?:en[sc]e)?\.?|dre|calbre|reg(?:istered|\.)?|no\.|ust-id|vat|siret|crea|creci|cnpj|ein|hrb|member)\b",
    re.I,
)
_ADVERT = re.compile(
    r"\b(?:book|schedule|click|visit|follow|connect|review|apply|refer|call us|ask me|upload|office hours|business hours|mon(?:day)?\s?[-–]\s?(?:thu|fri|sat)|toll.free|equal housing|member fdic|voted|"
    r"linkedin|facebook|instagram|twitter|youtube|download|opinions?|views|disclaimers? appl|registered in|like us|find us|for and on behalf|assistant:|certified|licensed|since \d{4}|serving|proud|she/her|he/him|they/them)\b",
    re.I,
)
_STATUTORY = re.compile(
    r"\b(?:registered in|registered office|company (?:no|number|reg)|authori[sz]ed and regulated|equal housing|member fdic|opinions? (?:expressed )?(?:are|is))\b",
    re.I,
)


@dataclass(frozen=True)
class Line:
    """One line of the text; `start` is its offset in the newest text, or None below the delimiter."""

    text: str
    start: int | None

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


_KINDS_OF_FIELD = (words.TITLE, words.COMPANY_FORM, words.COMPANY_WORD, words.DEPARTMENT)


def is_written(line: str, sender: Sender) -> bool:
    """Whether somebody wrote this line as text, rather than as part of a signature."""
    text = line.strip()
    if RULE.match(text) or DASHES.match(text) or words.IMAGE.match(text) or words.is_closing(text):
        return False
    if signs_in(text, sender) or is_signed_closing(text, sender) or _STATUTORY.search(text):
        return False
    columns = _columns(text)
    if len(columns) > 1:
        return any(len(column.split()) > 8 for column in columns) and not has_contact(text)
    bullet = BULLET.match(line) if text[0] != text[-1] else None
    if bullet and not has_contact(text) and len(bullet["rest"].split()) >= 2:
        return True
    count = len(text.split())
    ends_sentence = text.endswith((".", "?", "!", ":", "。", "？", "！")) and not text.endswith(
        ("Inc.", "Corp.", "Ltd.", "Co.", "S.A.", "S.L.", "e.K.", "Lda.", "N.A.", "Dr.", "Ave.", "St.")
    )
    if _EMAIL.match(text):
        return count > 16
    if has_contact(text):
        return count > 16 or (text.endswith("?") and count > 3) or _reads_as_sentence(text, count)
    if words.STREET.search(text) or words.CITY.search(text):
        return count > 14 or _reads_as_sentence(text, count)
    if _ADVERT.search(text):
        return count > 18 or text.endswith("?") or _reads_as_sentence(text, count)
    if any(kind.search(text) for kind in _KINDS_OF_FIELD):
        return (
            count > 12
            or (ends_sentence and count > 3)
            or _reads_as_sentence(text, count)
            or (count > 3 and _is_lower_prose(text))
        )
    if _is_cjk(text):
        return len(text) > 14 or ends_sentence or "，" in text
    if ends_sentence and not re.fullmatch(r"[\W\w]{0,3}", text):
        return count >= 2 or not text.endswith(".")
    return count > 7 or _is_lower_prose(text)


def _is_cjk(text: str) -> bool:
    return bool(re.search(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", text))


_SENTENCE_WORDS = re.compile(
    r"\b(?:i|i'm|i'll|i've|we|we'll|you|please|can|could|would|will|is|are|was|were|has|have|had|let|me|my|if|that|it|this|they|he|she|her|his|needs?|should|"
    r"ich|wir|sie|ist|bitte|je|nous|vous|est|nos|usted|está|por favor|io|noi|è|per favore|wij|het|eu|nós|você)\b",
    re.I,
)


def _reads_as_sentence(text: str, count: int) -> bool:
    """Function words that no contact line has, in a line long enough to say something."""
    plain = _URL.sub(" ", _EMAIL.sub(" ", text))
    hits = len(_SENTENCE_WORDS.findall(plain))
    return (
        count >= 5
        and hits >= (2 if count < 10 else 3)
        or (hits >= 1 and count >= 5 and text.endswith((".", ":", "?", "!")))
    )


def _is_lower_prose(text: str) -> bool:
    """Most words without a capital: running text, not a name, title or place."""
    parts = [part for part in text.split() if part[:1].isalpha()]
    lower = sum(
        1
        for part in parts
        if part[:1].islower()
        and len(part) > 3
        or part in ("is", "are", "was", "to", "i", "we", "you", "it", "a", "in", "on")
    )
    return len(parts) >= 3 and lower * 2 >= len(parts)


def has_contact(text: str) -> bool:
    """Whether a line holds an address, a link, a number to call or a licence."""
    return bool(
        _EMAIL.search(text)
        or _URL.search(text)
        or _DIGITS.search(text)
        or words.PHONE_LABEL.search(text)
        or (_LICENCE.search(text) and any(char.isdigit() for char in text))
        or re.fullmatch(r"\W*[xX]\d[\d-]{2,9}\W*", text.strip())
    )


def signs_in(text: str, sender: Sender) -> bool:
    """Whether the sender's name heads the line, or a column of it beside a drawing."""
    if signs_as(text, sender):
        return True
    columns = _columns(text)
    columns = [*columns, *words.side_by_side(text)]
    return any(
        column != text and not column.endswith(":") and len(column.split()) > 1 and signs_as(column, sender)
        for column in columns
    )


def _columns(text: str) -> list[str]:
    """The parts of a line set side by side with bars, stars or wide gaps."""
    parts = re.split(r"\s{3,}|\t+|\s{1,9}[|*]\s{1,9}", text.strip("*|# "))
    return [part for part in parts if any(char.isalnum() for char in part)]


def is_signed_closing(line: str, sender: Sender) -> bool:
    """A closing and the sender's name on one line: "Thanks! -Bob", "VG Heinz"."""
    split = words.split_closing(line)
    if not split or len(split[1].split()) > 5:
        return False
    return bool(signs_as(split[1], sender)) or words.is_unmistakable(line)


def is_own_domain(line: str, sender: Sender) -> bool:
    """Whether the sender's own address or site stands in the line."""
    return bool(sender.domain) and sender.domain in line.lower()


def is_own_company(text: str, sender: Sender) -> bool:
    """Whether the words of a line are those of the sender's domain or display name: "Ikeda Valuation" for ikedavaluation.com."""
    host = words.letters(sender.domain.rsplit(".", 1)[0])
    parts = [words.letters(part) for part in re.split(r"[\s|,&-]+", text) if part[:1].isalnum()]
    parts = [part for part in parts if part and part not in ("the", "of", "and")]
    if not host or not parts:
        return False
    strong = [part for part in parts if len(part) >= 4 and (part in host or part in sender.full)]
    return bool(strong) or (len(host) >= 2 and "".join(part[0] for part in parts).startswith(host))
