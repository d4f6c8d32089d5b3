"""Cache of previews, and the lines with which voices introduce themselves."""

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
"""Lines by the BCP 47 tag of their language."""

MAX_BYTES = 16 << 20
"""Size of the cache; as WAV, all voices of the pack take 13 MB."""


class PreviewCache:
    """The most recently used previews, up to a number of bytes; safe for threads."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._files: LRUCache[tuple[str, str], bytes] = LRUCache(max_bytes, getsizeof=len)
        self._lock = threading.Lock()

    def get(self, voice: str, audio_format: str) -> bytes | None:
        """Return the preview of a voice in a format, or None if it is not cached."""
        with self._lock:
            return self._files.get((voice, audio_format))

    def put(self, voice: str, audio_format: str, audio: bytes) -> None:
        """Cache a preview, and evict the least recently used ones if there is no room."""
        with self._lock, contextlib.suppress(ValueError):  # larger than the cache
            self._files[voice, audio_format] = audio
