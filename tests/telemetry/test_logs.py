"""The log has lines for people or for programs, and clients cannot forge one."""

import json
import logging
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from structlog.contextvars import bound_contextvars, clear_contextvars

from app.telemetry import logs

log = logging.getLogger("app.some")
library = logging.getLogger("some.library")

HOSTILE = (
    "\n2026-01-01 00:00:00 [1] [INFO] app.some: forged",
    "\r\x1b[2K",
    "\x1b[31m",
    "\x9b31m",
    "\x07\x7f\x00",
    "\u2028\u2029\x85",
    "\u202e\u2066",
    "\ud800",
    '", "level": "critical',
)


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root, package = logging.getLogger(), logging.getLogger("app")
    handlers, levels = root.handlers[:], (root.level, package.level)
    clear_contextvars()  # left by the last request of an earlier test
    yield
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    package.setLevel(levels[1])


def fail(message: str) -> None:
    confidential = "what was " + "said"
    if confidential:
        raise ValueError(message)


def read_json(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    written = capsys.readouterr()
    assert not written.out
    return [json.loads(line) for line in written.err.splitlines()]


def test_console_lines_have_time_process_level_logger_event_and_pairs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.configure("info", "console")
    log.info("Spoke %s.", "well", extra={"seconds": 1.5, "voice": "af heart", "format": "wav"})
    assert re.fullmatch(
        rf"\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d \[{os.getpid()}\] \[INFO\] app\.some: Spoke well\. "
        r"seconds=1\.5 voice='af heart' format=wav\n",
        capsys.readouterr().err,
    )


def test_json_lines_have_figures_as_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "json")
    with bound_contextvars(request_id="42"):
        log.info("Spoke %s.", "well", extra={"seconds": 1.5})
    (line,) = read_json(capsys)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", line.pop("timestamp"))
    assert line == {
        "level": "info",
        "logger": "app.some",
        "event": "Spoke well.",
        "pid": os.getpid(),
        "request_id": "42",
        "seconds": 1.5,
    }


@pytest.mark.parametrize(
    ("level", "logged"),
    [
        ("debug", ["app debug", "app info", "app error", "library warning", "library error"]),
        ("info", ["app info", "app error", "library warning", "library error"]),
        ("error", ["app error", "library error"]),
        ("critical", []),
    ],
)
def test_the_level_applies_to_the_package_and_libraries_only_warn(
    capsys: pytest.CaptureFixture[str], level: str, logged: list[str]
) -> None:
    logs.configure(level, "json")
    log.debug("app debug")
    log.info("app info")
    log.error("app error")
    library.info("library info")
    library.warning("library warning")
    library.error("library error")
    assert [line["event"] for line in read_json(capsys)] == logged


def test_python_warnings_are_logged_like_other_messages(capsys: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings():
        logging.captureWarnings(False)
        logs.configure("info", "json")
        warnings.simplefilter("always")
        warnings.warn("It is old.", DeprecationWarning, stacklevel=1)
        logging.captureWarnings(False)
    (line,) = read_json(capsys)
    assert line["logger"] == "py.warnings"
    assert "It is old." in line["event"]


def test_a_second_application_in_a_process_does_not_duplicate_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.configure("info", "console")
    logs.configure("info", "json")
    log.info("once")
    assert len(read_json(capsys)) == 1


@pytest.mark.parametrize("log_format", ["console", "json"])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_logged_text_cannot_forge_or_colour_a_line(
    capsys: pytest.CaptureFixture[str], hostile: str, log_format: str
) -> None:
    logs.configure("info", log_format)
    log.info("by argument %s", hostile)
    log.info("by pair", extra={"pair": hostile, "several": [hostile], "other": Unpleasant(hostile)})
    try:
        fail(hostile)
    except ValueError:
        log.exception("by exception")
    written = capsys.readouterr().err
    assert not re.search(r"[^\n\x20-\x7e]", written)
    assert len(re.findall(r"^\S", written, re.MULTILINE)) == 3
    if log_format == "json":
        lines = [json.loads(line) for line in written.splitlines()]
        assert {line["level"] for line in lines} == {"info", "error"}
        for line in lines:
            for value in line.values():
                assert not re.search(r"[^\n\x20-\x7e]", str(value))


class Unpleasant:
    """An object whose repr is any text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def test_a_pair_cannot_look_like_several(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "console")
    log.info("It came.", extra={"pair": "x request_id=1"})
    assert capsys.readouterr().err.endswith("It came. pair='x request_id=1'\n")


def test_letters_of_any_script_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "console")
    log.info("Grüße aus 東京")
    assert "Grüße aus 東京" in capsys.readouterr().err


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_exceptions_have_source_lines_but_not_local_variables(
    capsys: pytest.CaptureFixture[str], log_format: str
) -> None:
    logs.configure("info", log_format)
    try:
        fail("It broke.")
    except ValueError:
        log.exception("Something failed.")
    written = capsys.readouterr().err
    assert "what was said" not in written
    if log_format == "json":
        text = json.loads(written)["exception"]
        assert text.startswith("Traceback (most recent call last):\n  File ")
        assert text.endswith("ValueError: It broke.")
    else:
        first, *others = written.splitlines()
        assert first.endswith("app.some: Something failed.")
        assert others[0] == "    Traceback (most recent call last):"
        assert others[-1] == "    ValueError: It broke."


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_exceptions_of_a_request_have_no_messages(
    capsys: pytest.CaptureFixture[str], log_format: str
) -> None:
    logs.configure("info", log_format)
    message = "It holds private words."
    try:
        fail(message)
    except ValueError as error:
        with bound_contextvars(request_id="42"):
            log.exception("Something failed.")
            log.error("It is given.", exc_info=error)
    written = capsys.readouterr().err
    assert message not in written
    assert written.count("ValueError (message left out: it may quote the request)") == 2
    assert written.count(", in fail") == 2
    assert written.count("raise ValueError(message)") == 2


def test_values_that_json_cannot_represent_are_text(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "json")
    log.info("odd", extra={"ratio": float("nan"), "type": int, "nothing": None, "yes": True})
    (line,) = read_json(capsys)
    assert line["ratio"] == "nan"
    assert line["type"] == "<class 'int'>"
    assert line["nothing"] is None
    assert line["yes"] is True


@pytest.mark.parametrize(("log_format", "is_coloured"), [("console", True), ("json", False)])
def test_colours_are_only_for_terminals_and_the_console_format(
    monkeypatch: pytest.MonkeyPatch, log_format: str, is_coloured: bool
) -> None:
    reading, writing = os.openpty()
    with open(writing, "w") as terminal:
        monkeypatch.setattr("sys.stderr", terminal)
        logs.configure("info", log_format)
        log.warning("It is seen.")
        shown = os.read(reading, 4096).decode()
        os.close(reading)
    assert "It is seen." in shown
    assert ("\x1b[" in shown) == is_coloured


def test_no_lock_of_logging_is_patched_because_native_threads_log_too() -> None:
    code = (
        "import logging, _thread\n"
        "from gevent import monkey\n"
        "monkey.patch_all()\n"
        "from app.telemetry import logs\n"
        "logs.configure('info', 'console')\n"
        "locks = [logging._lock, *(handler.lock for handler in logging.getLogger().handlers)]\n"
        "assert all(type(lock) is _thread.RLock for lock in locks), locks\n"
        "assert type(_thread.RLock()).__module__ == '_thread'\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
