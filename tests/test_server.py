"""gunicorn with the real model, over real HTTP."""

import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import requests

from app.tts.audio.trimming import FRAME
from app.tts.prepare.spectral_distance import log_spectral_distance
from app.tts.types import SAMPLE_RATE, Samples
from app.tts.voices.pack import ALIASES, CATALOGUE
from app.web.delivery.stream import LOOK_AHEAD_SECONDS
from tests.conftest import TINY_VOICE
from tests.servers import Server, free_port, gunicorn_server, seconds, wait_until
from tests.servers import server as any_server

pytestmark = pytest.mark.slow

ONE_SENTENCE = "Hello, this is a test."


def samples(wav: bytes) -> Samples:
    return np.frombuffer(wav[44:], "<i2").astype(np.float32) / 32768


def test_a_sentence_is_spoken_at_a_natural_length(server: Server) -> None:
    reply = server.speak(ONE_SENTENCE, voice="af_alloy", response_format="wav")
    assert reply.status_code == 200
    assert reply.headers["Content-Type"] == "audio/wav"
    assert int(reply.headers["Content-Length"]) == len(reply.content)
    assert 1 < seconds(reply.content) < 3
    assert 0.03 < np.abs(samples(reply.content)).max() < 1


def test_a_stream_is_chunked_and_sounds_like_the_whole(server: Server) -> None:
    text = "The train to the north leaves from platform nine. It is late."
    streamed = server.speak(text, stream=True)
    whole = server.speak(text)
    assert streamed.headers["Transfer-Encoding"] == "chunked"
    assert streamed.content[40:44] == b"\xff" * 4
    assert len(streamed.content) == pytest.approx(len(whole.content), rel=0.01)
    ours, theirs = (samples(reply.content) for reply in (streamed, whole))
    # A stream may begin some frames earlier, because it does not know yet how loud it will be.
    distances = [log_spectral_distance(ours[lead * FRAME :], theirs) for lead in range(3)]
    # 4.3 where all of it was decoded in windows, 7 where the two are one frame apart.
    assert min(distances) < 5


def test_a_stream_begins_before_its_first_sentence_is_decoded(server: Server) -> None:
    text = "This is one long sentence, which goes on and on, and which nobody wants to wait for."
    body = {"model": "kokoro", "voice": "alloy", "input": text, "stream": True}
    with requests.post(f"{server.url}/v1/audio/speech", json=body, stream=True) as reply:
        lengths = [len(chunk) for chunk in reply.raw.stream()]
    assert lengths[0] < 0.6 * SAMPLE_RATE * 2
    assert len(lengths) > 3


def test_the_first_chunk_of_a_stream_is_sent_before_the_rest_is_made(server: Server) -> None:
    text = "One. " + "This is a longer sentence, so it takes a while. " * 2
    body = {"model": "kokoro", "voice": "alloy", "input": text, "stream": True}
    with requests.post(f"{server.url}/v1/audio/speech", json=body, stream=True) as reply:
        finished = f"Speech finished. request_id={reply.headers['X-Request-Id']}"
        chunks = reply.iter_content(1000)
        next(chunks)
        assert finished not in server.log
        for _ in chunks:
            pass
    assert finished in server.log


def test_health_is_answered_between_chunks_while_eight_requests_are_spoken(server: Server) -> None:
    threads = [
        threading.Thread(target=server.speak, args=(f"Request number {number}.",))
        for number in range(8)
    ]
    for thread in threads:
        thread.start()
    answers = 0
    while any(thread.is_alive() for thread in threads):
        assert requests.get(f"{server.url}/health", timeout=5).status_code == 200
        answers += 1
    # A server that inference blocks would answer about once a chunk.
    assert answers > 10 * len(threads)


def test_requests_at_once_each_get_their_own_words(server: Server) -> None:
    words = ("one", "two hundred and twenty two", "three", "supercalifragilistic")
    alone = {word: server.speak(word).content for word in words}
    together: dict[str, bytes] = {}

    def speak(word: str) -> None:
        together[word] = server.speak(word).content

    threads = [threading.Thread(target=speak, args=(word,)) for word in words]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == alone


def request_for(text: str, **members: object) -> bytes:
    """A request as it is on the wire, for a client that behaves like none."""
    body = json.dumps({"model": "kokoro", "voice": "alloy", "input": text, **members})
    return (
        b"POST /v1/audio/speech HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\n\r\n%s" % (len(body), body.encode())
    )


@pytest.mark.parametrize("stream", [False, True])
def test_a_client_that_goes_away_stops_its_request(tmp_path: Path, stream: bool) -> None:
    with gunicorn_server({"KOKORO_MODEL_PATH": str(TINY_VOICE)}, tmp_path / "log") as running:
        running.wait_until_healthy()
        text = "This is one of very many sentences. " * 120
        with socket.create_connection(("127.0.0.1", running.port)) as client:
            client.sendall(request_for(text[:4096], stream=stream))
        wait_until(lambda: re.search("Speech cancelled", running.log))
        assert "Traceback" not in running.log
        assert running.speak("hello").status_code == 200


@pytest.mark.parametrize(
    "form", [{"stream": True}, {"stream_format": "sse", "response_format": "mp3"}]
)
def test_a_client_that_does_not_read_gets_no_more_made_than_a_few_seconds(
    tmp_path: Path, form: dict[str, object]
) -> None:
    environ = {"KOKORO_MODEL_PATH": str(TINY_VOICE), "KOKORO_EXTRA_FORMATS": "mp3"}
    with gunicorn_server(environ, tmp_path / "log") as running:
        running.wait_until_healthy()
        with socket.socket() as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.connect(("127.0.0.1", running.port))
            client.sendall(request_for("This is one of very many sentences. " * 100, **form))
            time.sleep(3)
        outcome = re.compile(r"Speech cancelled.* audio_seconds=([\d.]+)")
        wait_until(lambda: outcome.search(running.log))
        found = outcome.search(running.log)
        assert found
        sentence_seconds = 5
        # The kernel gives twice what it is asked for, and a chunk waits to be written.
        limit = 2 * LOOK_AHEAD_SECONDS + 2 * sentence_seconds
        assert 0 < float(found[1]) < limit


