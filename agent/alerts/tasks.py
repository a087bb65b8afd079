"""Celery's doorbells for alerts. `manage.py watch` does the same and needs neither worker nor broker."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from agent.alerts.delivery import deliver_notices
from agent.alerts.services import record_heartbeat, watch_over
from agent.alerts.states import Heart


@shared_task
def judge_alerts() -> int:
    """Show that a worker lives, and judge every alert; returns how many were opened."""
    now = timezone.now()
    record_heartbeat(heart=Heart.WORKER, now=now)
    return watch_over(now=now)


@shared_task
def send_notices() -> int:
    """Send the notices that are due; returns how many were accepted. A task of its own: it waits for the network."""
    return deliver_notices(now=timezone.now())
