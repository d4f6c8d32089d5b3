"""Fast correlations equal the direct one, with the promised number of products."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tts.vocoder.kernels.arithmetic import ArrayArithmetic
from app.tts.vocoder.kernels.transforms import (
    FastCorrelation,
    for_taps,
    fourier,
    winograd,
)

Floats = np.ndarray

SIX = [0, 1, -1, 2, -2, Fraction(1, 2), Fraction(-1, 2)]
ALGORITHMS = [
    *map(for_taps, (3, 7, 11)),
    fourier(3, 4),
    fourier(5, 8),
    fourier(2, 16),
    fourier(11, 64),
    winograd(2, 3, [0, 1, -1]),
    winograd(4, 3, SIX[:5]),
    winograd(3, 2, SIX[:3]),
    winograd(1, 4, [0, 1, -1]),
]

every_algorithm = pytest.mark.parametrize("algorithm", ALGORITHMS, ids=lambda found: found.name)


def direct(x: Floats, w: Floats) -> Floats:
    """Return the correlation by its definition, in float64: x is (inputs, lanes), w (taps,)."""
    outputs = len(x) - len(w) + 1
    return np.stack([w.astype(np.float64) @ x[m : m + len(w)] for m in range(outputs)])


def fast(algorithm: FastCorrelation, x: Floats, w: Floats) -> Floats:
    """Return the correlation by the algorithm, in the precision of x."""
    points = algorithm.forward(ArrayArithmetic(), list(x))
    factors = (algorithm.weights @ w).astype(x.dtype)
    products = [factor * point for factor, point in zip(factors, points, strict=True)]
    return np.stack(algorithm.backward(ArrayArithmetic(), products))


@every_algorithm
def test_the_result_in_float64_equals_the_direct_one(algorithm: FastCorrelation) -> None:
    random = np.random.default_rng(1)
    x, w = random.normal(size=(algorithm.inputs, 500)), random.normal(size=algorithm.taps)
    assert np.allclose(fast(algorithm, x, w), direct(x, w), rtol=0, atol=1e-11)


@pytest.mark.parametrize(("taps", "bound"), [(3, 3e-6), (7, 5e-7), (11, 5e-7)])
def test_float32_keeps_its_precision_with_the_algorithms_that_are_used(
    taps: int, bound: float
) -> None:
    algorithm = for_taps(taps)
    random = np.random.default_rng(2)
    x = random.uniform(-1, 1, (algorithm.inputs, 5000)).astype(np.float32)
    w = random.normal(size=taps)
    # The largest possible sum, which float32's precision is relative to.
    scale = np.abs(w).sum()
    assert np.abs(fast(algorithm, x, w) - direct(x, w)).max() < bound * scale


@every_algorithm
def test_an_impulse_gives_the_weights_in_reverse(algorithm: FastCorrelation) -> None:
    w = np.arange(1.0, algorithm.taps + 1)
    made = fast(algorithm, np.eye(algorithm.inputs), w)
    for place, response in enumerate(made.T):
        reach = [place - m for m in range(algorithm.outputs)]
        expected = [w[tap] if 0 <= tap < algorithm.taps else 0 for tap in reach]
        assert np.allclose(response, expected, rtol=0, atol=1e-11)


@given(data=st.data(), taps=st.sampled_from([3, 7, 11]))
def test_whole_numbers_give_whole_numbers(data: st.DataObject, taps: int) -> None:
    algorithm = for_taps(taps)
    numbers = st.integers(-1000, 1000)
    x, w = (
        np.array(data.draw(st.lists(numbers, min_size=size, max_size=size)), np.float64)
        for size in (algorithm.inputs, taps)
    )
    made = fast(algorithm, x[:, np.newaxis], w)
    assert np.array_equal(np.round(made), direct(x[:, np.newaxis], w))


@every_algorithm
def test_matrix_products_give_a_convolution_over_channels(algorithm: FastCorrelation) -> None:
    random = np.random.default_rng(3)
    x = random.normal(size=(algorithm.inputs, 4))
    w = random.normal(size=(algorithm.taps, 4, 5))
    points = algorithm.forward(ArrayArithmetic(), list(x))
    matrices = np.tensordot(algorithm.weights, w, axes=1)
    products = [point @ matrix for point, matrix in zip(points, matrices, strict=True)]
    made = np.stack(algorithm.backward(ArrayArithmetic(), products))
    expected = [
        sum(x[m + tap] @ w[tap] for tap in range(algorithm.taps)) for m in range(algorithm.outputs)
    ]
    assert np.allclose(made, expected, rtol=0, atol=1e-11)


@every_algorithm
def test_the_number_of_products_is_the_stated_one(algorithm: FastCorrelation) -> None:
    points = algorithm.forward(ArrayArithmetic(), list(np.ones((algorithm.inputs, 1))))
    assert len(points) == algorithm.points
    assert algorithm.weights.shape == (algorithm.points, algorithm.taps)
    made = algorithm.backward(ArrayArithmetic(), points)
    assert len(made) == algorithm.outputs == algorithm.inputs - algorithm.taps + 1


@pytest.mark.parametrize(("taps", "saving"), [(3, 2.25), (7, 3.87), (11, 5.15)])
def test_the_algorithms_in_use_save_as_many_products_as_documented(
    taps: int, saving: float
) -> None:
    algorithm = for_taps(taps)
    assert algorithm.taps == taps
    assert algorithm.outputs * taps / algorithm.points == pytest.approx(saving, abs=0.005)


@pytest.mark.parametrize("outputs", [1, 2, 4])
def test_winograd_needs_one_product_for_each_input(outputs: int) -> None:
    nodes = SIX[: outputs + 1]
    assert winograd(outputs, 3, nodes).points == outputs + 2


@pytest.mark.parametrize("nodes", [[], SIX[:6], [*SIX, 3], [*SIX[:6], 0], [*SIX[:6], Fraction(2)]])
def test_too_few_too_many_or_equal_nodes_are_refused(nodes: list[Fraction | int]) -> None:
    with pytest.raises(ValueError, match=r"F\(6,3\) takes 7 different nodes"):
        winograd(6, 3, nodes)
