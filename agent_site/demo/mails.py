"""The desk's mails: which company each is for, and its Date header moved to the day of loading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime

from agent_site.demo.specification import HERE, anchor_date
from agent_site.demo.tenants import DemoTenant, Moment
from engagement.mail.sources import RawMail

_DATE = re.compile(rb"^Date: (?P<date>[^\r\n]+)", re.MULTILINE)


def demo_mails(tenant: DemoTenant, at: Moment) -> Iterator[RawMail]:
    """The mails to one company's inbox, in the order of their files; all bytes but the date are the file's."""
    shift = at.today - anchor_date()
    inbox = re.compile(rb"^To: [^\r\n]*<" + re.escape(tenant.inbox.encode()) + rb">", re.MULTILINE)
    for path in sorted((HERE / "mail").glob("*.eml")):
        content = path.read_bytes()
        if inbox.search(_header(content)):
            yield RawMail(name=path.name, content=move_date(content, shift))


def move_date(content: bytes, shift: timedelta) -> bytes:
    """The message with the date of its own header moved; dates in its text and in enclosed messages stay."""
    header = _header(content)

    def moved(found: re.Match[bytes]) -> bytes:
        date = parsedate_to_datetime(found["date"].decode("ascii")) + shift
        return b"Date: " + format_datetime(date).encode("ascii")

    return _DATE.sub(moved, header, count=1) + content[len(header) :]


def _header(content: bytes) -> bytes:
    """Everything before the first empty line."""
    found = re.search(rb"\r?\n\r?\n", content)
    return content[: found.start()] if found else content
