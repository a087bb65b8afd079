"""Reading Gmail while everything goes wrong: no mail is lost, none is kept twice, and Google is never asked too much.

The oracle is the log of the Gmail beside us, another process: what it holds must be here, and what it was asked for in
any minute must be within its quota. Polls run in children of this process, which can be ended at any step they take.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections

from agent.tenancy import tenant_scope
from engagement.mail.gmail.models import GmailAccount
from engagement.mail.gmail.quota import Meter
from engagement.mail.gmail.sync import poll_gmail
from tests.fakes.running import gmail_server
from tests.gmail.cast import account_of, connect, handled, mails, stored
from tests.gmail.conftest import point_settings
from tests.mail.cast import furnish
from tests.proof.crash_worker import start_child, wait_for
from tests.proof.crashes import SIGKILL

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
NEXT = timedelta(minutes=10)
# Google's quota of a minute: enough to finish, and in the long form little enough that the meter holds polls back.
SHORT_UNITS, LONG_UNITS = 40_000, 150_000
UNBOUNDED = 100_000_000
FAULTS = ["429", "403", "404", "500", "503", "reset", "serve_then_reset", "hang"]
# What a poll does with a page, from asking for it to the last word about its first batch; it is killed at each in turn.
MOMENTS = [
    "send GET {page} before",
    "send GET {page} after > send POST 1 before",
    "send GET {page} after > send POST 1 after > commit 2 before",
    "send GET {page} after",
    "send GET {page} after > send POST 1 after > send text 1 halfway",
    "send GET {page} after > send POST 1 after > commit 1 after",
    "send GET {page} after > commit 1 after",
    "send GET {page} after > send POST 1 after > read 1 after",
    "send GET {page} after > send POST 1 after > commit 2 after",
    "send GET {page} after > send POST 1 after > commit 1 before",
    "send GET {page} after > send POST 2 before",
]


@pytest.fixture
def units(proof):
    return proof.size(short=SHORT_UNITS, long=LONG_UNITS)


@pytest.fixture
def gmail(tmp_path, settings, units, proof):
    with gmail_server(tmp_path / "gmail.jsonl", "--units", str(units)) as server:
        point_settings(settings, server)
        settings.GMAIL_UNITS_PER_MINUTE = units
        settings.GMAIL_TIMEOUT = proof.size(short=1, long=3)
        yield server


def poll(tenant, now, *, end_at="", count=1):
    """Poll in so many processes at once; returns what became of each."""
    # A connection cannot be shared with a child.
    connections.close_all()
    order = {"work": "gmail", "tenant": tenant.pk, "now": now.isoformat(), "end_at": end_at}
    children = [start_child(order) for _ in range(count)]
    return [wait_for(*child) for child in children]


def fill(server, last):
    """Put mails into the mailbox until it holds so many."""
    held = len(server.order()["ids"])
    for start in range(held + 1, last + 1, 500):
        server.add(*mails(start, min(last, start + 499)))


def storm(tenant, now, *, kills_a_page):
    """Poll until one comes through, killed at page 1, at page 2, and so on; returns the time then, and the kills.

    The pages before the one that a poll is killed at are stored by then, and are told to it again.
    """
    kills = 0
    for _ in range(2000):
        now += NEXT
        page, moment = 1 + kills // kills_a_page, MOMENTS[kills % len(MOMENTS)]
        (child,) = poll(tenant, now, end_at=moment.format(page=page))
        if child["signal"] == SIGKILL:
            kills += 1
        elif child["result"] == "done":
            return now, kills
        else:
            assert child["result"] == "later", child
    raise AssertionError("No poll came through.")


def expected(last):
    return sorted(f"<{number}@x>" for number in range(1, last + 1))


def test_polls_that_fail_and_are_killed_lose_no_mail_and_keep_none_twice(
    gmail, settings, units, meridian, harborpine, proof, now
):
    total = proof.size(short=120, long=10_000)
    furnish(meridian, now)
    furnish(harborpine, now, address="desk@harborpine.test")
    connect(gmail, meridian, now)
    gmail.order(page=[50, 500] if proof.is_long else [7, 60], repeat=0.3)
    gmail.order(chances={"rate": 0.01, "names": FAULTS, "seed": proof.seed, "seconds": 4})
    moment, told = now, []
    for share in (0.5, 0.75, 1.0):
        # The last part comes after Gmail has forgotten what happened.
        gmail.order(forget_history=share == 1.0)
        fill(gmail, int(total * share))
        moment, kills = storm(meridian, moment, kills_a_page=proof.size(short=1, long=2))
        told.append((int(total * share), kills))
        assert stored(meridian) == expected(int(total * share)), told
    gmail.order(chances={"rate": 0.0, "names": []})
    print(f"(mails so far, kills): {told}; the busiest minute had {gmail.busiest_minute()} of {units} units")
    # Each page is one of at most so many mails, and the last part begins with all of them again.
    assert sum(kills for _, kills in told) >= proof.size(short=4, long=60)
    assert Counter(handled(meridian).values()) == {"stored": total}
    assert gmail.busiest_minute() <= units
    assert not [call for call in gmail.calls() if call["over"]]
    check_that_peace_brings_the_same(gmail, settings, meridian, harborpine, moment)


def check_that_peace_brings_the_same(server, settings, tenant, other, now):
    """Another company that reads the same mailbox undisturbed, and under no quota, has the same mails."""
    since = account_of(tenant).connected_at
    connect(server, other, now)
    server.order(units=UNBOUNDED, page=500, repeat=0.0)
    settings.GMAIL_UNITS_PER_MINUTE = UNBOUNDED
    with tenant_scope(other):
        GmailAccount.objects.update(connected_at=since)
    (report,) = poll_gmail(tenant=other, now=now, seconds=3600)
    assert report.ended == "done", report
    assert stored(other) == stored(tenant)


def test_a_withdrawn_access_is_seen_within_one_poll_and_no_call_follows(gmail, meridian, now):
    furnish(meridian, now)
    connect(gmail, meridian, now)
    fill(gmail, 10)
    assert poll(meridian, now)[0]["result"] == "done"
    gmail.order(revoke=True)
    assert poll(meridian, now + NEXT)[0]["result"] == "disconnected"
    before = len(gmail.entries)
    assert poll(meridian, now + 2 * NEXT)[0]["result"] == ""
    assert len(gmail.entries) == before
    assert account_of(meridian).status == "revoked"


def test_pollers_at_once_fetch_each_mail_once(gmail, meridian, proof, now):
    furnish(meridian, now)
    connect(gmail, meridian, now)
    fill(gmail, 40)
    children = poll(meridian, now, count=proof.size(short=3, long=12))
    results = Counter(child["result"] for child in children)
    assert results["done"] >= 1 and set(results) <= {"done", "busy"}
    assert stored(meridian) == expected(40)
    assert len(gmail.calls("messages.get")) == 40


def test_the_meter_grants_a_crowd_what_it_grants_one(gmail, meridian, proof, now, settings):
    settings.GMAIL_UNITS_PER_MINUTE = 6000
    furnish(meridian, now)
    meter = Meter(tenant_id=meridian.pk, account_id=connect(gmail, meridian, now).pk)

    def take(number):
        granted = sum(20 for _ in range(10) if not meter.take(20))
        connection.close()
        return granted

    with ThreadPoolExecutor(8) as crowd:
        granted = sum(crowd.map(take, range(8)))
    # A sixth of the minute at once, and what the pace of three fifths adds while the crowd asks.
    assert 1000 <= granted <= 1600
    assert meter.take(1000).total_seconds() > 0
