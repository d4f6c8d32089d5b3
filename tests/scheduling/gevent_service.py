"""Run by test_service.py in a process of its own, since gevent patches the whole process."""

from gevent import monkey

monkey.patch_all()

import sys  # noqa: E402
from pathlib import Path  # noqa: E402

import gevent  # noqa: E402

sys.path.insert(0, str(Path(__file__).parents[2]))

from app.scheduling.scheduler import Scheduler  # noqa: E402
from app.scheduling.service import SpeechService  # noqa: E402
from app.telemetry.metrics import Metrics  # noqa: E402
from app.tts.audio.formats import PcmEncoder  # noqa: E402
from app.tts.errors import InferenceError  # noqa: E402
from app.tts.types import SynthesisOptions  # noqa: E402
from tests.fakes import Request, WordEngine  # noqa: E402

native_sleep = monkey.get_original("time", "sleep")
CHUNK_SECONDS = 0.3


class SlowEngine(WordEngine):
    """Speaks three chunks, and blocks its thread for each of them, as inference does."""

    running = 0
    most_running = 0

    def words(self, text: str) -> list[str]:
        return [text] * 3

    def before_word(self, word: str, request: Request) -> None:
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        native_sleep(CHUNK_SECONDS)
        self.running -= 1
        if word == "breakdown":
            raise InferenceError("It broke down.")

    def warm_up(self) -> None:
        native_sleep(0.01)


def main() -> None:
    engine = SlowEngine()
    service = SpeechService(lambda: engine, Scheduler(1, 32), Metrics())
    service.start()
    service.wait_until_loaded()
    options = SynthesisOptions("af_heart")

    def speak(text: str) -> int:
        return len(list(service.speak(text, options, PcmEncoder())))

    killed_while_running = gevent.spawn(speak, "killed")
    while not engine.running:
        gevent.sleep(0.01)
    spoken = [gevent.spawn(speak, f"request {number}") for number in range(3)]
    killed_while_waiting = gevent.spawn(speak, "killed too")
    broken = gevent.spawn(speak, "breakdown")
    gevent.sleep(0.05)
    killed_while_running.kill(block=False)
    killed_while_waiting.kill(block=False)

    ticks = 0
    while not all(greenlet.ready() for greenlet in (*spoken, broken)):
        gevent.sleep(0.01)
        ticks += 1

    assert [greenlet.get() for greenlet in spoken] == [3, 3, 3]
    # One request that works, and one that may begin beside it.
    assert engine.most_running <= 2, "the turn of a killed request went on before its run was over"
    # Each chunk blocks a thread for 0.3 s; a blocked hub would have ticked about once for each.
    assert ticks > 40, f"the hub was blocked: {ticks} ticks"
    assert isinstance(broken.exception, InferenceError)
    assert str(service.health) == "ok"
    assert speak("after all that") == 3, "a turn was lost"
    assert repr(service) == "<SpeechService 'ok' <working=0 waiting=0>>"


if __name__ == "__main__":
    main()
