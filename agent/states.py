"""The states of cards and runs, and the one table of legal card moves.

No ORM and no services here: every layer of the kernel imports this module, and it imports nothing of theirs.
"""

from __future__ import annotations

from django.db import models


class CardState(models.TextChoices):
    """Where one proposed action stands."""

    PROPOSED = "proposed", "Proposed"  # an engine asked; no verdict yet
    ALLOWED = "allowed", "Allowed"  # every rule agreed; waits for the executor
    HELD = "held", "Held for approval"  # a person must approve
    DEFERRED = "deferred", "Deferred"  # not now; `not_before` says when it is judged again
    BLOCKED = "blocked", "Blocked"  # a rule forbids it; final
    EXECUTING = "executing", "Executing"  # claimed, intent written, effect under way
    DONE = "done", "Done"  # effect recorded
    FAILED = "failed", "Failed"  # no effect, and no further try
    UNKNOWN = (
        "unknown",
        "Outcome unknown",
    )  # an effect may have left; only reconcile or a person may settle it
    REJECTED = "rejected", "Rejected"  # a person said no
    EXPIRED = "expired", "Expired"  # nobody approved in time
    CANCELLED = "cancelled", "Cancelled"  # its occasion is gone


S = CardState
# Total: final states have no way out. An effect that may have left cannot be cancelled, only settled, so neither
# an executing card nor an unknown one can be.
MOVES: dict[CardState, frozenset[CardState]] = {
    S.PROPOSED: frozenset({S.ALLOWED, S.HELD, S.DEFERRED, S.BLOCKED, S.CANCELLED}),
    S.ALLOWED: frozenset({S.EXECUTING, S.DEFERRED, S.HELD, S.BLOCKED, S.CANCELLED}),
    S.HELD: frozenset({S.ALLOWED, S.REJECTED, S.EXPIRED, S.CANCELLED}),
    S.DEFERRED: frozenset({S.PROPOSED, S.CANCELLED}),
    S.EXECUTING: frozenset({S.DONE, S.FAILED, S.UNKNOWN, S.DEFERRED, S.ALLOWED}),
    S.UNKNOWN: frozenset({S.DONE, S.FAILED}),
    S.BLOCKED: frozenset(),
    S.DONE: frozenset(),
    S.FAILED: frozenset(),
    S.REJECTED: frozenset(),
    S.EXPIRED: frozenset(),
    S.CANCELLED: frozenset(),
}
FINAL_STATES: frozenset[CardState] = frozenset(state for state, targets in MOVES.items() if not targets)
OPEN_STATES: frozenset[CardState] = frozenset(S) - FINAL_STATES
# States that free the dedupe key again: the occasion was not used up.
KEY_FREEING_STATES: frozenset[CardState] = frozenset({S.CANCELLED, S.EXPIRED})


def sources_of(target: CardState) -> frozenset[CardState]:
    """The states from which a card may move to `target`."""
    return frozenset(state for state, targets in MOVES.items() if target in targets)


class VerdictKind(models.TextChoices):
    """What the rules say of one card; the strictest of all rules wins."""

    ALLOW = "allow", "Allow"
    DEFER = "defer", "Defer"
    HOLD = "hold", "Hold"
    BLOCK = "block", "Block"


STRICTNESS: dict[VerdictKind, int] = {kind: rank for rank, kind in enumerate(VerdictKind)}
STATE_OF_VERDICT: dict[VerdictKind, CardState] = {
    VerdictKind.ALLOW: S.ALLOWED,
    VerdictKind.DEFER: S.DEFERRED,
    VerdictKind.HOLD: S.HELD,
    VerdictKind.BLOCK: S.BLOCKED,
}


class RunState(models.TextChoices):
    """How one cycle of one tenant ended, or that it has not."""

    RUNNING = "running", "Running"
    COMPLETED = "completed", "Completed"
    FAILED = "failed", "Failed"  # an error ended it; the stop reason names the phase
    STOPPED = "stopped", "Stopped"  # a switch or a budget ended it
    LOCKED = "locked", "Locked"  # another cycle held the lease, or the hour's slot was taken
    ABANDONED = "abandoned", "Abandoned"  # its process died; a reaper settled it


class StopReason(models.TextChoices):
    """Why a run did not complete."""

    KILL_SWITCH_ENVIRONMENT = "kill_switch_environment", "Stopped by the environment's kill switch"
    KILL_SWITCH_DATABASE = "kill_switch_database", "Stopped by the kill switch in the console"
    TENANT_DISABLED = "tenant_disabled", "The agent is disabled for this tenant"
    MAIL_STOPPED = "mail_stopped", "Mail is stopped"
    LEASE_TAKEN = "lease_taken", "Another cycle of this tenant is running"
    SLOT_TAKEN = "slot_taken", "This hour's scheduled cycle has already run"
    LEASE_LOST = "lease_lost", "The cycle lost its lease and stopped before its next effect"
    TIME_LIMIT = "time_limit", "The cycle reached its time limit"
    ERROR = "error", "An error ended the cycle"
    PROCESS_DIED = "process_died", "The process that ran the cycle died"


class Phase(models.TextChoices):
    """The four phases of a cycle, in order."""

    PLAN = "plan", "Plan"
    ACT = "act", "Act"
    REACT = "react", "React"
    REFLECT = "reflect", "Reflect"


class SendMode(models.TextChoices):
    """How far a message may travel, most restrictive first (spec P0.7.2)."""

    DRY_RUN = "dry_run", "Dry run: messages are kept and shown, none is sent"
    INTERNAL_ONLY = "internal_only", "Internal only: sent to the allow-list, everything else waits"
    LIMITED_LIVE = "limited_live", "Limited live: sent under strict caps"
    LIVE = "live", "Live"
