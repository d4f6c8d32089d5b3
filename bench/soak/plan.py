"""The requests of each client of the soak test, which depend only on the seed."""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from app.settings import FORMATS
from bench.soak.texts import LENGTH_WEIGHTS, LENGTHS, short_sentence, text_of

BAD_SHARE = 0.05
LEAVING_SHARE = 0.2
SLOW_SHARE = 0.1
MIX_SHARE = 0.15
NORMAL_SPEED_SHARE = 0.5

_BAD: Sequence[Mapping[str, object]] = (
    {"input": " "},
    {"input": "a" * 5000},
    {"voice": "nobody"},
    {"voice": "af_heart(2)+"},
    {"speed": 9},
    {"response_format": "midi"},
    {"timestamps": True, "stream_format": "audio"},
    {"language": "tlh"},
)
"""Members that make a request invalid."""


class Form(Enum):
    """The form of a reply."""

    WHOLE = "whole"
    STREAMED = "streamed"
    EVENTS = "as events"


class Leaving(Enum):
    """The moment at which a client leaves early."""

    SENDING = "while sending"
    WAITING = "while waiting"
    LISTENING = "in mid-stream"


@dataclass(frozen=True)
class Ask:
    """One request, and the behaviour of its client."""

    body: bytes
    """JSON, valid or not."""

    text: str
    language: str
    """BCP 47 tag."""

    length: str
    audio_format: str
    speed: float
    form: Form
    wants_words: bool = False
    is_bad: bool = False
    reads_slowly: bool = False
    """Whether the client reads only as fast as it would play."""

    leaves: Leaving | None = None
    leaves_after: float = 0.0
    """Seconds of waiting or of speech after which the client leaves."""

    resets: bool = False
    """Whether a leaving client resets the connection instead of closing it."""

    def __str__(self) -> str:
        parts = [self.length, self.language, self.audio_format, self.form.value]
        parts += ["to be refused"] if self.is_bad else []
        parts += [f"left {self.leaves.value}"] if self.leaves else []
        return ", ".join(parts)


class Script:
    """The requests of one client."""

    def __init__(
        self,
        client: int,
        seed: int,
        texts: Mapping[str, list[str]],
        voices: Mapping[str, list[str]],
    ) -> None:
        """Choose from the `texts` and the ids of the `voices` of each language."""
        self._client = client
        self._chance = random.Random(f"{seed} {client}")
        self._texts = texts
        self._voices = voices

    def asks(self) -> Iterator[Ask]:
        """Yield requests without end, beginning with a short one in each language.

        Languages load when they are first spoken, which must not look like a leak later.
        """
        languages = list(self._texts)
        first = self._client % len(languages)
        for number, language in enumerate(languages[first:] + languages[:first]):
            text = short_sentence(self._texts[language], self._chance)
            audio_format = FORMATS[(self._client + number) % len(FORMATS)]
            yield self._ask(text, language, "sentence", audio_format)
        while True:
            yield self._behaved(self._any())

    def _any(self) -> Ask:
        language = self._chance.choice(list(self._texts))
        (length,) = self._chance.choices(list(LENGTHS), LENGTH_WEIGHTS)
        text = text_of(self._texts[language], language, length, self._chance)
        return self._ask(text, language, length, self._chance.choice(FORMATS))

    def _ask(self, text: str, language: str, length: str, audio_format: str) -> Ask:
        form = self._chance.choice(list(Form))
        speed = 1.0
        if self._chance.random() >= NORMAL_SPEED_SHARE:
            speed = round(self._chance.uniform(0.7, 1.6), 2)
        members: dict[str, Any] = {
            "model": "tts-1",
            "input": text,
            "voice": self._voice(self._voices[language]),
            "response_format": audio_format,
            "speed": speed,
        }
        wants_words = form is Form.EVENTS and self._chance.random() < 0.7
        if form is Form.EVENTS:
            members |= {"stream_format": "sse", "timestamps": wants_words}
        else:
            members["stream"] = form is Form.STREAMED
        body = json.dumps(members).encode()
        return Ask(body, text, language, length, audio_format, speed, form, wants_words)

    def _voice(self, own: list[str]) -> str:
        if len(own) == 1 or self._chance.random() >= MIX_SHARE:
            return self._chance.choice(own)
        chosen = self._chance.sample(own, min(len(own), self._chance.randint(2, 3)))
        return "+".join(f"{voice}({self._chance.randint(1, 4)})" for voice in chosen)

    def _behaved(self, ask: Ask) -> Ask:
        kind = self._chance.random()
        if kind < BAD_SHARE:
            return replace(ask, body=self._spoilt(ask.body), is_bad=True)
        if kind < BAD_SHARE + LEAVING_SHARE:
            leaves = self._chance.choice(list(Leaving))
            if leaves is Leaving.LISTENING and ask.form is Form.WHOLE:
                leaves = Leaving.WAITING
            after = self._chance.uniform(0, 2 if leaves is Leaving.WAITING else 6)
            resets = self._chance.random() < 0.5
            return replace(ask, leaves=leaves, leaves_after=after, resets=resets)
        return replace(ask, reads_slowly=kind > 1 - SLOW_SHARE)

    def _spoilt(self, body: bytes) -> bytes:
        choice = self._chance.randrange(len(_BAD) + 1)
        if choice == len(_BAD):
            return body[:-2]
        return json.dumps({**json.loads(body), **_BAD[choice]}).encode()
