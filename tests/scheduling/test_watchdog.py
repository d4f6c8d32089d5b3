"""A run of the engine that hangs is stopped, and reported if it cannot be."""

import threading

import pytest

from app.scheduling import watchdog
from app.scheduling.errors import InferenceHung
from app.scheduling.health import Health
from app.scheduling.scheduler import Scheduler
from app.scheduling.service import SpeechService
from app.telemetry.metrics import Metrics
from app.tts.audio.formats import PcmEncoder
from tests.fakes import EndlessEngine
from tests.servers import wait_until
from tests.services import OPTIONS, in_background, started


@pytest.mark.usefixtures("quick_polls")
def test_a_chunk_that_hangs_is_stopped_and_the_engine_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(watchdog, "LEAST_CHUNK_SECONDS", 0.05)
    engine = EndlessEngine()
    service = started(engine, time_limit=0.5)
    endless = service.speak("endless", OPTIONS, PcmEncoder())
    with pytest.raises(InferenceHung):
        next(endless)
    assert endless.outcome == "failed"
    assert str(service.health) == "ok"
    assert len(list(service.speak("one", OPTIONS, PcmEncoder()))) == 1


@pytest.mark.usefixtures("quick_polls")
def test_the_service_is_not_ready_while_a_chunk_hangs_and_one_that_cannot_be_stopped_is_reported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(watchdog, "GRACE_SECONDS", 0.05)
    monkeypatch.setattr(watchdog, "LEAST_CHUNK_SECONDS", 0.05)
    engine = EndlessEngine(is_deaf=True)
    hung = threading.Event()
    service = SpeechService(lambda: engine, Scheduler(1, 32), Metrics(), time_limit=0.5)
    service.start(on_hang=hung.set)
    service.wait_until_loaded()
    endless = in_background(service, "endless")
    assert hung.wait(10)
    assert str(service.health) == "inference hangs"
    assert not service.health.is_ready
    engine.may_end.set()
    endless.join()
    wait_until(lambda: service.health.is_ready)


@pytest.mark.usefixtures("quick_polls")
def test_a_long_chunk_does_not_hang_where_requests_have_little_time() -> None:
    engine = EndlessEngine()
    service = started(engine, time_limit=1)
    chunk = service.speak("endless", OPTIONS, PcmEncoder())
    threading.Timer(0.4, engine.may_end.set).start()
    assert next(chunk).is_last


@pytest.mark.usefixtures("quick_polls")
def test_a_run_that_hangs_is_stopped_even_if_its_caller_was_interrupted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(watchdog, "LEAST_CHUNK_SECONDS", 0.05)
    stopped = threading.Event()

    def on_wait() -> None:
        raise KeyboardInterrupt

    guard = watchdog.Watchdog(1, time_limit=0.1, health=Health())
    with pytest.raises(KeyboardInterrupt):
        guard.run(lambda: stopped.wait(10), on_wait, stopped.set)
    assert stopped.is_set()
