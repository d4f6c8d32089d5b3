"""Everything counted is reported once, whichever process counted it."""

import os
import re
import signal
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from prometheus_client import Metric
from prometheus_client.multiprocess import MultiProcessCollector

import app.telemetry.metrics
from app.scheduling.errors import Interruption, QueueFull
from app.scheduling.job import FAILED, FINISHED, REFUSED
from app.telemetry.metrics import OUTCOMES, REASONS, Metrics
from app.telemetry.metrics_folder import VARIABLE
from app.tts.counts import EngineCounts
from tests.conftest import TINY_VOICE
from tests.exposition import Scrape
from tests.servers import START_SECONDS, Server, gunicorn_server, wait_until
from tests.telemetry.test_metrics_folder import folders_of


def scrape_of(metrics: Metrics) -> Scrape:
    return Scrape(metrics.exposition()[0].decode())


def test_busy_workers_and_queue_length_are_current() -> None:
    metrics = Metrics()
    metrics.scheduler_changed(working=2, waiting=5)
    metrics.scheduler_changed(working=1, waiting=0)
    assert scrape_of(metrics).value("kokoro_busy_workers") == 1
    assert scrape_of(metrics).value("kokoro_queue_length") == 0


def test_the_real_time_factor_is_inference_time_by_audio() -> None:
    metrics = Metrics()
    metrics.speech_ended(
        "finished", seconds=9, audio_seconds=4, inference_seconds=1, first_after=0.3
    )
    assert scrape_of(metrics).value("kokoro_real_time_factor_sum") == 0.25
    assert scrape_of(metrics).value("kokoro_inference_seconds_total") == 1
    assert scrape_of(metrics).value("kokoro_audio_seconds_total") == 4
    assert scrape_of(metrics).value("kokoro_speech_duration_seconds_sum") == 9
    assert scrape_of(metrics).value("kokoro_speech_first_audio_seconds_bucket", le="0.2") == 0
    assert scrape_of(metrics).value("kokoro_speech_first_audio_seconds_bucket", le="0.35") == 1


def test_there_is_an_outcome_for_each_way_in_which_speech_may_end() -> None:
    interruptions = {kind.outcome for kind in Interruption.__subclasses__()}
    assert set(OUTCOMES) == {FINISHED, REFUSED, FAILED, QueueFull.outcome} | interruptions


def test_rejected_speech_adds_no_times() -> None:
    metrics = Metrics()
    metrics.speech_ended(
        "rejected", seconds=0.1, audio_seconds=0, inference_seconds=0, first_after=None
    )
    metrics.request_rejected("queue")
    assert scrape_of(metrics).value("kokoro_speeches_total", outcome="rejected") == 1
    assert scrape_of(metrics).value("kokoro_rejected_requests_total", reason="queue") == 1
    for name in ("speech_first_audio_seconds", "speech_duration_seconds", "real_time_factor"):
        assert scrape_of(metrics).value(f"kokoro_{name}_count") == 0


def test_series_of_events_that_have_not_happened_are_zero() -> None:
    scrape = scrape_of(Metrics())
    assert all(scrape.value("kokoro_speeches_total", outcome=name) == 0 for name in OUTCOMES)
    assert all(scrape.value("kokoro_rejected_requests_total", reason=name) == 0 for name in REASONS)


def test_the_engines_counts_are_reported_once() -> None:
    counts = EngineCounts()
    metrics = Metrics(counts)
    for found in (True, False, True):
        counts.cache_asked(found=found)
    counts.phonemes_dropped(4)
    scrape_of(metrics)
    counts.cache_asked(found=True)
    assert scrape_of(metrics).value("kokoro_cache_hits_total") == 3
    assert scrape_of(metrics).value("kokoro_cache_misses_total") == 1
    assert scrape_of(metrics).value("kokoro_dropped_phonemes_total") == 4


def test_a_process_that_is_replaced_while_metrics_are_collected_is_no_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    replaced = []

    class Unsettled(MultiProcessCollector):
        def collect(self) -> Iterable[Metric]:
            if not replaced:
                replaced.append(True)
                raise FileNotFoundError("counter_7.db")
            return super().collect()  # type: ignore[no-untyped-call, no-any-return]

    monkeypatch.setenv(VARIABLE, str(tmp_path))
    monkeypatch.setattr(app.telemetry.metrics, "MultiProcessCollector", Unsettled)
    assert Metrics().exposition()[0] == b""
    assert replaced


def test_memory_and_version_are_reported() -> None:
    scrape = scrape_of(Metrics())
    assert 10e6 < scrape.value("kokoro_resident_memory_bytes") < 1e12
    assert scrape.value("kokoro_build_info") == 1


