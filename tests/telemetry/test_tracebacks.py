"""Tracebacks show what failed and where, but no spoken text."""

import errno
import os
import traceback
from pathlib import Path

import pytest

from app.telemetry.tracebacks import without_messages
from app.tts.errors import AssetError, CannotPrepare, InferenceError, InputError, ReadingError

LEFT_OUT = " (message left out: it may quote the request)"
SAID = "private words"


class Fail(Exception):
    """An error named like ONNX Runtime's."""

    __module__ = "onnxruntime.capi.onnxruntime_pybind11_state"


def formatted(error: BaseException) -> str:
    return without_messages((type(error), error, error.__traceback__))


def raised(error: Exception, cause: Exception | None = None) -> Exception:
    """Return `error` after raising it, from `cause` if there is one."""
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
def test_with_safe_messages_the_traceback_is_the_one_that_python_prints(error: Exception) -> None:
    assert formatted(error) == "".join(traceback.format_exception(error)).rstrip()


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
def test_messages_that_may_quote_the_request_are_replaced_by_a_note(
    error: Exception, line: str
) -> None:
    text = formatted(raised(error))
    assert SAID not in text
    assert text.splitlines()[-1].startswith(line)


def test_the_whole_chain_is_shown_with_its_frames() -> None:
    first = raised(ValueError(SAID))
    second = raised(KeyError(SAID), first)
    text = formatted(raised_while_handling(RuntimeError(SAID), second))
    assert SAID not in text
    places = [
        text.index(f"{kind}{LEFT_OUT}") for kind in ("ValueError", "KeyError", "RuntimeError")
    ]
    assert places == sorted(places)
    assert text.count(f'File "{Path(__file__)}"') >= 3
    assert "direct cause" in text
    assert "During handling" in text


def test_a_circle_of_exceptions_is_shown_once() -> None:
    one, other = ValueError(SAID), KeyError(SAID)
    one.__context__, other.__context__ = other, one
    assert formatted(one).count(LEFT_OUT) == 2


def test_a_chain_of_any_length_is_shown() -> None:
    error: Exception = ValueError(SAID)
    for _ in range(5000):
        error.__context__, error = None, raised(ValueError(SAID), error)
    assert formatted(error).count(LEFT_OUT) == 5001
