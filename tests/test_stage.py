"""The stage lets requests take turns, in order, and never loses a turn."""

import gc
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from app import native, supervisor
from app.interruptions import InferenceHung, ListenerGone, ServerStopping, TimedOut
from app.metrics import Metrics
from app.stage import Stage, StageClosed, StageFull
from app.tts.encode import PcmEncoder
from app.tts.errors import InputError
from app.tts.stop import StopSignal
from app.tts.types import SAMPLE_RATE, AudioChunk, Listener, SpeechEngine, SynthesisOptions
from app.turns import Turns
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
        self,
        text: str,
        options: SynthesisOptions,
        listener: Listener | None = None,
        stop: StopSignal | None = None,
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


def started(
    engine: SpeechEngine, workers: int = 1, max_queue: int = 32, time_limit: float = 600
) -> Stage:
    stage = Stage(lambda: engine, Turns(workers, max_queue), Metrics(), time_limit=time_limit)
    stage.start()
    stage.wait_until_loaded()
    return stage


def in_background(stage: Stage, text: str) -> "threading.Thread":
    thread = threading.Thread(
        target=lambda: list(stage.perform(text, OPTIONS, PcmEncoder(), is_streamed=True)),
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
        next(stage.perform("third", OPTIONS, PcmEncoder(), is_streamed=True))
    assert full.value.retry_after >= 1
    for _ in range(2):
        engine.may_speak.release()
    first.join()
    second.join()
    assert engine.order == ["first", "second"]


def test_a_request_that_has_begun_is_never_turned_away(engine: FakeEngine) -> None:
    stage = started(engine, max_queue=0)
    assert len(list(stage.perform("one two three", OPTIONS, PcmEncoder()))) == 3


@pytest.mark.parametrize("is_streamed", [True, False])
def test_only_a_stream_tells_the_engine_of_its_listener(
    is_streamed: bool,
) -> None:
    listeners: list[Listener | None] = []

    class ListeningEngine(FakeEngine):
        def synthesize(
            self,
            text: str,
            options: SynthesisOptions,
            listener: Listener | None = None,
            stop: StopSignal | None = None,
        ) -> Iterator[AudioChunk]:
            listeners.append(listener)
            return super().synthesize(text, options, listener)

    stage = started(ListeningEngine())
    list(stage.perform("one", OPTIONS, PcmEncoder(), is_streamed=is_streamed))
    assert [listener is not None for listener in listeners] == [is_streamed]


def test_a_client_that_went_away_stops_its_request_and_frees_its_turn(engine: FakeEngine) -> None:
    stage = started(engine)
    gone = False
    performance = stage.perform("one two three", OPTIONS, PcmEncoder(), listener_gone=lambda: gone)
    next(performance)
    gone = True
    with pytest.raises(ListenerGone):
        next(performance)
    assert len(engine.spoken) == 1
    assert len(list(stage.perform("one two", OPTIONS, PcmEncoder()))) == 2


def test_a_failed_request_frees_its_turn(engine: FakeEngine) -> None:
    stage = started(engine)
    for _ in range(3):
        with pytest.raises(InputError):
            list(stage.perform("unreadable", OPTIONS, PcmEncoder()))
    assert len(list(stage.perform("one two", OPTIONS, PcmEncoder()))) == 2


def test_closing_ends_a_performance_however_often_it_is_done(engine: FakeEngine) -> None:
    performance = started(engine).perform("one two", OPTIONS, PcmEncoder())
    next(performance)
    performance.close()
    performance.close()
    assert list(performance) == []


def test_what_was_said_is_not_logged_but_how_long_it_took_is(
    engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    list(started(engine).perform("confidential words", OPTIONS, PcmEncoder()))
    assert "confidential" not in caplog.text
    (record,) = (record for record in caplog.records if record.name == "app.performance")
    assert record.getMessage() == "Speech finished."
    assert record.audio_seconds == pytest.approx(200 / SAMPLE_RATE, abs=0.001)  # type: ignore[attr-defined]


def test_a_failure_to_load_is_logged_and_reported_once() -> None:
    failures: list[str] = []

    def load() -> FakeEngine:
        raise OSError("no such model")

    stage = Stage(load, Turns(1, 32), Metrics())
    stage.start(on_failure=lambda: failures.append("failed"))
    stage.start(on_failure=lambda: failures.append("again"))
    stage.wait_until_loaded()
    with pytest.raises(StageClosed, match="did not load"):
        stage.perform("one", OPTIONS, PcmEncoder())
    wait_until(lambda: failures == ["failed"])


class EndlessEngine(FakeEngine):
    """Makes a chunk of the word `endless` until it is stopped, and if `is_deaf` not even then."""

    def __init__(self, is_deaf: bool = False) -> None:
        super().__init__()
        self.is_deaf = is_deaf
        self.may_end = threading.Event()

    def synthesize(
        self,
        text: str,
        options: SynthesisOptions,
        listener: Listener | None = None,
        stop: StopSignal | None = None,
    ) -> Iterator[AudioChunk]:
        for chunk in super().synthesize(text, options):
            while text.endswith("endless") and not self.may_end.wait(0.01):
                if stop is not None and not self.is_deaf:
                    stop.check()
            yield chunk


@pytest.fixture
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "LOOK_SECONDS", 0.01)


@pytest.mark.usefixtures("quick_looks")
def test_a_client_that_goes_away_stops_its_chunk_in_the_middle() -> None:
    stage = started(EndlessEngine())
    gone = threading.Event()
    threading.Timer(0.1, gone.set).start()
    performance = stage.perform("endless", OPTIONS, PcmEncoder(), listener_gone=gone.is_set)
    with pytest.raises(ListenerGone):
        next(performance)
    assert performance.outcome == "cancelled"
    assert len(list(stage.perform("one two", OPTIONS, PcmEncoder()))) == 2


@pytest.mark.usefixtures("quick_looks")
def test_what_an_interrupted_speech_held_is_given_back_at_once() -> None:
    class Holding(PcmEncoder):
        pass

    stage = started(EndlessEngine())
    encoder = Holding()
    held = weakref.ref(encoder)
    gc.disable()
    try:
        performance = stage.perform("endless", OPTIONS, encoder, listener_gone=lambda: True)
        with closing(performance), pytest.raises(ListenerGone):
            next(performance)
        del encoder
        assert held() is None
    finally:
        gc.enable()


@pytest.mark.usefixtures("quick_looks")
def test_speech_that_takes_longer_than_it_may_is_stopped_and_says_so() -> None:
    engine = GatedEngine()
    stage = started(engine, time_limit=0.2)
    working = in_background(stage, "working")
    wait_until(lambda: engine.speaking == 1)
    waiting = stage.perform("waiting", OPTIONS, PcmEncoder())
    with pytest.raises(TimedOut, match=r"more than 0\.2 s"):
        next(waiting)
    assert waiting.outcome == "timed out"
    engine.may_speak.release()
    working.join()
    assert repr(stage) == "<Stage 'ok' <working=0 waiting=0>>"


def test_the_time_that_a_client_takes_to_read_does_not_count(engine: FakeEngine) -> None:
    performance = started(engine, time_limit=0.1).perform("one two", OPTIONS, PcmEncoder())
    next(performance)
    threading.Event().wait(0.2)
    assert len(list(performance)) == 1


@pytest.mark.usefixtures("quick_looks")
def test_a_chunk_that_hangs_is_stopped_and_the_engine_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(supervisor, "LEAST_CHUNK_SECONDS", 0.05)
    engine = EndlessEngine()
    stage = started(engine, time_limit=0.5)
    endless = stage.perform("endless", OPTIONS, PcmEncoder())
    with pytest.raises(InferenceHung):
        next(endless)
    assert endless.outcome == "failed"
    assert str(stage.condition) == "ok"
    assert len(list(stage.perform("one", OPTIONS, PcmEncoder()))) == 1


@pytest.mark.usefixtures("quick_looks")
def test_while_a_chunk_hangs_the_stage_is_not_ready_and_one_that_cannot_be_stopped_is_reported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(supervisor, "GRACE_SECONDS", 0.05)
    monkeypatch.setattr(supervisor, "LEAST_CHUNK_SECONDS", 0.05)
    engine = EndlessEngine(is_deaf=True)
    hung = threading.Event()
    stage = Stage(lambda: engine, Turns(1, 32), Metrics(), time_limit=0.5)
    stage.start(on_hang=hung.set)
    stage.wait_until_loaded()
    endless = in_background(stage, "endless")
    assert hung.wait(10)
    assert str(stage.condition) == "inference hangs"
    assert not stage.condition.is_ready
    engine.may_end.set()
    endless.join()
    wait_until(lambda: stage.condition.is_ready)


@pytest.mark.usefixtures("quick_looks")
def test_a_stopping_server_lets_speech_go_on_for_the_time_it_was_given_and_then_cuts_it() -> None:
    stage = started(EndlessEngine())
    stage.condition.drain(60)
    assert not stage.condition.is_ready
    assert str(stage.condition) == "draining"
    performance = stage.perform("one endless", OPTIONS, PcmEncoder())
    stage.condition.drain(0.1)
    with pytest.raises(ServerStopping):
        list(performance)
    assert performance.outcome == "cut"
    assert repr(stage) == "<Stage 'draining' <working=0 waiting=0>>"


@pytest.mark.usefixtures("quick_looks")
def test_a_long_chunk_does_not_hang_where_requests_have_little_time() -> None:
    engine = EndlessEngine()
    stage = started(engine, time_limit=1)
    chunk = stage.perform("endless", OPTIONS, PcmEncoder())
    threading.Timer(0.4, engine.may_end.set).start()
    assert next(chunk).is_last


def test_no_more_wait_for_the_engine_to_be_loaded_than_may_wait_for_a_turn(
    engine: FakeEngine,
) -> None:
    may_load = threading.Event()

    def load() -> FakeEngine:
        may_load.wait()
        return engine

    stage = Stage(load, Turns(1, 1), Metrics())
    stage.start()
    waiting = [in_background(stage, "one"), in_background(stage, "two")]
    full = threading.Event()
    while not full.is_set():  # until both have come
        with suppress(ListenerGone):
            try:
                stage.perform("three", OPTIONS, PcmEncoder(), listener_gone=lambda: True)
            except StageFull:
                full.set()
    may_load.set()
    for thread in waiting:
        thread.join()
    assert sorted(word for word, _ in engine.spoken) == ["one", "two"]


def test_under_gevent_inference_leaves_the_hub_free_and_turns_survive_a_killed_greenlet() -> None:
    script = Path(__file__).parent / "gevent_stage.py"
    subprocess.run([sys.executable, script], check=True, timeout=60)
