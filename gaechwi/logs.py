"""What stands in the log: never what users write, and no secret."""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
import warnings
from logging.config import dictConfig
from types import TracebackType
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from gaechwi import request_ids

logger = logging.getLogger(__name__)

# Whatever else a library adds to its records may hold anything, such as the whole request.
FIELDS = (
    "time",
    "level",
    "logger",
    "message",
    "request_id",
    "client",
    "method",
    "path",
    "status",
    "bytes",
    "duration_ms",
    "exception",
)
# Whoever has one of these addresses, which are sent by mail, is let in.
_SECRET_PATHS = re.compile(r"(/accounts/(?:confirm-email|password/reset/key)/)[^/\s?]+")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def without_secrets(text: str) -> str:
    """Return a text in which addresses hold no secret; of an address alone no query, either."""
    if text.startswith("/"):
        text = text.partition("?")[0]
    return _SECRET_PATHS.sub(r"\1…", text)


class Context(logging.Filter):
    """Adds the id of the request to each record, and takes secrets out of it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Complete a record; none is dropped."""
        record.__dict__.setdefault("request_id", request_ids.current())
        if isinstance(record.args, tuple):
            record.args = tuple(
                without_secrets(value) if isinstance(value, str) else value for value in record.args
            )
        elif isinstance(record.args, dict) and "exc" in record.args:
            # Celery puts into the line what the error says: `trace` tells what may be told of it.
            record.args = {**record.args, "exc": "", "traceback": ""}
        if record.name == "asyncio":
            # The lines after the first one quote what was at hand, and the error.
            record.msg = str(record.msg).partition("\n")[0]
        return True


def trace(error: BaseException) -> str:
    """Return where errors came from and of which types they are, without what they say.

    A database quotes the row that it refuses, a schema the answer that breaks it: words of users.
    """
    parts: list[str] = []
    cause: BaseException | None = error
    seen: set[int] = set()
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        name = f"{type(cause).__module__}.{type(cause).__qualname__}"
        parts.append("".join(traceback.format_tb(cause.__traceback__)) + name)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return "\nbefore that:\n".join(parts)


def on_one_line(text: str) -> str:
    """Return a text with what ends lines, or steers a terminal, written as in Python: "\\n"."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text
    )


class Line(logging.Formatter):
    """Lines for people: one for each record, and the trace of an error after it."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 logging's own name
        """Return the line, which whoever chose a part of it can neither end nor colour."""
        return on_one_line(super().formatMessage(record))

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 logging's own name
        """Return where an error came from, without its words."""
        return trace(ei[1]) if ei[1] else ""


class Json(JsonFormatter):
    """One object of JSON a line, with `FIELDS` that hold something."""

    def __init__(self) -> None:
        super().__init__(
            ["levelname", "name", "message"],
            rename_fields={"levelname": "level", "name": "logger", "exc_info": "exception"},
            timestamp="time",
            json_ensure_ascii=False,
        )

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802
        """Return where an error came from, without its words."""
        return trace(ei[1]) if ei[1] else ""

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Return what may be told."""
        return {name: value for name in FIELDS if (value := log_data.get(name)) not in (None, "")}


def logging_settings(form: str) -> dict[str, Any]:
    """Return Django's LOGGING, for lines of a form: "json", or "line" for people."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"context": {"()": Context}},
        "formatters": {
            "line": {"()": Line, "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s"},
            "json": {"()": Json},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": form,
                "filters": ["context"],
            }
        },
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO"},
            "gunicorn.access": {"handlers": ["console"], "propagate": False},
            "gunicorn.error": {"handlers": ["console"], "propagate": False},
            # `gaechwi.jobs` says the same of each job, with the request that asked for it.
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            # The clients' own lines name addresses and sizes only, one per call: noise.
            "httpx": {"level": "WARNING"},
            "httpx2": {"level": "WARNING"},
            "openai": {"level": "WARNING"},
        },
    }


def configure(settings: dict[str, Any]) -> None:
    """Set logging up, also for what Python would print by itself, and with all its words."""
    dictConfig(settings)
    sys.excepthook = _log_end
    sys.unraisablehook = _log_unraisable
    threading.excepthook = _log_end_of_thread
    warnings.showwarning = _log_warning  # type: ignore[assignment]


def _log_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if isinstance(error, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        logger.critical("the process ends by an error", exc_info=error)


def _log_unraisable(unraisable: sys.UnraisableHookArgs) -> None:
    logger.error("an error where none can be raised", exc_info=unraisable.exc_value)


def _log_end_of_thread(args: threading.ExceptHookArgs) -> None:
    # Such a thread has ended itself.
    if args.exc_type is not SystemExit:
        logger.error("a thread ends by an error", exc_info=args.exc_value)


def _log_warning(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, *_more: object
) -> None:
    logger.warning("%s in %s, line %d", category.__name__, filename, lineno)
