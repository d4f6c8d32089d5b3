"""Samples to the bytes of a response: 16-bit PCM, bare or in a WAV file."""

import struct
from dataclasses import dataclass

import numpy as np

from app.tts.types import SAMPLE_RATE, Samples

BYTES_A_SAMPLE = 2
UNKNOWN_SIZE = 0xFFFFFFFF
"""What a WAV header says while the length is not known yet; OpenAI streams it so too."""


@dataclass(frozen=True)
class AudioFormat:
    """A container that a client may ask for."""

    name: str
    media_type: str
    has_header: bool

    def header(self, data_bytes: int | None) -> bytes:
        """Return what comes before `data_bytes` of PCM, or None where the length is unknown."""
        return wav_header(data_bytes) if self.has_header else b""


FORMATS = {
    audio_format.name: audio_format
    for audio_format in (
        AudioFormat("wav", "audio/wav", has_header=True),
        AudioFormat("pcm", "audio/pcm", has_header=False),
    )
}


def pcm16(samples: Samples) -> bytes:
    """Return float samples as signed 16-bit little-endian PCM; what is beyond ±1 is clipped."""
    return np.rint(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()


def wav_header(data_bytes: int | None) -> bytes:
    """Return the 44-byte RIFF header of a mono 24 kHz 16-bit file with `data_bytes` of samples.

    None stands for a stream of unknown length.
    """
    riff_size = UNKNOWN_SIZE if data_bytes is None else data_bytes + 36
    data_size = UNKNOWN_SIZE if data_bytes is None else data_bytes
    bytes_a_second = SAMPLE_RATE * BYTES_A_SAMPLE
    pcm_format = struct.pack(
        "<HHIIHH", 1, 1, SAMPLE_RATE, bytes_a_second, BYTES_A_SAMPLE, 8 * BYTES_A_SAMPLE
    )
    return b"".join(
        (
            struct.pack("<4sI4s", b"RIFF", riff_size, b"WAVE"),
            struct.pack("<4sI", b"fmt ", len(pcm_format)) + pcm_format,
            struct.pack("<4sI", b"data", data_size),
        )
    )
