"""Loads mails with the category, sentiment and signals that a person reads in them, and scores a reading of them.

One mail a line: `category | sentiment | signals | subject | text`, with ¶ for a line end. `-` means none, and for a category or a
sentiment that nobody judged it. `@portal` behind a category has a machine send the mail.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from engagement.mail.reading import parse_message, read_mail
from engagement.mail.reading.category import Category, classify_category
from engagement.mail.reading.sentiment import read_sentiment
from engagement.mail.reading.signals import find_signals

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class JudgedMail:
    """A mail and what a person says it means."""

    name: str
    category: str
    sentiment: str
    signals: frozenset[str]
    subject: str
    text: str
    is_portal: bool

    def as_bytes(self) -> bytes:
        sender = "Portal <no-reply@portal.test>" if self.is_portal else "Karen Whitfield <karen@client.test>"
        head = f"From: {sender}\nTo: desk@own.test\nSubject: {self.subject}\nDate: Mon, 23 Nov 2026 09:00:00 -0700\n"
        return f"{head}Content-Type: text/plain; charset=utf-8\n\n{self.text}\n".encode()


@dataclass(frozen=True)
class ReadMail:
    """What the reading says of it."""

    category: str
    sentiment: str
    signals: frozenset[str]


def load_judged(name: str) -> list[JudgedMail]:
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return [_judged(f"{name}:{number}", line) for number, line in enumerate(lines, start=1) if line]


def _judged(name: str, line: str) -> JudgedMail:
    category, sentiment, signals, subject, text = line.split(" | ", 4)
    category, _, sender = category.partition("@")
    kinds = frozenset() if signals == "-" else frozenset(signals.split(","))
    return JudgedMail(name, category, sentiment, kinds, subject, text.replace("¶", "\n"), sender == "portal")


def category_of(raw: bytes) -> Category:
    """The category of a mail as `read_mail` would find it."""
    parsed = parse_message(raw)
    reading = read_mail(parsed)
    return classify_category(
        parsed,
        reading.newest,
        tier=reading.tier,
        is_internal=reading.is_internal,
        flags=reading.flags,
        requests=reading.requests,
        opt_out=reading.opt_out,
        bounced=reading.bounced,
        signals=find_signals(reading.newest, subject=parsed.subject),
        sentiment=read_sentiment(reading.newest, subject=parsed.subject),
    )


def read_judged(mail: JudgedMail) -> ReadMail:
    raw = mail.as_bytes()
    reading = read_mail(parse_message(raw))
    return ReadMail(
        category=category_of(raw).value,
        sentiment=reading.sentiment.label,
        signals=frozenset(one.type.value for one in find_signals(reading.newest, subject=mail.subject)),
    )


@dataclass(frozen=True)
class Score:
    """Shares from 0 to 1."""

    categories: float
    signals_f1: float
    sentiment_f1: float
    negative_recall: float
    negative_precision: float


def score(pairs: Iterable[tuple[JudgedMail, ReadMail]]) -> Score:
    pairs = list(pairs)
    judged = [(mail, read) for mail, read in pairs if mail.category != "-"]
    felt = [(mail.sentiment, read.sentiment) for mail, read in pairs if mail.sentiment != "-"]
    hit = sum(len(mail.signals & read.signals) for mail, read in pairs)
    named = sum(len(mail.signals) + len(read.signals) for mail, read in pairs)
    right, said, is_so = (Counter[str](), Counter[str](), Counter[str]())
    for true, found in felt:
        right[true] += true == found
        is_so[true] += 1
        said[found] += 1
    labels = ("negative", "neutral", "positive")
    f1 = [2 * right[one] / (is_so[one] + said[one]) if is_so[one] + said[one] else 1.0 for one in labels]
    return Score(
        categories=sum(mail.category == read.category for mail, read in judged) / len(judged),
        signals_f1=2 * hit / named,
        sentiment_f1=sum(f1) / 3,
        negative_recall=right["negative"] / is_so["negative"],
        negative_precision=right["negative"] / max(said["negative"], 1),
    )
