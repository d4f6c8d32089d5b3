"""Tracebacks without what exceptions say, since that may quote what was said."""

import errno
import os
import traceback
from types import TracebackType

from app.tts.errors import AssetError, InferenceError, ReadingError

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]

_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"


def without_messages(exc_info: ExcInfo) -> str:
    """Return the traceback of an exception, and of those that led to it, as Python prints it.

    Messages are left out and said to be, but for those that cannot hold anybody's text: our own of
    some kinds, ONNX Runtime's, which knows numbers only, and the operating system's.
    """
    error = exc_info[1]
    parts = [_alone(error)]
    told = {id(error)}
    while (earlier := _led_to(error)) and id(earlier[0]) not in told:
        error, link = earlier
        told.add(id(error))
        parts += [link, _alone(error)]
    return "".join(reversed(parts)).rstrip("\n")


def _led_to(error: BaseException) -> tuple[BaseException, str] | None:
    """Return the exception that led to `error`, if there is one, and how Python says so."""
    if error.__cause__ is not None:
        return error.__cause__, _CAUSE
    if error.__context__ is not None and not error.__suppress_context__:
        return error.__context__, _CONTEXT
    return None


def _alone(error: BaseException) -> str:
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
    if isinstance(error, OSError) and _is_the_systems(error):
        return f"{name}: [Errno {error.errno}] {error.strerror}"  # and no path
    return f"{name} (its message may hold what was said)"


def _is_the_systems(error: OSError) -> bool:
    """Whether the message is the operating system's: anybody may raise one with any other."""
    code = error.errno
    return code is not None and code in errno.errorcode and error.strerror == os.strerror(code)
