"""The dead man's switch: one look at everything from a process that needs no worker, no schedule and no broker.

`manage.py watch` calls it. It judges and sends as the tasks do. When that is impossible, as a rule because the database
does not answer, it tells those who run the installation directly. That it has told them is then kept in a file in
`$AGENT_HOME`, because there is nowhere else: an unchanged failure is told once a day, and its end once.
"""

from __future__ import annotations

import fcntl
import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TextIO

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connections

from agent.alerts.delivery import deliver_notices, send_news
from agent.alerts.models import Heartbeat
from agent.alerts.notices import News, platform_audience
from agent.alerts.rules import REMIND_AFTER
from agent.alerts.services import record_heartbeat, watch_over
from agent.alerts.states import AlertKind, Change, Heart, Severity

logger = structlog.get_logger(__name__)

MEMORY = "watch.json"
DOWN = (
    "The database does not answer: {why}. Nothing works without it, and nothing is sent. Start it, or see in its log "
    "why it stopped; the agent carries on by itself."
)
BROKEN = (
    "The watch cannot do its work: {why}. Until this is mended, no news is no good news. Was a migration left out? Its "
    "log has the event `watch_failed`."
)


def look_once(*, now: datetime, is_standing: bool = False) -> str:
    """Judge everything and send what is due; returns why that was impossible, or an empty text.

    `is_standing` is for a watch that goes on: it leaves a sign of life, and others tell when it leaves no more.
    """
    close_old_connections()
    try:
        if is_standing:
            record_heartbeat(heart=Heart.WATCH, now=now)
        opened = watch_over(now=now)
        sent = deliver_notices(now=now)
    except Exception as error:
        # The one process whose silence nobody may take for peace: it tells of its own failure too, and looks again.
        is_down = isinstance(error, (InterfaceError, OperationalError))
        connections.close_all()
        why = str(error).strip().partition("\n")[0] or type(error).__name__
        logger.error("database_down" if is_down else "watch_failed", error=why, exc_info=not is_down)
        kind = AlertKind.DATABASE_DOWN if is_down else AlertKind.EVALUATION_FAILED
        _tell_trouble(kind, (DOWN if is_down else BROKEN).format(why=why), now=now)
        return why
    logger.info("watched", opened=opened, sent=sent)
    _tell_over(now=now)
    return ""


def end_watch() -> None:
    """Say that the watch ends because a person ended it, so nobody is told that it is silent."""
    connections.close_all()
    Heartbeat.objects.filter(heart=Heart.WATCH).delete()


def _tell_trouble(kind: AlertKind, sentence: str, *, now: datetime) -> None:
    """Tell of what keeps us from watching: at first, and then once a day."""
    with _memory() as file:
        memory = _read(file)
        since, told_at = memory.get("since", now.isoformat()), memory.get("told_at", "")
        if told_at and now - datetime.fromisoformat(told_at) < REMIND_AFTER:
            return
        change = Change.REMINDER if told_at else Change.OPENED
        is_told = _tell(change, kind, sentence, since=since, now=now)
        # Until somebody has been reached each look tries again.
        _write(
            file,
            {"since": since, "kind": str(kind), "told_at": now.isoformat() if is_told else told_at},
        )


def _tell_over(*, now: datetime) -> None:
    """Tell those who heard of the trouble that it is over."""
    with _memory() as file:
        memory = _read(file)
        if not memory:
            return
        sentence = "The database answers, and everything is watched over again."
        kind, since = AlertKind(memory["kind"]), memory["since"]
        if not memory["told_at"] or _tell(Change.RESOLVED, kind, sentence, since=since, now=now):
            _write(file, {})


def _tell(change: Change, kind: AlertKind, sentence: str, *, since: str, now: datetime) -> bool:
    """Tell the platform's recipients without the database; whether anybody was reached, or nobody is named."""
    audience = platform_audience()
    news = News(
        change=change,
        kind=kind,
        subject="",
        severity=Severity.CRITICAL,
        sentence=sentence,
        since=since,
        at=now.isoformat(),
    )
    key = uuid.uuid5(uuid.NAMESPACE_OID, f"{since} {change} {now.date()}")
    refusals = [send_news(audience, channel, key, [news.as_json()], now=now) for channel in audience.channels]
    return not refusals or not all(refusals)


@contextmanager
def _memory() -> Iterator[TextIO]:
    """What an earlier look left, locked: of two watches at once the second finds that the first has told."""
    path = Path(settings.AGENT_HOME) / MEMORY
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _read(file: TextIO) -> dict[str, str]:
    """The memory; one that a crash cut short is taken for none, which tells once too often."""
    try:
        remembered: dict[str, str] = json.loads(file.read() or "{}")
    except ValueError:
        return {}
    return remembered


def _write(file: TextIO, memory: dict[str, str]) -> None:
    file.seek(0)
    file.truncate()
    file.write(json.dumps(memory) if memory else "")
