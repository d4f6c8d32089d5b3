"""Speech that nobody may or wants to go on with ends at once, and gives back what it held."""

import gc
import threading
import weakref
from contextlib import closing

import pytest

from app.scheduling.errors import ListenerGone, ServerStopping, TimedOut
from app.tts.audio.formats import PcmEncoder
from tests.fakes import EndlessEngine, FakeEngine, GatedEngine
from tests.servers import wait_until
from tests.services import OPTIONS, in_background, started


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


@pytest.mark.usefixtures("quick_looks")
def test_a_client_that_goes_away_stops_its_chunk_in_the_middle() -> None:
    service = started(EndlessEngine())
    gone = threading.Event()
    threading.Timer(0.1, gone.set).start()
    job = service.speak("endless", OPTIONS, PcmEncoder(), listener_gone=gone.is_set)
    with pytest.raises(ListenerGone):
        next(job)
    assert job.outcome == "cancelled"
    assert len(list(service.speak("one two", OPTIONS, PcmEncoder()))) == 2


@pytest.mark.usefixtures("quick_looks")
def test_what_an_interrupted_speech_held_is_given_back_at_once() -> None:
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


@pytest.mark.usefixtures("quick_looks")
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
    assert repr(service) == "<Stage 'ok' <working=0 waiting=0>>"


def test_the_time_that_a_client_takes_to_read_does_not_count(engine: FakeEngine) -> None:
    job = started(engine, time_limit=0.5).speak("one two", OPTIONS, PcmEncoder())
    next(job)
    threading.Event().wait(0.7)
    assert len(list(job)) == 1


@pytest.mark.usefixtures("quick_looks")
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
    assert repr(service) == "<Stage 'draining' <working=0 waiting=0>>"
