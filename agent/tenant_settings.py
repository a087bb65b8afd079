"""What one tenant may tune about its agent: typed, validated, stored as `tenants.agent_settings`.

Guardrails are not settings: nothing here switches a rule off. The settings of a domain live in its own tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from agent.states import SendMode


class InvalidAgentSettings(ValueError):
    """`tenants.agent_settings` holds a key or a value that the agent does not understand."""


@dataclass(frozen=True, kw_only=True)
class AgentSettings:
    """The settings of one tenant's agent. Hours and days of caps are clock hours and days in UTC."""

    send_mode: SendMode = SendMode.DRY_RUN
    """How far messages travel; the environment can only make it more restrictive."""
    internal_allowlist: tuple[str, ...] = ()
    """Addresses, or whole domains, that `internal_only` delivers to. Matched exactly, in lower case."""
    max_emails_per_hour: int = 50
    """Messages delivered for this tenant in one clock hour; the rest wait for the next."""
    max_emails_per_day: int = 400
    """Messages delivered for this tenant in one day; the rest wait for the next."""
    limited_live_emails_per_hour: int = 10
    """The hourly cap while the send mode is `limited_live`."""
    limited_live_emails_per_day: int = 50
    """The daily cap while the send mode is `limited_live`."""
    max_emails_per_contact_per_day: int = 1
    """Messages one person may get from all engines together in 24 hours."""
    max_emails_per_contact_per_fortnight: int = 3
    """Messages one person may get from all engines together in 14 days."""
    max_research_per_hour: int = 5
    """Research cards carried out in one clock hour."""
    max_research_per_day: int = 40
    """Research cards carried out in one day."""
    max_sandbox_jobs_per_hour: int = 5
    """Sandbox runs started in one clock hour."""
    max_sandbox_jobs_per_day: int = 40
    """Sandbox runs started in one day."""
    engagement_days: int = 21
    """Days a contact may go without a touch."""
    approval_hours: int = 72
    """Hours a held card waits for a person, and an approval stays good."""

    @classmethod
    def parse(cls, stored: Mapping[str, Any]) -> AgentSettings:
        """Read stored settings; an unknown key or a wrong type raises, an unknown mode means `dry_run`."""
        known = {field.name for field in fields(cls)}
        unknown = sorted(set(stored) - known)
        if unknown:
            raise InvalidAgentSettings(
                f"Unknown agent setting {', '.join(unknown)}. Known: {', '.join(sorted(known))}."
            )
        values = dict(stored)
        if "send_mode" in values:
            values["send_mode"] = parse_send_mode(values["send_mode"])
        if "internal_allowlist" in values:
            values["internal_allowlist"] = _allowlist(values["internal_allowlist"])
        for name, value in values.items():
            if name not in ("send_mode", "internal_allowlist"):
                _require_count(name, value)
        return cls(**values)


def parse_send_mode(value: object) -> SendMode:
    """The send mode a value names; anything unknown is the safest one (spec P0.7.2)."""
    text = str(value).strip().lower()
    return SendMode(text) if text in SendMode.values else SendMode.DRY_RUN


def _allowlist(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(entry, str) for entry in value):
        raise InvalidAgentSettings("internal_allowlist must be a list of addresses or domains.")
    return tuple(entry.strip().lower() for entry in value)


def _require_count(name: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InvalidAgentSettings(f"{name} must be a whole number, 0 or more; it is {value!r}.")
