"""The stage of the crash proof: companies with people to write to, and processes that can be ended at any step."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from agent.models import Card, Tenant, TenantKind
from agent.states import CardState
from agent.tenancy import tenant_scope
from engagement.mail.models import Mailbox
from tests.agent.processes import worker_environment
from tests.engagement.cast import make_client, make_contact, touch
from tests.fakes.running import MailProvider
from tests.mail.cast import vouch_for_domain

WORKER = Path(__file__).with_name("crash_worker.py")
PEOPLE = ("Ann", "Bo")
SIGKILL = 9


@dataclass(frozen=True)
class Crew:
    """One worker process, and what it says of the children that it gave orders to."""

    process: subprocess.Popen[str]

    def order(self, work: str, tenant: Tenant, now: datetime, **how: Any) -> list[dict[str, Any]]:
        """Have one or more children do the work; returns what became of each."""
        return self._answer({"work": work, "tenant": tenant.pk, "now": now.isoformat(), **how})

    def resume(self) -> dict[str, Any]:
        """Let the child that was paused go on; returns what became of it."""
        (child,) = self._answer({"work": "resume"})
        return child

    def _answer(self, order: dict[str, Any]) -> list[dict[str, Any]]:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, "The worker process is gone."
        children: list[dict[str, Any]] = json.loads(answer)
        return children


@contextmanager
def crew(provider: MailProvider, door: str, now: datetime) -> Iterator[Crew]:
    """A worker process on the test's database that sends through one door of the provider."""
    company = make_company(f"rehearsed-{door}", now)
    with subprocess.Popen(
        [sys.executable, str(WORKER), str(company.pk), now.isoformat()],
        env=worker_environment(**provider.environment(door), LOG_LEVEL="CRITICAL"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Crew(process)


def make_company(name: str, now: datetime) -> Tenant:
    """A live company with two people who have not heard from it for too long."""
    tenant = Tenant.objects.create(
        slug=name,
        name=name.title(),
        kind=TenantKind.AMC,
        timezone="America/Denver",
        agent_enabled=True,
        agent_settings={"send_mode": "live"},
    )
    with tenant_scope(tenant):
        address = f"orders@{name}.test"
        Mailbox.objects.create(address_normalised=address, display_name=name, is_primary=True)
        vouch_for_domain(now, address)
        client = make_client(now, email_domain="bluemesacu.test")
        for days, person in enumerate(PEOPLE, start=40):
            address = recipient_of(tenant, person)
            contact = make_contact(now, client, f"{person} {name.title()}", addresses=[address])
            touch(contact, now - timedelta(days=days), now)
    return tenant


def recipient_of(tenant: Tenant, person: str) -> str:
    """The address of one of the company's two people."""
    return f"{person.lower()}@{tenant.slug}.bluemesacu.test"


def states_of(tenant: Tenant) -> dict[str, CardState]:
    """The state of each of the company's messages, by recipient; two cards to one person fail here."""
    with tenant_scope(tenant):
        cards = list(Card.objects.filter(kind="send_email"))
    states = {card.payload["to"]: CardState(card.state) for card in cards}
    assert len(states) == len(cards), f"{tenant.slug} has two cards for one occasion."
    return states


def lost_answer_windows(steps: list[str]) -> list[range]:
    """Where a kill leaves the outcome of a message unknowable, as indices of `steps`.

    From the commit after which the effect may begin to the commit that records it.
    """
    windows = []
    for connect, step in enumerate(steps):
        if step.startswith("connect") and step.endswith("before"):
            begun = max(i for i in range(connect) if is_commit(steps[i], "after"))
            recorded = min(i for i in range(connect, len(steps)) if is_commit(steps[i], "before"))
            windows.append(range(begun, recorded + 1))
    return windows


def is_commit(step: str, side: str) -> bool:
    return step.startswith("commit") and step.endswith(side)
