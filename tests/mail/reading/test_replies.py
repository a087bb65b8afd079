"""Replies of many mail programs and languages: exactly what the sender wrote now is left.

`replies.txt` holds blocks `=== language program text|html SUBJECT`, the words wanted, `~~~`, and the rest of the mail (of an HTML
mail: its whole markup). `taglines.txt` holds what devices add, and below `====` what people write that looks like it;
`attributions.txt` the lines by which programs introduce a quote.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from engagement.mail.reading import newest_of_text, newest_text, parse_message

_HERE = Path(__file__).parent
_ATTRIBUTIONS = (_HERE / "attributions.txt").read_text(encoding="utf-8").splitlines()
_TAGLINES, _SENTENCES = (_HERE / "taglines.txt").read_text(encoding="utf-8").strip().split("\n====\n")


@dataclass(frozen=True)
class Reply:
    """One block of the file."""

    name: str
    is_html: bool
    subject: str
    wanted: str
    rest: str


def _replies() -> list[Reply]:
    replies = []
    for block in (_HERE / "replies.txt").read_text(encoding="utf-8").split("=== ")[1:]:
        head, _, body = block.partition("\n")
        language, program, kind, subject = (*head.split(maxsplit=3), "")[:4]
        wanted, _, rest = body.partition("~~~\n")
        replies.append(Reply(f"{language} {program}", kind == "html", subject, wanted.strip(), rest))
    return replies


@pytest.mark.parametrize("reply", _replies(), ids=lambda reply: reply.name)
def test_a_reply_is_cut_to_the_words_of_its_sender(reply: Reply) -> None:
    if reply.is_html:
        head = b"From: a@b.test\nContent-Type: text/html; charset=utf-8\n\n"
        newest = newest_text(parse_message(head + reply.rest.encode()))
    else:
        newest = newest_of_text(f"{reply.wanted}\n\n{reply.rest}", subject=reply.subject)
    assert newest.text == reply.wanted


@pytest.mark.parametrize("line", _ATTRIBUTIONS)
def test_the_line_that_introduces_a_quote_goes_with_it(line: str) -> None:
    for quote in (f"{line}\n> old text", f"{line}\n\n> old\n> text"):
        assert newest_of_text(f"Thanks, fine.\n\nAnn\n\n{quote}").text == "Thanks, fine.\n\nAnn"


@pytest.mark.parametrize("line", [line for line in _ATTRIBUTIONS if any(map(str.isdigit, line))])
def test_a_dated_introduction_cuts_a_quote_without_marks(line: str) -> None:
    text = f"Thanks, fine.\n\nAnn\n\n{line}\n\nold text without marks\nmore of it"
    assert newest_of_text(text).text == "Thanks, fine.\n\nAnn"


@pytest.mark.parametrize(
    "text",
    [
        "Please send it to kim@x.example by 11/17/2026:\n\n- the deed\n- the lease",
        "Tom wrote:\n\nI will be there.",
        "Hi,\n\nAs Marcus wrote:\nthe fee is 450.",
        "Dates that work at 9:30 or 10:00:\n- Monday\n- Tuesday",
        "The following people need access (ann@x.example, bob@x.example):\nAnn\nBob",
    ],
)
def test_a_line_with_a_colon_introduces_the_writers_own_list(text: str) -> None:
    assert newest_of_text(text).text == text


@pytest.mark.parametrize("line", _TAGLINES.splitlines())
def test_a_tagline_of_a_device_goes(line: str) -> None:
    assert newest_of_text(f"Good to go.\n\n{line}").text == "Good to go."


@pytest.mark.parametrize("line", _SENTENCES.splitlines())
def test_a_sentence_that_only_sounds_like_a_tagline_stays(line: str) -> None:
    assert newest_of_text(f"Good to go.\n\n{line}").text == f"Good to go.\n\n{line}"
