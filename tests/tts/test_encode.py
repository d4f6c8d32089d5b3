"""PCM and WAV, to the byte."""

import io
import wave

import numpy as np

from app.tts.encode import pcm16, wav_header


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
