"""The lease against a model of it, in whatever order holders come, go, die and are forgotten."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import integers

from agent.leases import HeldLease, LeaseLost, LeaseTaken, fenced_scope, hold_lease, read_live_token
from agent.models import Lease, Tenant, TenantKind
from agent.tenancy import tenant_scope
from tests.agent.processes import database_url
from tests.proof.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

# No heartbeat comes by itself in so long a lease: the machine extends, and lets time pass, when it likes.
LEASE_SECONDS = 3600


@dataclass(eq=False)
class Holder:
    """One who got the lease, and what the model says of them."""

    lease: HeldLease
    block: ExitStack
    is_connected: bool = True
    is_told: bool = False

    @property
    def token(self) -> int:
        return self.lease.token


class LeaseMachine(RuleBasedStateMachine):
    """Any number of holders, of whom the model knows the newest, and whether its time has run out."""

    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.other = psycopg.connect(database_url("default"), autocommit=True)
        self.tenant = Tenant.objects.create(
            slug=f"machine-{Tenant.objects.count()}", name="Machine", kind=TenantKind.AMC, agent_enabled=True
        )
        self.other.execute("SELECT set_config('app.tenant_id', %s, false)", [str(self.tenant.pk)])
        self.holders: list[Holder] = []
        self.newest: Holder | None = None
        self.highest = 0
        self.is_over = True

    def is_alive(self) -> bool:
        """Whether somebody holds the lease, so that nobody else gets it."""
        return self.newest is not None and self.newest.is_connected and not self.is_over

    def holds_token(self, holder: Holder) -> bool:
        """Whether the row still names the holder, with time left."""
        return holder is self.newest and not self.is_over

    @rule()
    def acquire(self) -> None:
        block = ExitStack()
        if self.is_alive():
            with pytest.raises(LeaseTaken):
                block.enter_context(hold_lease(self.tenant.pk, ttl_seconds=LEASE_SECONDS))
            return
        lease = block.enter_context(hold_lease(self.tenant.pk, ttl_seconds=LEASE_SECONDS))
        assert lease.token == self.highest + 1
        self.highest, self.newest, self.is_over = lease.token, Holder(lease, block), False
        self.holders.append(self.newest)

    @precondition(lambda self: self.holders)
    @rule(place=integers(min_value=0, max_value=99))
    def extend(self, place) -> None:
        holder = self.choose(place)
        keeps = self.holds_token(holder) and holder.is_connected
        holder.lease.extend()
        holder.is_told = holder.is_told or not keeps
        assert holder.lease.is_lost == holder.is_told

    @precondition(lambda self: self.holders)
    @rule(place=integers(min_value=0, max_value=99))
    def write(self, place) -> None:
        holder = self.choose(place)
        if self.holds_token(holder) and not holder.is_told:
            with fenced_scope(self.tenant.pk, holder.token):
                assert Lease.objects.get().token == holder.token
            return
        with pytest.raises(LeaseLost), fenced_scope(self.tenant.pk, holder.token):
            pytest.fail("A stale holder came through the fence.")

    @precondition(lambda self: self.newest)
    @rule()
    def expire(self) -> None:
        self.other.execute("UPDATE agent_tenant_locks SET expires_at = clock_timestamp() - interval '1 s'")
        self.is_over = True

    @precondition(lambda self: self.holders)
    @rule(place=integers(min_value=0, max_value=99))
    def release(self, place) -> None:
        holder = self.choose(place)
        holder.block.close()
        self.holders.remove(holder)
        if holder is self.newest and holder.is_connected:
            self.is_over = True
        holder.is_connected = False

    @precondition(lambda self: self.holders)
    @rule(place=integers(min_value=0, max_value=99))
    def crash(self, place) -> None:
        holder = self.choose(place)
        holder.is_connected = False
        backend = holder.lease.connection.info.backend_pid
        self.other.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
        gone = "SELECT FROM pg_stat_activity WHERE pid = %s"
        wait_until(lambda: not self.other.execute(gone, [backend]).rowcount, "a connection to be gone")

    def choose(self, place: int) -> Holder:
        return self.holders[place % len(self.holders)]

    @invariant()
    def the_row_says_what_the_model_says(self) -> None:
        type(self).steps += 1
        with tenant_scope(self.tenant):
            assert read_live_token(self.tenant.pk) == (self.highest if self.is_alive() else None)
            stored = list(Lease.objects.values_list("token", flat=True))
        assert stored == ([self.highest] if self.highest else [])

    def teardown(self) -> None:
        for holder in self.holders:
            holder.block.close()
        self.other.close()


def test_the_lease_does_what_its_model_says(system_config, proof):
    examples, steps = proof.size(short=4, long=60), proof.size(short=25, long=50)
    seed(proof.seed)(LeaseMachine)
    run_state_machine_as_test(
        LeaseMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert LeaseMachine.steps >= proof.size(short=50, long=2000)
    print(f"{LeaseMachine.steps} steps")
