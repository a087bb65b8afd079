"""What one look at an order comes to: the fixes to make, and the exceptions to open, update, resolve or reopen.

Pure, and told as JSON, so that it can be frozen before it is written. Writing it lives in `orders.services`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any

from orders.facts import OrderFacts, OrderRecord
from orders.fixes import changed_columns
from orders.overrides import StandingOverride, end_of, in_force_ids
from orders.rules import NOT_OVERRIDABLE, RULES_VERSION, Finding, fix_order, judge_order
from orders.states import ExceptionState, FixState, Severity, Stage

# Stands for the time at which the decision is written; a frozen decision names no time, so that its bytes stay.
NOW = "now"

Row = dict[str, Any]
Key = tuple[str, str]
_TUPLES = ("exceptions", "opened", "resolved", "fixed", "ended_overrides", "open_codes", "overridden_codes")


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The writes that one look at one order asks for; nothing of it is written yet."""

    order_id: int
    order_number: str
    is_first_look: bool = False
    columns: Mapping[str, Any] = field(default_factory=dict)
    """Columns of the order to change, with their new values."""
    stage: tuple[str, str] | None = None
    """The move between received and exception, where there is one."""
    exceptions: tuple[Row, ...] = ()
    """Exceptions to write, whole rows by (code, subject)."""
    opened: tuple[Row, ...] = ()
    """Code, severity and message of what was opened or reopened."""
    resolved: tuple[str, ...] = ()
    """Codes of what is no longer wrong, fixed or otherwise."""
    fixed: tuple[Row, ...] = ()
    """Code and changes of the fixes that are made."""
    ended_overrides: tuple[Row, ...] = ()
    """Id, state and reason of the overrides that end with this look."""
    open_codes: tuple[str, ...] = ()
    """Codes of everything that is wrong after the look, overridden or not."""
    overridden_codes: tuple[str, ...] = ()
    """Codes of what would block the order, had not a person overridden it."""
    blocking_count: int = 0
    """How much blocks the order and is not overridden."""
    error: str = ""
    """Why the order could not be looked at; then nothing else is set."""

    @property
    def changes_anything(self) -> bool:
        """Whether writing it changes the order or its exceptions."""
        return bool(self.columns or self.exceptions or self.stage or self.ended_overrides)

    def as_bytes(self) -> bytes:
        """The same decision gives the same bytes."""
        return json.dumps(asdict(self), sort_keys=True, default=str).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Decision:
        """Read a frozen decision back."""
        values = json.loads(content)
        for name in _TUPLES:
            values[name] = tuple(values[name])
        values["stage"] = tuple(values["stage"]) if values["stage"] else None
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Look:
    """One order between its fixes and its last judgement."""

    before: OrderFacts
    found: tuple[Finding, ...]
    """What was wrong before the fixes."""
    facts: OrderFacts
    fixed: tuple[Finding, ...] = ()

    def judge(self) -> tuple[Finding, ...]:
        """What is wrong after the fixes; where nothing has changed, no rule is asked again."""
        return self.found if self.facts is self.before else judge_order(self.facts)


def fix_orders(facts: Iterable[OrderFacts], stored: Mapping[int, Mapping[Key, Row]]) -> list[Look]:
    """One pass of safe fixes over a batch, each order's payer seeing what the others' totals became.

    A fix never depends on credit, but credit depends on totals: the judgement that follows must see them all.
    """
    looks = []
    for each in facts:
        rows = stored.get(each.order.id or 0, {})
        undone = [key for key, row in rows.items() if row["fix_state"] == FixState.UNDONE]
        found = judge_order(each)
        fixed_facts, fixed = fix_order(each, found, refused=undone)
        looks.append(Look(each, found, fixed_facts, fixed))
    return _with_others_totals(looks)


def _with_others_totals(looks: Sequence[Look]) -> list[Look]:
    deltas: dict[int, Decimal] = {}
    for look in looks:
        payer = look.before.order.bill_to_id
        deltas[payer] = deltas.get(payer, Decimal(0)) + _total_delta(look)
    adjusted = []
    for look in looks:
        others = deltas[look.before.order.bill_to_id] - _total_delta(look)
        credit = look.facts.credit
        if others:
            credit = replace(credit, unbilled=credit.unbilled + others)
            look = replace(look, facts=replace(look.facts, credit=credit))
        adjusted.append(look)
    return adjusted


def _total_delta(look: Look) -> Decimal:
    """How much more the order takes of its payer's credit after the fixes."""
    return _billed(look.facts.order) - _billed(look.before.order)


def _billed(order: OrderRecord) -> Decimal:
    """What it counts for; a total below zero, which is a mistake, makes no room."""
    return max(order.total_amount or Decimal(0), Decimal(0)) if order.payment_type == "bill" else Decimal(0)


def decide(
    look: Look,
    stored: Mapping[Key, Row],
    *,
    overrides: Sequence[StandingOverride] = (),
    is_first_look: bool,
    actor: str,
) -> Decision:
    """Judge an order after its fixes, and compare what is found with the exceptions and overrides stored before."""
    order = look.facts.order
    findings = {finding.key: finding for finding in look.judge()}
    ended = [end for each in overrides if (end := end_of(each, order)) is not None]
    wanted = _wanted_rows(look, findings, stored, in_force_ids(overrides, ended), actor)
    written = {key: row for key, row in wanted.items() if row != stored.get(key)}
    would_block = [wanted[key] for key, each in findings.items() if each.severity == Severity.BLOCKING]
    blocking = sum(row["override_id"] is None for row in would_block)
    return Decision(
        order_id=order.id or 0,
        order_number=order.order_number,
        is_first_look=is_first_look,
        columns=changed_columns(look.before.order, order),
        stage=_stage_move(order, blocking),
        exceptions=tuple(written[key] for key in sorted(written)),
        opened=tuple(_told(row) for key, row in sorted(written.items()) if row["opened_at"] == NOW),
        resolved=tuple(sorted({key[0] for key, row in written.items() if row["resolved_at"] == NOW})),
        fixed=tuple(_told_fix(finding) for finding in look.fixed),
        ended_overrides=tuple(asdict(end) for end in ended),
        open_codes=tuple(sorted({finding.code for finding in findings.values()})),
        overridden_codes=tuple(sorted({row["code"] for row in would_block if row["override_id"]})),
        blocking_count=blocking,
    )


