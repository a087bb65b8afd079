"""The kill switches and the effective send mode, read fresh and failing closed.

Three switches stop all work: the environment's, the database's and the tenant's. The database and the tenant have
one more each that stops mail alone: messages wait, everything else goes on. A value that cannot be read or understood
means stopped (reliability notes, h). Flipping them is `agent.services`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.db import connection

from agent.models import Tenant
from agent.registry import Cycle, Hint, registry
from agent.states import SendMode, StopReason
from agent.tenant_settings import AgentSettings, parse_send_mode

OFF_WORDS = frozenset({"", "0", "false", "no", "off"})
_LEAST_TO_MOST = tuple(SendMode)
# Each row is read by itself, that a lock may be put on it, and one that is missing comes as nulls.
SWITCHES_SQL = """
    WITH system AS MATERIALIZED (
        SELECT global_enabled, reason, mail_enabled, mail_reason FROM system_config WHERE id = 1{share}
    ), tenant AS MATERIALIZED (
        SELECT {columns} FROM tenants WHERE id = %s{share}
    )
    SELECT * FROM (SELECT) AS one LEFT JOIN system ON true LEFT JOIN tenant ON true
"""
SHARE = " FOR SHARE"
# Claims take this advisory lock together, whoever changes a switch or a send mode takes it alone. PostgreSQL serves it
# in turn; the row alone would be share-locked by one claim after the other, and a busy desk would not let a flip in.
CLAIM_LOCK = 7_366_001
MAIL_KIND = "send_email"


@dataclass(frozen=True)
class Stop:
    """Why nothing may run, in the words of the console."""

    reason: StopReason
    detail: str


class Stopped(RuntimeError):
    """A kill switch is on; work in hand stays as it is and is taken up again when it is off."""

    def __init__(self, stop: Stop) -> None:
        super().__init__(stop.detail)
        self.stop = stop


@dataclass(frozen=True, kw_only=True)
class Switches:
    """What the switches of the database and of one tenant stop: all work (`stop`), or messages (`mail_stop`).

    `mail_stop` is empty when messages may leave; `tenant` is its row as it was read with them.
    """

    stop: Stop | None
    mail_stop: str
    tenant: Tenant | None


def read_switches(tenant_id: int, *, lock: bool = False) -> Switches:
    """The switches as they are now. `lock` holds both rows for the claim that follows.

    With the rows share-locked, no claim can commit after an operator's flip has committed.
    """
    with connection.cursor() as cursor:
        if lock:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [CLAIM_LOCK])
        names = [field.attname for field in Tenant._meta.concrete_fields]
        sql = SWITCHES_SQL.format(share=SHARE if lock else "", columns=", ".join(names))
        cursor.execute(sql, [tenant_id])
        row = cursor.fetchone()
    system = None if row[0] is None else row[:4]
    tenant = None if row[4] is None else _tenant_of(names, row[4:])
    stop = _stop_of(system, tenant, tenant_id)
    return Switches(stop=stop, mail_stop=_mail_stop_of(system, tenant), tenant=tenant)


def _tenant_of(names: Sequence[str], row: Sequence[Any]) -> Tenant:
    values = dict(zip(names, row, strict=True))
    values["agent_settings"] = json.loads(values["agent_settings"])
    tenant: Tenant = Tenant.from_db(connection.alias, names, list(values.values()))
    return tenant


def _stop_of(system: Sequence[Any] | None, tenant: Tenant | None, tenant_id: int) -> Stop | None:
    if system is None:
        return Stop(
            StopReason.KILL_SWITCH_DATABASE,
            "The system switch is missing from the database, so all stands still. Resume in the console.",
        )
    if not system[0]:
        return Stop(
            StopReason.KILL_SWITCH_DATABASE, f"Stopped in the console: {system[1] or 'no reason given'}."
        )
    if tenant is None or not tenant.agent_enabled:
        name = tenant.name if tenant else f"tenant {tenant_id}"
        why = f": {tenant.agent_reason.rstrip('.')}" if tenant and tenant.agent_reason else ""
        return Stop(
            StopReason.TENANT_DISABLED, f"The agent is disabled for {name}{why}. Enable it in the console."
        )
    return None


def _mail_stop_of(system: Sequence[Any] | None, tenant: Tenant | None) -> str:
    if system is None or tenant is None:
        return "The mail switch cannot be read, so no message leaves."
    if not system[2]:
        return f"Mail is stopped for every company: {system[3].rstrip('.') or 'no reason given'}."
    if not tenant.mail_enabled:
        return f"Mail is stopped for this company: {tenant.mail_reason.rstrip('.') or 'no reason given'}."
    return ""


def read_stop(tenant_id: int) -> Stop | None:
    """The first switch that stops this tenant, the environment's among them, or None."""
    return read_environment_stop() or read_switches(tenant_id).stop


