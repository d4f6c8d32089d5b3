"""Tracebacks without the messages of exceptions, which may quote the spoken text."""

import errno
import os
import traceback
from types import TracebackType

from app.tts.errors import AssetError, InferenceError, ReadingError

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]

_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"


def without_messages(exc_info: ExcInfo) -> str:
    """Return the traceback of an exception and its causes, as Python prints it, without messages.

    A note replaces each message, except for those that cannot contain a client's text: some of our
    own, ONNX Runtime's, which only knows numbers, and the operating system's.
    """
    error = exc_info[1]
    parts = [_format(error)]
    formatted = {id(error)}
    while (earlier := _cause(error)) and id(earlier[0]) not in formatted:
        error, link = earlier
        formatted.add(id(error))
        parts += [link, _format(error)]
    return "".join(reversed(parts)).rstrip("\n")


def _cause(error: BaseException) -> tuple[BaseException, str] | None:
    """Return the exception that led to `error`, if there is one, and Python's text between them."""
    if error.__cause__ is not None:
        return error.__cause__, _CAUSE
    if error.__context__ is not None and not error.__suppress_context__:
        return error.__context__, _CONTEXT
    return None


def _format(error: BaseException) -> str:
    frames = traceback.format_tb(error.__traceback__)
    heading = ["Traceback (most recent call last):\n"] if frames else []
    return "".join([*heading, *frames, _last_line(error), "\n"])


def _last_line(error: BaseException) -> str:
    kind = type(error)
    module = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    name = f"{module}{kind.__qualname__}"
    if isinstance(error, (AssetError, InferenceError, ReadingError)) or module.startswith(
        "onnxruntime."
    ):
        return f"{name}: {error}"
    if isinstance(error, OSError) and _has_system_message(error):
        return f"{name}: [Errno {error.errno}] {error.strerror}"  # without the path
    return f"{name} (message left out: it may quote the request)"


def _has_system_message(error: OSError) -> bool:
    """Return whether the message is the operating system's own and not one that code passed."""
    code = error.errno
    return code is not None and code in errno.errorcode and error.strerror == os.strerror(code)
