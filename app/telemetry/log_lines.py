"""Log records as lines of text for people, or of JSON for programs; clients cannot forge a line."""

import math
import os
import re
import textwrap

import structlog
from structlog.dev import Column, ConsoleRenderer, KeyValueColumnFormatter, plain_traceback
from structlog.processors import ExceptionRenderer, format_exc_info
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

from app.telemetry.tracebacks import without_messages

_UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Characters that end a line, colour it, change its direction, or cannot be encoded."""

_FIRST = ("timestamp", "level", "logger", "event", "pid")
"""The members of a JSON line that come first."""

_format_without_messages = ExceptionRenderer(without_messages)


def formatter(log_format: str, *, colors: bool = False) -> ProcessorFormatter:
    """Return a formatter of records as lines, `console` (optionally with `colors`) or `json`.

    A line includes the request's values from `structlog.contextvars` and the record's `extra`.
    """
    is_json = log_format == "json"
    time_format = "iso" if is_json else "%Y-%m-%d %H:%M:%S"
    common: list[Processor] = [
        structlog.processors.TimeStamper(fmt=time_format, utc=is_json),
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        _add_process,
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.ExtraAdder(),
        _drop_copies,
        _format_exception,
        ProcessorFormatter.remove_processors_meta,
        _escape,
    ]
    rendering = [_sort, structlog.processors.JSONRenderer()] if is_json else _console(colors)
    return ProcessorFormatter(processors=[*common, *rendering])


def escaped(text: str) -> str:
    """Return `text` with escapes such as `\\n` for characters that could forge or hide a line."""
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def _add_process(logger: WrappedLogger, method: str, event_dict: EventDict) -> EventDict:
    event_dict["pid"] = os.getpid()
    return event_dict


def _drop_copies(logger: WrappedLogger, method: str, event_dict: EventDict) -> EventDict:
    """Drop the attributes that formatters of other handlers set on the record."""
    for name in ("message", "asctime"):
        event_dict.pop(name, None)
    return event_dict


def _format_exception(logger: WrappedLogger, method: str, event_dict: EventDict) -> EventDict:
    """Format an exception; a request's shows neither messages nor local variables."""
    is_of_request = "request_id" in event_dict
    formatting = _format_without_messages if is_of_request else format_exc_info
    return formatting(logger, method, event_dict)


def _escape(logger: WrappedLogger, method: str, event_dict: EventDict) -> EventDict:
    exception = event_dict.pop("exception", None)
    printable: EventDict = {name: _printable(value) for name, value in event_dict.items()}
    if exception is not None:
        printable["exception"] = "\n".join(map(escaped, exception.split("\n")))
    return printable


def _printable(value: object) -> object:
    if (
        value is None
        or isinstance(value, int)
        or (isinstance(value, float) and math.isfinite(value))
    ):
        return value
    return escaped(value if isinstance(value, str) else repr(value))


def _sort(logger: WrappedLogger, method: str, event_dict: EventDict) -> EventDict:
    return {name: event_dict.pop(name) for name in _FIRST} | dict(event_dict)


def _indent_exception(logger: WrappedLogger, method: str, event_dict: EventDict) -> EventDict:
    """Indent an exception, so that its lines do not look like lines of the log."""
    if "exception" in event_dict:
        event_dict["exception"] = textwrap.indent(event_dict["exception"], "    ")
    return event_dict


def _console(colors: bool) -> list[Processor]:
    styles = ConsoleRenderer.get_default_column_styles(colors)
    level_styles = ConsoleRenderer.get_default_level_styles(colors)

    def plain(style: str, prefix: str = "", postfix: str = "") -> KeyValueColumnFormatter:
        return KeyValueColumnFormatter(None, style, styles.reset, str, 0, prefix, postfix)

    def level(key: str, value: object) -> str:
        name = str(value)
        return f"[{level_styles.get(name, '')}{name.upper()}{styles.reset}]"

    columns = [
        Column("timestamp", plain(styles.timestamp)),
        Column("pid", plain("", "[", "]")),
        Column("level", level),
        Column("logger", plain(styles.logger_name, postfix=":")),
        Column("event", plain(styles.bright)),
        Column("", KeyValueColumnFormatter(styles.kv_key, styles.kv_value, styles.reset, _quoted)),
    ]
    renderer = ConsoleRenderer(
        columns=columns, sort_keys=False, exception_formatter=plain_traceback
    )
    return [_indent_exception, renderer]


def _quoted(value: object) -> str:
    """Return a value as text, in quotes if it could look like several pairs."""
    text = str(value)
    return repr(text) if re.search(r"[\s=\"']", text) or not text else text
