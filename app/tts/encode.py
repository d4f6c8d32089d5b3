"""Samples to the bytes of a response: 16-bit PCM, bare or in a WAV file."""

import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from app.tts.types import SAMPLE_RATE, AudioChunk, Samples, TimedWord

BYTES_A_SAMPLE = 2
WAV_HEADER_BYTES = 44
UNKNOWN_SIZE = 0xFFFFFFFF
"""What a WAV header says while the length is not known yet; OpenAI streams it so too."""


class Encoder(Protocol):
    """Turns the samples of one utterance into the bytes of a format, as they come."""

    def encode(self, samples: Samples) -> bytes:
        """Return the bytes that can be sent now that `samples` arrived; perhaps none yet."""

    def finish(self) -> bytes:
        """Return the rest; nothing is encoded after it."""


@dataclass(frozen=True)
class AudioFormat:
    """A container or codec that a client may ask for."""

    name: str
    media_type: str

    new_encoder: Callable[[], Encoder]
    """Makes what encodes one utterance while its length is not known."""

    complete: Callable[[bytes], bytes] = bytes
    """Says in all the bytes of an utterance, once they are there, how long it is."""


@dataclass(frozen=True)
class EncodedChunk:
    """A chunk of speech as the bytes of a format."""

    data: bytes
    """What can be sent now; encoders that work in frames may keep samples for later."""

    seconds: float
    """Playing time of the chunk that was encoded."""

    is_last: bool
    words: tuple[TimedWord, ...]


def encoded(chunks: Iterable[AudioChunk], encoder: Encoder) -> Iterator[EncodedChunk]:
    """Encode each chunk of an utterance when it is asked for, and finish after the last."""
    for chunk in chunks:
        data = encoder.encode(chunk.samples)
        if chunk.is_last:
            data += encoder.finish()
        yield EncodedChunk(data, chunk.seconds, chunk.is_last, chunk.words)


class PcmEncoder:
    """16-bit PCM, after a header if there is one."""

    def __init__(self, header: bytes = b"") -> None:
        self._header = header

    def encode(self, samples: Samples) -> bytes:
        """Return the samples as bytes."""
        header, self._header = self._header, b""
        return header + pcm16(samples)

    def finish(self) -> bytes:
        """Return nothing: no sample is ever kept for later."""
        return b""


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


def _with_true_sizes(wav: bytes) -> bytes:
    samples = wav[WAV_HEADER_BYTES:]
    return wav_header(len(samples)) + samples


WAV = AudioFormat("wav", "audio/wav", lambda: PcmEncoder(wav_header(None)), _with_true_sizes)
PCM = AudioFormat("pcm", "audio/pcm", PcmEncoder)
