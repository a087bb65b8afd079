"""Loads the hand-written mails of the corpus files: blocks between `====` lines, requests between « and »."""

import re
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
FILES = (
    "corpus_second.txt",
    "corpus_third.txt",
    "corpus_fourth.txt",
    "corpus_fifth.txt",
    "corpus_sixth.txt",
    "corpus_seventh.txt",
    "corpus_eighth.txt",
)


@dataclass(frozen=True)
class WrittenMail:
    """A mail's text and the sentences in it that ask for a person's act."""

    name: str
    text: str
    requests: tuple[str, ...]


def load_corpus(files: tuple[str, ...] = FILES) -> list[WrittenMail]:
    mails = []
    for name in files:
        blocks = (_HERE / name).read_text(encoding="utf-8").split("\n====\n")
        for number, block in enumerate(blocks, start=1):
            marked = block.strip("\n")
            requests = tuple(re.findall("«(.*?)»", marked, re.S))
            mails.append(WrittenMail(f"{name}:{number}", re.sub("[«»]", "", marked), requests))
    return mails
