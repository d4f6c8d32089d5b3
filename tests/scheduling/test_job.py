"""A job that must or need not go on ends at once, and gives back all that it held."""

import gc
import threading
import weakref
from collections.abc import Generator
from contextlib import closing

import pytest

from app.scheduling.errors import ListenerGone, QueueFull, ServerStopping, TimedOut
from app.scheduling.health import Health
from app.scheduling.job import JobContext, SpeechJob
from app.scheduling.playback import PlaybackClock
from app.scheduling.scheduler import Scheduler
from app.scheduling.watchdog import Watchdog
from app.telemetry.metrics import Metrics
from app.tts.audio.formats import EncodedChunk, PcmEncoder
from app.tts.stop import StopSignal
from app.tts.types import SAMPLE_RATE
from tests.exposition import Scrape
from tests.fakes import EndlessEngine, FakeEngine, GatedEngine
from tests.servers import wait_until
from tests.services import OPTIONS, in_background, started


def job_of(
    chunks: Generator[EncodedChunk, None, None],
    scheduler: Scheduler,
    metrics: Metrics,
    characters: int = 0,
) -> SpeechJob:
    health = Health()
    watchdog = Watchdog(1, time_limit=60, health=health)
    return SpeechJob(
        chunks,
        PlaybackClock(is_streamed=True),
        StopSignal(),
        JobContext(scheduler, watchdog, metrics, health, lambda: None, time_limit=60),
        listener_gone=lambda: False,
        characters=characters,
    )


def shown(metrics: Metrics) -> Scrape:
    return Scrape(metrics.exposition()[0].decode())


def test_no_request_waits_for_a_turn_only_to_learn_that_it_is_done() -> None:
    engine = GatedEngine()
    service = started(engine)
    first = in_background(service, "first")
    wait_until(lambda: engine.speaking == 1)
    second = in_background(service, "second")
    wait_until(lambda: service.scheduler.waiting == 1)
    engine.may_speak.release()
    first.join(10)
    assert not first.is_alive()
    assert second.is_alive()
    engine.may_speak.release()
    second.join()


def test_closing_ends_a_job_however_often_it_is_done(engine: FakeEngine) -> None:
    job = started(engine).speak("one two", OPTIONS, PcmEncoder())
    next(job)
    job.close()
    job.close()
    assert list(job) == []


def test_a_job_whose_chunks_fail_when_they_are_closed_is_over_all_the_same() -> None:
    def chunks() -> Generator[EncodedChunk, None, None]:
        try:
            yield EncodedChunk(b"", 1.0, is_last=False, words=())
        finally:
            raise ZeroDivisionError

    metrics, scheduler = Metrics(), Scheduler(1, 32)
    job = job_of(chunks(), scheduler, metrics, characters=100_000)
    next(job)
    assert scheduler.backlog.seconds_until_place("newcomer") > 1
    with pytest.raises(ZeroDivisionError):
        job.close()
    assert shown(metrics).value("kokoro_speeches_total", outcome="cancelled") == 1
    assert scheduler.backlog.seconds_until_place("newcomer") == 1
    assert list(job) == []


def test_a_job_that_finds_the_queue_full_is_counted_as_rejected_and_makes_nothing() -> None:
    metrics, scheduler = Metrics(), Scheduler(1, 0)
    chunk = EncodedChunk(b"", 1.0, is_last=True, words=())
    job = job_of((chunk for _ in range(1)), scheduler, metrics)
    with scheduler.turn(PlaybackClock(is_streamed=True)), closing(job), pytest.raises(QueueFull):
        next(job)
    assert shown(metrics).value("kokoro_speeches_total", outcome="rejected") == 1
    assert shown(metrics).value("kokoro_rejected_requests_total", reason="queue") == 1
    assert shown(metrics).value("kokoro_audio_seconds_total") == 0


