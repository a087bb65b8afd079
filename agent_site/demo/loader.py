"""Loading the demo desk, once and whole, whoever else tries at the same moment and whatever stops it half-way.

A company is made disabled; its book is one transaction, its mail another, and only then is it enabled. Two events
tell how far it came, so that the next run goes on from there and never takes a half-loaded desk for a whole one.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import psycopg
from django.db import connection, transaction

from agent.events import NewEvent, emit_events
from agent.models import Event, Tenant
from agent.registry import Ref
from agent.tenancy import tenant_scope
from agent_site.demo.book import build_book
from agent_site.demo.mails import demo_mails
from agent_site.demo.storing import store_book
from agent_site.demo.tenants import DemoTenant, demo_tenants, moment_of
from engagement.enrichment.services import note_people
from engagement.mail.models import Message
from engagement.mail.services import import_messages
from engagement.models import Client

BOOK_WRITTEN, LOADED = "demo.book.written", "demo.loaded"
_LOCK_NAME = "agent_site.demo"

Progress = Callable[[str], None]


class DemoRefused(RuntimeError):
    """The demo desk cannot be loaded into this database; the message says what to do."""


class Progressed(enum.Enum):
    """How far the loading of one company has come."""

    NAMED = "named"  # there is nothing but its row
    WRITTEN = "written"  # the book is there; the mail may be missing
    LOADED = "loaded"
    NOT_OURS = "not ours"  # a tenant of the same name that was not made here


@dataclass(frozen=True, kw_only=True)
class LoadResult:
    """Which companies this call loaded or completed, by slug; none when there was nothing to do."""

    loaded: tuple[str, ...] = ()


def load_demo_desk(
    *, now: datetime, if_empty: bool = False, on_progress: Progress = lambda text: None
) -> LoadResult:
    """Load both companies into an empty database, or complete a loading that was stopped.

    With any other tenant present it raises `DemoRefused`, or with `if_empty` does nothing. Opens its own
    transactions; a second call at the same moment waits, and finds the work done.
    """
    with _taking_turns():
        wanted = {tenant.slug: tenant for tenant in demo_tenants()}
        rows = list(Tenant.objects.order_by("pk"))
        if not rows:
            rows = _name_companies(wanted.values())
        started = [
            (row, progress)
            for row in rows
            if row.slug in wanted
            and (progress := _progress_of(row, wanted[row.slug])) in (Progressed.NAMED, Progressed.WRITTEN)
        ]
        if not started and not if_empty:
            raise DemoRefused(
                "There are tenants already, and the demo desk is loaded into an empty database only. "
                "Point DATABASE_URL or AGENT_HOME at another one."
            )
        for row, progress in started:
            _load(row, wanted[row.slug], progress, now, on_progress)
    return LoadResult(loaded=tuple(row.slug for row, _ in started))


@contextmanager
def _taking_turns() -> Iterator[None]:
    """Wait until no other process loads. The lock lives in a connection of its own and dies with the process."""
    parameters = connection.get_connection_params()
    for of_django_alone in ("cursor_factory", "context"):
        parameters.pop(of_django_alone, None)
    with psycopg.connect(**parameters) as own:
        own.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_LOCK_NAME])
        yield


def _name_companies(tenants: Iterable[DemoTenant]) -> list[Tenant]:
    """Both rows at once, disabled: whatever stops the rest, the next run knows what was meant."""
    with transaction.atomic():
        return Tenant.objects.bulk_create(
            Tenant(
                slug=tenant.slug,
                name=tenant.name,
                kind=tenant.kind,
                timezone=tenant.timezone,
                agent_settings=dict(tenant.agent_settings),
            )
            for tenant in tenants
        )


def _progress_of(row: Tenant, tenant: DemoTenant) -> Progressed:
    with tenant_scope(row):
        told = set(Event.objects.filter(kind__in=[BOOK_WRITTEN, LOADED]).values_list("kind", flat=True))
        has_clients = Client.objects.exists()
    if LOADED in told:
        return Progressed.LOADED
    if BOOK_WRITTEN in told:
        return Progressed.WRITTEN
    is_ours = row.name == tenant.name and not row.agent_enabled and not has_clients
    return Progressed.NAMED if is_ours else Progressed.NOT_OURS


def _load(
    row: Tenant, tenant: DemoTenant, progress: Progressed, now: datetime, on_progress: Progress
) -> None:
    if progress == Progressed.NAMED:
        on_progress(f"Loading the demo desk of {tenant.name} ...")
        book = build_book(tenant, now=now)
        with tenant_scope(row):
            store_book(book)
            _tell(BOOK_WRITTEN, row, now)
    else:
        on_progress(f"Completing the demo desk of {tenant.name} ...")
    import_messages(tenant=row, raws=demo_mails(tenant, moment_of(tenant, now)), now=now)
    with tenant_scope(row):
        # As the hours before would have: the first cycle finds the people whom the mail shows.
        note_people(Message.objects.without_content(), now=now)
        Tenant.objects.filter(pk=row.pk).update(agent_enabled=True)
        _tell(LOADED, row, now)


def _tell(kind: str, row: Tenant, now: datetime) -> None:
    subject = Ref(kind="tenant", id=str(row.pk), label=row.name)
    emit_events([NewEvent(kind=kind, subject=subject)], now=now)
