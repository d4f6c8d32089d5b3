"""Speech, whole and streamed, with the fake engine."""

import io
import re
import socket
import wave
from contextlib import ExitStack, closing
from dataclasses import replace

import pytest
from flask import Response
from flask.testing import FlaskClient

from app import create_app
from app.settings import EXTRA_FORMATS, Settings
from app.telemetry.metrics import OUTCOMES
from app.web.delivery.unsent_reply import UnsentReply
from app.web.state import set_state, state_of
from app.web.unsent_replies import UnsentReplies
from tests.exposition import Scrape
from tests.fakes import FakeEngine

URL = "/v1/audio/speech"
BODY = {"model": "tts-1", "voice": "alloy", "input": "one three fifteen"}


def test_a_whole_wav_has_its_true_length_in_both_headers(ready_client: FlaskClient) -> None:
    response = ready_client.post(URL, json=BODY)
    assert response.status_code == 200
    assert response.content_type == "audio/wav"
    assert response.content_length == len(response.data)
    with wave.open(io.BytesIO(response.data)) as file:
        assert file.getparams()[:4] == (1, 2, 24_000, 300)
    assert response.data[4:8] == (len(response.data) - 8).to_bytes(4, "little")


def test_a_streamed_wav_is_of_unknown_length(ready_client: FlaskClient) -> None:
    response = ready_client.post(URL, json={**BODY, "stream": True})
    assert response.status_code == 200
    assert response.content_type == "audio/wav"
    assert response.content_length is None
    assert response.data[4:8] == response.data[40:44] == b"\xff\xff\xff\xff"
    assert response.headers["X-Accel-Buffering"] == "no"
    assert response.headers["Cache-Control"] == "no-cache"
    assert re.fullmatch("[0-9a-f]{32}", response.headers["X-Request-Id"])


def test_the_requested_language_is_spoken(ready_client: FlaskClient, engine: FakeEngine) -> None:
    ready_client.post(URL, json=BODY)
    ready_client.post(URL, json={**BODY, "language": "pt"})
    assert [options.language for _, options in engine.spoken] == [None] * 3 + ["pt-BR"] * 3


@pytest.mark.parametrize("stream", [False, True])
def test_pcm_has_no_header(ready_client: FlaskClient, stream: bool) -> None:
    wav = ready_client.post(URL, json={**BODY, "stream": stream})
    pcm = ready_client.post(URL, json={**BODY, "stream": stream, "response_format": "pcm"})
    assert pcm.content_type == "audio/pcm"
    assert pcm.data == wav.data[44:]


def test_pcm_is_streamed_unless_the_request_says_no(ready_client: FlaskClient) -> None:
    pcm = {**BODY, "response_format": "pcm"}
    assert ready_client.post(URL, json=pcm).content_length is None
    assert ready_client.post(URL, json={**pcm, "stream": False}).content_length == 600


def ready_client_of(engine: FakeEngine, **environ: str) -> FlaskClient:
    app = create_app(Settings.load(environ), engine)
    service = state_of(app).service
    service.start()
    service.wait_until_loaded()
    return app.test_client()


@pytest.mark.parametrize("name", EXTRA_FORMATS)
@pytest.mark.parametrize(
    "environ", [{"KOKORO_EXTRA_FORMATS": ",".join(EXTRA_FORMATS)}, {"KOKORO_OPENAI": "on"}]
)
def test_compressed_formats_are_streamed_unless_the_request_says_no(
    engine: FakeEngine, environ: dict[str, str], name: str
) -> None:
    client = ready_client_of(engine, **environ)
    body = {**BODY, "input": "many words " * 200, "response_format": name}
    streamed = client.post(URL, json=body, buffered=False)
    assert streamed.status_code == 200
    assert streamed.content_length is None
    assert len(engine.spoken) < 400  # words spoken when the first bytes are sent
    streamed.close()
    whole = client.post(URL, json={**body, "stream": False})
    assert whole.content_length == len(whole.data)


