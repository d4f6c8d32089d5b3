"""What voices say to introduce themselves, and the sound of it."""

import contextlib
import threading

from cachetools import LRUCache

LINES = {
    "en-US": "Hello! It is a pleasure to read to you. How do you like my voice?",
    "en-GB": "Hello! It is a pleasure to read to you. How do you like my voice?",
    "es": "¡Hola! Es un placer leer para ti. ¿Qué te parece mi voz?",
    "fr-FR": "Bonjour ! C'est un plaisir de lire pour vous. Comment trouvez-vous ma voix ?",
    "hi": "नमस्ते! आपके लिए पढ़ना मुझे अच्छा लगता है। मेरी आवाज़ आपको कैसी लगी?",
    "it": "Ciao! È un piacere leggere per te. Che ne pensi della mia voce?",
    "ja": "こんにちは。どんな文章でも読み上げます。この声はいかがですか。",
    "pt-BR": "Olá! É um prazer ler para você. O que achou da minha voz?",
    "zh": "你好！很高兴为你朗读。你觉得我的声音怎么样？",
}
"""A short text by the tag of its language."""

MAX_BYTES = 16 << 20
"""All voices of the pack as WAV take 13 MB."""


class PreviewCache:
    """The previews asked for last, as files, up to a number of bytes."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._files: LRUCache[tuple[str, str], bytes] = LRUCache(max_bytes, getsizeof=len)
        self._lock = threading.Lock()

    def get(self, voice: str, audio_format: str) -> bytes | None:
        """Return the preview of a voice in a format, if it is kept."""
        with self._lock:
            return self._files.get((voice, audio_format))

    def put(self, voice: str, audio_format: str, audio: bytes) -> None:
        """Keep a preview, and forget those not asked for longest if they are too many."""
        with self._lock, contextlib.suppress(ValueError):  # one that is larger than the cache
            self._files[voice, audio_format] = audio
