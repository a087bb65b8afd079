"""The Celery application. Tasks are doorbells: they carry ids, and every fact they act on is in the database.

Start a worker with the schedule inside by `celery -A agent_site worker --beat`, or `make worker`.
"""

import os
from pathlib import Path
from typing import Any

from celery import Celery, bootsteps
from django.conf import settings
from django_structlog.celery.steps import DjangoStructLogInitStep

from agent_site.embedded import ensure_database_environment
from agent_site.home import create_home

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agent_site.settings")
if not settings.configured:
    # This module is the entry point: nobody has looked for a database yet. Otherwise Django is being set
    # up by another door, which has decided that already.
    ensure_database_environment()


class WallStep(bootsteps.Step):
    """Keeps a worker from starting that the tenant wall would not hold."""

    def __init__(self, parent: Any, **options: Any) -> None:
        from agent.checks import refuse_unsafe_start

        super().__init__(parent, **options)
        refuse_unsafe_start()


app = Celery("agent_site")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Every line that a task logs carries its id.
app.steps["worker"].add(DjangoStructLogInitStep)
app.steps["worker"].add(WallStep)


def create_broker_folders() -> None:
    """Make the folders of the filesystem broker, which expects to find them."""
    if settings.CELERY_BROKER_URL.startswith("filesystem:"):
        options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
        for name in ("data_folder_in", "control_folder"):
            create_home(Path(options[name]))