def test_a_whole_mp3_has_its_length_even_where_streaming_is_the_default(
    engine: FakeEngine,
) -> None:
    client = ready_client_of(engine, KOKORO_OPENAI="on")
    whole = client.post(URL, json={**BODY, "stream": False})
    streamed = client.post(URL, json=BODY)
    assert whole.content_type == streamed.content_type == "audio/mpeg"
    told = whole.data.index(b"Info") + 4
    assert whole.data[told : told + 4] == bytes(
        (0, 0, 0, 3)
    )  # the header has both frames and bytes
    assert streamed.data[told : told + 4] == bytes(4)


def test_with_openai_wav_is_streamed_as_openai_does_it(engine: FakeEngine) -> None:
    client = ready_client_of(engine, KOKORO_OPENAI="on")
    streamed = client.post(URL, json={**BODY, "response_format": "wav"})
    assert streamed.content_length is None
    assert streamed.data[4:8] == streamed.data[40:44] == b"\xff\xff\xff\xff"


@pytest.mark.parametrize("path", [URL, f"{URL}/captions"])
def test_with_openai_an_unknown_model_is_404_in_openais_shape(
    engine: FakeEngine, path: str
) -> None:
    client = ready_client_of(engine, KOKORO_OPENAI="on")
    reply = client.post(path, json={**BODY, "model": "gpt-4"})
    assert reply.status_code == 404
    assert reply.json is not None
    assert (
        reply.json["error"].items()
        >= {
            "type": "invalid_request_error",
            "param": "model",
            "code": "model_not_found",
        }.items()
    )


def test_stream_format_audio_is_a_stream(ready_client: FlaskClient) -> None:
    streamed = ready_client.post(URL, json={**BODY, "stream": True})
    response = ready_client.post(URL, json={**BODY, "stream_format": "audio"})
    assert response.content_length is None
    assert response.data == streamed.data


def test_streamed_and_whole_samples_are_the_same(ready_client: FlaskClient) -> None:
    whole = ready_client.post(URL, json=BODY)
    streamed = ready_client.post(URL, json={**BODY, "stream": True})
    assert streamed.data[44:] == whole.data[44:]


def test_each_chunk_is_made_only_when_the_one_before_was_sent(
    ready_client: FlaskClient, engine: FakeEngine
) -> None:
    response = ready_client.post(URL, json={**BODY, "stream": True}, buffered=False)
    chunks = response.iter_encoded()
    for number in (1, 2, 3):
        next(chunks)
        assert len(engine.spoken) == number


