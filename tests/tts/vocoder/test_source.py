"""The harmonic source equals a plain implementation in float64, regardless of rounding."""

import numpy as np
import pytest

from app.tts.vocoder.source import HarmonicSource, product

Array = np.ndarray

STEP, HOP, WINDOW, BINS = 300, 5, 20, 11

HANN = np.hanning(WINDOW + 1)[:-1].astype(np.float32)


def source(bias: float = 0.01) -> HarmonicSource:
    mix = np.random.default_rng(5).normal(size=9).astype(np.float32)
    return HarmonicSource(mix, bias, HANN)


def spoken(steps: int) -> tuple[Array, Array]:
    """Return a pitch that is voiced now and then, and the phases of its nine harmonics."""
    random = np.random.default_rng(steps)
    pitch = random.uniform(80, 300, steps) * (random.uniform(size=steps) < 0.7)
    cycles = np.cumsum(pitch) * STEP / 24_000
    phase = 2 * np.pi * np.outer(np.arange(1, 10), cycles)
    return pitch.astype(np.float32), phase.astype(np.float32)


def plain(source: HarmonicSource, pitch: Array, phase: Array) -> Array:
    """Return the complex spectra, (60 n + 1, 11), by the definition."""
    samples = STEP * len(pitch)
    middles, places = STEP * (np.arange(len(pitch)) + 0.5), np.arange(samples) + 0.5
    waves = [np.sin(np.interp(places, middles, each.astype(np.float64))) for each in phase]
    voiced = np.repeat(pitch > 10, STEP)
    signal = np.tanh(source.mix.astype(np.float64) @ waves * 0.1 * voiced + source.bias)
    padded = np.pad(signal, WINDOW // 2, mode="reflect")
    return np.array(
        [np.fft.rfft(padded[start : start + WINDOW] * HANN) for start in range(0, samples + 1, HOP)]
    )


@pytest.mark.parametrize("steps", [2, 3, 60])
def test_magnitudes_and_angles_equal_the_plain_implementations(steps: int) -> None:
    pitch, phase = spoken(steps)
    made = source().spectrum(pitch, phase)
    wanted = plain(source(), pitch, phase)
    assert made.shape == (60 * steps + 1, 24)
    assert made.dtype == np.float32
    magnitude, angle = made[:, :BINS], made[:, BINS : 2 * BINS]
    exactness = 3e-5 + float(np.spacing(phase.max()))  # float32 is coarse for many turns
    assert np.allclose(magnitude, np.abs(wanted), rtol=0, atol=exactness)
    assert np.allclose(magnitude * np.exp(1j * angle), wanted, rtol=0, atol=exactness)
    assert not made[:, 2 * BINS :].any()


@pytest.mark.parametrize("bias", [-0.3, -1e-6, 1e-6, 0.3])
def test_a_negative_first_or_last_bin_always_has_the_same_angle(
    bias: float,
) -> None:
    pitch, phase = np.zeros(20, np.float32), np.zeros((9, 20), np.float32)
    made = source(bias).spectrum(pitch, phase)
    direct = made[:, BINS]
    assert np.allclose(direct, np.pi if bias < 0 else 0)
    pitch, phase = spoken(40)
    made, wanted = source().spectrum(pitch, phase), plain(source(), pitch, phase)
    # Values whose sign does not depend on rounding.
    is_clear = np.abs(wanted) > 1e-4
    for column, half_turn in ((0, np.pi), (BINS - 1, -np.pi)):
        angle, clear, value = made[:, BINS + column], is_clear[:, column], wanted[:, column].real
        assert np.allclose(angle[clear & (value < 0)], half_turn)
        assert np.allclose(angle[clear & (value > 0)], 0)
        assert (clear & (value < 0)).any()


def test_unvoiced_steps_are_silent() -> None:
    quiet = HarmonicSource(np.ones(9, np.float32), 0.0, HANN)
    _, phase = spoken(10)
    for hertz, is_silent in ((0, True), (10, True), (10.1, False)):
        made = quiet.spectrum(np.full(10, hertz, np.float32), phase)
        assert (made[:, :BINS].max() < 1e-19) == is_silent


@pytest.mark.parametrize(("rows", "inner", "columns"), [(1, 20, 22), (511, 20, 22), (3000, 22, 20)])
def test_a_product_in_parts_equals_the_whole_product(rows: int, inner: int, columns: int) -> None:
    random = np.random.default_rng(rows)
    a, b = (
        random.normal(size=shape).astype(np.float32) for shape in ((rows, inner), (inner, columns))
    )
    made = product(a, b)
    assert made.shape == (rows, columns)
    assert np.allclose(made, a.astype(np.float64) @ b, rtol=0, atol=1e-5)