def test_requests_beyond_the_queue_are_429_and_the_others_are_spoken(tmp_path: Path) -> None:
    environ = {"KOKORO_MAX_QUEUE": "1", "KOKORO_CACHE_MB": "0"}
    with gunicorn_server(environ, tmp_path / "log") as running:
        running.wait_until_healthy()
        text = "This takes about as long to speak as a sentence takes."
        with ThreadPoolExecutor(8) as clients:
            replies = list(clients.map(running.speak, [text] * 8))
        refused = [reply for reply in replies if reply.status_code == 429]
        spoken = [reply for reply in replies if reply.status_code == 200]
        assert len(refused) + len(spoken) == 8
        assert len(spoken) >= 2
        assert refused
        assert len({reply.content for reply in spoken}) == 1
        for reply in refused:
            assert int(reply.headers["Retry-After"]) >= 1
            assert reply.json()["error"]["type"] == "rate_limit_error"
        assert running.speak("hello").status_code == 200


def test_every_failure_is_an_openai_error_on_the_wire(server: Server) -> None:
    url = f"{server.url}/v1/audio/speech"
    headers = {"Content-Type": "application/json"}
    replies = {
        400: requests.post(url, data=b"{", headers=headers),
        404: requests.get(f"{server.url}/nowhere"),
        405: requests.put(f"{server.url}/health"),
        415: requests.post(url, data=b"{}"),
        413: requests.post(url, data=b" " * 3_000_000, headers=headers),
    }
    chunks = iter([b" " * 65536] * 40)
    chunked = requests.post(url, data=chunks, headers=headers)
    assert chunked.status_code == 413
    for status, reply in replies.items():
        assert reply.status_code == status
        assert reply.json()["error"].keys() == {"message", "type", "param", "code"}


def test_a_dot_is_a_short_silence(server: Server) -> None:
    reply = server.speak(".")
    assert reply.status_code == 200
    assert 0 < seconds(reply.content) < 1


@pytest.mark.parametrize("name", [*CATALOGUE, "shimmer", "zf_yunxi"])
def test_every_voice_and_other_name_speaks_if_its_language_is_installed(
    server: Server, name: str
) -> None:
    reply = server.speak("Hi", voice=name)
    voice = CATALOGUE[ALIASES.get(name, name)]
    if reply.status_code == 400:
        assert voice.language.extra
        assert f"[{voice.language.extra}]" in reply.json()["error"]["message"]
        assert reply.json()["error"]["param"] == "voice"
    else:
        assert reply.status_code == 200
        assert 0.3 < seconds(reply.content) < 4


def test_two_gunicorn_processes_serve_side_by_side(tmp_path: Path) -> None:
    environ = {"KOKORO_MODEL_PATH": str(TINY_VOICE), "WEB_CONCURRENCY": "2"}
    with gunicorn_server(environ, tmp_path / "log") as running:
        running.wait_until_healthy()
        assert running.log.count("Booting worker") == 2
        while len(processes_that_finished(running.log)) < 2:
            assert running.speak("hello").status_code == 200


def processes_that_finished(log: str) -> set[str]:
    return set(re.findall(r"\[(\d+)\] \[INFO\] app.scheduling.job: Speech finished", log))


def test_a_failure_after_the_first_byte_cuts_the_connection(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "tests.fake_app:app"]
    with any_server(command, {}, port, tmp_path / "log") as running:
        running.wait_until_healthy()
        assert running.speak("one two", stream=True).status_code == 200
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            running.speak("one breakdown", stream=True)
        assert running.speak("one two").status_code == 200


def test_the_key_is_asked_for_on_the_wire() -> None:
    environ = {"KOKORO_MODEL_PATH": str(TINY_VOICE), "API_KEY": "s3cret"}
    with gunicorn_server({**environ, "KOKORO_PUBLIC_ENDPOINTS": "health"}) as running:
        running.wait_until_healthy()
        assert running.speak("hello").status_code == 401
        authorized = requests.get(
            f"{running.url}/v1/models", headers={"Authorization": "Bearer s3cret"}
        )
        assert authorized.status_code == 200


def test_flask_run_serves_for_development(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "run", "--port", str(port)]
    environ = {"KOKORO_MODEL_PATH": str(TINY_VOICE)}
    with any_server(command, environ, port, tmp_path / "log") as running:
        running.wait_until_healthy()
        assert running.speak("hello").status_code == 200
        assert running.speak("hello", stream=True).content[:4] == b"RIFF"
        assert "Traceback" not in running.log


def test_ctrl_c_stops_the_server_at_once(tmp_path: Path) -> None:
    with gunicorn_server({"KOKORO_MODEL_PATH": str(TINY_VOICE)}, tmp_path / "log") as running:
        running.wait_until_healthy()
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(15) == 0
        assert "Traceback" not in running.log


def test_gunicorn_finds_its_configuration_by_itself() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "gunicorn", "--print-config", "wsgi:app"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    values = dict(
        line.split("=", 1) for line in result.stdout.replace(" ", "").splitlines() if "=" in line
    )
    assert values["worker_class"] == "app.server.worker.Worker"
    assert values["preload_app"] == "False"
