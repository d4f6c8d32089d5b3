"""Speech as server-sent events, in the shapes of OpenAI's API, with the times of its words."""

import base64
import json
from collections.abc import Iterable, Iterator

from app.scheduling.errors import ListenerGone
from app.scheduling.job import SpeechJob
from app.tts.types import TimedWord
from app.web.error_table import FORESEEN, as_api_error
from app.web.replies import (
    AudioDelta,
    AudioDone,
    AudioWords,
    ErrorEvent,
    SpeechEvent,
    Usage,
    Word,
)

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
                audio = base64.b64encode(chunk.data).decode()
                yield _event(AudioDelta(type="speech.audio.delta", audio=audio))
                has_begun = True
            if chunk.words:
                yield _event(AudioWords(type="speech.audio.words", words=word_list(chunk.words)))
                has_begun = True
    except ListenerGone:
        raise
    except Exception as error:
        if not has_begun:
            raise
        yield _event(ErrorEvent(type="error", error=as_api_error(error).reply.error))
        if not isinstance(error, FORESEEN):
            raise
    else:
        usage = _usage(text, job.clock.audio_seconds)
        yield _event(AudioDone(type="speech.audio.done", usage=usage))


def word_list(words: Iterable[TimedWord]) -> list[Word]:
    """Return words in the shape of OpenAI's transcriptions, with times in seconds."""
    return [
        Word(word=word.text, start=round(word.start, 3), end=round(word.end, 3)) for word in words
    ]


def _event(event: SpeechEvent) -> bytes:
    # Pydantic's own JSON cannot hold half of an emoji, which a client may have cut in two.
    data = json.dumps(event.model_dump(), separators=(",", ":"))
    return f"data: {data}\n\n".encode()


def _usage(text: str, seconds: float) -> Usage:
    characters, frames = len(text), round(seconds * FRAMES_A_SECOND)
    return Usage(input_tokens=characters, output_tokens=frames, total_tokens=characters + frames)
