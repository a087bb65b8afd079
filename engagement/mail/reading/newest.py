"""Finds what the sender wrote now: the mail without quotes, forwarded originals, device taglines and delimited signature.

What lives here: cutting. What does not: which words introduce a quote (`quote_words`), HTML containers (`html_text`), and which
lines of the rest are signature or disclaimer (`closing`).
Contract: greeting and typed sign-off stay; a mail that is nothing but a quote keeps it; a forward keeps what stands above it;
inline answers keep the answers and the lines they answer. Offsets count code points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import quote_words as words
from .html_text import HtmlText, read_html
from .parsing import ParsedMessage

# Nobody writes more than this by hand; what stands below it in a mail is read by no one either.
MAX_READ_CHARACTERS = 120_000
MAX_READ_LINES = 6_000

_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
# A line between two bars is a box or a table, not a quote.
_QUOTED = re.compile(r"^\s{0,3}(?:>|&gt;|\|\s(?![^\n]{0,200}\|$)|»)")
_DEEP = re.compile(r"^\s{0,3}>\s{0,2}>")
_EMPTY_QUOTE = re.compile(r"^[\s>|»]*$")
_STUB = re.compile(
    r"^\s*(?:this (?:message|email|e-mail) (?:requires|contains)|your (?:mail|email) (?:client|program)|to view this (?:message|email))",
    re.I,
)


@dataclass(frozen=True)
class InlineAnswer:
    """The sender's answer standing under a quoted line of ours; spans are offsets into the newest text."""

    question: str
    answer_start: int
    answer_end: int


@dataclass(frozen=True)
class NewestText:
    """`text` and the spans in it that are someone else's words (`quoted`). `source` is text/plain, text/html or none.

    `is_only_quote` means the sender wrote nothing of their own: nothing in it may be acted on. `signature_tail` is what was cut off
    as signature, from its delimiter on: not part of the text, but where the sender's name and numbers stand.
    """

    text: str
    inline_answers: tuple[InlineAnswer, ...] = ()
    quoted: tuple[tuple[int, int], ...] = ()
    is_forward: bool = False
    is_only_quote: bool = False
    had_quote: bool = False
    had_delimited_signature: bool = False
    hidden_text: str = ""
    source: str = "text/plain"
    signature_tail: str = ""


def newest_text(parsed: ParsedMessage) -> NewestText:
    """The newest text of a mail; empty when it has no readable text at all."""
    markup = read_html(parsed.text_html) if parsed.text_html.strip() else None
    plain = parsed.text_plain
    if markup is None:
        return newest_of_text(plain, subject=parsed.subject, source="text/plain" if plain.strip() else "none")
    if plain.strip() and not markup.hidden and not _is_stub(plain, markup):
        from_plain = newest_of_text(plain, subject=parsed.subject)
        if from_plain.had_quote or not markup.had_quote:
            return from_plain
    return _newest_of_html(markup, parsed.subject)


def _is_stub(plain: str, markup: HtmlText) -> bool:
    """A text part that only says "view this in HTML", or holds markup, is not the mail."""
    if _STUB.match(plain) or plain.lstrip()[:200].lower().startswith(("<html", "<!doctype", "<div", "<body")):
        return True
    return len(plain.split()) < 3 < len(markup.whole.split()) // 4


def _newest_of_html(markup: HtmlText, subject: str) -> NewestText:
    source = markup.newest if markup.newest.strip() or markup.is_forward else markup.whole
    read = newest_of_text(source, subject=subject, source="text/html")
    only_quote = not markup.newest.strip() and bool(markup.whole.strip()) and not markup.is_forward
    return NewestText(
        text=read.text,
        inline_answers=read.inline_answers,
        quoted=read.quoted,
        is_forward=read.is_forward or markup.is_forward,
        is_only_quote=read.is_only_quote or only_quote,
        had_quote=read.had_quote or markup.had_quote,
        had_delimited_signature=read.had_delimited_signature,
        hidden_text=markup.hidden,
        source="text/html",
        signature_tail=read.signature_tail,
    )


