"""Settings: everything comes from environment variables, with safe defaults, and a bad value stops the start.

The database of an installation without `DATABASE_URL` is the embedded one; it is started by the entry points
(`manage.py`, `wsgi`, `celery`, the tests), never by importing this module. What an operator changes while the
program runs (limits, kill switches, the send mode of a tenant) lives in the database, not here.
"""

import os
import re
import warnings
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from django.templatetags.static import static
from environ import Env
from kombu.entity import Queue

from agent_site.embedded import embedded_url
from agent_site.home import REPOSITORY, agent_home, read_or_create_secret
from agent_site.library_settings import read_document_storage, read_embedder, read_recognition_languages
from agent_site.logs import configure_structlog, logging_config

env = Env()
_PUBLIC_URL = re.compile(
    r"(?:https://[A-Za-z0-9.-]{1,253}|http://(?:localhost|127\.0\.0\.1))(?::[0-9]{1,5})?"
)
GMAIL = "https://gmail.googleapis.com/"
SECRET_ENDINGS = ("_KEY", "_SECRET", "_TOKEN", "_PASSWORD")


def _flag(name: str, default: bool) -> bool:
    """Read a yes-or-no variable; anything but the usual spellings is refused, not taken for no."""
    value = env.str(name, default=str(default)).strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")


def _count(name: str) -> int:
    """Read a whole number, 0 or more; unset is 0."""
    value = env.str(name, default="0").strip()
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, 0 or more, not {value!r}.")
    return int(value)


def _log_level() -> str:
    """Read `LOG_LEVEL`, by default INFO."""
    level = env.str("LOG_LEVEL", default="INFO").upper()
    if level not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
        raise ImproperlyConfigured(
            f"LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL, not {level!r}."
        )
    return level


def _database(name: str, default: str) -> dict[str, Any]:
    """Read one PostgreSQL address; the socket directory of a local server may stand in `?host=`."""
    try:
        database: dict[str, Any] = Env.db_url_config(os.environ.get(name) or default)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not an address that can be read: {error}.") from error
    if database.get("ENGINE") != "django.db.backends.postgresql" or not database["NAME"]:
        raise ImproperlyConfigured(f"{name} must look like postgresql://role:password@host:5432/database.")
    options = database.setdefault("OPTIONS", {})
    database["HOST"] = options.pop("host", database["HOST"])
    options.setdefault("connect_timeout", 5)
    options.setdefault("application_name", "vnext-agent")
    database["CONN_MAX_AGE"] = 0
    return database


def _web_address(name: str, default: str) -> str:
    """Read the address of an HTTP service."""
    address = os.environ.get(name) or default
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(map(str.isspace, address)):
        raise ImproperlyConfigured(f"{name} must look like https://host/, not {address!r}.")
    return address


def _gmail_root() -> str:
    """Read `GMAIL_API_ROOT`; tokens travel over TLS, or to this very machine."""
    root = _web_address("GMAIL_API_ROOT", default=GMAIL)
    parts = urlsplit(root)
    if parts.scheme == "http" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise ImproperlyConfigured(
            f"GMAIL_API_ROOT must begin with https:// unless it is local; it is {root!r}."
        )
    return f"{root.rstrip('/')}/"


def _language_model_address() -> str:
    """Read where the language model answers; empty when there is none."""
    if not os.environ.get("LANGUAGE_MODEL_URL"):
        return ""
    if not os.environ.get("LANGUAGE_MODEL_NAME", "").strip():
        raise ImproperlyConfigured(
            "LANGUAGE_MODEL_NAME must name the model that LANGUAGE_MODEL_URL is asked for."
        )
    return _web_address("LANGUAGE_MODEL_URL", default="")


def _email(name: str, default: str) -> dict[str, Any]:
    """Read the mail server's address into Django's `EMAIL_*` settings."""
    try:
        email: dict[str, Any] = Env.email_url_config(os.environ.get(name) or default)
    except (ValueError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"{name} is not an address that can be read: {error}.") from error
    return email


def _addresses(name: str) -> list[str]:
    """Read a list of mail addresses, separated by commas."""
    addresses = [entry.strip() for entry in os.environ.get(name, "").split(",") if entry.strip()]
    for address in addresses:
        try:
            validate_email(address)
        except ValidationError as error:
            raise ImproperlyConfigured(f"{name}: {address!r} is not a mail address.") from error
    return addresses


