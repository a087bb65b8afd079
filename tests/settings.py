"""Settings of the tests: the program's own, on a running database, with nothing leaving the machine."""

from agent_site.embedded import ensure_database_environment

# Before the settings are read, because they look up the addresses that this call sets.
ensure_database_environment()

from agent_site.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, str] = {}
