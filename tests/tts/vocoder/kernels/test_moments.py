"""Mean and variance of a signal, whole or in parts, equal those in float64."""

import numpy as np
import pytest

from app.tts.vocoder.memory import allocate_floats
from app.tts.vocoder.records import MEASURE, REDUCE, sums_row
from tests.tts.vocoder.generated import Array, Kind, every_kind, kernels
from tests.tts.vocoder.signals import Signal


def moments(kind: Kind, x: Array, block: int) -> tuple[Array, Array]:
    """Return mean and variance of float32 (n, 128), measured in parts of `block` rows."""
    code = kernels(kind)
    signal, parts = Signal(x, 128), -(-len(x) // block)
    sums = allocate_floats(parts * sums_row(128))
    mean, variance = np.full((2, 128), np.nan, np.float32)
    where = {"sums": sums, "length": len(x), "block": block}
    code.run(
        code.step("measure_128", MEASURE, parts, x=signal.start, **where),
        code.step("reduce_128", REDUCE, 1, sums=sums, mean=mean, variance=variance, parts=parts),
        threads=2,
    )
    return mean, variance


@every_kind
@pytest.mark.parametrize("length", [2, 37, 1001])
@pytest.mark.parametrize("block", [1, 36, 512])
@pytest.mark.parametrize(("level", "deviation"), [(0, 1), (100, 0.01), (-3, 50)])
def test_moments_are_exact_in_parts_of_any_size_and_far_from_zero(
    kind: Kind, length: int, block: int, level: float, deviation: float
) -> None:
    random = np.random.default_rng(length)
    x = (level + deviation * random.normal(size=(length, 128))).astype(np.float32)
    mean, variance = moments(kind, x, block)
    exact = x.astype(np.float64)
    assert np.allclose(mean, exact.mean(axis=0), rtol=1e-7, atol=1e-6 * deviation)
    assert np.allclose(variance, exact.var(axis=0), rtol=1e-4, atol=0)


@every_kind
def test_a_constant_signal_has_no_variance(kind: Kind) -> None:
    x = np.tile(np.linspace(-70, 70, 128, dtype=np.float32), (500, 1))
    mean, variance = moments(kind, x, 128)
    assert np.array_equal(mean, x[0])
    assert not variance.any()


@every_kind
def test_differences_between_parts_count_as_variance(kind: Kind) -> None:
    x = np.repeat(np.arange(10, dtype=np.float32), 50)[:, np.newaxis] * np.ones(128, np.float32)
    mean, variance = moments(kind, x, 50)
    assert np.allclose(mean, 4.5)
    assert np.allclose(variance, 8.25)