def test_a_client_that_went_away_stops_its_request_and_frees_its_turn(engine: FakeEngine) -> None:
    service = started(engine)
    gone = False
    job = service.speak("one two three", OPTIONS, PcmEncoder(), listener_gone=lambda: gone)
    next(job)
    gone = True
    with pytest.raises(ListenerGone):
        next(job)
    assert len(engine.spoken) == 1
    assert len(list(service.speak("one two", OPTIONS, PcmEncoder()))) == 2


@pytest.mark.usefixtures("quick_polls")
def test_a_client_that_goes_away_stops_its_chunk_in_the_middle() -> None:
    service = started(EndlessEngine())
    gone = threading.Event()
    threading.Timer(0.1, gone.set).start()
    job = service.speak("endless", OPTIONS, PcmEncoder(), listener_gone=gone.is_set)
    with pytest.raises(ListenerGone):
        next(job)
    assert job.outcome == "cancelled"
    assert len(list(service.speak("one two", OPTIONS, PcmEncoder()))) == 2


@pytest.mark.usefixtures("quick_polls")
def test_what_an_interrupted_job_held_is_given_back_at_once() -> None:
    class Holding(PcmEncoder):
        pass

    service = started(EndlessEngine())
    encoder = Holding()
    held = weakref.ref(encoder)
    gc.disable()
    try:
        job = service.speak("endless", OPTIONS, encoder, listener_gone=lambda: True)
        with closing(job), pytest.raises(ListenerGone):
            next(job)
        del encoder
        assert held() is None
    finally:
        gc.enable()


@pytest.mark.usefixtures("quick_polls")
def test_speech_that_takes_longer_than_it_may_is_stopped_and_says_so() -> None:
    engine = GatedEngine()
    service = started(engine, time_limit=0.2)
    working = in_background(service, "working")
    wait_until(lambda: engine.speaking == 1)
    waiting = service.speak("waiting", OPTIONS, PcmEncoder())
    with pytest.raises(TimedOut, match=r"more than 0\.2 s"):
        next(waiting)
    assert waiting.outcome == "timed out"
    engine.may_speak.release()
    working.join()
    assert (service.scheduler.working, service.scheduler.waiting) == (0, 0)


def test_the_time_that_a_client_takes_to_read_does_not_count(engine: FakeEngine) -> None:
    job = started(engine, time_limit=0.5).speak("one two", OPTIONS, PcmEncoder())
    next(job)
    threading.Event().wait(0.7)
    assert len(list(job)) == 1


@pytest.mark.usefixtures("quick_polls")
def test_a_chunk_that_is_done_just_after_the_time_limit_is_still_delivered() -> None:
    engine = EndlessEngine(is_deaf=True)
    job = started(engine, time_limit=0.1).speak("endless", OPTIONS, PcmEncoder())
    threading.Timer(0.3, engine.may_end.set).start()
    assert next(job).is_last
    assert list(job) == []
    assert job.outcome == "finished"


@pytest.mark.usefixtures("quick_polls")
def test_a_stopping_server_lets_speech_go_on_for_the_time_it_was_given_and_then_cuts_it() -> None:
    service = started(EndlessEngine())
    service.health.drain(60)
    assert not service.health.is_ready
    assert str(service.health) == "draining"
    job = service.speak("one endless", OPTIONS, PcmEncoder())
    service.health.drain(0.1)
    with pytest.raises(ServerStopping):
        list(job)
    assert job.outcome == "cut"
    assert repr(service) == "<SpeechService 'draining' <working=0 waiting=0>>"


def test_what_was_said_is_not_logged_but_how_long_it_took_is(
    engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    list(started(engine).speak("confidential words", OPTIONS, PcmEncoder()))
    assert "confidential" not in caplog.text
    (record,) = (record for record in caplog.records if record.name == "app.scheduling.job")
    assert record.getMessage() == "Speech finished."
    assert record.audio_seconds == pytest.approx(200 / SAMPLE_RATE, abs=0.001)  # type: ignore[attr-defined]
