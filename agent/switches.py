"""The kill switches and the effective send mode, read fresh and failing closed.

Three switches stop all work: the environment's, the database's and the tenant's. The database and the tenant have
one more each that stops mail alone: messages wait, everything else goes on. A value that cannot be read or understood
means stopped (reliability notes, h). Flipping them is `agent.services`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import connection

from agent.models import Tenant
from agent.registry import Cycle, Hint, registry
from agent.states import SendMode, StopReason
from agent.tenant_settings import AgentSettings, parse_send_mode

OFF_WORDS = frozenset({"", "0", "false", "no", "off"})
_LEAST_TO_MOST = tuple(SendMode)
SYSTEM_SQL = "SELECT global_enabled, reason FROM system_config WHERE id = 1"
TENANT_SQL = "SELECT agent_enabled, name, agent_reason FROM tenants WHERE id = %s"
MAIL_SQL = """
    SELECT s.mail_enabled, s.mail_reason, t.mail_enabled, t.mail_reason
    FROM tenants t LEFT JOIN system_config s ON s.id = 1 WHERE t.id = %s
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


def read_stop(tenant_id: int, *, lock: bool = False) -> Stop | None:
    """The first switch that stops this tenant, or None. `lock` holds both rows for the claim that follows.

    With the rows share-locked, no claim can commit after an operator's flip has committed.
    """
    stop = read_environment_stop()
    if stop is not None:
        return stop
    system_sql, tenant_sql = (SYSTEM_SQL + SHARE, TENANT_SQL + SHARE) if lock else (SYSTEM_SQL, TENANT_SQL)
    with connection.cursor() as cursor:
        if lock:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [CLAIM_LOCK])
        cursor.execute(system_sql)
        system = cursor.fetchone()
        cursor.execute(tenant_sql, [tenant_id])
        tenant = cursor.fetchone()
    if system is None:
        return Stop(
            StopReason.KILL_SWITCH_DATABASE,
            "The system switch is missing from the database, so all stands still. Resume in the console.",
        )
    if not system[0]:
        return Stop(
            StopReason.KILL_SWITCH_DATABASE, f"Stopped in the console: {system[1] or 'no reason given'}."
        )
    if tenant is None or not tenant[0]:
        name = tenant[1] if tenant else f"tenant {tenant_id}"
        why = f": {tenant[2].rstrip('.')}" if tenant and tenant[2] else ""
        return Stop(
            StopReason.TENANT_DISABLED, f"The agent is disabled for {name}{why}. Enable it in the console."
        )
    return None


def read_mail_stop(tenant_id: int) -> str:
    """Why no message may leave for this tenant although other work goes on, for an operator; empty when mail may.

    Read after `read_stop(lock=True)` in the same transaction, it stays true until that commits.
    """
    with connection.cursor() as cursor:
        cursor.execute(MAIL_SQL, [tenant_id])
        row = cursor.fetchone()
    if row is None or row[0] is None:
        return "The mail switch cannot be read, so no message leaves."
    if not row[0]:
        return f"Mail is stopped for every company: {row[1].rstrip('.') or 'no reason given'}."
    if not row[2]:
        return f"Mail is stopped for this company: {row[3].rstrip('.') or 'no reason given'}."
    return ""


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


def ensure_running(tenant_id: int, *, lock: bool = False) -> None:
    """Raise `Stopped` when any switch is on."""
    stop = read_stop(tenant_id, lock=lock)
    if stop is not None:
        raise Stopped(stop)


def ensure_may_leave(kind: str, tenant_id: int) -> None:
    """The last look before an effect: raise `Stopped` when any switch is on, or for a message the one of mail.

    Both rows stay share-locked until the caller commits that the effect begins.
    """
    ensure_running(tenant_id, lock=True)
    mail_stop = read_mail_stop(tenant_id) if kind == MAIL_KIND else ""
    if mail_stop:
        raise Stopped(Stop(StopReason.MAIL_STOPPED, mail_stop))


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
    """The same cycle under the tenant's settings as they are now: an operator's change binds the next claim."""
    tenant = Tenant.objects.get(pk=cycle.tenant.pk)
    settings_of_tenant = tenant.settings
    send_mode = effective_send_mode(settings_of_tenant, is_simulated=cycle.is_simulated)
    return replace(cycle, tenant=tenant, settings=settings_of_tenant, send_mode=send_mode, memory={})