def read_mail_stop(tenant_id: int) -> str:
    """Why no message may leave for this tenant although other work goes on, for an operator; empty when mail may.

    Read after `ensure_running(lock=True)` in the same transaction, it stays true until that commits.
    """
    return read_switches(tenant_id).mail_stop


def hold_claims() -> None:
    """Before changing a switch or a send mode: wait for the claims under way, and let none begin until the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CLAIM_LOCK])


def read_environment_stop() -> Stop | None:
    """The environment's switch; anything but a plain "off" word stops."""
    if settings.AGENT_KILL_SWITCH.strip().lower() in OFF_WORDS:
        return None
    why = settings.AGENT_KILL_SWITCH_REASON.strip() or "no reason given"
    return Stop(StopReason.KILL_SWITCH_ENVIRONMENT, f"AGENT_KILL_SWITCH is on: {why}.")


def ensure_running(tenant_id: int, *, lock: bool = False) -> Switches:
    """Raise `Stopped` when any switch is on, the environment's among them; return the others as they are.

    `lock`: see `read_switches`.
    """
    stop = read_environment_stop()
    if stop is not None:
        raise Stopped(stop)
    switches = read_switches(tenant_id, lock=lock)
    if switches.stop is not None:
        raise Stopped(switches.stop)
    return switches


def ensure_may_leave(kind: str, tenant_id: int) -> None:
    """The last look before an effect: raise `Stopped` when any switch is on, or for a message the one of mail.

    Both rows stay share-locked until the caller commits that the effect begins.
    """
    switches = ensure_running(tenant_id, lock=True)
    if kind == MAIL_KIND and switches.mail_stop:
        raise Stopped(Stop(StopReason.MAIL_STOPPED, switches.mail_stop))


def effective_send_mode(tenant_settings: AgentSettings, *, is_simulated: bool = False) -> SendMode:
    """The most restrictive of the environment's mode and the tenant's; a simulated clock never sends."""
    modes = [tenant_settings.send_mode]
    if settings.EMAIL_SEND_MODE.strip():
        modes.append(parse_send_mode(settings.EMAIL_SEND_MODE))
    if is_simulated or settings.EMAIL_SEND_DISABLED.strip().lower() not in OFF_WORDS:
        modes.append(SendMode.DRY_RUN)
    return min(modes, key=_LEAST_TO_MOST.index)


def find_mode_objection(mode: SendMode, *, now: datetime) -> str:
    """Why the open scope's tenant may not be given this send mode yet, in an engine's words; empty when it may."""
    objections = (engine.object_to_mode(mode, now=now) for engine in registry)
    return next(filter(None, objections), "")


def build_cycle(
    *,
    tenant: Tenant,
    now: datetime,
    is_simulated: bool = False,
    is_preview: bool = False,
    hints: tuple[Hint, ...] = (),
) -> Cycle:
    """The circumstances of work at `now`, under the settings and the send mode that are in force.

    Raises `InvalidAgentSettings` when the tenant's settings are not understood.
    """
    settings_of_tenant = tenant.settings
    return Cycle(
        tenant=tenant,
        settings=settings_of_tenant,
        now=now,
        send_mode=effective_send_mode(settings_of_tenant, is_simulated=is_simulated),
        hints=hints,
        is_preview=is_preview,
        is_simulated=is_simulated,
    )


def renew_cycle(cycle: Cycle) -> Cycle:
    """The same cycle under the switches and settings as they are now: an operator's change binds the next claim.

    They stay as they are until the caller commits. Raises `Stopped` when any switch is on.
    """
    switches = ensure_running(cycle.tenant.pk, lock=True)
    # One that is missing counts as stopped.
    tenant = cast("Tenant", switches.tenant)
    send_mode = effective_send_mode(tenant.settings, is_simulated=cycle.is_simulated)
    known = {Switches: switches}
    return replace(cycle, tenant=tenant, settings=tenant.settings, send_mode=send_mode, memory=known)
