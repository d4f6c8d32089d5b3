"""Samples to the bytes of a response: 16-bit PCM, bare or in a WAV file."""

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
"""What a WAV header says while the length is not known yet; OpenAI streams it so too."""


class Encoder(Protocol):
    """Turns the samples of one utterance into the bytes of a format, as they come."""

    def encode(self, samples: Samples) -> bytes:
        """Return the bytes that can be sent now that `samples` arrived; perhaps none yet."""

    def finish(self) -> bytes:
        """Return the rest; nothing is encoded after it."""

    def header(self) -> bytes:
        """Return what the first bytes had been, if the length had been known; after `finish`."""


@dataclass(frozen=True)
class AudioFormat:
    """A container or codec that a client may ask for."""

    name: str
    media_type: str

    bytes_a_second: int
    """Of speech, about."""

    new_encoder: Callable[[], Encoder]
    """Makes what encodes one utterance."""


@dataclass(frozen=True)
class EncodedChunk:
    """A chunk of speech as the bytes of a format."""

    data: bytes
    """What can be sent now; encoders that work in frames may keep samples for later."""

    seconds: float
    """Playing time of the chunk that was encoded."""

    is_last: bool
    words: tuple[TimedWord, ...]

    header: bytes = b""
    """Of the last chunk, what belongs in place of the first bytes if they were not sent yet."""


def encoded(chunks: Iterable[AudioChunk], encoder: Encoder) -> Generator[EncodedChunk, None, None]:
    """Encode each chunk of an utterance when it is asked for, and finish after the last.

    Raises `InferenceError` for samples that are not finite, which would be noise as integers.
    """
    for chunk in chunks:
        made = _encoded(chunk, encoder)
        del chunk  # or it would take memory for as long as a listener does not read
        yield made


def _encoded(chunk: AudioChunk, encoder: Encoder) -> EncodedChunk:
    if not np.isfinite(chunk.samples).all():
        raise InferenceError("The engine made sound that is not finite.")
    data, header = encoder.encode(chunk.samples), b""
    if chunk.is_last:
        data += encoder.finish()
        header = encoder.header()
    return EncodedChunk(data, chunk.seconds, chunk.is_last, chunk.words, header)


def join_chunks(chunks: Sequence[EncodedChunk]) -> bytes:
    """Return all bytes of an utterance, at least one chunk, which now tell how long it is."""
    audio = b"".join(chunk.data for chunk in chunks)
    header = chunks[-1].header
    return header + audio[len(header) :]


class PcmEncoder:
    """16-bit PCM as it is."""

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
    """Return float samples as signed 16-bit little-endian PCM; what is beyond ±1 is clipped."""
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
