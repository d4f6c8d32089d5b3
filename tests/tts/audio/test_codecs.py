"""Decoded, the compressed formats hold all of the speech, at its place."""

import gc
import io
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import av
import numpy as np
import pytest

from app.tts.audio import libav
from app.tts.audio.codecs import load_formats
from app.tts.audio.formats import Encoder, encoded, join_chunks, pcm16
from app.tts.errors import AssetError
from app.tts.types import SAMPLE_RATE, AudioChunk, Samples

EXTRA = ("mp3", "opus", "aac", "flac")
FORMATS = load_formats(EXTRA)

FRAMES = {"mp3": 576, "opus": 480, "aac": 1024, "flac": 0}
"""Error of the end in samples that is allowed while the length is not known: less than a codec's
frame. FLAC need not fill one up."""

EXACT_WHEN_WHOLE = {"mp3", "opus", "flac"}
"""The formats that can mark the end of the speech; ADTS cannot."""

TAIL = SAMPLE_RATE // 50


def speech_like(length: int) -> Samples:
    """Return noise below 4 kHz in syllables, after 40 ms of near silence; a tone ends it."""
    spectrum = np.fft.rfft(np.random.default_rng(5).normal(0, 0.12, length))
    spectrum[np.fft.rfftfreq(length, 1 / SAMPLE_RATE) > 4000] = 0
    seconds = np.arange(length) / SAMPLE_RATE
    samples = np.fft.irfft(spectrum, length) * np.sin(2 * np.pi * 2.5 * seconds) ** 2
    samples[:960] *= 0.01
    samples[-TAIL:] = 0.5 * np.sin(2 * np.pi * 1000 * seconds[:TAIL])
    return samples.astype(np.float32)


SPEECH = speech_like(2 * SAMPLE_RATE + 345)


def in_chunks(samples: Samples, *sizes: int) -> Iterator[AudioChunk]:
    """Cut `samples` into chunks whose sizes cycle through `sizes`, and add an empty last one."""
    while samples.size:
        for size in sizes:
            yield AudioChunk(samples[:size])
            samples = samples[size:]
    yield AudioChunk(samples, is_last=True)


def streamed(name: str, chunks: Iterator[AudioChunk]) -> bytes:
    encoder = FORMATS[name].new_encoder()
    return b"".join(chunk.data for chunk in encoded(chunks, encoder))


def whole(name: str, chunks: Iterator[AudioChunk]) -> bytes:
    return join_chunks(list(encoded(chunks, FORMATS[name].new_encoder())))


def decoded(name: str, data: bytes) -> Samples:
    """Decode `data` at 24 kHz; the decoder must recognize the container by itself."""
    with av.open(io.BytesIO(data)) as container:
        assert container.streams.audio[0].codec_context.name.startswith(name)
        to_float = av.AudioResampler("flt", "mono", SAMPLE_RATE)
        frames = [*container.decode(audio=0), None]
        parts = [part.to_ndarray()[0] for frame in frames for part in to_float.resample(frame)]
    return np.concatenate([np.zeros(0, np.float32), *parts])


def lag(heard: Samples, said: Samples) -> int:
    """Return the delay of `heard` in samples, by the peak of its cross-correlation with `said`."""
    size = 2 * max(len(heard), len(said))
    likeness = np.fft.irfft(np.fft.rfft(heard, size) * np.fft.rfft(said, size).conj(), size)
    peak = int(likeness.argmax())
    return peak if peak < size // 2 else peak - size


@pytest.mark.parametrize("make", [streamed, whole])
@pytest.mark.parametrize("name", EXTRA)
@pytest.mark.parametrize("length", [4800, 24_000, 24_047, len(SPEECH)])
def test_what_is_decoded_is_as_long_as_the_speech_and_at_its_place(
    make: Callable[[str, Iterator[AudioChunk]], bytes], name: str, length: int
) -> None:
    said = speech_like(length)
    heard = decoded(name, make(name, in_chunks(said, 9600)))
    if make is whole and name in EXACT_WHEN_WHOLE:
        assert len(heard) == length
    else:
        assert 0 <= len(heard) - length <= FRAMES[name]
    assert abs(lag(heard, said)) <= 1


@pytest.mark.parametrize("make", [streamed, whole])
@pytest.mark.parametrize("name", EXTRA)
def test_the_last_20_ms_are_there(
    make: Callable[[str, Iterator[AudioChunk]], bytes], name: str
) -> None:
    heard = decoded(name, make(name, in_chunks(SPEECH, 9600)))
    end = len(SPEECH)
    tail, said = heard[end - TAIL : end], SPEECH[-TAIL:]
    assert 0.8 < np.dot(tail, said) / np.dot(said, said) < 1.2
    assert np.abs(heard[end:]).max(initial=0) < 0.5 * np.abs(said).max()


@pytest.mark.parametrize("name", EXTRA)
def test_what_is_decoded_sounds_like_the_speech(name: str) -> None:
    """Codecs keep noise 10 dB or more below the speech; shifted speech would not match at all."""
    heard = decoded(name, whole(name, in_chunks(SPEECH, 9600)))[: len(SPEECH)]
    noise = np.mean(np.square(heard - SPEECH)) / np.mean(np.square(SPEECH))
    assert 10 * np.log10(noise) < -10


@pytest.mark.parametrize("name", EXTRA)
@pytest.mark.parametrize("sizes", [(48_345,), (777,), (1, 0, 5000), (576, 1024)])
def test_chunks_of_any_size_make_the_same_file(name: str, sizes: Sequence[int]) -> None:
    chunks = in_chunks(SPEECH, *sizes)
    assert streamed(name, chunks) == streamed(name, in_chunks(SPEECH, 9600))