def newest_of_text(text: str, *, subject: str = "", source: str = "text/plain") -> NewestText:
    """The same for plain text; `subject` tells a forward from a reply where the text does not."""
    text = text[:MAX_READ_CHARACTERS]
    lines = [_ZERO_WIDTH.sub("", line.rstrip()) for line in text.split("\n", MAX_READ_LINES)[:MAX_READ_LINES]]
    cut, is_forward = _find_cut(lines, subject)
    own = lines[:cut]
    while cut < len(lines) and own and (not own[-1].strip() or words.LEFT_ABOVE.match(own[-1])):
        own.pop()
    kept, had_quote = _without_quotes(own)
    kept, tail = _without_signature(kept)
    kept = _without_tagline(kept)
    if not any(line.strip() and not _QUOTED.match(line) for line in kept):
        if is_forward and cut < len(lines):
            return NewestText("", is_forward=True, had_quote=True, source=source)
        whole, tail = _without_signature(lines)
        rest = _assemble(whole)
        had_own = bool(rest) and cut == len(lines) and not had_quote
        return NewestText(
            rest,
            quoted=((0, len(rest)),) if rest and not had_own else (),
            is_only_quote=bool(rest) and not had_own,
            had_quote=not had_own,
            had_delimited_signature=bool(tail),
            source=source,
            signature_tail=_assemble(tail) if had_own else "",
        )
    body = _assemble(kept)
    quoted, answers = _pair_answers(body)
    return NewestText(
        body,
        answers,
        quoted,
        is_forward,
        had_quote=had_quote or cut < len(lines),
        had_delimited_signature=bool(tail),
        source=source,
        signature_tail=_assemble(tail),
    )


def _assemble(lines: list[str]) -> str:
    """The kept lines as one text, without blank edges and without holes left by what was cut."""
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(lines)).strip("\n \t")


# --- where the foreign mail begins -------------------------------------------------------------------------------------


def _find_cut(lines: list[str], subject: str) -> tuple[int, bool]:
    """Index of the first line that belongs to a mail below, and whether that mail was forwarded."""
    says_forward = bool(words.FORWARD_SUBJECT.match(subject))
    for index, line in enumerate(lines):
        if not line or _QUOTED.match(line):
            continue
        if words.FORWARD_MARK.match(line):
            return index, True
        if words.ORIGINAL_MARK.match(line) or words.REPLY_ABOVE.match(line):
            return index, says_forward
        if words.UNDERSCORE_RULE.match(line) and _header_block_at(lines, _next_filled(lines, index + 1)):
            return index, says_forward
        if words.FROM_LABEL.match(line) and _header_block_at(lines, index):
            return _block_start(lines, index), says_forward
        size = _attribution_at(lines, index)
        if size and not _quote_follows(lines, index + size):
            return index, says_forward
    return len(lines), False


def _next_filled(lines: list[str], index: int) -> int:
    while index < len(lines) and not lines[index].strip():
        index += 1
    return index


def _header_block_at(lines: list[str], index: int) -> bool:
    """True when a copied header starts here: a From line and two more kinds of header within the next lines."""
    if index >= len(lines) or not words.FROM_LABEL.match(lines[index]):
        return False
    kinds: set[str] = set()
    blanks = 0
    for line in lines[index + 1 : index + 12]:
        if not line.strip():
            blanks += 1
            if blanks > 4 or len(kinds) >= 2:
                break
            continue
        kinds.update(kind for kind, pattern in words.OTHER_LABELS.items() if pattern.match(line))
    has_address_or_date = any(
        words.ADDRESS_HINT.search(line) or words.DATE_HINT.search(line) for line in lines[index : index + 6]
    )
    return len(kinds) >= 2 and (has_address_or_date or len(kinds) == 3)


def _block_start(lines: list[str], index: int) -> int:
    """The first line of the copied header: some programs put the date above the sender."""
    while index and any(pattern.match(lines[index - 1]) for pattern in words.OTHER_LABELS.values()):
        index -= 1
    return index


