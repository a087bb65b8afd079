"""Replies of many mail programs and languages: exactly what the sender wrote now is left.

`replies.txt` holds blocks `=== language program text|html SUBJECT`, the words wanted, `~~~`, and the rest of the mail (of an HTML
mail: its whole markup). `taglines.txt` holds what devices add, and below `====` what people write that looks like it.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from engagement.mail.reading import newest_of_text, newest_text, parse_message

_HERE = Path(__file__).parent
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


@pytest.mark.parametrize("line", _TAGLINES.splitlines())
def test_a_tagline_of_a_device_goes(line: str) -> None:
    assert newest_of_text(f"Good to go.\n\n{line}").text == "Good to go."


@pytest.mark.parametrize("line", _SENTENCES.splitlines())
def test_a_sentence_that_only_sounds_like_a_tagline_stays(line: str) -> None:
    assert newest_of_text(f"Good to go.\n\n{line}").text == f"Good to go.\n\n{line}"
