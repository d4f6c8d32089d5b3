"""Speech gets shorter by its tempo, keeps its pitch, and has no seams."""

import numpy as np
import pytest

from app.tts.audio.time_scale import HOP, REACH, TimeScaler
from app.tts.types import SAMPLE_RATE, Samples

TEMPOS = [0.5, 1.01, 1.5, 2.0, 3.0, 4.0]


def scaled(samples: Samples, tempo: float, window: int = 0) -> Samples:
    """Scale `samples`, at once or as they come in windows."""
    window = window or max(1, len(samples))
    scaler = TimeScaler(tempo)
    parts = [scaler.feed(samples[at : at + window]) for at in range(0, len(samples), window)]
    return np.concatenate([*parts, scaler.finish()])


def voice(seconds: float, pitch: float = 110.0) -> Samples:
    """Return a sound with ten harmonics of a pitch."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    harmonics = (np.sin(2 * np.pi * pitch * n * time + n * n) / n for n in range(1, 11))
    return (0.2 * sum(harmonics)).astype(np.float32)


def noise(seconds: float) -> Samples:
    random = np.random.default_rng(7)
    return random.normal(0, 0.1, round(seconds * SAMPLE_RATE)).astype(np.float32)


def level(samples: Samples) -> float:
    return float(np.sqrt(np.mean(np.square(samples))))


@pytest.mark.parametrize("tempo", TEMPOS)
@pytest.mark.parametrize("length", [0, 1, HOP - 1, HOP, 1000, 24_001, 100_003])
def test_the_output_is_as_long_as_the_input_divided_by_the_tempo(length: int, tempo: float) -> None:
    samples = noise(5)[:length]
    for window in (0, 4800):
        output = scaled(samples, tempo, window)
        assert len(output) == round(length / tempo)
        assert output.dtype == np.float32


@pytest.mark.parametrize("tempo", TEMPOS)
@pytest.mark.parametrize("window", [100, HOP, 4801, 30_000])
def test_it_does_not_matter_how_the_input_is_cut_up(window: int, tempo: float) -> None:
    samples = np.concatenate([voice(0.5), np.zeros(3000, np.float32), noise(0.5), voice(0.5, 230)])
    assert np.array_equal(scaled(samples, tempo, window), scaled(samples, tempo))


@pytest.mark.parametrize("tempo", TEMPOS)
@pytest.mark.parametrize("pitch", [65.0, 110.0, 237.0])
def test_pitch_and_level_stay_and_frames_join_without_a_seam(pitch: float, tempo: float) -> None:
    samples = voice(2, pitch)
    output = scaled(samples, tempo)
    middle = output[HOP:-HOP]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle)), 8 * SAMPLE_RATE))
    assert np.argmax(spectrum) / 8 == pytest.approx(pitch, rel=0.02)
    assert level(middle) == pytest.approx(level(samples), rel=0.05)
    assert np.abs(np.diff(output[: -4 * HOP])).max() < 1.2 * np.abs(np.diff(samples)).max()


@pytest.mark.parametrize("tempo", TEMPOS)
def test_what_sounds_does_so_at_its_time_divided_by_the_tempo(tempo: float) -> None:
    samples = np.zeros(2 * SAMPLE_RATE, np.float32)
    samples[SAMPLE_RATE // 2 : SAMPLE_RATE] = voice(0.5)
    heard = np.flatnonzero(np.abs(scaled(samples, tempo)) > 0.01)
    begin, end = SAMPLE_RATE / 2 / tempo, SAMPLE_RATE / tempo
    tolerated = (REACH + HOP) / tempo + HOP
    assert heard[0] == pytest.approx(begin, abs=tolerated)
    assert heard[-1] == pytest.approx(end, abs=tolerated)


@pytest.mark.parametrize("tempo", TEMPOS)
def test_it_begins_as_the_input_does_and_ends_in_silence(tempo: float) -> None:
    samples = voice(1)
    output = scaled(samples, tempo)
    assert np.array_equal(output[:HOP], samples[:HOP])
    assert output[-1] == 0


def test_a_stream_is_held_back_by_some_hundredths_of_a_second_only() -> None:
    scaler = TimeScaler(3.0)
    played = sum(len(scaler.feed(part)) for part in np.split(voice(1), 10))
    assert played > (SAMPLE_RATE - 0.05 * SAMPLE_RATE) / 3
