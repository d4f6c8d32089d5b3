"""Services to test with, and helpers that speak through them."""

import threading

from app.scheduling.scheduler import Scheduler
from app.scheduling.service import SpeechService
from app.telemetry.metrics import Metrics
from app.tts.audio.formats import PcmEncoder
from app.tts.types import SpeechEngine, SynthesisOptions

OPTIONS = SynthesisOptions("af_heart")


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
