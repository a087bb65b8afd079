"""Finds the lines of a mail that are the sender's own signature.

What lives here: where the block begins and ends. What does not: the fields in it (`signature`), single lines (`signature_lines`),
words (`signature_words`), names (`names`). The reading goes upward from the end: the block is the longest run of lines that nobody writes as
text, and begins at the first of them that opens a signature: a closing, a delimiter, the sender's name, or contact data.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import signature_words as words
from .names import Sender, name_part, signs_as
from .quote_words import DEVICE_TAGLINE
from .signature_lines import (
    BULLET,
    DASHES,
    RULE,
    Line,
    has_contact,
    is_own_company,
    is_own_domain,
    is_signed_closing,
    is_written,
    signs_in,
)

MAX_LINES = 60
MAX_TAIL_LINES = 40
_DIFFSTAT = re.compile(r"\|\s+\d+ [+-]+\s*$|\d+ files? changed")
_HEADER_TO = re.compile(r"^\s*(?:to|an|à|para):\s", re.I)
_HEADER_NEXT = re.compile(r"^\s*(?:cc|bcc|subject|betreff|re|from|fax to|date|sent)\s?:", re.I)
_STAMP = re.compile(
    r"\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}:\d{2}|^\s*from:|^\s*sent by:|^\s*(?:sent|date):|@", re.I
)
_VERSION = re.compile(r"^\s*(?:git\s)?v?\d+(?:\.\d+)+\S*\s*$")
_QUOTE_OPEN = re.compile(r"^[\W_]{0,12}[\"“”„«]")
_CLOSING_MARKS = '"”“»'
_ATTRIBUTION = re.compile(r"^[\s|*]*(?:--?|–|—|~)\s*[\w.][^\d@]{2,50}$")


@dataclass(frozen=True)
class Block:
    """The signature's lines in order, and whether a delimiter stood above them."""

    lines: tuple[Line, ...]
    is_delimited: bool


def find_block(text: str, tail: str, quoted: Sequence[tuple[int, int]], sender: Sender) -> Block | None:
    """The sender's signature in the newest `text` and in `tail`, which was cut off below its delimiter."""
    below = _tail_lines(tail)
    body = _trimmed(_without_header_block(_own_lines(text, quoted)))
    found = _in_body(body, sender, has_tail=bool(below))
    if not below and not any(
        signs_in(line.text, sender) or is_signed_closing(line.text, sender) for line in found
    ):
        found = _above_other_text(text, quoted, sender) or found
    if not found and not below:
        return None
    return Block((*found, *below), bool(below))


def _tail_lines(tail: str) -> list[Line]:
    lines = [Line(line[:300], None) for line in tail.split("\n", MAX_TAIL_LINES)[:MAX_TAIL_LINES]]
    kept = _trimmed(lines)
    filled = [line for line in kept if not line.is_blank]
    if len(filled) < 2 or all(_VERSION.match(line.text) for line in filled[1:]):
        return []
    if any(_DIFFSTAT.search(line.text) for line in filled):
        return []
    return kept


def _own_lines(text: str, quoted: Sequence[tuple[int, int]]) -> list[Line]:
    """The last lines of the text that are not quoted: a quoted one ends the search."""
    starts = {start for start, _ in quoted}
    lines: list[Line] = []
    end = len(text)
    while end >= 0 and len(lines) < MAX_LINES:
        start = text.rfind("\n", 0, end) + 1
        if start in starts:
            break
        lines.append(Line(text[start : min(end, start + 400)], start))
        end = start - 1
    return lines[::-1]


def _without_header_block(lines: list[Line]) -> list[Line]:
    """Cuts at a mail quoted below headers alone (To, cc, Subject), as older programs do."""
    for index, line in enumerate(lines):
        if not _HEADER_TO.match(line.text) or index + 1 >= len(lines):
            continue
        if any(_HEADER_NEXT.match(below.text) for below in lines[index + 1 : index + 3]):
            while index and not lines[index - 1].is_blank and _STAMP.search(lines[index - 1].text):
                index -= 1
                if index and not lines[index - 1].is_blank and not _STAMP.search(lines[index - 1].text):
                    index -= 1
            return lines[:index]
    return lines


# --- what stands below a signature -------------------------------------------------------------------------------------


def _trimmed(lines: list[Line]) -> list[Line]:
    """Without legal notices, postscripts, adverts and names of attachments at the end."""
    kept = list(lines)
    while kept:
        last = kept[-1]
        if (
            last.is_blank
            or words.is_program_added(last.text)
            or DEVICE_TAGLINE.match(last.text)
            or (len(kept) > 1 and _is_bare_rule(kept))
        ):
            kept.pop()
            continue
        first = _paragraph_start(kept)
        cut = _boilerplate_start(kept, first)
        if cut is None:
            cut = _postscript_start(kept)
        if cut is None or cut == 0:
            break
        del kept[cut:]
    return kept


