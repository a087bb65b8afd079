"""Reading our own messages back from the bytes that were frozen: what a reader at the other end finds.

The library's reading of one header takes longer than PostgreSQL takes to store a row, and three ask of a message that
leaves: whom it is addressed to, what its provider is given, what is kept of it. It is read once; what our composing
writes as it stands (`engagement.mail.outbound`) is read as it stands, and the rest by the library.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import SMTP, compat32
from email.utils import formataddr
from functools import cached_property, lru_cache

# The messages under way in one process.
KEPT = 8
_PEOPLE = frozenset({"from", "to"})
# What stands for itself however it is read.
_PLAIN = re.compile(r"[ -~]*")
# One address as `formataddr` writes nearly all: alone, or behind plain words, quoted ones, or one encoded word.
_ADDRESS = r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_PERSON = re.compile(
    r'(?:(?:(?P<plain>[A-Za-z0-9]+(?: [A-Za-z0-9]+)*)|"(?P<quoted>[A-Za-z0-9 .,]+)"'
    r"|(?P<encoded>=\?utf-8\?[bq]\?[^? ]+\?=))"
    rf" <(?P<named>{_ADDRESS})>|(?P<bare>{_ADDRESS}))"
)
# What a name may not hold unquoted (RFC 5322, section 3.2.3).
_SPECIALS = frozenset('()<>@,:;.\\"[]')
_OUR_BODY = ("text/plain", "utf-8", "quoted-printable")


@dataclass(frozen=True, kw_only=True)
class Person:
    """One address of a From or To line; `shown` is the two written out, without anything encoded."""

    name: str
    address: str
    shown: str


class FrozenMail:
    """The frozen bytes of one message of ours, read."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._parsed: Message = BytesParser(policy=compat32).parsebytes(content)

    @cached_property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """Name and value of each header in order, unfolded and decoded."""
        return tuple((name, self._decoded(name, value)) for name, value in self._parsed.raw_items())

    @cached_property
    def sender(self) -> Person:
        """Whom the message says it is from."""
        return self._people("From")[0]

    @cached_property
    def recipients(self) -> tuple[Person, ...]:
        """Whom it is addressed to."""
        return self._people("To")

    @cached_property
    def text(self) -> str:
        """What it says, with the line ends that it has."""
        parsed = self._parsed
        form = (parsed.get_content_type(), parsed.get_content_charset(), parsed["Content-Transfer-Encoding"])
        if form != _OUR_BODY:
            return str(BytesParser(policy=SMTP).parsebytes(self.content).get_content())
        return bytes(parsed.get_payload(decode=True)).decode("utf-8", errors="replace")

    def get(self, name: str) -> str:
        """The first header of that name; empty when there is none."""
        wanted = name.lower()
        return next((value for known, value in self.headers if known.lower() == wanted), "")

    def _decoded(self, name: str, value: str) -> str:
        if name.lower() in _PEOPLE:
            return ", ".join(person.shown for person in _read_people(name, value))
        line = _unfolded(value)
        if _PLAIN.fullmatch(line) and "=?" not in line:
            return line
        return str(SMTP.header_fetch_parse(name, value))

    def _people(self, name: str) -> tuple[Person, ...]:
        found = (value for known, value in self._parsed.raw_items() if known == name)
        return _read_people(name, next(found, ""))


@lru_cache(maxsize=KEPT)
def read_frozen(content: bytes) -> FrozenMail:
    """The message that these bytes are. Those that were read lately are not read again."""
    return FrozenMail(content)


def _read_people(name: str, value: str) -> tuple[Person, ...]:
    plain = _read_plain_person(_unfolded(value))
    if plain is not None:
        return (plain,)
    header = SMTP.header_fetch_parse(name, value)
    return tuple(
        Person(name=one.display_name, address=one.addr_spec, shown=str(one)) for one in header.addresses
    )


def _read_plain_person(line: str) -> Person | None:
    """The one person of a line that says no more than a name and an address; None for any other line."""
    found = _PERSON.fullmatch(line)
    if found is None:
        return None
    if found["bare"]:
        return Person(name="", address=found["bare"], shown=found["bare"])
    name = _decoded_word(line, found) if found["encoded"] else found["plain"] or found["quoted"]
    # Two blanks, or one at an end, are read in ways of its own by the library.
    if name is None or not name.isprintable() or name != " ".join(name.split()):
        return None
    shown = (
        name if _SPECIALS.isdisjoint(name) else '"{}"'.format(name.replace("\\", "\\\\").replace('"', '\\"'))
    )
    return Person(name=name, address=found["named"], shown=f"{shown} <{found['named']}>")


def _decoded_word(line: str, found: re.Match[str]) -> str | None:
    """What a name in code says, where writing it again gives the same line; any other is the library's to read."""
    try:
        ((encoded, charset),) = decode_header(found["encoded"])
        name = encoded.decode(charset)
    except (ValueError, LookupError, HeaderParseError):
        return None
    return name if name and formataddr((name, found["named"])) == line else None


def _unfolded(value: str) -> str:
    return value.replace("\r", "").replace("\n", "")
