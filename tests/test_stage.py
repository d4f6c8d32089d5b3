"""The stage lets requests take turns, in order, and never loses a turn."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.stage import Stage, StageClosed, StageFull
from app.tts.encode import PcmEncoder
from app.tts.errors import InputError
from app.tts.types import AudioChunk, Listener, SynthesisOptions
from app.turns import ListenerGone, Turns
from tests.conftest import FakeEngine

OPTIONS = SynthesisOptions("af_heart")


class GatedEngine(FakeEngine):
    """Notes who is speaking, and speaks each chunk only when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.may_speak = threading.Semaphore(0)
        self.order: list[str] = []
        self.speaking = 0
        self.most_speaking = 0
        self._lock = threading.Lock()

    def synthesize(
        self, text: str, options: SynthesisOptions, listener: Listener | None = None
    ) -> Iterator[AudioChunk]:
        for chunk in super().synthesize(text, options):
            with self._lock:
                self.order.append(text)
                self.speaking += 1
                self.most_speaking = max(self.most_speaking, self.speaking)
            self.may_speak.acquire()
            with self._lock:
                self.speaking -= 1
            yield chunk


def started(engine: FakeEngine, workers: int = 1, max_queue: int = 32) -> Stage:
    stage = Stage(lambda: engine, Turns(workers, max_queue))
    stage.start()
    stage.wait_until_loaded()
    return stage


def in_background(stage: Stage, text: str) -> "threading.Thread":
    thread = threading.Thread(
        target=lambda: list(
            stage.perform(text, OPTIONS, PcmEncoder(), request_id=text, is_streamed=True)
        ),
        daemon=True,
    )
    thread.start()
    return thread


def wait_until(condition: object) -> None:
    pause = threading.Event()
    for _ in range(1000):
        if condition():  # type: ignore[operator]
            return
        pause.wait(0.01)
    raise AssertionError("it never came true")


@pytest.mark.parametrize("workers", [1, 3])
def test_no_more_than_the_set_number_of_runs_are_going_at_once(workers: int) -> None:
    engine = GatedEngine()
    stage = started(engine, workers)
    threads = [in_background(stage, f"request{number}") for number in range(5)]
    wait_until(lambda: engine.speaking == workers)
    for _ in threads:
        engine.may_speak.release()
    for thread in threads:
        thread.join()
    assert engine.most_speaking == workers
    assert repr(stage) == "<Stage 'ok' <working=0 waiting=0>>"


def test_requests_beyond_that_wait_in_the_order_they_came() -> None:
    engine = GatedEngine()
    stage = started(engine)
    threads = []
    for number in range(4):
        threads.append(in_background(stage, f"request{number}"))
        wait_until(lambda arrived=number: f"waiting={arrived}" in repr(stage))
    for _ in threads:
        engine.may_speak.release()
    for thread in threads:
        thread.join()
    assert engine.order == ["request0", "request1", "request2", "request3"]


def test_a_long_request_gives_way_after_each_chunk() -> None:
    engine = GatedEngine()
    stage = started(engine)
    long = in_background(stage, "long long")
    wait_until(lambda: engine.speaking == 1)
    short = in_background(stage, "short")
    wait_until(lambda: "waiting=1" in repr(stage))
    for _ in range(3):
        engine.may_speak.release()
    long.join()
    short.join()
    assert engine.order == ["long long", "short", "long long"]


def test_nobody_waits_for_a_turn_to_be_told_that_the_end_was_reached() -> None:
    engine = GatedEngine()
    stage = started(engine)
    first = in_background(stage, "first")
    wait_until(lambda: engine.speaking == 1)
    second = in_background(stage, "second")
    wait_until(lambda: "waiting=1" in repr(stage))
    engine.may_speak.release()
    first.join(10)
    assert not first.is_alive()
    assert second.is_alive()
    engine.may_speak.release()
    second.join()