def _is_bare_rule(lines: list[Line]) -> bool:
    """A rule that closes nothing: no rule of the same kind opened a box above it."""
    text = lines[-1].text.strip()
    if not RULE.match(text):
        return False
    return not any(line.text.strip() == text for line in lines[-15:-1])


def _paragraph_start(lines: list[Line]) -> int:
    index = len(lines) - 1
    while index and not lines[index - 1].is_blank:
        index -= 1
    return index


def _boilerplate_start(lines: list[Line], first: int) -> int | None:
    """Where the legal notice at the end of the last paragraph begins, or None."""
    whole = " ".join(line.text for line in lines[first:])
    if words.cues_of_boilerplate(whole) < 2:
        return None
    for index in range(first, len(lines)):
        rest = " ".join(line.text for line in lines[index:])
        if words.cues_of_boilerplate(lines[index].text) and words.cues_of_boilerplate(rest) >= 2:
            if len(rest) >= 40:
                return index
    return None


def _postscript_start(lines: list[Line]) -> int | None:
    for index in range(len(lines) - 1, max(0, len(lines) - 8), -1):
        if words.POSTSCRIPT.match(lines[index].text):
            return index
    return None


# --- the block ---------------------------------------------------------------------------------------------------------


def _in_body(lines: list[Line], sender: Sender, *, has_tail: bool) -> list[Line]:
    low = _lowest_unwritten(lines, sender)
    for index in range(low, len(lines)):
        if not lines[index].is_blank and _opens(lines, index, low, sender, has_tail=has_tail):
            return lines[_with_closing_above(lines, index) :]
    return []


def _lowest_unwritten(lines: list[Line], sender: Sender) -> int:
    """The first line of the run at the end that holds no written text."""
    quotes = _aphorisms(lines)
    low = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.is_blank:
            continue
        if index not in quotes and is_written(line.text, sender):
            break
        low = index
    return low


def _closes_quote(text: str) -> bool:
    """Whether a quotation mark closes near the end, with room for who said it."""
    last = max(text.rfind(mark) for mark in _CLOSING_MARKS)
    return last >= 0 and len(text[last + 1 :].split()) <= 6


def _aphorisms(lines: list[Line]) -> set[int]:
    """Indices of lines that are a saying in quotation marks, with the name of who said it."""
    found: set[int] = set()
    index = 0
    while index < len(lines):
        if _QUOTE_OPEN.match(lines[index].text):
            for end in range(index, min(index + 6, len(lines))):
                text = lines[end].text if end > index else re.sub(_QUOTE_OPEN, "", lines[end].text)
                if lines[end].is_blank:
                    break
                if _closes_quote(text):
                    found.update(range(index, end + 1))
                    if end + 1 < len(lines) and _ATTRIBUTION.match(lines[end + 1].text):
                        found.add(end + 1)
                    index = end
                    break
        index += 1
    return found


def _opens(lines: list[Line], index: int, low: int, sender: Sender, *, has_tail: bool) -> bool:
    """Whether a signature begins at this line, everything below it being unwritten."""
    text = lines[index].text.strip()
    below = [line.text.strip() for line in lines[index + 1 :] if not line.is_blank]
    if is_signed_closing(text, sender):
        return True
    if words.is_closing(text):
        if below:
            return _is_signing(below[0], sender)
        has_spoken = any(not line.is_blank for line in lines[:index])
        return has_tail and has_spoken or not words.is_thanks_only(text)
    if signs_in(text, sender):
        return not _is_listed(lines, index, below, sender)
    if (RULE.match(text) or DASHES.match(text)) and below and len(below) <= 14:
        return bool(DASHES.match(text)) or any(has_contact(line) or signs_as(line, sender) for line in below)
    if not sender.is_known and not below:
        return _is_lone_name(lines, index)
    return _opens_contact_block(lines, index, below, sender)


_NO_LONE_NAME = frozenset(
    "yes no ok okay fyi help enjoy attachment attachments enclosure done agreed approved received confirmed perfect great sure nope please sorry hello hi stop unsubscribe remove urgent "
    "ja nein oui non si sim tak nie да нет merci danke gracias obrigado grazie bedankt dziękuję tack takk tak kiitos děkuji end note update over".split()
)


def _is_lone_name(lines: list[Line], index: int) -> bool:
    """A word or two in capitals alone at the end, where no header says how the sender is called."""
    text = lines[index].text.strip(" \t-–—~.")
    parts = text.split()
    is_name = 1 <= len(parts) <= 2 and all(
        part.isalpha() and part[0].isupper() and part[1:].islower() for part in parts
    )
    is_apart = index > 1 and lines[index - 1].is_blank and len(text) >= 3
    return is_name and is_apart and parts[0].lower() not in _NO_LONE_NAME