def test_a_stream_that_is_closed_makes_no_more(
    ready_client: FlaskClient, engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    response = ready_client.post(URL, json={**BODY, "stream": True}, buffered=False)
    assert "Speech cancelled" not in caplog.text
    response.close()
    assert "Speech cancelled" in caplog.text
    assert len(engine.spoken) == 1


def test_voice_and_speed_reach_the_engine(ready_client: FlaskClient, engine: FakeEngine) -> None:
    ready_client.post(URL, json={**BODY, "voice": {"id": "Fable"}, "speed": 1.5})
    options = engine.spoken[0][1]
    assert (options.voice, options.speed) == ("bm_fable", 1.5)


def test_a_failure_after_the_first_byte_cuts_the_stream(ready_client: FlaskClient) -> None:
    body = {**BODY, "input": "one unreadable", "stream": True}
    response = ready_client.post(URL, json=body, buffered=False)
    chunks = response.iter_encoded()
    next(chunks)
    with pytest.raises(Exception, match="cannot be spoken"):
        next(chunks)


def with_room_for(client: FlaskClient, max_bytes: int) -> UnsentReplies:
    """Let the client's server hold `max_bytes` of whole replies."""
    replies = UnsentReplies(max_bytes, small_bytes=max_bytes // 10)
    app = client.application
    set_state(app, replace(state_of(app), unsent_replies=replies))
    return replies


def outcomes(client: FlaskClient, outcome: str) -> float:
    return Scrape(client.get("/metrics").text).value("kokoro_speeches_total", outcome=outcome)


def test_a_whole_reply_takes_room_until_it_is_sent(ready_client: FlaskClient) -> None:
    replies = with_room_for(ready_client, 10_000)
    response = ready_client.post(URL, json=BODY, buffered=False)
    assert replies.held_bytes == response.content_length == 644
    response.get_data()
    response.close()
    assert replies.held_bytes == 0


def test_a_whole_reply_that_finds_no_room_is_429_with_retry_after(
    ready_client: FlaskClient,
) -> None:
    replies = with_room_for(ready_client, 4_000)
    held = [ready_client.post(URL, json=BODY, buffered=False) for _ in range(3)]
    refused = ready_client.post(URL, json=BODY)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1
    assert refused.json is not None
    assert refused.json["error"]["type"] == "rate_limit_error"
    assert outcomes(ready_client, "rejected") == 1
    assert outcomes(ready_client, "cancelled") == 0
    assert ready_client.post(URL, json={**BODY, "stream": True}).status_code == 200
    for response in held:
        response.close()
    assert replies.held_bytes == 0
    with ready_client.post(URL, json=BODY) as response:
        assert response.status_code == 200


def test_while_there_is_no_room_at_all_nothing_is_spoken(
    ready_client: FlaskClient, engine: FakeEngine
) -> None:
    replies = with_room_for(ready_client, 4_000)
    with ExitStack() as stack:
        for client in ("key:alice", "key:bob"):
            reply = stack.enter_context(closing(UnsentReply(replies, client)))
            reply.write(bytes(2_000))
        assert ready_client.post(URL, json=BODY).status_code == 429
    assert not engine.spoken


def test_a_whole_reply_that_will_never_find_room_is_a_400(ready_client: FlaskClient) -> None:
    replies = with_room_for(ready_client, 1_000)
    refused = ready_client.post(URL, json=BODY)
    assert refused.status_code == 400
    assert "stream" in refused.text
    assert outcomes(ready_client, "refused") == 1
    assert replies.held_bytes == 0


class UnfitSocket:
    """A socket whose options cannot be set."""

    family = socket.AF_INET

    def __init__(self, error: Exception) -> None:
        self._error = error

    def setsockopt(self, *_: object) -> None:
        raise self._error

    def fileno(self) -> int:
        return 0


@pytest.mark.parametrize("stream", [False, True])
def test_a_connection_that_cannot_be_set_up_is_served(
    ready_client: FlaskClient, stream: bool
) -> None:
    environ = {"gunicorn.socket": UnfitSocket(OSError(9, "Bad file descriptor"))}
    body = {**BODY, "stream": stream}
    assert ready_client.post(URL, json=body, environ_overrides=environ).status_code == 200


@pytest.mark.parametrize("stream", [False, True])
def test_a_bug_between_speech_and_web_server_leaves_nothing_behind(
    ready_client: FlaskClient, stream: bool
) -> None:
    replies = with_room_for(ready_client, 10_000)
    environ = {"gunicorn.socket": UnfitSocket(ZeroDivisionError())}
    reply = ready_client.post(URL, json={**BODY, "stream": stream}, environ_overrides=environ)
    assert reply.status_code == 500
    assert replies.held_bytes == 0
    assert sum(outcomes(ready_client, outcome) for outcome in OUTCOMES) == 1


@pytest.mark.parametrize("stream", [False, True])
def test_a_reply_that_a_later_hook_fails_on_leaves_nothing_behind(
    ready_client: FlaskClient, stream: bool
) -> None:
    replies = with_room_for(ready_client, 10_000)
    hooks = ready_client.application.after_request_funcs.setdefault("speech", [])

    def fail(response: Response) -> Response:
        raise ZeroDivisionError

    hooks.append(fail)
    reply = ready_client.post(URL, json={**BODY, "stream": stream}, buffered=False)
    assert reply.status_code == 500
    assert replies.held_bytes == 0
    assert sum(outcomes(ready_client, outcome) for outcome in OUTCOMES) == 1
