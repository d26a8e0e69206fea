"""Logs as JSON lines with ids only, and the figures that `/metrics` prints."""

import logging
import logging.config
import re
from typing import Any

import structlog
from prometheus_client import Histogram

REQUESTS = Histogram(
    "daybook_request_seconds",
    "Seconds a request took, by the name of its address.",
    ["route", "method", "status"],
)

# What must never reach a log line, whoever passes it: the values are dropped, the keys stay.
_PRIVATE = frozenset(
    {
        "body",
        "number",
        "phone",
        "name",
        "given_name",
        "family_name",
        "email",
        "from",
        "to",
        "text",
        "password",
    }
)


def drop_private(_: object, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Blank the values of keys that may carry personal data."""
    return {key: ("[private]" if key.lower() in _PRIVATE else value) for key, value in event.items()}


# What stands behind these in an address opens something by itself, or is half of what proves a call: the key of a
# sender, the signed links of patients (a check-in, consent), the link that sets a password.
_KEYED = re.compile(r"((?:/webhooks/[a-z]+/[a-z]+|/[ac]|/accounts/password/reset/key)/)[^/\s?\"']+")


def hide_keys(_: object, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Blank the key wherever a line names an address that opens by one."""
    return {
        key: _KEYED.sub(r"\1[key]", value) if isinstance(value, str) else value
        for key, value in event.items()
    }


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    drop_private,
    hide_keys,
]


def _exception_without_values(_: object, __: str, event: dict[str, Any]) -> dict[str, Any]:
    # An exception's message may quote a value; its type and its frames may not.
    info = event.pop("exc_info", None)
    if not info:
        return event
    error = info[1] if isinstance(info, tuple) else info
    if not isinstance(error, BaseException):
        return event
    frames = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    event["exception"] = type(error).__name__
    event["frames"] = frames[-12:]
    return event


def configure_logs() -> None:
    """Send every log line of Daybook and its libraries to standard error as one JSON object."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": _SHARED,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        _exception_without_values,
                        structlog.processors.JSONRenderer(),
                    ],
                }
            },
            "handlers": {"standard_error": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["standard_error"], "level": "INFO"},
            "loggers": {
                # These quote numbers and bodies of requests at INFO or DEBUG.
                "twilio": {"level": "WARNING"},
                "urllib3": {"level": "WARNING"},
                "django.db.backends": {"level": "WARNING"},
                "celery.app.trace": {"level": "WARNING"},
                "celery.worker.strategy": {"level": "WARNING"},
            },
        }
    )
