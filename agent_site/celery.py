"""The Celery application. Tasks are doorbells: they carry ids, and every fact they act on is in the database.

Start a worker with the schedule inside by `celery -A agent_site worker --beat`, or `make worker`.
"""

import os
from pathlib import Path

from celery import Celery
from django.conf import settings
from django_structlog.celery.steps import DjangoStructLogInitStep

from agent_site.embedded import ensure_database_environment
from agent_site.home import create_home

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agent_site.settings")
if not settings.configured:
    # This module is the entry point: nobody has looked for a database yet. Otherwise Django is being set
    # up by another door, which has decided that already.
    ensure_database_environment()

app = Celery("agent_site")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Every line that a task logs carries its id.
app.steps["worker"].add(DjangoStructLogInitStep)


def create_broker_folders() -> None:
    """Make the folders of the filesystem broker, which expects to find them."""
    if settings.CELERY_BROKER_URL.startswith("filesystem:"):
        options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
        for name in ("data_folder_in", "control_folder"):
            create_home(Path(options[name]))
