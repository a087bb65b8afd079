"""Sending notices: outside every transaction, at least once, and at most so many a day.

A notice is frozen, tried, and tried again later each time until a day has passed. Each try is taken in a transaction
of its own before the network is touched, so two processes do not send one notice at the same time; one that dies
between the provider's yes and the record sends it again, under the same key.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction

from agent.alerts.mail import MailRefused, send_notice_mail
from agent.alerts.notices import (
    NOBODY,
    Audience,
    platform_audience,
    tenant_audience,
    word_body,
    word_subject,
)
from agent.alerts.states import Channel, NoticeState, Severity
from agent.alerts.webhook import WebhookRefused, post_notice, sign
from agent.models import Tenant
from agent.tenancy import refuse_tenant_scope, tenant_scope

logger = structlog.get_logger(__name__)

# Of each channel of each audience; the last few are kept for what is critical. The rest gathers for tomorrow.
MAX_A_DAY, KEPT_FOR_CRITICAL = 12, 4
# After the first, the next notice waits this long for company.
GATHER_FOR = timedelta(minutes=10)
LONGEST_WAIT = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=1)
DAY = timedelta(days=1)
# A delivery run ends before the next one is rung; what is left goes then.
SECONDS = 45.0


def deliver_notices(*, now: datetime) -> int:
    """Send what is due to every audience; returns how many notices were accepted."""
    refuse_tenant_scope("deliver_notices")
    deadline = time.monotonic() + SECONDS
    sent = 0
    for audience in [platform_audience(), *map(tenant_audience, Tenant.objects.order_by("pk"))]:
        try:
            sent += _deliver_to(audience, now=now, deadline=deadline)
        except Exception as error:
            # Whatever ails one audience's notices must not keep the others from being told.
            if isinstance(error, (InterfaceError, OperationalError)) and not connection.is_usable():
                raise
            logger.exception("notices_undelivered", audience=audience.name)
    return sent


def _deliver_to(audience: Audience, *, now: datetime, deadline: float) -> int:
    """One notice after the other, each taken right before its try; those that the time does not reach stay due."""
    sent = 0
    with _scope(audience):
        _freeze_ripe(audience, now)
        notice = _take_next(audience, now)
    while notice is not None:
        error = send_news(audience, Channel(notice.channel), notice.key, notice.news, now=now)
        sent += not error
        with _scope(audience):
            _record(notice, error, now)
            notice = _take_next(audience, now) if time.monotonic() < deadline else None
    return sent


def send_news(
    audience: Audience, channel: Channel, key: UUID, news: Sequence[Mapping[str, Any]], *, now: datetime
) -> str:
    """Send one message by one channel, in no transaction; returns why it was not taken, or an empty text."""
    if channel not in audience.channels:
        return NOBODY
    try:
        if channel == Channel.MAIL:
            subject, body = word_subject(news, audience), word_body(news, audience)
            send_notice_mail(to=audience.emails, subject=subject, body=body, key=key)
        else:
            payload = json.dumps({"id": str(key), "for": audience.name, "alerts": list(news)}).encode()
            post_notice(
                audience.webhook_url,
                body=payload,
                headers=_headers(audience, payload, key, now),
                # The relay is ours; what a company names may never lead inside.
                is_loopback_allowed=settings.ALERT_WEBHOOK_LOOPBACK and audience.tenant_id is None,
            )
    except (MailRefused, WebhookRefused) as refusal:
        logger.warning("notice_refused", channel=channel, audience=audience.name, error=str(refusal))
        return str(refusal)
    return ""


def _headers(audience: Audience, payload: bytes, key: UUID, now: datetime) -> dict[str, str]:
    headers = {"X-Agent-Notice": str(key), "User-Agent": "vnext-agent"}
    if audience.webhook_secret:
        timestamp = int(now.timestamp())
        headers["X-Agent-Signature"] = sign(payload, secret=audience.webhook_secret, timestamp=timestamp)
    return headers


def _scope(audience: Audience) -> AbstractContextManager[Any]:
    return transaction.atomic() if audience.tenant_id is None else tenant_scope(audience.tenant_id)


def _freeze_ripe(audience: Audience, now: datetime) -> None:
    """Freeze what has gathered, within the day's cap."""
    notices = audience.book._default_manager
    # Locked in the order in which news is gathered, so that the two never wait for each other.
    gathering = list(notices.filter(state=NoticeState.GATHERING).select_for_update().order_by("channel"))
    if not gathering:
        return
    recent = notices.filter(frozen_at__gt=now - DAY).order_by("-frozen_at")
    frozen = list(recent.values_list("channel", "frozen_at"))
    ripe = [row.pk for row in gathering if _may_leave(row, frozen, now)]
    notices.filter(pk__in=ripe).update(state=NoticeState.READY, frozen_at=now, next_try_at=now)


def _take_next(audience: Audience, now: datetime) -> Any:
    """Take the next notice that is due for a try, or None; its next try is set before this one, should we die in it."""
    notices = audience.book._default_manager
    due = notices.filter(state=NoticeState.READY, next_try_at__lte=now)
    notice = due.select_for_update(skip_locked=True).order_by("id").first()
    if notice is not None:
        notice.attempts += 1
        notice.next_try_at = now + min(timedelta(minutes=2**notice.attempts), LONGEST_WAIT)
        notice.save(update_fields=["attempts", "next_try_at"])
    return notice


def _may_leave(notice: Any, frozen: Sequence[tuple[str, datetime]], now: datetime) -> bool:
    """Whether a gathering notice goes now. What is critical waits for no company, and has the last of the day's cap."""
    times = [at for channel, at in frozen if channel == notice.channel]
    if any(entry["severity"] == Severity.CRITICAL for entry in notice.news):
        return len(times) < MAX_A_DAY
    return len(times) < MAX_A_DAY - KEPT_FOR_CRITICAL and (not times or now - times[0] >= GATHER_FOR)


def _record(notice: Any, error: str, now: datetime) -> None:
    mine = type(notice)._default_manager.filter(pk=notice.pk, state=NoticeState.READY)
    if not error:
        mine.update(state=NoticeState.SENT, sent_at=now, next_try_at=None, error="")
    elif error == NOBODY or now - notice.frozen_at >= GIVE_UP_AFTER:
        mine.update(state=NoticeState.GIVEN_UP, next_try_at=None, error=error[:500])
    else:
        mine.update(error=error[:500])
