"""The web server's entry point: starts the embedded database if need be, then serves with a pool."""

import os

from django.core.wsgi import get_wsgi_application

from agent_site.embedded import ensure_database_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agent_site.settings")
os.environ.setdefault("DATABASE_POOL", "true")
ensure_database_environment()

application = get_wsgi_application()

from agent.checks import refuse_unsafe_start  # noqa: E402 - the applications are set up by the line above

# A web process that the tenant wall would not hold refuses to start.
refuse_unsafe_start()
