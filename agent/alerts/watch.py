"""The dead man's switch: one look at everything from a process that needs no worker, no schedule and no broker.

`manage.py watch` calls it. It judges and sends as the tasks do, and when the database itself does not answer it tells
those who run the installation directly. That it has told them is then kept in a file in `$AGENT_HOME`, because there is
nowhere else: an unchanged failure is told once a day, and its end once.
"""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from pathlib import Path

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connections

from agent.alerts.delivery import deliver_notices, send_news
from agent.alerts.notices import News, platform_audience
from agent.alerts.rules import REMIND_AFTER
from agent.alerts.services import watch_over
from agent.alerts.states import AlertKind, Change, Severity

logger = structlog.get_logger(__name__)

MEMORY = "database_down.json"


def look_once(*, now: datetime) -> str:
    """Judge everything and send what is due; returns why the database does not answer, or an empty text."""
    close_old_connections()
    try:
        opened = watch_over(now=now)
        sent = deliver_notices(now=now)
    except (InterfaceError, OperationalError) as error:
        connections.close_all()
        why = str(error).strip().partition("\n")[0]
        logger.error("database_down", error=why)
        _tell_down(why, now=now)
        return why
    logger.info("watched", opened=opened, sent=sent)
    _tell_up(now=now)
    return ""


def _tell_down(why: str, *, now: datetime) -> None:
    """Tell of a database that does not answer: at first, and then once a day."""
    memory = _remember()
    since = memory.get("since", now.isoformat())
    told_at = memory.get("told_at")
    if told_at is not None and now - datetime.fromisoformat(told_at) < REMIND_AFTER:
        return
    change = Change.OPENED if told_at is None else Change.REMINDER
    sentence = (
        f"The database does not answer: {why}. Nothing works without it, and nothing is sent. Start it, or see in its "
        "log why it stopped; the agent carries on by itself."
    )
    is_told = _tell(change, sentence, since=since, now=now)
    # Until somebody has been reached each look tries again.
    _memory_file().write_text(
        json.dumps({"since": since, "told_at": now.isoformat() if is_told else told_at})
    )


def _tell_up(*, now: datetime) -> None:
    """Tell those who heard that the database was down that it answers again."""
    memory = _remember()
    if not memory:
        return
    is_known = memory.get("told_at") is None
    if is_known or _tell(Change.RESOLVED, "The database answers again.", since=memory["since"], now=now):
        _memory_file().unlink(missing_ok=True)


def _tell(change: Change, sentence: str, *, since: str, now: datetime) -> bool:
    """Tell the platform's recipients without the database; whether anybody was reached, or nobody is named."""
    audience = platform_audience()
    news = News(
        change=change,
        kind=AlertKind.DATABASE_DOWN,
        subject="",
        severity=Severity.CRITICAL,
        sentence=sentence,
        since=since,
        at=now.isoformat(),
    )
    key = uuid.uuid5(uuid.NAMESPACE_OID, f"{since} {change} {now.date()}")
    refusals = [send_news(audience, channel, key, [news.as_json()], now=now) for channel in audience.channels]
    return not refusals or not all(refusals)


def _remember() -> dict[str, str]:
    """What an earlier look left; a file that cannot be read is taken for none, which tells once too often."""
    try:
        remembered: dict[str, str] = json.loads(_memory_file().read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return remembered


def _memory_file() -> Path:
    return Path(settings.AGENT_HOME) / MEMORY
