"""Tracebacks tell what failed and where, and nothing that was said."""

import errno
import os
import traceback
from pathlib import Path

import pytest

from app.telemetry.tracebacks import without_messages
from app.tts.errors import AssetError, CannotPrepare, InferenceError, InputError, ReadingError

LEFT_OUT = " (its message may hold what was said)"
SAID = "private words"


class Fail(Exception):
    """As ONNX Runtime's are called."""

    __module__ = "onnxruntime.capi.onnxruntime_pybind11_state"


def told(error: BaseException) -> str:
    return without_messages((type(error), error, error.__traceback__))


def raised(error: Exception, cause: Exception | None = None) -> Exception:
    """Return `error` as it is after it was raised, from `cause` if there is one."""
    try:
        raise error from cause
    except Exception as caught:
        return caught


def raised_while_handling(error: Exception, earlier: Exception) -> Exception:
    try:
        raise earlier
    except Exception:
        return raised_in_context(error)


def raised_in_context(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught


@pytest.mark.parametrize(
    "error",
    [
        raised(AssetError("A file is missing.")),
        raised(AssetError("It is not there."), InferenceError("It failed.")),
        raised_while_handling(AssetError("Again."), InferenceError("It failed.")),
        raised(InferenceError("It failed."), Fail("Node Mul has no shape.")),
        raised(ReadingError()),
        AssetError("It was never raised."),
    ],
)
def test_where_messages_are_safe_it_is_what_python_prints(error: Exception) -> None:
    assert told(error) == "".join(traceback.format_exception(error)).rstrip()


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ValueError(SAID), f"ValueError{LEFT_OUT}"),
        (KeyError(SAID), f"KeyError{LEFT_OUT}"),
        (InputError(SAID, field="input"), f"app.tts.errors.InputError{LEFT_OUT}"),
        (CannotPrepare("It has no layers."), "app.tts.errors.CannotPrepare: It has no layers."),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), f"OSError: [Errno {errno.ENOSPC}] "),
        (OSError(SAID), f"OSError{LEFT_OUT}"),
        (OSError(SAID, SAID), f"OSError{LEFT_OUT}"),
        (OSError(errno.EIO, SAID), f"OSError{LEFT_OUT}"),
        (OSError(1 << 70, SAID), f"OSError{LEFT_OUT}"),
        (FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), SAID), "FileNotFoundError: ["),
        (UnicodeEncodeError("ascii", SAID, 0, 1, "no"), f"UnicodeEncodeError{LEFT_OUT}"),
        (SyntaxError("no", ("x.py", 1, 1, SAID)), f"SyntaxError{LEFT_OUT}"),
    ],
)
def test_messages_that_may_quote_are_left_out_and_said_to_be(error: Exception, line: str) -> None:
    text = told(raised(error))
    assert SAID not in text
    assert text.splitlines()[-1].startswith(line)


def test_the_whole_chain_is_told_with_its_frames() -> None:
    first = raised(ValueError(SAID))
    second = raised(KeyError(SAID), first)
    text = told(raised_while_handling(RuntimeError(SAID), second))
    assert SAID not in text
    places = [
        text.index(f"{kind}{LEFT_OUT}") for kind in ("ValueError", "KeyError", "RuntimeError")
    ]
    assert places == sorted(places)
    assert text.count(f'File "{Path(__file__)}"') >= 3
    assert "direct cause" in text
    assert "During handling" in text


def test_exceptions_that_led_to_each_other_are_told_once() -> None:
    one, other = ValueError(SAID), KeyError(SAID)
    one.__context__, other.__context__ = other, one
    assert told(one).count(LEFT_OUT) == 2


def test_a_chain_of_any_length_is_told() -> None:
    error: Exception = ValueError(SAID)
    for _ in range(5000):
        error.__context__, error = None, raised(ValueError(SAID), error)
    assert told(error).count(LEFT_OUT) == 5001
