"""Usage by API key; without keys, nothing is counted."""

from collections.abc import Callable, Iterable

from prometheus_client import Counter

MOST_KEYS = 256
"""Number of keys that are counted separately: each takes space in the shared files."""

OTHERS = "others"
"""Label under which all further keys are counted together."""


class KeyUsage:
    """Requests, characters and seconds of audio by the name of the key."""

    def __init__(self, counter: Callable[..., Counter], names: Iterable[str] = ()) -> None:
        """Count for the keys `names`; `counter` makes a counter of a name, a text and labels."""
        self._names = frozenset(list(names)[:MOST_KEYS])
        self._requests = counter("key_requests", "Requests by key.", "key")
        self._characters = counter(
            "key_characters", "Characters of the inputs of finished speeches, by key.", "key"
        )
        self._audio = counter(
            "key_audio_seconds", "Audio that was made, also of unfinished speeches, by key.", "key"
        )
        for name in self._names:  # otherwise rate() would miss the first request
            for counted in (self._requests, self._characters, self._audio):
                counted.labels(name)

    def request_answered(self, key: str | None) -> None:
        """Count a request with the key of this name, or without a key."""
        if key is not None:
            self._requests.labels(self._label(key)).inc()

    def speech_ended(
        self, key: str | None, characters: int, audio_seconds: float, *, is_finished: bool
    ) -> None:
        """Count the audio, and the `characters` of the whole input if its speech is finished.

        For speech that was cut off, the number of characters that were spoken is unknown.
        """
        if key is None:
            return
        self._audio.labels(self._label(key)).inc(audio_seconds)
        if is_finished:
            self._characters.labels(self._label(key)).inc(characters)

    def _label(self, key: str) -> str:
        return key if key in self._names else OTHERS
