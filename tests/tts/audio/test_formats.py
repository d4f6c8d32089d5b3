"""PCM and WAV, to the byte."""

import io
import wave

import numpy as np
import pytest

from app.tts.audio.formats import PCM, WAV, encoded, join_chunks, pcm16, wav_header
from app.tts.errors import InferenceError
from app.tts.types import AudioChunk, TimedWord

SAMPLES = np.linspace(-1, 1, 240, dtype=np.float32)
WORD = TimedWord("word", 0.0, 0.005)
CHUNKS = [AudioChunk(SAMPLES[:100], words=(WORD,)), AudioChunk(SAMPLES[100:], is_last=True)]


def test_full_scale_is_reached_and_never_passed() -> None:
    samples = np.array([0, 1, -1, 2, -2, 0.5, 1 / 32767], np.float32)
    assert np.frombuffer(pcm16(samples), "<i2").tolist() == [
        *(0, 32767, -32767, 32767, -32767, 16384, 1)
    ]


def test_a_wav_with_its_length_is_read_by_others() -> None:
    pcm = pcm16(np.linspace(-1, 1, 240, dtype=np.float32))
    with wave.open(io.BytesIO(wav_header(len(pcm)) + pcm)) as file:
        assert file.getparams()[:4] == (1, 2, 24_000, 240)
        assert file.readframes(240) == pcm


def test_a_wav_of_unknown_length_says_so_in_both_sizes() -> None:
    known, unknown = wav_header(0), wav_header(None)
    assert unknown[4:8] == unknown[40:44] == b"\xff" * 4
    assert unknown[:4] + unknown[8:40] == known[:4] + known[8:40]


def test_a_stream_of_wav_is_its_header_and_then_samples() -> None:
    first, last = encoded(CHUNKS, WAV.new_encoder())
    assert first.data == wav_header(None) + pcm16(SAMPLES[:100])
    assert last.data == pcm16(SAMPLES[100:])


def test_a_whole_wav_has_its_true_sizes() -> None:
    pcm = pcm16(SAMPLES)
    assert join_chunks(list(encoded(CHUNKS, WAV.new_encoder()))) == wav_header(len(pcm)) + pcm


def test_pcm_is_the_same_streamed_and_whole() -> None:
    chunks = list(encoded(CHUNKS, PCM.new_encoder()))
    assert join_chunks(chunks) == b"".join(chunk.data for chunk in chunks) == pcm16(SAMPLES)


def test_chunks_keep_their_playing_time_and_words() -> None:
    first, last = encoded(CHUNKS, PCM.new_encoder())
    assert (first.seconds, first.is_last, first.words) == (100 / 24_000, False, (WORD,))
    assert (last.seconds, last.is_last, last.words) == (140 / 24_000, True, ())


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_no_sound_is_an_error_and_no_noise(value: float) -> None:
    chunks = encoded([AudioChunk(np.array([0, value, 0], np.float32))], PCM.new_encoder())
    with pytest.raises(InferenceError, match="not finite"):
        next(chunks)


def test_each_chunk_is_encoded_when_it_is_asked_for() -> None:
    asked: list[int] = []
    chunks = (asked.append(number) or chunk for number, chunk in enumerate(CHUNKS))
    next(encoded(chunks, WAV.new_encoder()))
    assert asked == [0]
