"""The audio formats that can be offered."""

from collections.abc import Collection, Mapping
from importlib.util import find_spec

from app.tts.audio.formats import PCM, PCM_BYTES_A_SECOND, WAV, AudioFormat
from app.tts.errors import AssetError
from app.tts.installation import install_extra, pip_install


def load_formats(extra: Collection[str]) -> Mapping[str, AudioFormat]:
    """Return WAV, PCM and the `extra` formats (mp3, opus, aac and flac) by name.

    Raises `AssetError` when the library for extra formats is not installed or cannot write one.
    """
    formats = {"wav": WAV, "pcm": PCM}
    if extra:
        compressed = _compressed()
        formats.update((name, _tried(compressed[name])) for name in extra)
    return formats


def has_codecs() -> bool:
    """Return whether the library for the extra formats is installed."""
    return find_spec("av") is not None


def _compressed() -> Mapping[str, AudioFormat]:
    try:
        # Not at the top, because the server also runs without it.
        from app.tts.audio import libav
    except ImportError as error:
        raise AssetError(
            f"For MP3, Opus, AAC and FLAC, and so for --openai, {install_extra('codecs')}: {error}"
        ) from error
    return {
        "mp3": AudioFormat("mp3", "audio/mpeg", libav.MP3_BIT_RATE // 8, libav.Mp3Encoder),
        # RFC 7845's type for Opus in Ogg; audio/opus is for RTP, and some browsers do not play a
        # file of that type.
        "opus": AudioFormat("opus", "audio/ogg", libav.OPUS_BIT_RATE // 8, libav.OpusEncoder),
        "aac": AudioFormat("aac", "audio/aac", libav.AAC_BIT_RATE // 8, libav.AacEncoder),
        "flac": AudioFormat("flac", "audio/flac", PCM_BYTES_A_SECOND // 2, libav.FlacEncoder),
    }


def _tried(audio_format: AudioFormat) -> AudioFormat:
    try:
        audio_format.new_encoder()
    except ValueError as error:  # PyAV's, for a codec or container that its build lacks
        raise AssetError(
            f"The installed PyAV cannot write {audio_format.name} ({error}); install one from the "
            f"package registry: {pip_install('--force-reinstall', 'av')}"
        ) from error
    return audio_format
