"""Spectra become the samples of a plain inverse transform in float64."""

import numpy as np
import pytest

from app.tts.vocoder.inverse_stft import InverseStft

HOP, WINDOW, BINS = 5, 20, 11

HANN = np.hanning(WINDOW + 1)[:-1]


def basis() -> np.ndarray:
    """Return the export's basis: what each real and imaginary part adds to a frame."""
    parts = [np.fft.irfft(np.eye(BINS)[k] * unit, WINDOW) for unit in (1, 1j) for k in range(BINS)]
    return np.array(parts) * HANN


def window_sum() -> np.ndarray:
    return np.random.default_rng(1).uniform(0.5, 2, WINDOW)


def plain(spectrum: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Return the samples by the definition: overlap-add, divide the first ones, cut the ends."""
    values = spectrum.astype(np.float64)
    bins = np.exp(values[:, :BINS]) * np.exp(1j * np.sin(values[:, BINS : 2 * BINS]))
    samples = np.zeros(HOP * (len(values) - 1) + WINDOW)
    for place, frame in enumerate(bins):
        samples[HOP * place :][:WINDOW] += np.fft.irfft(frame, WINDOW) * HANN
    is_divided = start > np.finfo(np.float32).tiny
    samples[:WINDOW][is_divided] /= start[is_divided]
    return WINDOW / HOP * samples[WINDOW // 2 : -WINDOW // 2]


@pytest.mark.parametrize("frames", [2, 5, 1201])
@pytest.mark.parametrize("columns", [22, 32, 64])
def test_samples_equal_the_plain_transforms(frames: int, columns: int) -> None:
    random = np.random.default_rng(frames)
    spectrum = random.normal(size=(frames, columns)).astype(np.float32)
    start = window_sum()
    inverse = InverseStft(basis().astype(np.float32), start.astype(np.float32))
    made = inverse.samples(spectrum)
    assert made.dtype == np.float32
    assert made.shape == (HOP * (frames - 1),)
    wanted = plain(spectrum, start)
    assert np.allclose(made, wanted, rtol=0, atol=1e-6 * np.abs(wanted).max())


def test_samples_are_not_divided_by_a_zero_window_sum() -> None:
    start = window_sum()
    start[10:14] = 0
    inverse = InverseStft(basis().astype(np.float32), start.astype(np.float32))
    spectrum = np.random.default_rng(2).normal(size=(30, 22)).astype(np.float32)
    made = inverse.samples(spectrum)
    assert np.isfinite(made).all()
    assert np.allclose(made, plain(spectrum, start), rtol=0, atol=1e-4)
