"""gunicorn with the real model, over real HTTP."""

import threading

import numpy as np
import pytest
import requests

from app.tts.audio.trimming import LEVEL_FRAME
from app.tts.prepare.spectral_distance import log_spectral_distance
from app.tts.types import SAMPLE_RATE, Samples
from app.tts.voices.pack import ALIASES, CATALOGUE
from tests.servers import Server, seconds

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
    distances = [log_spectral_distance(ours[lead * LEVEL_FRAME :], theirs) for lead in range(3)]
    # 4.3 if all of it was decoded in windows, 7 if the two are one frame apart.
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
    # A server blocked by inference would answer about once a chunk.
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
