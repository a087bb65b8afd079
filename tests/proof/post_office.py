"""The small domain as a worker process has it: parcels to be sent, and a courier that writes its own log.

Importing this module puts it in the place of every engine of the process; only the workers of `test_broker.py` do. A
tenant has as many parcels as the last part of its slug says. Each line of `$POST_LOG` is the key of one parcel that
was sent: it is the oracle, and what the courier is asked when it is unclear whether a parcel has left.
"""

from __future__ import annotations

import os
import time
from datetime import datetime
from pathlib import Path

from agent.engine import KernelEngine
from agent.models import Intent
from agent.registry import Cycle, Effect, Outcome, Plan, registry
from tests.agent.fakes import Courier, ParcelEngine, make_proposal

# Half of what a parcel takes, in seconds: a process can be killed on either side of the effect.
HALF = 0.005


class KeptCourier(Courier):
    """Sends a parcel by writing its key into the log. While the file `held` lies beside the log, nothing leaves."""

    def __init__(self, log: Path) -> None:
        super().__init__(self.deliver)
        self.log = log
        self.held = log.with_name("held")

    def deliver(self, intent: Intent) -> Outcome:
        time.sleep(HALF)
        while self.held.exists():
            time.sleep(HALF)
        with self.log.open("a") as log:
            log.write(f"{intent.idempotency_key}\n")
        time.sleep(HALF)
        return Outcome(effect=Effect.DONE, reason="Delivered.")

    def reconcile(self, intent: Intent, *, now: datetime) -> Outcome:
        if intent.idempotency_key in self.log.read_text().split():
            return Outcome(effect=Effect.DONE, reason="It stands in the courier's log.")
        return Outcome(effect=Effect.RETRY, reason="The courier has not seen it.")


class PostEngine(ParcelEngine):
    def plan(self, cycle: Cycle) -> Plan:
        count = int(cycle.tenant.slug.rsplit("-", 1)[1])
        return Plan(proposals=tuple(make_proposal(number) for number in range(count)))


post = PostEngine()
post.courier = KeptCourier(Path(os.environ["POST_LOG"]))
# Kept, for the engines come back when it is forgotten.
in_place = registry.override(KernelEngine(), post)
in_place.__enter__()
