"""The service lets requests take turns, in order, and never loses a turn."""

import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from app.scheduling.errors import ListenerGone, QueueFull, SpeechUnavailable
from app.scheduling.scheduler import Scheduler
from app.scheduling.service import SpeechService
from app.telemetry.metrics import Metrics
from app.tts.audio.formats import PcmEncoder
from app.tts.errors import InferenceError, InputError, SpeechError
from app.tts.types import Listener
from tests.fakes import FakeEngine, GatedEngine, Request
from tests.servers import wait_until
from tests.services import OPTIONS, in_background, started


def counts(service: SpeechService) -> tuple[int, int]:
    return service.scheduler.working, service.scheduler.waiting


@pytest.mark.parametrize("workers", [1, 3])
def test_no_more_than_the_set_number_of_runs_are_going_at_once(workers: int) -> None:
    engine = GatedEngine()
    service = started(engine, workers)
    threads = [in_background(service, f"request{number}") for number in range(5)]
    wait_until(lambda: engine.speaking == workers)
    for _ in threads:
        engine.may_speak.release()
    for thread in threads:
        thread.join()
    assert engine.most_speaking == workers
    assert counts(service) == (0, 0)
    assert repr(service) == "<SpeechService 'ok' <working=0 waiting=0>>"


def test_requests_beyond_that_number_wait_in_the_order_they_came() -> None:
    engine = GatedEngine()
    service = started(engine)
    threads = []
    for number in range(4):
        threads.append(in_background(service, f"request{number}"))
        wait_until(lambda arrived=number + 1: sum(counts(service)) == arrived)
    for _ in threads:
        engine.may_speak.release()
    for thread in threads:
        thread.join()
    assert engine.order == ["request0", "request1", "request2", "request3"]


def test_a_long_request_gives_way_after_each_chunk() -> None:
    engine = GatedEngine()
    service = started(engine)
    long = in_background(service, "long long")
    wait_until(lambda: engine.speaking == 1)
    short = in_background(service, "short")
    wait_until(lambda: service.scheduler.waiting == 1)
    for _ in range(3):
        engine.may_speak.release()
    long.join()
    short.join()
    assert engine.order == ["long long", "short", "long long"]


def test_a_request_beyond_the_queue_is_turned_away_at_once_and_told_when_to_return() -> None:
    engine = GatedEngine()
    service = started(engine, max_queue=1)
    first = in_background(service, "first")
    wait_until(lambda: engine.speaking == 1)
    second = in_background(service, "second")
    wait_until(lambda: service.scheduler.waiting == 1)
    with pytest.raises(QueueFull) as full:
        next(service.speak("third", OPTIONS, PcmEncoder(), is_streamed=True))
    assert full.value.retry_after >= 1
    for _ in range(2):
        engine.may_speak.release()
    first.join()
    second.join()
    assert engine.order == ["first", "second"]


def test_a_request_that_has_begun_is_never_turned_away(engine: FakeEngine) -> None:
    service = started(engine, max_queue=0)
    assert len(list(service.speak("one two three", OPTIONS, PcmEncoder()))) == 3


@pytest.mark.parametrize("is_streamed", [True, False])
def test_only_a_stream_tells_the_engine_of_its_listener(
    is_streamed: bool,
) -> None:
    listeners: list[Listener | None] = []

    class ListeningEngine(FakeEngine):
        def before_word(self, word: str, request: Request) -> None:
            listeners.append(request.listener)

    service = started(ListeningEngine())
    list(service.speak("one", OPTIONS, PcmEncoder(), is_streamed=is_streamed))
    assert [listener is not None for listener in listeners] == [is_streamed]


def test_a_failed_request_frees_its_turn(engine: FakeEngine) -> None:
    service = started(engine)
    for _ in range(3):
        with pytest.raises(InputError):
            list(service.speak("unreadable", OPTIONS, PcmEncoder()))
    assert len(list(service.speak("one two", OPTIONS, PcmEncoder()))) == 2


def test_a_broken_engine_is_tried_with_no_more_requests_until_it_works_again(
    engine: FakeEngine,
) -> None:
    service = started(engine)
    engine.is_broken = True
    with pytest.raises(InferenceError):
        list(service.speak("breakdown", OPTIONS, PcmEncoder()))
    with pytest.raises(SpeechUnavailable, match="inference is broken"):
        service.speak("one", OPTIONS, PcmEncoder())
    engine.is_broken = False

    def is_spoken() -> bool:
        with suppress(SpeechUnavailable):
            return len(list(service.speak("one", OPTIONS, PcmEncoder()))) == 1
        return False

    wait_until(is_spoken)
    assert [word for word, _ in engine.spoken] == ["one"]


@pytest.mark.parametrize(
    ("text", "warm_ups"),
    [("unreadable", 0), ("misread", 0), ("one misread", 0), ("breakdown", 1), ("bug", 1)],
)
def test_what_fails_before_inference_does_not_cost_a_check_of_inference(
    engine: FakeEngine, text: str, warm_ups: int
) -> None:
    service = started(engine)
    before = engine.warm_ups
    with pytest.raises((SpeechError, ZeroDivisionError)):
        list(service.speak(text, OPTIONS, PcmEncoder()))
    assert engine.warm_ups - before == warm_ups


class WatchedService(SpeechService):
    """Notes whether the count of requests that wait for the engine is changed under the lock."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "_awaiting_load" and hasattr(self, "_lock"):
            self.is_locked = [*getattr(self, "is_locked", ()), self._lock.locked()]
        super().__setattr__(name, value)


def test_requests_that_wait_for_the_engine_are_counted_under_the_lock() -> None:
    service = WatchedService(FakeEngine, Scheduler(1, 32), Metrics())
    with pytest.raises(ListenerGone):
        service.speak("nobody listens", OPTIONS, PcmEncoder(), listener_gone=lambda: True)
    assert service.is_locked == [False, True, True]  # the first time, in its constructor


def test_a_failure_to_load_is_logged_and_reported_once() -> None:
    failures: list[str] = []

    def load() -> FakeEngine:
        raise OSError("no such model")

    service = SpeechService(load, Scheduler(1, 32), Metrics())
    service.start(on_failure=lambda: failures.append("failed"))
    service.start(on_failure=lambda: failures.append("again"))
    service.wait_until_loaded()
    with pytest.raises(SpeechUnavailable, match="did not load"):
        service.speak("one", OPTIONS, PcmEncoder())
    wait_until(lambda: failures == ["failed"])


def test_no_more_wait_for_the_engine_to_be_loaded_than_may_wait_for_a_turn(
    engine: FakeEngine,
) -> None:
    may_load = threading.Event()

    def load() -> FakeEngine:
        may_load.wait()
        return engine

    service = SpeechService(load, Scheduler(1, 1), Metrics())
    service.start()
    waiting = [in_background(service, "one"), in_background(service, "two")]
    full = threading.Event()
    while not full.is_set():  # until both wait
        with suppress(ListenerGone):
            try:
                service.speak("three", OPTIONS, PcmEncoder(), listener_gone=lambda: True)
            except QueueFull:
                full.set()
    may_load.set()
    for thread in waiting:
        thread.join()
    assert sorted(word for word, _ in engine.spoken) == ["one", "two"]


@pytest.mark.slow
def test_under_gevent_inference_leaves_the_hub_free_and_turns_survive_a_killed_greenlet() -> None:
    script = Path(__file__).parent / "gevent_service.py"
    subprocess.run([sys.executable, script], check=True, timeout=60)