def _attribution_at(lines: list[str], index: int) -> int:
    """Number of lines of an `On ... wrote:` line starting here (it may be wrapped), or 0."""
    if not lines[index].strip() or len(lines[index]) > 400:
        return 0
    joined = ""
    for size in range(1, 6):
        position = index + size - 1
        if position >= len(lines) or not lines[position].strip():
            return 0
        if _QUOTED.match(lines[position]) and lines[position].strip() not in (">:", "> :"):
            return 0
        joined = f"{joined} {lines[position].strip()}".strip()
        if len(joined) > 500:
            return 0
        if joined.endswith((":", "：")):
            if words.ATTRIBUTION_END.search(joined[-300:]) and _reads_as_attribution(
                joined, lines[index], size
            ):
                return size
            is_said = _names_writer(joined, is_above_quote=_quote_follows(lines, index + size))
            return size if is_said and (size == 1 or _begins_attribution(lines[index])) else 0
        if joined.endswith("---") and words.ATTRIBUTION_RULE.match(joined):
            return size
        if words.ATTRIBUTION_BARE_END.search(joined[-20:]) and words.ATTRIBUTION_START.match(joined):
            if words.DATE_HINT.search(joined) and words.ADDRESS_HINT.search(joined):
                return size
    return 0


def _reads_as_attribution(joined: str, first_line: str, size: int) -> bool:
    """A date or an address must stand in it, and a wrapped one must begin the way attributions begin."""
    head = joined.strip("*_ ")
    has_date = bool(words.DATE_HINT.search(head))
    has_address = bool(words.ADDRESS_HINT.search(head))
    has_verb = bool(words.ATTRIBUTION_VERB.search(head))
    starts = bool(words.ATTRIBUTION_START.match(head))
    if not (has_date or has_address or (starts and has_verb and len(head.split()) <= 12)):
        return False
    if size == 1:
        return (has_verb and (starts or has_date or has_address)) or (has_date and has_address)
    return _begins_attribution(first_line) and (has_verb or (has_date and has_address))


def _begins_attribution(first_line: str) -> bool:
    head = first_line.strip("*_ ")
    return bool(
        words.ATTRIBUTION_START.match(head) or words.DATE_HINT.search(head) or words.ADDRESS_HINT.search(head)
    )


def _names_writer(joined: str, *, is_above_quote: bool) -> bool:
    """Whether a line with a colon introduces a quote in words nobody listed: by writer and date, or by what stands below it."""
    has_date = bool(words.DATE_HINT.search(joined))
    if words.ANGLE_ADDRESS.search(joined) and has_date:
        return True
    if not is_above_quote or len(joined.split()) > 16:
        return False
    has_verb = bool(words.ATTRIBUTION_VERB.search(joined))
    return bool(words.ADDRESS_HINT.search(joined)) or (has_verb and (has_date or len(joined.split()) <= 6))


def _quote_follows(lines: list[str], index: int) -> bool:
    index = _next_filled(lines, index)
    return index < len(lines) and bool(_QUOTED.match(lines[index]))


# --- quotes inside the sender's own part -------------------------------------------------------------------------------


def _without_quotes(lines: list[str]) -> tuple[list[str], bool]:
    """Drops attributions and quoted blocks; keeps the quoted paragraph that an inline answer stands under."""
    blocks = _blocks(lines)
    has_quote = any(kind == "quote" for kind, _ in blocks)
    if not has_quote:
        return lines, False
    answered = {
        position
        for position, (kind, _) in enumerate(blocks)
        if kind == "quote"
        and any(
            later == "own" and _says_something(rest) for later, rest in blocks[position + 1 : position + 2]
        )
    }
    own_before = any(
        kind == "own" and _says_something(rest) for kind, rest in blocks[: min(answered, default=0)]
    )
    kept: list[str] = []
    for position, (kind, block) in enumerate(blocks):
        if kind == "own":
            kept.extend(block)
        elif position in answered:
            kept.extend(_answered_lines(block, is_interleaved=len(answered) > 1 or own_before))
    return kept, True


