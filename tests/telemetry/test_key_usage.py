"""Metrics show the usage of each key, and nothing about clients without one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import create_app
from app.settings import Settings
from app.telemetry.key_usage import MOST_KEYS
from app.telemetry.metrics import Metrics
from app.telemetry.metrics_folder import FILE_BYTES, VARIABLE
from tests.exposition import Scrape
from tests.fakes import FakeEngine
from tests.servers import PROJECT

SPEECH = {"model": "tts-1", "voice": "alloy"}
COUNTERS = ("kokoro_key_requests", "kokoro_key_characters", "kokoro_key_audio_seconds")


@pytest.fixture
def keyed(tmp_path: Path, engine: FakeEngine) -> FlaskClient:
    keys = tmp_path / "keys"
    keys.write_text("alice:A\nbob:B\n")
    keys.chmod(0o600)
    settings = Settings(api_key_file=keys, public_endpoints=("metrics", "voices"))
    return create_app(settings, engine).test_client()


def scraped(client: FlaskClient) -> Scrape:
    return Scrape(client.get("/metrics").text)


def usage(scrape: Scrape, key: str) -> list[float]:
    return [scrape.value(f"{name}_total", key=key) for name in COUNTERS]


def speak(client: FlaskClient, key: str, text: str, **members: object) -> int:
    headers = {"Authorization": f"Bearer {key}"}
    body = {**SPEECH, "input": text, **members}
    reply = client.post("/v1/audio/speech", json=body, headers=headers)
    assert reply.data  # a stream ends when it has been read
    return reply.status_code


def test_requests_characters_and_audio_are_counted_by_key(keyed: FlaskClient) -> None:
    assert speak(keyed, "A", "one three") == 200
    assert speak(keyed, "A", "one", stream=True) == 200
    assert usage(scraped(keyed), "alice") == [
        2,
        len("one three") + len("one"),
        pytest.approx(3 * 100 / 24_000),
    ]
    assert usage(scraped(keyed), "bob") == [0, 0, 0]


def test_a_request_without_audio_counts_only_as_a_request(keyed: FlaskClient) -> None:
    assert speak(keyed, "A", "unreadable") == 400
    assert speak(keyed, "A", "") == 400
    assert usage(scraped(keyed), "alice") == [2, 0, 0]


def test_the_characters_of_unfinished_speech_are_not_counted(
    keyed: FlaskClient,
) -> None:
    headers = {"Authorization": "Bearer A"}
    body = {**SPEECH, "input": "one three " * 400, "stream": True}
    reply = keyed.post("/v1/audio/speech", json=body, headers=headers, buffered=False)
    assert next(reply.iter_encoded())
    reply.close()
    requests, characters, audio = usage(scraped(keyed), "alice")
    assert (requests, characters) == (1, 0)
    assert audio > 0


def test_captions_and_previews_are_counted(keyed: FlaskClient) -> None:
    headers = {"Authorization": "Bearer B"}
    body = {**SPEECH, "input": "one two"}
    assert keyed.post("/v1/audio/speech/captions", json=body, headers=headers).status_code == 200
    assert usage(scraped(keyed), "bob") == [1, len("one two"), pytest.approx(2 * 100 / 24_000)]
    assert keyed.get("/v1/audio/voices/alloy/preview", headers=headers).status_code == 200
    assert usage(scraped(keyed), "bob")[1] > len("one two")


def test_requests_with_a_wrong_key_or_none_add_no_series(keyed: FlaskClient) -> None:
    assert speak(keyed, "C", "one") == 401
    keyed.get("/v1/audio/voices")
    for name in COUNTERS:
        samples = scraped(keyed).families[name].samples
        assert {sample.labels["key"] for sample in samples} == {"alice", "bob"}


def test_without_keys_there_are_no_series(ready_client: FlaskClient) -> None:
    ready_client.post("/v1/audio/speech", json={**SPEECH, "input": "one"})
    scrape = scraped(ready_client)
    assert [scrape.families[name].samples for name in COUNTERS] == [[], [], []]


def test_keys_beyond_the_limit_are_counted_together() -> None:
    names = [f"key-{number}" for number in range(MOST_KEYS + 2)]
    metrics = Metrics(key_names=names)
    for name in names:
        metrics.key_usage.request_answered(name)
    scrape = Scrape(metrics.exposition()[0].decode())
    assert scrape.value("kokoro_key_requests_total", key=names[0]) == 1
    assert scrape.value("kokoro_key_requests_total", key="others") == 2
    assert len(scrape.families["kokoro_key_requests"].samples) == MOST_KEYS + 1


def test_the_counts_of_all_keys_fit_into_the_shared_files(tmp_path: Path) -> None:
    """A file that grows while the server runs could kill a process on a full disk."""
    code = f"""
import os
from app.telemetry import metrics_folder
metrics_folder.add_process(os.getpid(), os.getuid(), os.getgid())
from app.telemetry.metrics import Metrics
names = [f"{{number:064}}" for number in range({MOST_KEYS} + 1)]
usage = Metrics(key_names=names).key_usage
for name in names:
    usage.request_answered(name)
    usage.speech_ended(name, 1, 1.0, is_finished=True)
"""
    environ = {**os.environ, VARIABLE: str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], cwd=PROJECT, env=environ, check=True)
    (counters,) = tmp_path.glob("counter_*.db")
    used = int.from_bytes(counters.read_bytes()[:4], sys.byteorder)
    assert counters.stat().st_size == FILE_BYTES
    assert FILE_BYTES / 4 < used < FILE_BYTES * 0.75  # which leaves space for the other counters