@pytest.mark.parametrize("name", EXTRA)
def test_chunks_of_one_sample_make_the_same_file(name: str) -> None:
    said = speech_like(2400)
    assert whole(name, in_chunks(said, 1)) == whole(name, in_chunks(said, 2400))


def test_flac_has_the_samples_of_pcm() -> None:
    data = whole("flac", in_chunks(SPEECH * 3, 9600))  # beyond full scale, where both clip
    with av.open(io.BytesIO(data)) as container:
        frames = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    assert np.concatenate(frames).astype("<i2").tobytes() == pcm16(SPEECH * 3)


@pytest.mark.parametrize("name", ["mp3", "opus", "flac"])
def test_a_whole_file_says_how_long_it_is(name: str) -> None:
    with av.open(io.BytesIO(whole(name, in_chunks(SPEECH, 9600)))) as container:
        assert container.duration is not None
        # Opus, and older versions of MP3, count the samples that decoders drop at both ends.
        assert container.duration / 1e6 == pytest.approx(len(SPEECH) / SAMPLE_RATE, abs=0.05)


@pytest.mark.parametrize("make", [streamed, whole])
@pytest.mark.parametrize("name", EXTRA)
@pytest.mark.parametrize("length", [0, 1, 100])
def test_speech_that_is_next_to_nothing_is_a_file(
    make: Callable[[str, Iterator[AudioChunk]], bytes], name: str, length: int
) -> None:
    heard = decoded(name, make(name, in_chunks(SPEECH[:length], 9600)))
    assert abs(len(heard) - length) <= max(1, FRAMES[name])


@pytest.mark.parametrize("name", EXTRA)
def test_most_of_a_first_chunk_can_be_played_at_once(name: str) -> None:
    """At most 0.12 s is held back for the next chunk."""
    first = SPEECH[:9600]
    heard = decoded(name, FORMATS[name].new_encoder().encode(first))
    assert len(heard) >= len(first) - 0.12 * SAMPLE_RATE
    assert abs(lag(heard, first)) <= 1


@pytest.mark.parametrize("name", EXTRA)
def test_encoders_may_go_from_thread_to_thread(name: str) -> None:
    encoder = FORMATS[name].new_encoder()
    parts: list[bytes] = []

    def step(encode: Callable[[], bytes]) -> None:
        thread = threading.Thread(target=lambda: parts.append(encode()))
        thread.start()
        thread.join()

    for chunk in in_chunks(SPEECH, 9600):
        step(partial(encoder.encode, chunk.samples))
    step(encoder.finish)
    assert b"".join(parts) == streamed(name, in_chunks(SPEECH, 9600))


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc")
@pytest.mark.parametrize("name", EXTRA)
@pytest.mark.parametrize("is_finished", [False, True])
def test_encoders_that_are_dropped_leave_nothing_behind(name: str, is_finished: bool) -> None:
    """Immediately, because garbage is seldom collected in a server."""

    def threads_and_descriptors() -> tuple[int, int]:
        return len(os.listdir("/proc/self/task")), len(os.listdir("/proc/self/fd"))

    def use(encoder: Encoder) -> None:
        encoder.encode(SPEECH)
        if is_finished:
            encoder.finish()

    gc.collect()
    gc.disable()
    try:
        before = threads_and_descriptors()
        for _ in range(5):
            use(FORMATS[name].new_encoder())
        assert threads_and_descriptors() == before
    finally:
        gc.enable()


@pytest.mark.parametrize("name", EXTRA)
def test_nothing_is_printed(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    streamed(name, in_chunks(SPEECH * 3, 9600))
    FORMATS[name].new_encoder().encode(SPEECH)
    gc.collect()
    assert capfd.readouterr() == ("", "")


def test_each_format_has_its_type() -> None:
    assert {name: audio_format.media_type for name, audio_format in FORMATS.items()} == {
        "wav": "audio/wav",
        "pcm": "audio/pcm",
        "mp3": "audio/mpeg",
        "opus": "audio/ogg",
        "aac": "audio/aac",
        "flac": "audio/flac",
    }


def test_only_what_is_asked_for_is_on_offer() -> None:
    assert list(load_formats(["flac"])) == ["wav", "pcm", "flac"]


def run_without_av(statement: str) -> subprocess.CompletedProcess[str]:
    lines = (
        "import sys",
        "sys.modules['av'] = None",
        "from app.tts.audio.codecs import load_formats",
        statement,
    )
    command = [sys.executable, "-c", "\n".join(lines)]
    root = Path(__file__).parents[3]
    return subprocess.run(command, cwd=root, capture_output=True, text=True)


def test_wav_and_pcm_need_no_codecs() -> None:
    assert run_without_av("assert list(load_formats([])) == ['wav', 'pcm']").returncode == 0


def test_without_the_codecs_the_error_says_how_to_install_them() -> None:
    result = run_without_av("load_formats(['mp3'])")
    assert "AssetError" in result.stderr
    assert "pip install '.[codecs]'" in result.stderr


def test_a_build_without_an_encoder_is_an_error_at_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def new_encoder() -> Encoder:
        return libav.LibavEncoder("libnothing", "ogg", sample_format="s16")

    monkeypatch.setattr(libav, "OpusEncoder", new_encoder)
    with pytest.raises(AssetError, match=r"cannot write opus \(.*libnothing.*\); install"):
        load_formats(["mp3", "opus"])
