"""The kernel's tables. Global: `Tenant`, `SystemConfig`, `SwitchChange`, `ProviderWindow`; all else is walled."""

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
from agent.models.runs import (
    Lease,
    LeftAlone,
    Preview,
    ProviderWindow,
    RateLimit,
    Reflection,
    Run,
    Trigger,
    Window,
)
from agent.models.tenants import Switch, SwitchChange, SystemConfig, Tenant, TenantKind

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
    "ProviderWindow",
    "RateLimit",
    "Reflection",
    "Run",
    "Switch",
    "SwitchChange",
    "SystemConfig",
    "Task",
    "TaskState",
    "Tenant",
    "TenantKind",
    "Trigger",
    "Verdict",
    "Window",
]
