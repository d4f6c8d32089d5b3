"""Any request is answered as documented: 4,000 of them over real HTTP in profile `ci`."""

import base64
import http.client
import io
import json
import re
import wave
from collections.abc import Callable, Iterator
from contextlib import closing
from urllib.parse import urlsplit

import av
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import TINY_VOICE
from tests.faults.body_strategies import MAX_INPUT_CHARS, VOICES, Case, bodies, valid_bodies
from tests.faults.recovery import unharmed
from tests.faults.request_strategies import headers, other_bodies, request_lines
from tests.hypothesis_profiles import EXAMPLES, examples
from tests.servers import Server, gunicorn_server

SHARES = {"bodies": 20, "valid bodies": 8, "other bodies": 5, "lines": 5, "headers": 4}
"""Requests of each kind, as multiples of the examples of Hypothesis's profile."""

UNKNOWN_SIZE = 0xFFFFFFFF


@pytest.fixture(scope="module")
def tiny_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    environ = {
        "KOKORO_MODEL_PATH": str(TINY_VOICE),
        "KOKORO_EXTRA_FORMATS": "mp3,opus,aac,flac",
        "KOKORO_MAX_INPUT_CHARS": str(MAX_INPUT_CHARS),
    }
    with gunicorn_server(environ, tmp_path_factory.mktemp("requests") / "log") as running:
        running.wait_until_healthy()
        yield running


class Client:
    """Sends requests unchanged, over one connection for as long as the server keeps it."""

    def __init__(self, server: Server) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=60)

    def ask(self, case: Case) -> tuple[http.client.HTTPResponse, bytes]:
        try:
            return self._ask(case)
        except (ConnectionError, http.client.RemoteDisconnected):
            # The server had closed the connection in the meantime.
            self._connection.close()
            return self._ask(case)

    def _ask(self, case: Case) -> tuple[http.client.HTTPResponse, bytes]:
        connection = self._connection
        has_host = "Host" in case.headers
        connection.putrequest(case.method, case.path, skip_host=has_host, skip_accept_encoding=True)
        for name, value in case.headers.items():
            connection.putheader(name, value.encode("latin-1"))
        connection.putheader("Content-Length", str(len(case.body)))
        connection.endheaders(case.body)
        response = connection.getresponse()
        return response, response.read()

    def close(self) -> None:
        self._connection.close()


@pytest.fixture
def client(tiny_server: Server) -> Iterator[Client]:
    with closing(Client(tiny_server)) as ours:
        yield ours


def try_all(cases: st.SearchStrategy[Case], share: float, client: Client) -> None:
    """Send `share` times the profile's number of requests, and check each answer."""
    answered = 0
    tried = examples(share)

    @settings(tried, suppress_health_check=list(HealthCheck))
    @given(cases)
    def check(case: Case) -> None:
        nonlocal answered
        reply, body = client.ask(case)
        assert_is_as_documented(case, reply, body)
        answered += 1

    check()
    assert answered >= tried.max_examples


def assert_is_as_documented(case: Case, reply: http.client.HTTPResponse, body: bytes) -> None:
    said = body[:300]
    assert reply.status in case.statuses, f"{reply.status} {said!r}"
    given_id = case.headers.get("X-Request-Id", "")
    request_id = reply.headers["X-Request-Id"]
    assert re.fullmatch(r"[A-Za-z0-9._-]{1,128}", request_id)
    if re.fullmatch(r"[A-Za-z0-9._-]{1,128}", given_id):
        assert request_id == given_id
    if case.method == "HEAD":
        return
    if reply.status >= 400:
        assert reply.headers.get_content_type() == "application/json"
        assert_is_an_error(json.loads(body)["error"], case)
    elif case.method == "POST":
        assert_is_complete(case, reply, body)


def assert_is_an_error(error: dict[str, object], case: Case) -> None:
    assert set(error) == {"message", "type", "param", "code"}
    assert isinstance(error["message"], str)
    assert error["message"]
    assert error["type"] == "invalid_request_error"
    assert error["param"] in case.params, error
    assert error["code"] is None or isinstance(error["code"], str)


def assert_is_complete(case: Case, reply: http.client.HTTPResponse, body: bytes) -> None:
    """Assert that all of the speech came, in the format asked for."""
    wanted = case.members.get("response_format")
    audio_format = wanted.lower() if isinstance(wanted, str) else "wav"
    if case.members.get("stream_format") == "sse":
        assert reply.headers.get_content_type() == "text/event-stream"
        body = audio_of_events(body.decode())
    CHECKS[audio_format](body)


def audio_of_events(text: str) -> bytes:
    events = [json.loads(part.removeprefix("data: ")) for part in text.split("\n\n")[:-1]]
    assert text.endswith("\n\n")
    *deltas, done = events
    assert done["type"] == "speech.audio.done"
    assert {delta["type"] for delta in deltas} <= {"speech.audio.delta"}
    return b"".join(base64.b64decode(delta["audio"]) for delta in deltas)


def check_wav(audio: bytes) -> None:
    size = int.from_bytes(audio[4:8], "little")
    assert size in (len(audio) - 8, UNKNOWN_SIZE)
    with wave.open(io.BytesIO(audio)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 24_000)
        assert file.getnframes() > 0
    check_pcm(audio[44:])


def check_pcm(audio: bytes) -> None:
    assert audio
    assert len(audio) % 2 == 0


def check_coded(audio: bytes) -> None:
    with av.open(io.BytesIO(audio)) as container:
        frames = list(container.decode(audio=0))
    assert sum(frame.samples for frame in frames) > 0


CHECKS: dict[str, Callable[[bytes], None]] = {
    "wav": check_wav,
    "pcm": check_pcm,
    **dict.fromkeys(("mp3", "opus", "aac", "flac"), check_coded),
}


def test_there_are_four_thousand_cases() -> None:
    assert sum(SHARES.values()) * EXAMPLES["ci"] >= 4000


def test_every_body_is_spoken_or_its_fault_is_named(client: Client) -> None:
    try_all(bodies(), SHARES["bodies"], client)


def test_every_valid_body_is_spoken_whole(client: Client) -> None:
    try_all(valid_bodies(), SHARES["valid bodies"], client)


def test_a_body_that_is_not_a_json_object_is_refused(client: Client) -> None:
    try_all(other_bodies(), SHARES["other bodies"], client)


def test_every_request_line_is_answered(client: Client) -> None:
    try_all(request_lines(), SHARES["lines"], client)


def test_headers_of_all_kinds_do_no_harm(client: Client) -> None:
    try_all(headers(), SHARES["headers"], client)


def test_nothing_is_left_behind(tiny_server: Server) -> None:
    for voice in VOICES:  # the memory that a language takes when first spoken is not a leak
        assert tiny_server.speak("One.", voice=voice).status_code == 200
    with unharmed(tiny_server), closing(Client(tiny_server)) as ours:
        try_all(bodies() | other_bodies(), 1, ours)
