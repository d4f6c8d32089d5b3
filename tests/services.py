"""Stages to test with: engines that wait until they may go on, and what it takes to use them."""

import threading
from collections.abc import Iterator

from app.scheduling.scheduler import Scheduler
from app.scheduling.service import SpeechService
from app.telemetry.metrics import Metrics
from app.tts.audio.formats import PcmEncoder
from app.tts.stop import StopSignal
from app.tts.types import AudioChunk, Listener, SpeechEngine, SynthesisOptions
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


def started(
    engine: SpeechEngine, workers: int = 1, max_queue: int = 32, time_limit: float = 600
) -> SpeechService:
    service = SpeechService(
        lambda: engine, Scheduler(workers, max_queue), Metrics(), time_limit=time_limit
    )
    service.start()
    service.wait_until_loaded()
    return service


def in_background(service: SpeechService, text: str) -> "threading.Thread":
    thread = threading.Thread(
        target=lambda: list(service.speak(text, OPTIONS, PcmEncoder(), is_streamed=True)),
        daemon=True,
    )
    thread.start()
    return thread