def _wanted_rows(
    look: Look,
    findings: Mapping[Key, Finding],
    stored: Mapping[Key, Row],
    in_force: frozenset[int],
    actor: str,
) -> dict[Key, Row]:
    """Every exception of the order as it should stand: what is wrong now, and what no longer is."""
    fixed = {finding.key: finding for finding in look.fixed}
    wanted = {key: _open_row(finding, stored.get(key), fixed, actor) for key, finding in findings.items()}
    for key, row in wanted.items():
        row["override_id"] = _kept_override(stored.get(key), in_force)
    # Gone with the fixes: those that were made, and what they took away with them.
    was_wrong = (*look.found, *look.fixed) if look.fixed else ()
    gone = {finding.key: finding for finding in was_wrong if finding.key not in findings}
    wanted |= {key: _gone_row(finding, stored.get(key), fixed, actor) for key, finding in gone.items()}
    wanted |= {
        key: _resolved_row(row)
        for key, row in stored.items()
        if key not in wanted and row["state"] == ExceptionState.OPEN
    }
    return wanted


def _kept_override(stored: Row | None, in_force: frozenset[int]) -> int | None:
    """The override that still covers an exception: found without a break since, and in force."""
    if stored is None or stored["state"] != ExceptionState.OPEN or stored["code"] in NOT_OVERRIDABLE:
        return None
    return stored["override_id"] if stored["override_id"] in in_force else None


def _open_row(finding: Finding, stored: Row | None, fixed: Mapping[Key, Finding], actor: str) -> Row:
    """The row of something that is wrong now."""
    is_open = stored is not None and stored["state"] == ExceptionState.OPEN
    row = _row(finding) | {
        "state": ExceptionState.OPEN.value,
        "opened_at": stored["opened_at"] if is_open and stored else NOW,
        "resolved_at": None,
        "reopened_count": (stored["reopened_count"] + (not is_open)) if stored else 0,
    }
    if finding.key in fixed:
        # Made, and still wrong: what was withheld from the vendor stays wrong in the order.
        return row | _applied(fixed[finding.key], actor)
    if stored is not None and stored["fix_state"] == FixState.UNDONE:
        return row | {name: stored[name] for name in ("fix", "fix_state", "fix_at", "fix_by")}
    if finding.fix:
        return row | {"fix_state": FixState.PROPOSED.value, "fix": [c.as_json() for c in finding.fix]}
    if is_open and stored and stored["fix_state"] == FixState.APPLIED:
        return row | {name: stored[name] for name in ("fix", "fix_state", "fix_at", "fix_by")}
    return row


def _gone_row(finding: Finding, stored: Row | None, fixed: Mapping[Key, Finding], actor: str) -> Row:
    """The row of something that was wrong when looked at, and no longer is after the fixes."""
    is_open = stored is not None and stored["state"] == ExceptionState.OPEN
    row = _row(finding) | {
        "state": ExceptionState.RESOLVED.value,
        "opened_at": stored["opened_at"] if is_open and stored else NOW,
        "resolved_at": NOW,
        "reopened_count": (stored["reopened_count"] + (not is_open)) if stored else 0,
    }
    return row | _applied(fixed[finding.key], actor) if finding.key in fixed else row


def _resolved_row(stored: Row) -> Row:
    """The row of something found before and not now; a fix that was only offered goes with it."""
    row = stored | {"state": ExceptionState.RESOLVED.value, "resolved_at": NOW, "override_id": None}
    if stored["fix_state"] == FixState.PROPOSED:
        row |= {"fix_state": FixState.NONE.value, "fix": []}
    return row


def _row(finding: Finding) -> Row:
    return {
        "code": finding.code,
        "subject": finding.subject,
        "severity": finding.severity.value,
        "message": finding.message,
        "evidence": dict(finding.evidence),
        "rules_version": RULES_VERSION,
        "fix": [],
        "fix_state": FixState.NONE.value,
        "fix_at": None,
        "fix_by": "",
        "override_id": None,
    }


def _applied(finding: Finding, actor: str) -> Row:
    return {
        "fix": [change.as_json() for change in finding.fix],
        "fix_state": FixState.APPLIED.value,
        "fix_at": NOW,
        "fix_by": actor,
    }


def _told(row: Row) -> Row:
    return {name: row[name] for name in ("code", "severity", "message")}


def _told_fix(finding: Finding) -> Row:
    return {"code": finding.code, "changes": [change.as_json() for change in finding.fix]}


def _stage_move(order: OrderRecord, blocking: int) -> tuple[str, str] | None:
    """`exception` follows from the exceptions: in when something blocks, out when nothing does any more."""
    if order.stage == Stage.RECEIVED and blocking:
        return Stage.RECEIVED.value, Stage.EXCEPTION.value
    if order.stage == Stage.EXCEPTION and not blocking:
        return Stage.EXCEPTION.value, Stage.RECEIVED.value
    return None