def _blocks(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Runs of own and of quoted lines; attribution lines above a quote disappear."""
    blocks: list[tuple[str, list[str]]] = []
    index = 0
    while index < len(lines):
        size = 0 if _QUOTED.match(lines[index]) else _attribution_at(lines, index)
        if size and _quote_follows(lines, index + size):
            index += size
            if blocks and blocks[-1][0] == "quote":
                blocks.append(("own", []))
            continue
        kind = "quote" if _QUOTED.match(lines[index]) else "own"
        if kind == "own" and index and _is_wrapped_quote(lines[index - 1], lines[index]):
            kind = "quote"
        if (
            kind == "own"
            and not lines[index]
            and blocks
            and blocks[-1][0] == "quote"
            and _quote_follows(lines, index)
        ):
            kind = "quote"
        if not blocks or blocks[-1][0] != kind:
            blocks.append((kind, []))
        blocks[-1][1].append(lines[index])
        index += 1
    return blocks


def _is_wrapped_quote(previous: str, line: str) -> bool:
    """A long quoted line that a mail program broke leaves its tail without a mark."""
    is_long = bool(_QUOTED.match(previous)) and len(previous) >= 60 and previous.rstrip()[-1:] not in ".?!:;"
    return is_long and line[:1].islower()


def _says_something(block: list[str]) -> bool:
    """Own words, not just a signature or a tagline hanging below the quote."""
    for line in block:
        if words.SIGNATURE_DELIMITER.match(line):
            return False
        if line.strip() and not _is_tagline(line):
            return True
    return False


def _answered_lines(block: list[str], *, is_interleaved: bool) -> list[str]:
    """The last paragraph of a quoted block, when the answer under it answers that; a long quote above a reply goes."""
    last: list[str] = []
    trailing: list[str] = []
    for line in reversed(block):
        if _EMPTY_QUOTE.match(line):
            if last:
                break
            trailing.insert(0, line)
        elif not _DEEP.match(line):
            last.insert(0, line)
    asks = any(line.rstrip().endswith("?") for line in last)
    if is_interleaved or (asks and len(last) <= 4):
        kept = last + [line for line in trailing if not line.strip()]
        leading = [""] if not block[0].strip() else []
        return leading + kept
    return []


def _without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    """Cuts at a signature delimiter that has own text above it; also gives what was cut off."""
    for index, line in enumerate(lines):
        if line.startswith(("--", "—", "–", "__")) and words.SIGNATURE_DELIMITER.match(line):
            rest = [below for below in lines[index + 1 :] if below.strip()]
            if any(above.strip() for above in lines[:index]) and _can_be_signature(line, rest):
                return lines[:index], lines[index:]
    return lines, []


def _can_be_signature(delimiter: str, rest: list[str]) -> bool:
    """`-- ` always delimits (RFC 3676); a look-alike rule does only above a short block."""
    return delimiter == "--" or (len(rest) <= 10 and all(len(line) < 90 for line in rest))


def _without_tagline(lines: list[str]) -> list[str]:
    """Cuts at the tagline a device adds at the end; one with nothing above it only goes itself."""
    for index, line in enumerate(lines):
        if _is_tagline(line):
            above = lines[:index]
            if any(text.strip() for text in above):
                return above
            return _without_tagline(lines[index + 1 :])
    return lines


def _is_tagline(line: str) -> bool:
    return (
        len(line) < 200
        and bool(words.DEVICE_TAGLINE.match(re.sub(r"\s*<?https?://\S{1,300}>?|<[^<>]{0,300}>", "", line)))
        and bool(words.DEVICE_NAMES.search(line) or "http" in line)
    )


def _pair_answers(body: str) -> tuple[tuple[tuple[int, int], ...], tuple[InlineAnswer, ...]]:
    """Spans of quoted lines left in the text, and each answer with the quoted words right above it."""
    quoted: list[tuple[int, int]] = []
    answers: list[InlineAnswer] = []
    question: list[str] = []
    answer_start: int | None = None
    offset = 0
    lines = body.split("\n")
    for line in [*lines, "> "]:
        end = offset + len(line)
        if _QUOTED.match(line):
            if answer_start is not None:
                answers.append(InlineAnswer(" ".join(question), answer_start, len(body[:offset].rstrip())))
                question, answer_start = [], None
            if offset < len(body):
                quoted.append((offset, end))
            question.append(re.sub(r"^[\s>|»]+", "", line).strip())
        elif line.strip() and question and answer_start is None:
            answer_start = offset
        offset = end + 1
    return tuple(quoted), tuple(answers)
