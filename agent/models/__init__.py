"""The kernel's tables. Global: `Tenant`, `SystemConfig`; everything else stands behind the tenant wall."""

from agent.models.cards import (
    Card,
    CardTransition,
    Intent,
    IntentState,
    PolicyViolation,
    Task,
    TaskState,
    Verdict,
)
from agent.models.events import Event, EventCursor
from agent.models.runs import Lease, LeftAlone, Preview, RateLimit, Reflection, Run, Trigger
from agent.models.tenants import SystemConfig, Tenant, TenantKind

__all__ = [
    "Card",
    "CardTransition",
    "Event",
    "EventCursor",
    "Intent",
    "IntentState",
    "LeftAlone",
    "Lease",
    "PolicyViolation",
    "Preview",
    "RateLimit",
    "Reflection",
    "Run",
    "SystemConfig",
    "Task",
    "TaskState",
    "Tenant",
    "TenantKind",
    "Trigger",
    "Verdict",
]
