"""Takes a person's name apart into first and last, as people write it in headers and signatures.

What lives here: the order of words, credentials, titles that are names, Chinese, Japanese and Korean order. What does not: which
line of a mail is a name (`names`). The library nameparser does the ordinary cases.
"""

from __future__ import annotations

import re

from nameparser import HumanName

from .names import CREDENTIALS, HONORIFICS
from .signature_words import is_organisation

_ASIDE = re.compile(r"\s*(?:[|<\[(–—].*|\s-\s.*|\b(?:via|from|at|for|bei|chez)\s.*|/.*)$", re.S)
_QUOTED_NICKNAME = re.compile(r"\s(?:\"[^\"]{1,30}\"|“[^”]{1,30}”|'[^']{1,30}')(?=\s|,|$)")
_COUPLE = re.compile(
    r"^(?P<first>[^\W\d_][\w'’-]+)\s+(?:and|&|und|et|y|e|\+)\s+(?:[^\W\d_][\w'’-]+)\s+(?P<last>\S.*)$", re.I
)
_MAILBOX = re.compile(
    r"\b(?:orders?|team|desk|info|support|sales|accounts?|payables?|receivables?|billing|admin|office|services?|help|helpdesk|no[- ]?reply|noreply|do not reply|notifications?|newsletter|system|portal|mailer|"
    r"department|dept|customer|invoices?|reception|postmaster|daemon|hr|group|inc|llc|ltd|gmbh|corp)\b",
    re.I,
)
_SURNAMES_TOO = re.compile(
    r"\b(?:law|church|press|title|club|state|lead|dean|clerk|partner|chair|rep)\b", re.I
)
_CJK = re.compile(r"^[\u3040-\u30ff\u3400-\u9fff々\s\u3000]{2,8}$")
_HANGUL = re.compile(r"^[\uac00-\ud7af\s]{2,6}$")
_TWO_LETTER_SURNAMES = frozenset(
    "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 司徒 东方 東方 夏侯 皇甫 尉迟 公孙 公孫 慕容 令狐 남궁 황보 선우 제갈".split()
)
_MARY_OF = re.compile(
    r"^(?P<first>mar[ií]a (?:del|de la|de los|de las) [^\W\d_]+|mar[ií]a jos[eé]|jos[eé] mar[ií]a)\s+(?P<last>\S.*)$",
    re.I,
)
_FURTHER_TITLES = frozenset("& and und med. dipl. jur. esq. lt. col. capt. sgt. gen. hon.".split())
_PARTICLES = frozenset(
    "de la del der den van von zu zur di da dos das du le ter ten el al bin ibn af av".split()
)


def first_and_last(shown: str) -> tuple[str, str]:
    """First and last name; empty strings where a part is missing or where it is no person's name."""
    text = _cleaned(shown)
    if not text or "@" in text or any(char.isdigit() for char in text):
        return "", ""
    if _CJK.match(text) or _HANGUL.match(text):
        return _eastern(text)
    text = _in_order(text)
    parts = _without_titles(text.split())
    if not parts or _is_no_person(parts):
        return "", ""
    if len(parts) == 1:
        if "." in parts[0].rstrip("."):
            return "", ""  # the local part of an address
        is_titled = len(text.split()) > 1
        return ("", _capitals(parts)[0]) if is_titled else (_capitals(parts)[0], "")
    couple = _COUPLE.match(" ".join(parts))
    if couple:
        parts = [couple["first"], *couple["last"].split()]
    return _split(_capitals(parts))


def _cleaned(shown: str) -> str:
    text = " ".join(shown[:200].replace("’", "'").split()).strip("\"' ")
    text = _ASIDE.sub("", _QUOTED_NICKNAME.sub("", f" {text}")).strip(" ,;.\"'")
    if " " not in text and re.fullmatch(r"[^\W\d_]{3,}\.[^\W\d_]{3,}", text):
        text = text.replace(".", " ")
    return text


