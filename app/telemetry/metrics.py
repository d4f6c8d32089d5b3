"""Metrics for operators, in the format of Prometheus."""

import os
import platform
import resource
import sys
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector

from app.telemetry.key_usage import KeyUsage
from app.tts.counts import EngineCounts, EngineTotals
from app.version import __version__

OUTCOMES = ("finished", "refused", "cancelled", "rejected", "timed out", "cut", "failed")
REASONS = ("queue", "rate limit", "key", "unsent replies")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

_OPEN_METRICS = "application/openmetrics-text"
_WAITS = (0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2.5, 5, 10, 20, 30, 60, 120, 300, 600)
_REPLIES = (0.005, 0.02, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 600)
_FACTORS = (0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.25, 1.5, 2, 4)


class Metrics:
    """All metrics of the server; greenlets and threads of the web server may share them.

    If `PROMETHEUS_MULTIPROC_DIR` names a folder, the metrics of all processes that share it are
    added up.
    """

    def __init__(self, counts: EngineCounts | None = None, key_names: Iterable[str] = ()) -> None:
        """Start to count; the engine counts in `counts`, from its native threads."""
        self._registry = CollectorRegistry()
        self._engine_counts = counts
        self._engine_totals = EngineTotals()
        self._engine_lock = threading.Lock()

        self._requests = self._counter(
            "http_requests", "Requests by reply.", "endpoint", "method", "status"
        )
        self._replies = self._histogram(
            "http_request_duration_seconds", "Time until the reply began.", _REPLIES, "endpoint"
        )
        self._rejected = self._counter("rejected_requests", "Requests turned away.", "reason")
        self._add_speech_metrics()
        self._unsent = self._gauge("unsent_reply_bytes", "Whole replies that wait to be read.")
        self._add_engine_metrics()
        self.key_usage = KeyUsage(self._counter, key_names)
        self._memory = self._gauge("resident_memory_bytes", "Memory of all processes.")
        self._memory.set(_resident_bytes())
        build = self._gauge("build_info", "Processes by version.", "version", "python")
        build.labels(__version__, platform.python_version()).set(1)
        # A series that is missing before its first event hides that event from rate().
        for outcome in OUTCOMES:
            self._speeches.labels(outcome)
        for reason in REASONS:
            self._rejected.labels(reason)

    def _add_speech_metrics(self) -> None:
        self._speeches = self._counter("speeches", "Speeches by how they ended.", "outcome")
        self._first_audio = self._histogram(
            "speech_first_audio_seconds", "Time until the first audio was made.", _WAITS
        )
        self._duration = self._histogram(
            "speech_duration_seconds", "Time until all audio was made, of those finished.", _WAITS
        )
        self._real_time_factor = self._histogram(
            "real_time_factor", "Inference by seconds of audio, of those finished.", _FACTORS
        )
        self._audio = self._counter("audio_seconds", "Audio that was made.")
        self._inference = self._counter("inference_seconds", "Time that workers spent on speech.")
        self._waiting = self._gauge("queue_length", "Requests that wait for a worker.")
        self._working = self._gauge("busy_workers", "Workers that make speech.")

    def _add_engine_metrics(self) -> None:
        self._cache_hits = self._counter("cache_hits", "Sentences that the cache had.")
        self._cache_misses = self._counter("cache_misses", "Sentences that had to be spoken.")
        self._dropped = self._counter(
            "dropped_phonemes", "Phonemes left out because the model does not know them."
        )

    def scheduler_changed(self, working: int, waiting: int) -> None:
        """Set the numbers of requests that are being spoken and that wait for a worker."""
        self._working.set(working)
        self._waiting.set(waiting)

    def unsent_changed(self, held_bytes: int) -> None:
        """Set the bytes of whole replies that wait to be read."""
        self._unsent.set(held_bytes)

    def speech_ended(
        self,
        outcome: str,
        *,
        seconds: float,
        audio_seconds: float,
        inference_seconds: float,
        first_after: float | None,
    ) -> None:
        """Count a request for speech that took `seconds` and had one of `OUTCOMES`.

        `first_after` is the time until its first audio in seconds, if there was any.
        """
        self._speeches.labels(outcome).inc()
        self._audio.inc(audio_seconds)
        self._inference.inc(inference_seconds)
        if first_after is not None:
            self._first_audio.observe(first_after)
        if outcome == "finished":
            self._duration.observe(seconds)
            if audio_seconds > 0:
                self._real_time_factor.observe(inference_seconds / audio_seconds)
        self._update()

    def request_answered(self, endpoint: str, method: str, status: int, seconds: float) -> None:
        """Count a request to `endpoint`, a route or `none`, whose reply began after `seconds`."""
        known_method = method if method in METHODS else "other"  # clients can make up methods
        self._requests.labels(endpoint, known_method, str(status)).inc()
        self._replies.labels(endpoint).observe(seconds)
        self._memory.set(_resident_bytes())

    def request_rejected(self, reason: str) -> None:
        """Count a request that was turned away for one of `REASONS`."""
        self._rejected.labels(reason).inc()

    def exposition(self, accept: str = "") -> tuple[bytes, str]:
        """Return all metrics and their media type, as text or in the format that `accept` names."""
        self._update()
        # `accept` itself would make the encoder use versions and options that it may name.
        encode, media_type = choose_encoder(_OPEN_METRICS if _OPEN_METRICS in accept else "")
        try:
            return encode(self._all_processes()), media_type
        except FileNotFoundError:  # a new process has just taken over the file of an ended one
            return encode(self._all_processes()), media_type

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(f"kokoro_{name}", text, labels, registry=self._registry)

    def _gauge(self, name: str, text: str, *labels: str) -> Gauge:
        return Gauge(
            f"kokoro_{name}", text, labels, registry=self._registry, multiprocess_mode="livesum"
        )

    def _histogram(self, name: str, text: str, buckets: Sequence[float], *labels: str) -> Histogram:
        return Histogram(f"kokoro_{name}", text, labels, registry=self._registry, buckets=buckets)

    def _update(self) -> None:
        """Add what the engine has counted since the last time, and update the memory."""
        self._memory.set(_resident_bytes())
        if self._engine_counts is None:
            return
        with self._engine_lock:
            before, now = self._engine_totals, self._engine_counts.totals()
            self._engine_totals = now
        self._cache_hits.inc(now.cache_hits - before.cache_hits)
        self._cache_misses.inc(now.cache_misses - before.cache_misses)
        self._dropped.inc(now.dropped_phonemes - before.dropped_phonemes)

    def _all_processes(self) -> CollectorRegistry:
        folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
        if not folder or not Path(folder).is_dir():
            return self._registry
        registry = CollectorRegistry()
        MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
        return registry


def _resident_bytes() -> int:
    """Return this process's resident memory; its peak on systems that do not report it."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[1]
    except FileNotFoundError:  # not Linux
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
