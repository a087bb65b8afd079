"""How the console words and shows values: states as badges, structured values as tables and lists, never raw.

Everything here escapes what it is given; only `SafeString` passes through. What a page consists of is the admin's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

NOTHING = "–"
ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")

# The stored word of every state -> how loud its badge is.
TONES = {
    **dict.fromkeys(("done", "completed", "allow", "settled", "resolved", "sent"), "good"),
    **dict.fromkeys(
        ("held", "hold", "unknown", "stopped", "open", "abandoned", "expired", "given_up"), "warning"
    ),
    **dict.fromkeys(("failed", "blocked", "block", "rejected"), "bad"),
    **dict.fromkeys(
        ("proposed", "allowed", "executing", "running", "ready", "effecting", "acknowledged"), "busy"
    ),
    **dict.fromkeys(("deferred", "defer", "cancelled", "locked", "gathering"), "quiet"),
}


@dataclass(frozen=True, kw_only=True)
class Section:
    """One block of a row's page. A folded one shows its title until it is opened."""

    title: str
    body: str
    note: str = ""
    is_folded: bool = False


def badge(text: str, tone: str) -> SafeString:
    """A word in a coloured box; the word stays, so the colour alone never carries the meaning."""
    return format_html('<span class="agent-badge agent-badge-{}">{}</span>', tone, text)


def state_badge(state: str, label: str) -> SafeString:
    """The badge of a stored state."""
    return badge(label, TONES[state])


def link_to(row: models.Model | None, text: str = "") -> str:
    """A link to the page of a row, or a dash for none."""
    if row is None:
        return NOTHING
    url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return format_html('<a class="agent-link" href="{}">{}</a>', url, text or str(row))


def humanise(name: str) -> str:
    """A stored name as a person reads it: `looked_at` as "Looked at", `engagement.overdue` as "Engagement: overdue"."""
    return str(capfirst(name.replace(".", ": ").replace("_", " ")))


def moment(value: datetime) -> str:
    """A moment in the time zone of the tenant whose pages are shown."""
    return date_format(timezone.localtime(value), "DATETIME_FORMAT")


def readable(value: Any) -> str:
    """Any stored value as a person reads it."""
    if isinstance(value, SafeString):
        return value
    if value is None or value in ("", [], {}, ()):
        return NOTHING
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, Mapping):
        return pairs((humanise(str(name)), entry) for name, entry in value.items())
    if isinstance(value, list | tuple):
        return _list_or_table(value)
    text = str(value)
    parsed = parse_datetime(text) if ISO_MOMENT.match(text) else None
    return moment(parsed) if parsed is not None and timezone.is_aware(parsed) else format_html("{}", text)


def pairs(entries: Iterable[tuple[str, Any]]) -> SafeString:
    """Names and values, one beneath the other."""
    rows = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", ((n, readable(v)) for n, v in entries))
    return format_html('<dl class="agent-pairs">{}</dl>', rows)


def table(headers: Sequence[str], rows: Iterable[Sequence[Any]], *, empty: str = NOTHING) -> SafeString:
    """Rows under headers; on a narrow screen each cell repeats its header. Without rows, the sentence `empty`."""
    body = format_html_join(
        "",
        "<tr>{}</tr>",
        (
            (
                format_html_join(
                    "",
                    '<td data-label="{}"><div>{}</div></td>',
                    ((header, readable(cell)) for header, cell in zip(headers, row, strict=True)),
                ),
            )
            for row in rows
        ),
    )
    if not body:
        return sentence(empty)
    head = format_html_join("", '<th scope="col">{}</th>', ((header,) for header in headers))
    # Few columns fit a narrow screen as they are; more are shown cell beneath cell there.
    kind = "agent-table" if len(headers) <= 3 else "agent-table agent-table-wide"
    return format_html(
        '<table class="{}"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>', kind, head, body
    )


def listing(items: Iterable[Any], *, empty: str = NOTHING) -> SafeString:
    """One line an item. Without items, the sentence `empty`."""
    lines = format_html_join("", "<li>{}</li>", ((readable(item),) for item in items))
    return format_html('<ul class="agent-list">{}</ul>', lines) if lines else sentence(empty)


def stack(*parts: str) -> SafeString:
    """Several blocks, one beneath the other."""
    return format_html_join("", "{}", ((part,) for part in parts))


def meter(value: Decimal, *, warn_from: Decimal, bad_above: Decimal, words: str) -> SafeString:
    """A bar that fills up to a limit and turns when it comes close; the words beneath it say the same."""
    return format_html(
        '<p class="agent-meter"><meter min="0" max="{}" low="{}" high="{}" optimum="0" value="{}">{}</meter>'
        "<span>{}</span></p>",
        max(value, bad_above, Decimal(1)),
        warn_from,
        bad_above,
        max(value, Decimal(0)),
        words,
        words,
    )


def sentence(text: str) -> SafeString:
    """A sentence to the operator."""
    return format_html('<p class="agent-sentence">{}</p>', text)


def emphasis(text: str) -> SafeString:
    """The one sentence of a page that must be read."""
    return format_html('<p class="agent-sentence"><strong>{}</strong></p>', text)


def fold(title: str, body: str) -> SafeString:
    """A block that shows its title until it is opened."""
    return format_html('<details class="agent-fold"><summary>{}</summary>{}</details>', title, body)


def quote(text: str) -> SafeString:
    """Somebody's own words, verbatim."""
    return format_html('<blockquote class="agent-quote">{}</blockquote>', text)


def token(text: str) -> SafeString:
    """A long name without spaces, such as a Message-ID, that may break anywhere."""
    return format_html('<span class="agent-token">{}</span>', text)


def unbroken(text: str) -> SafeString:
    """A number or code that no line break may tear apart."""
    return format_html('<span class="agent-unbroken">{}</span>', text)


def verbatim(text: str) -> SafeString:
    """Text with its own line breaks, such as the body of a message."""
    return format_html('<div class="agent-verbatim">{}</div>', text)


def _list_or_table(values: Sequence[Any]) -> str:
    """Objects as a table of their fields, anything else line by line."""
    if not all(isinstance(value, Mapping) for value in values):
        return listing(values)
    names = list(dict.fromkeys(name for value in values for name in value))
    return table([humanise(str(name)) for name in names], [[value.get(n) for n in names] for value in values])
