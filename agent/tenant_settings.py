"""What one tenant may tune about its agent: typed, validated, stored as `tenants.agent_settings`.

Guardrails are not settings: nothing here switches a rule off. The settings of a domain live in its own tables.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from agent.calendars import BusinessCalendar, is_known_place
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
    business_hours_start: time = time(9)
    """When the desk opens, in the company's time zone; messages that can wait leave in business hours only."""
    business_hours_end: time = time(17)
    """When the desk closes."""
    holiday_country: str = "US"
    """Whose public holidays and weekends the desk keeps (ISO 3166-1); empty for weekends alone."""
    holiday_subdivision: str = ""
    """The state or province whose holidays are kept as well, such as CO."""
    closed_dates: tuple[date, ...] = ()
    """Further days on which the desk is closed, such as 2026-12-24."""
    alert_emails: tuple[str, ...] = ()
    """Addresses of the people who are told of this tenant's alerts."""
    alert_webhook_url: str = ""
    """An https address that is told of them too."""
    accounts_emails: tuple[str, ...] = ()
    """Addresses of this company's own people who decide about credit; they are told of orders that wait for it."""
    desk_emails: tuple[str, ...] = ()
    """Addresses of this company's own order desk; it is told of what cannot wait, such as a portal's deadline."""
    is_language_model_on: bool = False
    """Whether the installation's language model may read what the rules leave open in this tenant's mail."""

    @classmethod
    def parse(cls, stored: Mapping[str, Any]) -> AgentSettings:
        """Read stored settings; an unknown key or a wrong type raises, an unknown mode means `dry_run`."""
        known = {field.name for field in fields(cls)}
        unknown = sorted(set(stored) - known)
        if unknown:
            raise InvalidAgentSettings(
                f"Unknown agent setting {', '.join(unknown)}. Known: {', '.join(sorted(known))}."
            )
        settings = cls(**{name: _read(name, value) for name, value in stored.items()})
        _require_hours(settings)
        _require_place(settings)
        return settings

    @property
    def own_people(self) -> frozenset[str]:
        """Whom messages may go to without being contacts: the company's own people that are named here."""
        return frozenset((*self.accounts_emails, *self.desk_emails))

    def calendar(self, zone: ZoneInfo) -> BusinessCalendar:
        """The desk's business days and hours, read on the clock of `zone`."""
        return BusinessCalendar(
            zone=zone,
            opens_at=self.business_hours_start,
            closes_at=self.business_hours_end,
            country=self.holiday_country,
            subdivision=self.holiday_subdivision,
            closed_dates=frozenset(self.closed_dates),
        )


def parse_send_mode(value: object) -> SendMode:
    """The send mode a value names; anything unknown is the safest one (spec P0.7.2)."""
    text = str(value).strip().lower()
    return SendMode(text) if text in SendMode.values else SendMode.DRY_RUN


def _read(name: str, value: Any) -> Any:
    """One stored value as its setting's type; what has no reader of its own is a count."""
    reader = _READERS.get(name)
    if reader is not None:
        return reader(name, value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InvalidAgentSettings(f"{name} must be a whole number, 0 or more; it is {value!r}.")
    return value


def _yes_or_no(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise InvalidAgentSettings(f"{name} must be true or false; it is {value!r}.")
    return value


def _allowlist(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(entry, str) for entry in value):
        raise InvalidAgentSettings(f"{name} must be a list of addresses or domains.")
    return tuple(entry.strip().lower() for entry in value)


def _addresses(name: str, value: Any) -> tuple[str, ...]:
    """Plain addresses, one recipient each."""
    if not isinstance(value, list | tuple) or not all(isinstance(entry, str) for entry in value):
        raise InvalidAgentSettings(f"{name} must be a list of addresses.")
    for entry in value:
        try:
            validate_email(entry.strip())
        except ValidationError as error:
            raise InvalidAgentSettings(f"{name}: {entry!r} is not an e-mail address.") from error
    return tuple(entry.strip() for entry in value)


def _webhook_url(name: str, value: Any) -> str:
    """An https address or nothing; that it leads outside is looked at before each delivery."""
    if value == "":
        return ""
    parts = urlsplit(value) if isinstance(value, str) else None
    if parts is None or parts.scheme != "https" or not parts.hostname:
        raise InvalidAgentSettings(f"{name} must be an address that begins with https://; it is {value!r}.")
    return str(value)


def _hour(name: str, value: Any) -> time:
    try:
        hour = time.fromisoformat(value)
    except (TypeError, ValueError):
        hour = None
    if hour is None or hour.tzinfo is not None:
        raise InvalidAgentSettings(f"{name} must be a time such as 09:00; it is {value!r}.")
    return hour


def _dates(name: str, value: Any) -> tuple[date, ...]:
    try:
        return tuple(date.fromisoformat(entry) for entry in value)
    except (TypeError, ValueError):
        raise InvalidAgentSettings(f"{name} must be a list of dates such as 2026-12-24.") from None


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidAgentSettings(f"{name} must be text; it is {value!r}.")
    return value.strip().upper()


_READERS: Mapping[str, Callable[[str, Any], Any]] = {
    "send_mode": lambda name, value: parse_send_mode(value),
    "internal_allowlist": _allowlist,
    "business_hours_start": _hour,
    "business_hours_end": _hour,
    "holiday_country": _text,
    "holiday_subdivision": _text,
    "closed_dates": _dates,
    "alert_emails": _addresses,
    "accounts_emails": _addresses,
    "desk_emails": _addresses,
    "alert_webhook_url": _webhook_url,
    "is_language_model_on": _yes_or_no,
}


def _require_hours(settings: AgentSettings) -> None:
    start, end = settings.business_hours_start, settings.business_hours_end
    if start >= end:
        raise InvalidAgentSettings(
            f"business_hours_end must be later than business_hours_start; they are {end:%H:%M} and {start:%H:%M}."
        )


def _require_place(settings: AgentSettings) -> None:
    country, subdivision = settings.holiday_country, settings.holiday_subdivision
    if not is_known_place(country, ""):
        raise InvalidAgentSettings(f"holiday_country {country!r} is not a country code such as US.")
    if not is_known_place(country, subdivision):
        raise InvalidAgentSettings(
            f"holiday_subdivision {subdivision!r} is not known in {country!r}; use a code such as CO."
        )
