"""How this program logs: structured events on stderr, one JSON object a line unless a person is watching.

Standard output belongs to the results of commands. Only the settings and Celery's worker use this module.
"""

import sys
from typing import Any

import structlog

# Libraries that narrate their own work at INFO; their warnings still come through.
NOISY_LOGGERS = (
    "amqp",
    "asyncio",
    "celery.app.trace",
    "flufl.bounce",
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


def logging_config(level: str) -> dict[str, Any]:
    """The value of Django's `LOGGING` for the given level name."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers()],
                "foreign_pre_chain": list(SHARED_PROCESSORS),
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {name: {"level": "WARNING"} for name in NOISY_LOGGERS},
    }


def _renderers() -> list[structlog.types.Processor]:
    """Coloured lines for a terminal, JSON for everything else."""
    if sys.stderr.isatty():
        return [structlog.dev.ConsoleRenderer()]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
