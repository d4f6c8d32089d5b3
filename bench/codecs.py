"""The cost of the compressed formats, compared with libav encoding the same speech in one call."""

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import av
import numpy as np

from app.loading.engine import load_engine
from app.settings import EXTRA_FORMATS, Settings
from app.tts.audio.codecs import load_formats
from app.tts.audio.formats import AudioFormat, encoded, pcm16
from app.tts.types import SAMPLE_RATE, AudioChunk, Samples, SynthesisOptions
from bench.report import publish

ROUNDS = 20
CHUNK = SAMPLE_RATE * 2 // 5
TEXT = (
    "The evening train to the north leaves from platform nine at a quarter past seven, and it "
    "stops at every village on the way. Whoever is late can take the slow one after midnight, "
    "which has no restaurant, but the better view of the lake when the sun comes up."
)
BARE = {
    "mp3": ("libmp3lame", "s16p", 96_000),
    "opus": ("libopus", "s16", 48_000),
    "aac": ("aac", "fltp", 96_000),
    "flac": ("flac", "s16", None),
}
"""Codec, sample format and bit rate of each format."""


def in_chunks(samples: Samples) -> list[AudioChunk]:
    """Cut `samples` into chunks like a stream's first ones."""
    starts = range(0, len(samples), CHUNK)
    return [AudioChunk(samples[at : at + CHUNK], at + CHUNK >= len(samples)) for at in starts]


def stream(audio_format: AudioFormat, chunks: Sequence[AudioChunk]) -> list[int]:
    """Encode a stream and return the bytes of each chunk."""
    return [len(chunk.data) for chunk in encoded(chunks, audio_format.new_encoder())]


def encode_bare(name: str, samples: Samples) -> None:
    """Encode `samples` with libav in one call, without a container."""
    codec, sample_format, bit_rate = BARE[name]
    context = av.AudioCodecContext.create(codec, "w")
    context.sample_rate = SAMPLE_RATE
    context.layout = "mono"
    context.format = sample_format
    if bit_rate is not None:
        context.bit_rate = bit_rate
    pcm = np.frombuffer(pcm16(samples), "<i2").reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(pcm, format="s16", layout="mono")
    frame.sample_rate = SAMPLE_RATE
    context.encode(frame)
    context.encode(None)


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the median processor time of `work`."""
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return statistics.median(times)


def main() -> None:
    spoken = load_engine(Settings()).synthesize(TEXT, SynthesisOptions("af_heart"))
    samples = np.concatenate([chunk.samples for chunk in spoken])
    seconds = len(samples) / SAMPLE_RATE
    chunks = in_chunks(samples)
    formats = load_formats(EXTRA_FORMATS)
    rows = []
    for name in EXTRA_FORMATS:
        sizes = stream(formats[name], chunks)
        streamed = cpu_seconds(partial(stream, formats[name], chunks)) / seconds
        bare = cpu_seconds(partial(encode_bare, name, samples)) / seconds
        rows.append(
            [name, f"{sum(sizes) / seconds:.0f}", f"{streamed:.2%}", f"{bare:.2%}", sizes[0]]
        )
    header = [
        *("format", "bytes a second", "processor time, in chunks of 0.4 s", "libav, in one call"),
        "bytes after the first 0.4 s",
    ]
    title = f"What {seconds:.1f} s of speech cost in the compressed formats"
    publish("codecs", title, header, rows)


if __name__ == "__main__":
    main()
