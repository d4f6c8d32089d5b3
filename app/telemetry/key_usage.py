"""What each key is used for; without keys, nothing is known of who uses the server."""

from collections.abc import Callable, Iterable

from prometheus_client import Counter

MOST_KEYS = 256
"""How many keys have figures of their own: each takes room in what processes share."""

OTHERS = "others"
"""What the keys after those are called together."""


class KeyUsage:
    """Requests, characters and seconds of audio by the name of the key."""

    def __init__(self, counter: Callable[..., Counter], names: Iterable[str] = ()) -> None:
        """Count with what `counter` makes of a name, a text and labels, for the keys `names`."""
        self._names = frozenset(list(names)[:MOST_KEYS])
        self._requests = counter("key_requests", "Requests by key.", "key")
        self._characters = counter(
            "key_characters", "Characters of the inputs of finished speeches, by key.", "key"
        )
        self._audio = counter(
            "key_audio_seconds", "Audio that was made, also of unfinished speeches, by key.", "key"
        )
        for name in self._names:  # or rate() would miss the first time
            for counted in (self._requests, self._characters, self._audio):
                counted.labels(name)

    def request_answered(self, key: str | None) -> None:
        """Count a request that brought the key of this name, or none."""
        if key is not None:
            self._requests.labels(self._label(key)).inc()

    def speech_ended(
        self, key: str | None, characters: int, audio_seconds: float, *, is_finished: bool
    ) -> None:
        """Count the audio that was made, and the `characters` of the whole input if all of it was.

        How much of an input was spoken when its speech was cut off is not known.
        """
        if key is None:
            return
        self._audio.labels(self._label(key)).inc(audio_seconds)
        if is_finished:
            self._characters.labels(self._label(key)).inc(characters)

    def _label(self, key: str) -> str:
        return key if key in self._names else OTHERS