class Fleet:
    """A gunicorn with two workers, whose metrics are in `folder`."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server = server
        self._folder = folder

    def scrape(self) -> Scrape:
        reply = requests.get(f"{self.server.url}/metrics", timeout=60)
        assert reply.status_code == 200
        return Scrape(reply.text)

    def speeches(self) -> float:
        return self.scrape().value("kokoro_speeches_total", outcome="finished")

    def alive(self) -> set[int]:
        """Return the processes with gauges, which only running ones have."""
        return self._processes("gauge_livesum")

    def seen(self) -> set[int]:
        """Return all processes that have ever counted."""
        return self._processes("counter")

    def counted_by(self, pid: int) -> bytes:
        return (self._folder / f"histogram_{pid}.db").read_bytes()

    def _processes(self, kind: str) -> set[int]:
        return {int(path.stem.split("_")[-1]) for path in self._folder.glob(f"{kind}_*.db")}

    def wait_until_complete(self) -> None:
        """Wait until both processes have started and report metrics."""
        deadline = time.monotonic() + START_SECONDS
        while len(self.alive()) != 2 or self.scrape().value("kokoro_build_info") != 2:
            assert time.monotonic() < deadline, self.server.log
            time.sleep(0.1)


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    folder = tmp_path_factory.mktemp("fleet")
    environ = {
        "KOKORO_MODEL_PATH": str(TINY_VOICE),
        "WEB_CONCURRENCY": "2",
        VARIABLE: str(folder / "metrics"),
    }
    with gunicorn_server(environ, folder / "log") as running:
        running.wait_until_healthy()
        fleet = Fleet(running, folder / "metrics")
        fleet.wait_until_complete()
        yield fleet


def speak_with_all_processes(fleet: Fleet) -> int:
    """Request speech until both processes have made some; return the number of requests."""
    before = {pid: fleet.counted_by(pid) for pid in fleet.alive()}
    asked = 0

    def all_have() -> bool:
        nonlocal asked
        with ThreadPoolExecutor(8) as clients:  # requests one at a time would all go to one process
            replies = [
                clients.submit(fleet.server.speak, "hola", voice="ef_dora") for _ in range(8)
            ]
        assert {reply.result().status_code for reply in replies} == {200}
        asked += len(replies)
        return all(fleet.counted_by(pid) != before[pid] for pid in before)

    wait_until(all_have)
    return asked


@pytest.mark.slow
def test_the_metrics_of_processes_are_added_up(fleet: Fleet) -> None:
    before = fleet.speeches()
    number = speak_with_all_processes(fleet)
    assert {fleet.speeches() - before for _ in range(20)} == {number}
    assert fleet.scrape().value("kokoro_busy_workers") == 0


@pytest.mark.slow
def test_the_counts_of_a_killed_process_are_kept(fleet: Fleet) -> None:
    speak_with_all_processes(fleet)
    before, killed = fleet.speeches(), fleet.alive().pop()
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: killed not in fleet.alive())
    fleet.wait_until_complete()
    assert fleet.speeches() == before
    assert fleet.server.speak("hola", voice="ef_dora").status_code == 200
    assert fleet.speeches() == before + 1


@pytest.mark.slow
def test_counts_continue_after_a_reload(fleet: Fleet) -> None:
    speak_with_all_processes(fleet)
    before, old, seen = fleet.speeches(), fleet.alive(), fleet.seen()
    fleet.server.process.send_signal(signal.SIGHUP)
    wait_until(lambda: len(fleet.seen()) == len(seen) + 2)
    fleet.wait_until_complete()
    assert not old & fleet.alive()
    assert fleet.speeches() == before


@pytest.mark.slow
def test_the_folder_is_removed_with_the_server(tmp_path: Path) -> None:
    with gunicorn_server({"KOKORO_MODEL_PATH": str(TINY_VOICE)}, tmp_path / "log") as running:
        running.wait_until_healthy()
        assert len(folders_of(running.process.pid)) == 1
    assert folders_of(running.process.pid) == []


@pytest.mark.slow
def test_without_a_folder_the_server_speaks_and_logs_it_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    environ = {"KOKORO_MODEL_PATH": str(TINY_VOICE), VARIABLE: str(tmp_path / "file")}
    with gunicorn_server(environ, tmp_path / "log") as running:
        running.wait_until_healthy()
        assert running.speak("hola", voice="ef_dora").status_code == 200
        scrape = Scrape(requests.get(f"{running.url}/metrics", timeout=60).text)
        assert scrape.value("kokoro_speeches_total", outcome="finished") == 1
        assert len(re.findall("counts for itself", running.log)) == 1
        assert "Traceback" not in running.log
