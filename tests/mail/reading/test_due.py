"""When the client wants it, in the client's words."""

from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engagement.mail.reading import find_due

_WRITTEN = Path(__file__).with_name("due_times.txt").read_text(encoding="utf-8").splitlines()
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=-7)))
TUESDAY = datetime(2026, 11, 17, 11, 5, tzinfo=timezone(timedelta(hours=-7)))


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("Can you call me Thursday at 2pm?", "2026-11-19T14:00:00-07:00"),
        ("Please call today", "2026-11-17"),
        ("tomorrow", "2026-11-18"),
        ("tomorrow at 10", "2026-11-18T10:00:00-07:00"),
        ("the week of Dec 7", "2026-12-07/2026-12-11"),
        ("Gloria starts Dec 1; call her that week", "2026-12-01/2026-12-04"),
        ("next week", "2026-11-23/2026-11-27"),
        ("on Tuesday 11/24 at 11:00 am Mountain", "2026-11-24T11:00:00-07:00"),
        ("11/24 at 3pm Eastern", "2026-11-24T15:00:00-05:00"),
        ("December 3rd", "2026-12-03"),
        ("on January 12", "2027-01-12"),
        ("am Donnerstag um 14 Uhr", "2026-11-19T14:00:00-07:00"),
        ("mañana", "2026-11-18"),
        ("call me ASAP", "2026-11-17"),
        ("between 2 and 4pm on Friday", "2026-11-20T14:00:00-07:00/2026-11-20T16:00:00-07:00"),
    ],
)
def test_words_become_the_date_they_mean(words: str, iso: str) -> None:
    due = find_due(words, sent_at=TUESDAY, zone=None)
    assert due is not None
    assert due.as_iso() == iso


@pytest.mark.parametrize(
    "words",
    [
        "thanks",
        "call 303-555-0171",
        "suite 12",
        "on 99/99",
        "Feb 31",
        "$3.50",
        "between 2 and 4 units",
        "after 3 attempts",
        "from 10 to 12 comps",
        "at 5.5%",
        "in two minutes call",
        "morning person",
    ],
)
def test_numbers_that_are_no_time_mean_nothing(words: str) -> None:
    assert find_due(words, sent_at=TUESDAY, zone=None) is None


def test_times_are_read_in_the_tenants_zone() -> None:
    due = find_due("Thursday at 2pm", sent_at=TUESDAY, zone=ZoneInfo("America/New_York"))
    assert due is not None
    assert due.as_iso() == "2026-11-19T14:00:00-05:00"


def test_a_weekday_named_on_that_day_is_the_next_one() -> None:
    due = find_due("call me Tuesday", sent_at=TUESDAY, zone=None)
    assert due is not None
    assert due.as_iso() == "2026-11-24"


@pytest.mark.parametrize("line", _WRITTEN)
def test_times_written_in_many_ways_become_iso_8601(line: str) -> None:
    """`due_times.txt` holds lines `words | ISO 8601`, of a mail sent on Monday, November 23, at nine."""
    words, _, iso = line.partition(" | ")
    due = find_due(f"Please call me {words}.", sent_at=MONDAY, zone=None)
    assert due is not None
    assert due.as_iso() == iso