def _resolvers(name: str) -> list[str]:
    """Read a list of name servers, separated by commas: addresses, with a port where it is not 53."""
    entries = [entry.strip() for entry in os.environ.get(name, "").split(",") if entry.strip()]
    for entry in entries:
        try:
            parts = urlsplit(f"//{entry}")
            ip_address(parts.hostname or "")
            _ = parts.port
        except ValueError as error:
            raise ImproperlyConfigured(
                f"{name}: {entry!r} is not an address such as 9.9.9.9 or 127.0.0.1:5353."
            ) from error
    return entries


def _public_url() -> str:
    """Read `PUBLIC_URL`, the address at which people outside reach this program; empty when they do not.

    Links in messages start with it, and one click on them acts (RFC 8058 asks for https). A machine's own address
    may do without, for trying things out.
    """
    text = os.environ.get("PUBLIC_URL", "").strip().rstrip("/")
    if text and not _PUBLIC_URL.fullmatch(text):
        raise ImproperlyConfigured(
            f"PUBLIC_URL must look like https://agent.example.com, without a path; it is {text!r}."
        )
    return text


def _databases() -> dict[str, dict[str, Any]]:
    """The application's connection, which row-level security binds, and the owner's for migrations.

    A process that never migrates does not need the owner's address, and is better off without it.
    """
    embedded = not os.environ.get("DATABASE_URL")
    has_owner = bool(os.environ.get("DATABASE_OWNER_URL"))
    if embedded and has_owner:
        raise ImproperlyConfigured(
            "DATABASE_OWNER_URL is set and DATABASE_URL is not: "
            "set both for a server of your own, or neither for the embedded one."
        )
    databases = {"default": _database("DATABASE_URL", embedded_url("agent_app"))}
    if _flag("DATABASE_POOL", default=False):
        databases["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 10, "timeout": 5}
        # A restart of the server leaves dead connections in the pool; nobody is handed one.
        databases["default"]["CONN_HEALTH_CHECKS"] = True
    if embedded or has_owner:
        databases["owner"] = _database("DATABASE_OWNER_URL", embedded_url("agent_owner"))
        databases["owner"]["TEST"] = {"DEPENDENCIES": []}
        databases["default"]["TEST"] = {"MIRROR": "owner"}
    return databases


def _secrets(values: Mapping[str, Any]) -> list[str]:
    """The values of all settings whose names say that they are secret, so that no log can show one."""
    named = [
        value for name, value in values.items() if name.endswith(SECRET_ENDINGS) and isinstance(value, str)
    ]
    databases = [database["PASSWORD"] for database in values["DATABASES"].values()]
    broker = urlsplit(values["CELERY_BROKER_URL"]).password or ""
    return [*named, *databases, *values["GMAIL_TOKEN_KEYS"], broker]


# The installation

AGENT_HOME = agent_home()
SECRET_KEY_IS_GENERATED = not os.environ.get("SECRET_KEY")
SECRET_KEY = os.environ.get("SECRET_KEY") or read_or_create_secret("secret_key")
# Keys that were in use before, separated by commas: what they signed (links in old messages) stays good.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
PUBLIC_URL = _public_url()
DEBUG = _flag("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
if PUBLIC_URL:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, str(urlsplit(PUBLIC_URL).hostname)]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# The applications: site first, so that its commands and templates win, then the layers from top to bottom.

INSTALLED_APPS = [
    "agent_site",
    "orders",
    "deals",
    "quotes",
    "engagement.mail.gmail",
    "engagement.mail",
    "engagement.enrichment",
    "engagement",
    "documents",
    "agent.alerts",
    "agent.goals",
    "agent.metrics",
    "agent.rest",
    "agent",
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_celery_beat",
    "django_structlog",
    "guardian",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "agent.middleware.TenantScopeMiddleware",
]

ROOT_URLCONF = "agent_site.urls"
WSGI_APPLICATION = "agent_site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [REPOSITORY / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# The database

DATABASES = _databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The agent's own switches: kept exactly as they came, because the kernel reads them failing closed.

AGENT_KILL_SWITCH = os.environ.get("AGENT_KILL_SWITCH", "")
AGENT_KILL_SWITCH_REASON = os.environ.get("AGENT_KILL_SWITCH_REASON", "")
EMAIL_SEND_MODE = os.environ.get("EMAIL_SEND_MODE", "")
EMAIL_SEND_DISABLED = os.environ.get("EMAIL_SEND_DISABLED", "")
CRON_SECRET = os.environ.get("CRON_SECRET", "")
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")

# Mail out: through Resend when its key is set, else by `EMAIL_URL` such as smtp+tls://user:password@host:587.
# Without either a delivery fails, loudly. The timeout, in seconds, holds for connecting and for each answer.

RESEND_API_KEY = os.environ.get("RESEND_API_KEY", "")
# Signs what Resend's webhooks tell us at /api/webhooks/resend; refused while unset.
RESEND_SIGNING_SECRET = os.environ.get("RESEND_SIGNING_SECRET", "").strip()
RESEND_API_URL = _web_address("RESEND_API_URL", default="https://api.resend.com/")
vars().update(_email("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_TIMEOUT = 20
# What the account at the mail provider allows, for all tenants together; 0 means that it sets no such limit.
EMAIL_PROVIDER_HOURLY_CAP = _count("EMAIL_PROVIDER_HOURLY_CAP")
EMAIL_PROVIDER_DAILY_CAP = _count("EMAIL_PROVIDER_DAILY_CAP")
EMAIL_USE_LOCALTIME = False

# What the DNS must say of a domain that mail is from, where it is not what the provider has its customers publish:
# the selector of the signing key, what the SPF record includes, and the name below the domain that envelopes are from.
EMAIL_DKIM_SELECTOR = os.environ.get("EMAIL_DKIM_SELECTOR", "").strip()
EMAIL_SPF_INCLUDE = os.environ.get("EMAIL_SPF_INCLUDE", "").strip().lower()
EMAIL_RETURN_PATH = os.environ.get("EMAIL_RETURN_PATH")
# Who is asked: addresses such as 9.9.9.9 or 127.0.0.1:5353, by commas; unset, the machine's own resolvers.
DNS_RESOLVERS = _resolvers("DNS_RESOLVERS")

# Gmail: the client that Google knows this program by, and the keys that stored refresh tokens are encrypted with, the
# newest first (`manage.py rotate_gmail_keys`). Another root is a server on this machine that speaks like Google's.

GOOGLE_CLIENT_ID = os.environ.get("GOOGLE_CLIENT_ID", "").strip()
GOOGLE_CLIENT_SECRET = os.environ.get("GOOGLE_CLIENT_SECRET", "").strip()
GMAIL_TOKEN_KEYS = [key.strip() for key in os.environ.get("GMAIL_TOKEN_KEYS", "").split(",") if key.strip()]
GMAIL_API_ROOT = _gmail_root()
# What Google allows one mailbox in a minute: 6,000 for projects made since May 2026, 15,000 for older ones.
GMAIL_UNITS_PER_MINUTE = _count("GMAIL_UNITS_PER_MINUTE") or 6000
GMAIL_TIMEOUT = 30

# Alerts: who is told of all companies' alerts and of the installation's own. A company names its own people in its
# agent's settings. `ALERT_WEBHOOK_SECRET` signs what webhooks get.

ALERT_EMAILS = _addresses("ALERT_EMAILS")
ALERT_EMAIL_FROM = os.environ.get("ALERT_EMAIL_FROM") or "agent-alerts@localhost"
ALERT_WEBHOOK_URL = os.environ.get("ALERT_WEBHOOK_URL", "").strip()
ALERT_WEBHOOK_SECRET = os.environ.get("ALERT_WEBHOOK_SECRET", "")
# For a relay on this very machine: webhooks may then reach 127.0.0.1, and there without TLS.
ALERT_WEBHOOK_LOOPBACK = _flag("ALERT_WEBHOOK_LOOPBACK", default=False)

# A language model that reads what the rules leave open in a mail: the address of its chat completions, as OpenAI's API
# has them. Off while unset, and then for each company until its agent's settings say `is_language_model_on`.

LANGUAGE_MODEL_URL = _language_model_address()
LANGUAGE_MODEL_NAME = os.environ.get("LANGUAGE_MODEL_NAME", "").strip()
LANGUAGE_MODEL_KEY = os.environ.get("LANGUAGE_MODEL_KEY", "").strip()

# Documents: what one file may have, in megabytes. Where they are kept is `DOCUMENT_STORAGE_URL`, read further down.

DOCUMENT_MAX_MEGABYTES = _count("DOCUMENT_MAX_MEGABYTES") or 100
# The languages in which `tesseract` reads pictures of text, such as eng or eng+spa, where that program is.
DOCUMENT_OCR_LANGUAGES = read_recognition_languages()

# Search in documents: whose vectors are compared. `wordllama` comes with the packages, `minilm` finds more and needs
# the model's files, `endpoint` asks an address for embeddings as OpenAI's API has them.

EMBEDDER = read_embedder()
EMBEDDING_URL = _web_address("EMBEDDING_URL", default="") if os.environ.get("EMBEDDING_URL") else ""
EMBEDDING_MODEL = os.environ.get("EMBEDDING_MODEL", "").strip()
EMBEDDING_KEY = os.environ.get("EMBEDDING_KEY", "").strip()
MINILM_DIRECTORY = os.environ.get("MINILM_DIRECTORY", "").strip()

# The queue: a doorbell only, so the default needs no service.

CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL") or "filesystem://localhost//"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A worker waits for its broker for as long as it takes; by default it would give up after a hundred tries.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TIMEZONE = "UTC"
CELERY_ENABLE_UTC = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_EXPIRES = None
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
# A ring is acknowledged once it has been answered, so that one whose worker was stopped is handed out again, and
# nobody takes more rings than it can answer. One that kills its process is not repeated: the schedule rings anew.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Seconds; the cycle and the reading of mail have longer ones of their own. The first raises an error that the work
# can record, the second kills the process.
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_TIME_LIMIT = 600
# A fresh process after so many tasks, or above so many KiB: what a library leaks does not add up.
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 500_000
# One worker listens to all four in turn, so that a long line of cycles keeps neither the sweeper nor the mail waiting.
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_QUEUES = [Queue(name, routing_key=name) for name in ("celery", "cycles", "mail", "documents")]
CELERY_TASK_ROUTES = {
    "agent.tasks.run_tenant_cycle": {"queue": "cycles"},
    "engagement.mail.tasks.*": {"queue": "mail"},
    "documents.tasks.*": {"queue": "documents"},
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_BEAT_SCHEDULER = "agent_site.schedule:CodeFirstScheduler"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {}
if CELERY_BROKER_URL.startswith("filesystem:"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(AGENT_HOME / "broker" / "messages"),
        "data_folder_out": str(AGENT_HOME / "broker" / "messages"),
        "control_folder": str(AGENT_HOME / "broker" / "control"),
    }
elif CELERY_BROKER_URL.startswith(("redis", "sentinel")):
    # Seconds until Redis hands a ring out again that nobody has acknowledged; longer than any task may run.
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}

# Time and language

TIME_ZONE = "UTC"
USE_TZ = True
LANGUAGE_CODE = "en-us"
USE_I18N = False
FORMAT_MODULE_PATH = ["agent_site.formats"]

# Static files: from the packages themselves until `collectstatic` has made a manifest.

STATIC_URL = "static/"
STATIC_ROOT = REPOSITORY / "staticfiles"
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").exists()
if WHITENOISE_USE_FINDERS:
    warnings.filterwarnings("ignore", message="No directory at", category=UserWarning)
STORAGES = {
    "documents": read_document_storage(),
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or WHITENOISE_USE_FINDERS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# The console

UNFOLD = {
    "SITE_TITLE": "vNext Autonomous Agent",
    "SITE_HEADER": "vNext Agent",
    "SITE_SYMBOL": "smart_toy",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("agent/favicon.svg")}
    ],
    "STYLES": [lambda request: static("agent/console.css")],
    "ENVIRONMENT": "agent.admin.frame.describe_environment",
    "GLOBAL_CALLBACK": "agent.admin.frame.describe_frame",
    "DASHBOARD_CALLBACK": "agent.admin.index.describe_index",
    "SIDEBAR": {"navigation": "agent.admin.frame.list_navigation"},
}
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

# The API: who may call is said by its views (`agent.rest.views`).

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["agent.rest.parsing.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "agent.rest.schema.ResourceSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "agent.rest.problems.handle_exception",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "vNext Autonomous Agent",
    "DESCRIPTION": "What the agent of one company does, and what other programs may ask of it. Money is text with two "
    "places, moments are ISO 8601 with their offset, and refusals are problems (RFC 9457).",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/",
    "POSTPROCESSING_HOOKS": ["agent.rest.schema.add_problem_schema"],
}

# Security: `AGENT_HTTPS=true` says that browsers reach this program over HTTPS, through a proxy that
# sets X-Forwarded-Proto itself.

AGENT_HTTPS = _flag("AGENT_HTTPS", default=False)
SECURE_SSL_REDIRECT = AGENT_HTTPS
SESSION_COOKIE_SECURE = AGENT_HTTPS
CSRF_COOKIE_SECURE = AGENT_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if AGENT_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = AGENT_HTTPS
SECURE_HSTS_PRELOAD = AGENT_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if AGENT_HTTPS else None
X_FRAME_OPTIONS = "DENY"

# Logs

configure_structlog()
LOGGING = logging_config(_log_level(), secrets=_secrets(vars()))
# Each task's lines carry its id.
DJANGO_STRUCTLOG_CELERY_ENABLED = True
