"""Speech as server-sent events, in the shapes of OpenAI's API, with the times of its words."""

import base64
import json
from collections.abc import Iterable, Iterator, Sequence

from app.scheduling.errors import ListenerGone
from app.scheduling.job import SpeechJob
from app.tts.types import TimedWord
from app.web.hooks.error_handlers import FORESEEN, as_api_error

MEDIA_TYPE = "text/event-stream"

GROWTH = 4 / 3
"""Size of audio in base64, by its size in bytes."""

FRAMES_A_SECOND = 40
"""Unit in which `usage` counts speech: the acoustic model's frames of 25 ms."""


def speech_events(job: SpeechJob, text: str) -> Iterator[bytes]:
    """Return the speech of `text` as events; the last one says how it ended.

    The words of a chunk follow its audio. A failure before the first event is raised, since it can
    still be answered with a status.
    """
    has_begun = False
    try:
        for chunk in job:
            if chunk.data:
                yield _event("speech.audio.delta", audio=base64.b64encode(chunk.data).decode())
                has_begun = True
            if chunk.words:
                yield _event("speech.audio.words", words=word_list(chunk.words))
                has_begun = True
    except ListenerGone:
        raise
    except Exception as error:
        if not has_begun:
            raise
        yield _event("error", **as_api_error(error).body)
        if not isinstance(error, FORESEEN):
            raise
    else:
        yield _event("speech.audio.done", usage=_usage(text, job.clock.audio_seconds))


def word_list(words: Iterable[TimedWord]) -> Sequence[dict[str, str | float]]:
    """Return words in the shape of OpenAI's transcriptions, with times in seconds."""
    return [
        {"word": word.text, "start": round(word.start, 3), "end": round(word.end, 3)}
        for word in words
    ]


def _event(kind: str, **members: object) -> bytes:
    event = json.dumps({"type": kind, **members}, separators=(",", ":"))
    return f"data: {event}\n\n".encode()


def _usage(text: str, seconds: float) -> dict[str, int]:
    spoken = round(seconds * FRAMES_A_SECOND)
    return {
        "input_tokens": len(text),
        "output_tokens": spoken,
        "total_tokens": len(text) + spoken,
    }