def _eastern(text: str) -> tuple[str, str]:
    """Family name first; one character, or two for the known compound names and for four characters (Japanese)."""
    parts = text.split()
    if len(parts) == 2:
        return parts[1], parts[0]
    whole = "".join(parts)
    size = 2 if whole[:2] in _TWO_LETTER_SURNAMES and len(whole) > 2 or len(whole) == 4 else 1
    return whole[size:], whole[:size]


def _in_order(text: str) -> str:
    """ "Whitfield, Karen, SRA" as "Karen Whitfield"; "Wit, Jan de" as "Jan de Wit"."""
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    kept = [piece for index, piece in enumerate(pieces) if index == 0 or not _is_behind_name(piece)]
    if len(kept) < 2:
        return kept[0] if kept else ""
    first = re.split(r"\s+(?:&|and|und)\s+", kept[1])[0].split()
    moved: list[str] = []
    while len(first) > 1 and first[-1].lower() in _PARTICLES:
        moved.insert(0, first.pop())
    return " ".join([*first, *moved, kept[0]])


def _is_behind_name(piece: str) -> bool:
    """Credentials, suffixes and titles that follow a comma."""
    words = [word.strip(".").lower() for word in piece.split()]
    if all(word in CREDENTIALS or word.replace(".", "") in CREDENTIALS for word in words):
        return True
    if re.fullmatch(r"(?:[A-Z][A-Z.&/-]{1,9}\s?)+", piece) and len(piece) <= 6:
        return True
    return bool(re.search(r"\b(?:president|manager|director|officer|vp|svp|avp|ceo|cfo)\b", piece, re.I))


def _without_titles(parts: list[str]) -> list[str]:
    kept = list(parts)
    while kept and (kept[0].lower().strip(".") in HONORIFICS or kept[0].lower() in _FURTHER_TITLES):
        kept.pop(0)
    while len(kept) > 2 and kept[-1].lower().strip(".") in CREDENTIALS:
        kept.pop()
    return kept


def _is_no_person(parts: list[str]) -> bool:
    text = " ".join(parts)
    if _MAILBOX.search(text):
        return True
    if len(parts) == 2 and _SURNAMES_TOO.search(text):
        return False
    return is_organisation(text)


def _capitals(parts: list[str]) -> list[str]:
    """Ordinary capitals for names written all in capitals or all in small letters."""
    text = " ".join(parts)
    if not (text.isupper() or text.islower()):
        return parts
    if len(parts) == 1 or re.fullmatch(r"(?:[A-Z]\.?){1,3}", parts[0]) and len(parts[0]) <= 2:
        return [parts[0].title() if len(parts[0]) > 2 else parts[0], *(_capital(part) for part in parts[1:])]
    return [_capital(part) for part in parts]


def _capital(part: str) -> str:
    if part.lower() in _PARTICLES:
        return part.lower()
    titled = "-".join(piece[:1].upper() + piece[1:].lower() for piece in part.split("-"))
    titled = re.sub(r"\b(O'|D'|Mc)(\w)", lambda match: match[1] + match[2].upper(), titled)
    return titled


def _split(parts: list[str]) -> tuple[str, str]:
    shouted = [
        len(part) > 2 and part.isupper() and "." not in part or part in ("DE", "LA", "LE", "DU")
        for part in parts
    ]
    if any(shouted) and not all(shouted):
        surname = [_capital(part) for part, is_loud in zip(parts, shouted, strict=True) if is_loud]
        given = [part for part, is_loud in zip(parts, shouted, strict=True) if not is_loud]
        is_edge = all(shouted[: len(surname)]) or all(shouted[-len(surname) :])
        if is_edge and any(len(part) > 2 for part in surname):
            return given[0], " ".join(surname)
    mary = _MARY_OF.match(" ".join(parts))
    if mary and len(mary["last"].split()) <= 3:
        return mary["first"], mary["last"]
    if len(parts) == 2:
        return parts[0], parts[1]
    name = HumanName(" ".join(parts))
    first, last = name.first.strip(), name.last.strip()
    if not first or not last:
        return (parts[0], parts[-1]) if not name.title else (first or parts[-2], last or parts[-1])
    return first, last
