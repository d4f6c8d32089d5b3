"""The errors of scheduling import no other module, and each says how the speech ended."""

import subprocess
import sys

import pytest

from app.scheduling.errors import (
    InferenceHung,
    ListenerGone,
    QueueFull,
    SchedulingError,
    ServerStopping,
    SpeechUnavailable,
    TimedOut,
)
from app.telemetry.metrics import OUTCOMES
from tests.servers import PROJECT

ERRORS = [
    SpeechUnavailable("Speech is not available."),
    QueueFull(7),
    ListenerGone(),
    TimedOut(600),
    InferenceHung(),
    ServerStopping(),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_each_error_has_a_message_for_clients_and_an_outcome_for_metrics(
    error: SchedulingError,
) -> None:
    assert error.message.endswith(".")
    assert error.message in str(error)
    assert error.outcome in OUTCOMES


@pytest.mark.parametrize("module", ["app.scheduling.errors", "app.web.errors"])
def test_handling_errors_loads_neither_engine_nor_scheduler(module: str) -> None:
    code = f"import sys, {module}; print(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True)
    loaded = set(run.stdout.split())
    assert module in loaded
    assert not loaded & {"numpy", "gevent", "app.scheduling.service", "app.tts.types"}
