"""Messages that leave, one by one, against the same transactions and the same requests by hand.

The provider is the tests' own, a process beside this one that takes everything and keeps nothing.
"""

from __future__ import annotations

import http.client
import json
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from django.test import override_settings
from psycopg import ClientCursor

from agent.executor import BEGIN_SQL, execute_cards
from agent.models import Card
from agent.states import CardState
from agent.tenancy import tenant_scope
from tests.bench.batches import open_cycle
from tests.bench.books import TENANT
from tests.bench.measure import Ratio, ratio_of, take_turns
from tests.bench.recording import Recorder, recorded, replay_transaction
from tests.bench.server import APPLICATION, WORK, Server
from tests.fakes.running import API_KEY, MailProvider, mail_provider

CARDS = 100
ROUNDS = 5
LIVE = {"send_mode": "live", "max_emails_per_hour": 10_000, "max_emails_per_day": 10_000}
BODY = json.dumps({"from": "orders@meridianvs.test", "subject": "Turn times", "text": "A message. " * 50})


def measure_outbound(server: Server, *, planned: str) -> Ratio:
    """As many check-ins as `CARDS`, from the claim to the recorded answer of the provider."""
    with tempfile.TemporaryDirectory() as directory:
        with mail_provider(Path(directory) / "log", "--no-op") as provider:
            with override_settings(RESEND_API_KEY=API_KEY, RESEND_API_URL=provider.http):
                with recorded() as recorder:
                    _send(server, planned)
                ours, by_hand = take_turns(
                    ROUNDS,
                    lambda: CARDS / _send(server, planned),
                    lambda: CARDS / _send_by_hand(server, planned, recorder, provider),
                )
    return Ratio(
        name="outbound_cards_vs_psycopg",
        what="Messages that leave one by one, against the same transactions and requests by hand",
        ours=ours,
        theirs=by_hand,
        unit="a second",
        value=ratio_of(ours, by_hand),
        goal=0.5,
        is_floor=True,
    )


def _send(server: Server, planned: str) -> float:
    with server.use(server.copy(planned, WORK)):
        cycle = open_cycle()
        began = time.perf_counter()
        execute_cards(cycle=cycle)
        seconds = time.perf_counter() - began
        with tenant_scope(TENANT):
            done = Card.objects.filter(state=CardState.DONE).count()
            why = Card.objects.exclude(state=CardState.DONE).values_list("rule_reason", flat=True).first()
    if done != CARDS:
        raise RuntimeError(f"{done} of {CARDS} messages were sent: {why}")
    return seconds


def _send_by_hand(server: Server, planned: str, recorder: Recorder, provider: MailProvider) -> float:
    """The recorded transactions, each message's request between the one that begins its effect and the next."""
    server.copy(planned, WORK)
    door = http.client.HTTPConnection(urlsplit(provider.http).netloc)
    began, asked = time.perf_counter(), 0
    with server.connect(APPLICATION, WORK, cursor_factory=ClientCursor) as by_hand:
        for statements in recorder.transactions:
            replay_transaction(by_hand, statements)
            if any(statement == BEGIN_SQL for statement, _ in statements):
                _ask(door, f"by-hand-{asked}")
                asked += 1
    seconds = time.perf_counter() - began
    door.close()
    if asked != CARDS:
        raise RuntimeError(f"{asked} requests were made by hand, not {CARDS}.")
    return seconds


def _ask(door: http.client.HTTPConnection, key: str) -> None:
    headers = {
        "Authorization": f"Bearer {API_KEY}",
        "Idempotency-Key": key,
        "Content-Type": "application/json",
    }
    door.request("POST", "/emails", BODY, headers)
    answer = door.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"The provider answered {answer.status}.")
