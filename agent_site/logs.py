"""How this program logs: structured events on stderr, one JSON object a line unless a person is watching.

Whatever runs binds what it is about (`request_id`, `task_id`, `tenant`, `run`, `card`), and every line in it says so.
No line shows a secret or anybody's address, whoever wrote it: `Mask`. Standard output belongs to the results of
commands. Only the settings and Celery's worker use this module.
"""

import re
import sys
from collections.abc import Iterable
from typing import Any

import structlog

# Libraries that narrate their own work at INFO; their warnings still come through.
NOISY_LOGGERS = (
    "amqp",
    "asyncio",
    "celery.app.trace",
    "django_structlog.celery",
    "flufl.bounce",
    "google",
    "google_auth_httplib2",
    "googleapiclient",
    "kombu",
    "parso",
    "psycopg",
    "psycopg.pool",
    "urllib3",
)

SHARED_PROCESSORS: tuple[structlog.types.Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.UnicodeDecoder(),
)


ADDRESS = re.compile(r"[\w.%+'-]+@[\w-]+(?:\.[\w-]+)+")
# What the links in mails carry (django.core.signing): whoever has it may act for the recipient.
SIGNED = re.compile(r"[\w.=-]+(?::[\w-]{6})?:[\w-]{43}\b")
# What Google gives for a mailbox, by the way its tokens begin.
GOOGLE_TOKEN = re.compile(r"\b(?:ya29\.|1//)[\w-]{8,}")
# What programs use our own API by (`agent.rest.tokens`).
API_TOKEN = re.compile(r"\bvna_[0-9]+_[\w-]{8,}")
# PostgreSQL repeats the values of a refused row here, which may be a whole mail.
ROW_VALUES = re.compile(r"^(DETAIL|CONTEXT|PARAMETERS):.*?(?=\n\n|\nTraceback |\Z)", re.MULTILINE | re.DOTALL)
# Shorter ones would hit ordinary words.
SHORTEST_SECRET = 8


class Mask:
    """Takes out of every value of an event what nobody should read in a log, whatever code or library wrote it."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = sorted(
            {secret for secret in secrets if len(secret) >= SHORTEST_SECRET}, key=len, reverse=True
        )
        self._secrets = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(
        self, logger: Any, name: str, event_dict: structlog.types.EventDict
    ) -> structlog.types.EventDict:
        """As one of structlog's processors. A request is shown without its query, which is what people typed."""
        if isinstance(request := event_dict.get("request"), str):
            event_dict["request"] = request.partition("?")[0]
        return {key: self._mask(value) for key, value in event_dict.items()}

    def _mask(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._mask(entry) for key, entry in value.items()}
        if isinstance(value, list | tuple):
            return [self._mask(entry) for entry in value]
        if value is None or isinstance(value, bool | int | float):
            return value
        text = value if isinstance(value, str) else repr(value)
        if self._secrets is not None:
            text = self._secrets.sub("<secret>", text)
        text = ROW_VALUES.sub(r"\1: <withheld>", text)
        text = API_TOKEN.sub("<secret>", GOOGLE_TOKEN.sub("<secret>", text))
        return ADDRESS.sub("<address>", SIGNED.sub("<signed>", text))


def configure_structlog() -> None:
    """Send structlog's events through the standard library, so that every logger obeys one configuration."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED_PROCESSORS,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def logging_config(level: str, *, secrets: Iterable[str] = ()) -> dict[str, Any]:
    """The value of Django's `LOGGING` for the given level name; `secrets` are masked wherever they turn up."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *_renderers(Mask(secrets)),
                ],
                "foreign_pre_chain": list(SHARED_PROCESSORS),
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {name: {"level": "WARNING"} for name in NOISY_LOGGERS},
    }


def _renderers(mask: Mask) -> list[structlog.types.Processor]:
    """Coloured lines for a terminal, JSON for everything else. On a terminal tracebacks are drawn after the mask."""
    if sys.stderr.isatty():
        return [mask, structlog.dev.ConsoleRenderer()]
    return [structlog.processors.format_exc_info, mask, structlog.processors.JSONRenderer()]
