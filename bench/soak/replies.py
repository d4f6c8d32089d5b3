"""Checks that a reply matches its request."""

import base64
import io
import json
from email.message import Message
from typing import Any

import av

from app.settings import EXTRA_FORMATS
from app.tts.audio.codecs import load_formats
from app.tts.audio.formats import PCM_BYTES_A_SECOND, wav_header
from app.web.delivery.sse import FRAMES_A_SECOND, MEDIA_TYPE
from bench.soak.plan import Ask, Form
from bench.soak.texts import DENSE

SHORTEST, LONGEST = 0.02, 0.35
"""Least and most seconds of speech for a character at speed 1, for languages with letters."""

DENSE_LONGEST = 0.8
MARGIN = 3.0
"""Extra seconds that a short text may take, such as a number in figures."""

_MEDIA_TYPES = {name: each.media_type for name, each in load_formats(EXTRA_FORMATS).items()}
_WAV_HEADER_BYTES = len(wav_header(None))


class WrongReply(Exception):
    """The server's reply does not match the request."""


def check(ask: Ask, status: int, headers: Message, body: bytes) -> float:
    """Return the seconds of speech in a complete reply; raises `WrongReply`."""
    expected = 400 if ask.is_bad else 200
    if status != expected:
        raise WrongReply(f"status {status} instead of {expected}: {body[:300]!r}")
    if ask.is_bad:
        _check_error(body)
        return 0.0
    media_type = MEDIA_TYPE if ask.form is Form.EVENTS else _MEDIA_TYPES[ask.audio_format]
    if headers.get("Content-Type", "").split(";")[0] != media_type:
        raise WrongReply(f"Content-Type {headers.get('Content-Type')!r} for {media_type}")
    length = headers.get("Content-Length", str(len(body)))
    if int(length) != len(body):
        raise WrongReply(f"{len(body)} bytes instead of {length}")
    seconds = _check_events(ask, body) if ask.form is Form.EVENTS else _seconds(ask, body)
    _check_length(ask, seconds)
    return seconds


def _check_error(body: bytes) -> None:
    try:
        kind = json.loads(body)["error"]["type"]
    except (ValueError, LookupError, TypeError) as error:
        raise WrongReply(f"no error object: {body[:300]!r}") from error
    if kind != "invalid_request_error":
        raise WrongReply(f"an error of type {kind!r}")


def _check_events(ask: Ask, body: bytes) -> float:
    *lines, rest = body.decode().split("\n\n")
    try:
        events: list[Any] = [json.loads(line.removeprefix("data: ")) for line in lines]
    except ValueError as error:
        raise WrongReply("an event that is not JSON") from error
    if rest or not events or events[-1]["type"] != "speech.audio.done":
        raise WrongReply(f"the last event is {events[-1]['type'] if events else None!r}")
    deltas = [each["audio"] for each in events if each["type"] == "speech.audio.delta"]
    seconds = _seconds(ask, b"".join(map(base64.b64decode, deltas)))
    told = events[-1]["usage"]["output_tokens"] / FRAMES_A_SECOND
    if abs(told - seconds) > 0.2:  # codecs add a little silence
        raise WrongReply(f"{seconds:.2f} s of speech, but `usage` says {told:.2f} s")
    if ask.wants_words:
        words = [word for each in events for word in each.get("words", ())]
        starts = [word["start"] for word in words]
        if not words or starts != sorted(starts) or words[-1]["end"] > told + 0.1:
            raise WrongReply(f"{len(words)} words with impossible times")
    return seconds


def _seconds(ask: Ask, audio: bytes) -> float:
    if ask.audio_format == "pcm":
        return len(audio) / PCM_BYTES_A_SECOND
    if ask.audio_format == "wav":
        data_bytes = len(audio) - _WAV_HEADER_BYTES
        size = data_bytes if ask.form is Form.WHOLE else None
        if data_bytes < 0 or not audio.startswith(wav_header(size)):
            raise WrongReply(f"the WAV header {audio[:_WAV_HEADER_BYTES]!r} for {data_bytes} bytes")
        return data_bytes / PCM_BYTES_A_SECOND
    try:
        with av.open(io.BytesIO(audio), "r") as container:
            frames = container.decode(audio=0)
            return sum(float(frame.samples / frame.sample_rate) for frame in frames)
    except av.FFmpegError as error:
        raise WrongReply(f"{len(audio)} bytes that are not {ask.audio_format}: {error}") from error


def _check_length(ask: Ask, seconds: float) -> None:
    longest = DENSE_LONGEST if ask.language in DENSE else LONGEST
    characters = len(ask.text) / ask.speed
    if not characters * SHORTEST < seconds < characters * longest + MARGIN:
        raise WrongReply(f"{seconds:.2f} s of speech for {len(ask.text)} characters")