def _is_signing(line: str, sender: Sender) -> bool:
    """Whether the line below a closing is a name, of whomever: nobody writes text there."""
    if (
        signs_as(line, sender)
        or words.is_closing(line)
        or RULE.match(line)
        or is_signed_closing(line, sender)
    ):
        return True
    head = name_part(line)
    return bool(head) and len(head.split()) <= 6 and not line.endswith(("?", ":"))


def _is_listed(lines: list[Line], index: int, below: list[str], sender: Sender) -> bool:
    """The sender's name among others, or as an address to write to, below a line that ends with a colon."""
    above = next((line.text.strip() for line in reversed(lines[:index]) if not line.is_blank), "")
    if above.endswith((":", "：")):
        return True
    others = [line for line in below if not has_contact(line) and not signs_as(line, sender)]
    return (
        bool(BULLET.match(lines[index].text))
        and bool(others)
        and not any(has_contact(line) for line in below)
    )


def _opens_contact_block(lines: list[Line], index: int, below: list[str], sender: Sender) -> bool:
    """A company, desk or unknown name with numbers below it, when the sender has no other name to sign with."""
    text = lines[index].text.strip()
    if index and not lines[index - 1].is_blank:
        return False
    if not any(char.isalpha() for char in text) or ":" in text or has_contact(text) and "|" not in text:
        return False
    above = next((line.text.strip() for line in reversed(lines[:index]) if not line.is_blank), "")
    if above.endswith((":", "：")) or len(below) > 12:
        return False
    names_sender = is_own_company(text, sender)
    reaches = any(has_contact(line) for line in [*below, text])
    is_of_sender = names_sender or any(is_own_domain(line, sender) for line in [text, *below])
    return (
        reaches
        and is_of_sender
        and (
            names_sender
            or bool(
                words.COMPANY_WORD.search(text)
                or words.COMPANY_FORM.search(text)
                or words.DEPARTMENT.search(text)
            )
        )
    )


# --- a signature that other text follows -------------------------------------------------------------------------------

_HEADER = re.compile(r"^\s*(?:from|to|cc|sent|date|subject|von|an|de|à|betreff|objet)\s?:", re.I)
_MAX_SCANNED = 400


def _above_other_text(text: str, quoted: Sequence[tuple[int, int]], sender: Sender) -> list[Line]:
    """The sender's name, signed above an afterthought or above a mail that nothing marks as quoted."""
    starts = {start for start, _ in quoted}
    lines: list[Line] = []
    offset = 0
    for line in text.split("\n", _MAX_SCANNED)[:_MAX_SCANNED]:
        if offset not in starts:
            lines.append(Line(line[:400], offset))
        offset += len(line) + 1
    for index in range(1, len(lines)):
        if _is_signed_alone(lines, index, sender):
            return lines[_with_closing_above(lines, index) : _end_of_signed(lines, index, sender)]
    return []


def _is_signed_alone(lines: list[Line], index: int, sender: Sender) -> bool:
    """A line that is the sender's name and nothing else, below written text or a closing, with nothing going on right below."""
    text = lines[index].text.strip()
    if not text or len(text) > 40 or len(text.split()) > 4:
        return False
    if is_signed_closing(text, sender):
        return True
    above = next((line.text.strip() for line in reversed(lines[:index]) if not line.is_blank), "")
    if not above or above.endswith((":", "：")) or text.endswith((",", ":")):
        return False
    if words.is_closing(above):
        return bool(signs_as(text, sender))
    is_apart = lines[index - 1].is_blank and (index + 1 == len(lines) or lines[index + 1].is_blank)
    return (
        is_apart
        and len(words.letters(text)) > 2
        and is_written(above, sender)
        and bool(signs_as(text, sender))
    )


def _end_of_signed(lines: list[Line], index: int, sender: Sender) -> int:
    """Where the paragraph of a signature ends, and the one below it when that begins with the name in full."""
    end = index + 1
    while end < len(lines) and end - index < 16 and not _ends_signed(lines[end], sender):
        if lines[end].is_blank:
            following = next((line for line in lines[end : end + 3] if not line.is_blank), None)
            if following is None or not signs_in(following.text, sender) or _ends_signed(following, sender):
                break
        end += 1
    return end


def _ends_signed(line: Line, sender: Sender) -> bool:
    return not line.is_blank and bool(
        _HEADER.match(line.text) or RULE.match(line.text) or is_written(line.text, sender)
    )


def _with_closing_above(lines: list[Line], index: int) -> int:
    """Takes in a short line above the name that ends with a comma, as only a closing does: "Hope this helps,"."""
    above = index - 1
    while above >= 0 and lines[above].is_blank and index - above <= 2:
        above -= 1
    if above < 1 or lines[above].is_blank:
        return index
    text = lines[above].text.strip()
    earlier = any(not line.is_blank for line in lines[:above])
    is_comma_line = text.endswith((",", "，")) and len(text.split()) <= 5 and not words.GREETING.match(text)
    if earlier and (words.is_closing(text) or is_comma_line) and not has_contact(text):
        return _with_closing_above(lines, above)
    return index
