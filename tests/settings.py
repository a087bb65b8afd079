"""Settings of the tests: the program's own, on a running database, with nothing leaving the machine."""

from django.core.exceptions import ImproperlyConfigured

from agent_site.embedded import ensure_database_environment

# Before the settings are read, because they look up the addresses that this call sets.
ensure_database_environment()

from agent_site.settings import *  # noqa: E402, F403

if "owner" not in DATABASES:  # noqa: F405
    raise ImproperlyConfigured("The tests create their own database: set DATABASE_OWNER_URL as well.")

# Django prepares the database of `default` only together with that of `owner`, which it mirrors. Should that
# ever be forgotten, the tests find no database instead of the real one.
DATABASES["default"]["NAME"] = f"test_{DATABASES['default']['NAME']}"  # noqa: F405

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, str] = {}
