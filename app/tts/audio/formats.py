"""Encodes samples as the bytes of a response: 16-bit PCM, raw or in a WAV file."""

import struct
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from app.tts.errors import InferenceError
from app.tts.types import SAMPLE_RATE, AudioChunk, Samples, TimedWord

BYTES_A_SAMPLE = 2
PCM_BYTES_A_SECOND = SAMPLE_RATE * BYTES_A_SAMPLE
UNKNOWN_SIZE = 0xFFFFFFFF
"""The size in a WAV header while the length is not known; OpenAI streams it like this, too."""


class Encoder(Protocol):
    """Encodes the samples of one utterance as they arrive."""

    def encode(self, samples: Samples) -> bytes:
        """Return the bytes that can be sent now that `samples` arrived; perhaps none yet."""

    def finish(self) -> bytes:
        """Return the rest; nothing may be encoded after that."""

    def header(self) -> bytes:
        """Return the first bytes as they would be with a known length; called after `finish`."""


@dataclass(frozen=True)
class AudioFormat:
    """A container or codec that a client may ask for."""

    name: str
    media_type: str

    bytes_a_second: int
    """Approximate, for speech."""

    new_encoder: Callable[[], Encoder]
    """Makes an encoder for one utterance."""


@dataclass(frozen=True)
class EncodedChunk:
    """A chunk of speech, encoded."""

    data: bytes
    """Bytes to send now; encoders that work in frames may keep samples for later."""

    seconds: float
    """Playing time of the chunk that was encoded."""

    is_last: bool
    words: tuple[TimedWord, ...]

    header: bytes = b""
    """In the last chunk, the bytes to replace the first ones if those were not sent yet."""


def encoded(chunks: Iterable[AudioChunk], encoder: Encoder) -> Generator[EncodedChunk, None, None]:
    """Encode each chunk of an utterance when it is asked for, and finish after the last.

    Raises `InferenceError` for samples that are not finite, which would become noise as integers.
    """
    for chunk in chunks:
        made = _encoded(chunk, encoder)
        del chunk  # or it would take memory while a listener does not read
        yield made


def _encoded(chunk: AudioChunk, encoder: Encoder) -> EncodedChunk:
    if not np.isfinite(chunk.samples).all():
        raise InferenceError("The engine's samples are not finite.")
    data, header = encoder.encode(chunk.samples), b""
    if chunk.is_last:
        data += encoder.finish()
        header = encoder.header()
    return EncodedChunk(data, chunk.seconds, chunk.is_last, chunk.words, header)


def join_chunks(chunks: Sequence[EncodedChunk]) -> bytes:
    """Return all bytes of an utterance of at least one chunk, with its length in the header."""
    audio = b"".join(chunk.data for chunk in chunks)
    header = chunks[-1].header
    return header + audio[len(header) :]


class PcmEncoder:
    """Raw 16-bit PCM."""

    def encode(self, samples: Samples) -> bytes:
        """Return the samples as bytes."""
        return pcm16(samples)

    def finish(self) -> bytes:
        """Return nothing: no sample is ever kept for later."""
        return b""

    def header(self) -> bytes:
        """Return nothing."""
        return b""


class WavEncoder:
    """16-bit PCM after a header."""

    def __init__(self) -> None:
        self._unsent_header = wav_header(None)
        self._data_bytes = 0

    def encode(self, samples: Samples) -> bytes:
        """Return the samples as bytes."""
        pcm = pcm16(samples)
        self._data_bytes += len(pcm)
        header, self._unsent_header = self._unsent_header, b""
        return header + pcm

    def finish(self) -> bytes:
        """Return nothing: no sample is ever kept for later."""
        return b""

    def header(self) -> bytes:
        """Return the header with the true sizes."""
        return wav_header(self._data_bytes)


def pcm16(samples: Samples) -> bytes:
    """Return float samples as signed 16-bit little-endian PCM, clipped to ±1."""
    return np.rint(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()


def wav_header(data_bytes: int | None) -> bytes:
    """Return the 44-byte RIFF header of a mono 24 kHz 16-bit file with `data_bytes` of samples.

    None stands for a stream of unknown length.
    """
    riff_size = UNKNOWN_SIZE if data_bytes is None else data_bytes + 36
    data_size = UNKNOWN_SIZE if data_bytes is None else data_bytes
    pcm_format = struct.pack(
        "<HHIIHH", 1, 1, SAMPLE_RATE, PCM_BYTES_A_SECOND, BYTES_A_SAMPLE, 8 * BYTES_A_SAMPLE
    )
    return b"".join(
        (
            struct.pack("<4sI4s", b"RIFF", riff_size, b"WAVE"),
            struct.pack("<4sI", b"fmt ", len(pcm_format)) + pcm_format,
            struct.pack("<4sI", b"data", data_size),
        )
    )


WAV = AudioFormat("wav", "audio/wav", PCM_BYTES_A_SECOND, WavEncoder)
PCM = AudioFormat("pcm", "audio/pcm", PCM_BYTES_A_SECOND, PcmEncoder)