def test_a_request_beyond_the_queue_is_turned_away_at_once_and_told_when_to_return() -> None:
    engine = GatedEngine()
    stage = started(engine, max_queue=1)
    first = in_background(stage, "first")
    wait_until(lambda: engine.speaking == 1)
    second = in_background(stage, "second")
    wait_until(lambda: "waiting=1" in repr(stage))
    with pytest.raises(StageFull) as full:
        next(stage.perform("third", OPTIONS, PcmEncoder(), request_id="3", is_streamed=True))
    assert full.value.retry_after >= 1
    for _ in range(2):
        engine.may_speak.release()
    first.join()
    second.join()
    assert engine.order == ["first", "second"]


def test_a_request_that_has_begun_is_never_turned_away(engine: FakeEngine) -> None:
    stage = started(engine, max_queue=0)
    assert len(list(stage.perform("one two three", OPTIONS, PcmEncoder(), request_id="1"))) == 3


@pytest.mark.parametrize("is_streamed", [True, False])
def test_only_a_stream_tells_the_engine_of_its_listener(
    is_streamed: bool,
) -> None:
    listeners: list[Listener | None] = []

    class ListeningEngine(FakeEngine):
        def synthesize(
            self, text: str, options: SynthesisOptions, listener: Listener | None = None
        ) -> Iterator[AudioChunk]:
            listeners.append(listener)
            return super().synthesize(text, options, listener)

    stage = started(ListeningEngine())
    list(stage.perform("one", OPTIONS, PcmEncoder(), request_id="1", is_streamed=is_streamed))
    assert [listener is not None for listener in listeners] == [is_streamed]


def test_a_client_that_went_away_stops_its_request_and_frees_its_turn(engine: FakeEngine) -> None:
    stage = started(engine)
    gone = False
    performance = stage.perform(
        "one two three", OPTIONS, PcmEncoder(), request_id="1", listener_gone=lambda: gone
    )
    next(performance)
    gone = True
    with pytest.raises(ListenerGone):
        next(performance)
    assert len(engine.spoken) == 1
    assert len(list(stage.perform("one two", OPTIONS, PcmEncoder(), request_id="2"))) == 2


def test_a_failed_request_frees_its_turn(engine: FakeEngine) -> None:
    stage = started(engine)
    for _ in range(3):
        with pytest.raises(InputError):
            list(stage.perform("unreadable", OPTIONS, PcmEncoder(), request_id="1"))
    assert len(list(stage.perform("one two", OPTIONS, PcmEncoder(), request_id="2"))) == 2


def test_closing_ends_a_performance_however_often_it_is_done(engine: FakeEngine) -> None:
    performance = started(engine).perform("one two", OPTIONS, PcmEncoder(), request_id="1")
    next(performance)
    performance.close()
    performance.close()
    assert list(performance) == []


def test_what_was_said_is_not_logged_but_how_long_it_took_is(
    engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    list(started(engine).perform("confidential words", OPTIONS, PcmEncoder(), request_id="42"))
    assert "confidential" not in caplog.text
    assert "Request 42 finished: 0.01 s of audio" in caplog.text


def test_a_failure_to_load_is_logged_and_reported_once() -> None:
    failures: list[str] = []

    def load() -> FakeEngine:
        raise OSError("no such model")

    stage = Stage(load, Turns(1, 32))
    stage.start(on_failure=lambda: failures.append("failed"))
    stage.start(on_failure=lambda: failures.append("again"))
    stage.wait_until_loaded()
    with pytest.raises(StageClosed, match="did not load"):
        stage.perform("one", OPTIONS, PcmEncoder(), request_id="1")
    wait_until(lambda: failures == ["failed"])


def test_under_gevent_inference_leaves_the_hub_free_and_turns_survive_a_killed_greenlet() -> None:
    script = Path(__file__).parent / "gevent_stage.py"
    subprocess.run([sys.executable, script], check=True, timeout=60)
