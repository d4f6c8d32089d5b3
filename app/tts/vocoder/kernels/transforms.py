"""Fast algorithms for short correlations: transforms that trade multiplications for additions.

A correlation y[m] = sum_j w[j] x[m + j] of `outputs` values is computed as
y = backward((G w) * forward(x)) with `points` products, fewer than outputs times taps. If the
values are vectors over channels, each product is a matrix product, which takes most of the time.
The transforms are plain functions of an `Arithmetic`, so that the same Python code runs on numpy
arrays and generates machine code.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from app.tts.vocoder.kernels.arithmetic import Arithmetic
from app.tts.vocoder.kernels.real_fft import Complex, inverse_real_fft, real_fft

Matrix = list[list[Fraction]]


Transform = Callable[[Any, Sequence[Any]], list[Any]]


@dataclass(frozen=True)
class FastCorrelation:
    """A way to compute `outputs` values of a correlation from `inputs` = outputs + taps - 1."""

    name: str
    taps: int
    outputs: int
    points: int
    """Number of products, in place of outputs times taps for the direct computation."""

    forward: Transform
    """Computes the points from an arithmetic and the inputs."""

    backward: Transform
    """Computes the outputs from an arithmetic and the products."""

    weights: npt.NDArray[np.float64]
    """The matrix G, (points, taps): the points are multiplied by G w."""

    @property
    def inputs(self) -> int:
        """Number of values of x on which the outputs depend."""
        return self.outputs + self.taps - 1


def fourier(taps: int, size: int) -> FastCorrelation:
    """Return overlap-save with discrete Fourier transforms of `size` reals, a power of two.

    A complex product takes three real ones (Gauss; Knuth, The Art of Computer Programming 2,
    4.6.4): for the spectrum a + bi and the weights c + di, (a + b) c, a (d - c) and b (c + d).
    """
    half, outputs = size // 2, size - taps + 1

    def forward(o: Arithmetic[Any], x: Sequence[Any]) -> list[Any]:
        points: list[Any] = []
        for re, im in real_fft(o, x):
            points += [re] if im is None else [o.add(re, im), re, im]
        return points

    def backward(o: Arithmetic[Any], products: Sequence[Any]) -> list[Any]:
        spectrum: list[Complex] = [(products[0], None)]
        for first in range(1, len(products) - 1, 3):
            both, turned, crossed = products[first : first + 3]
            spectrum.append((o.sub(both, crossed), o.add(both, turned)))
        return inverse_real_fft(o, [*spectrum, (products[-1], None)])[:outputs]

    rows: list[npt.NDArray[np.float64]] = []
    for k in range(half + 1):
        angles = 2 * np.pi * k * np.arange(taps) / size
        # The conjugate spectrum turns convolution into correlation. The inverse is not scaled, so
        # the weights are.
        re, im = np.cos(angles) / size, np.sin(angles) / size
        rows += [re] if k in (0, half) else [re, im - re, re + im]
    name = f"fourier {size}, {taps} taps"
    return FastCorrelation(name, taps, outputs, len(rows), forward, backward, np.array(rows))


def winograd(outputs: int, taps: int, nodes: Sequence[Fraction | int]) -> FastCorrelation:
    """Return Winograd's F(outputs, taps), which evaluates polynomials at `nodes` and at infinity.

    See Lavin and Gray, Fast Algorithms for Convolutional Neural Networks (arXiv 1509.09308). It
    takes outputs + taps - 2 different nodes, and raises `ValueError` for others.
    """
    points = outputs + taps - 1
    if len(set(nodes)) != points - 1:
        raise ValueError(f"F({outputs},{taps}) takes {points - 1} different nodes")
    inputs = _transposed(_inverted(_evaluation(nodes, points)))
    weights = _evaluation(nodes, taps)
    # Move a factor of each point from the inputs to the weights, which saves multiplications.
    factors = [min(abs(value) for value in row if value) for row in inputs]
    inputs = [[v / f for v in row] for row, f in zip(inputs, factors, strict=True)]
    weights = [[v * f for v in row] for row, f in zip(weights, factors, strict=True)]
    sums = _transposed(_evaluation(nodes, outputs))
    return FastCorrelation(
        f"F({outputs},{taps})",
        taps,
        outputs,
        points,
        lambda o, x: _products_with(inputs, o, x),
        lambda o, products: _products_with(sums, o, products),
        np.array(weights, np.float64),
    )


@cache
def for_taps(taps: int) -> FastCorrelation:
    """Return the fastest algorithm for a kernel of 3, 7 or 11 taps.

    They take 2.25, 3.87 and 5.15 times fewer multiplications than the direct computation.
    Transforms twice as long save more, but their points no longer fit the registers and caches.
    """
    if taps == 3:
        return winograd(6, 3, [0, 1, -1, 2, -2, Fraction(1, 2), Fraction(-1, 2)])
    return fourier(taps, 32)


def _products_with(matrix: Matrix, o: Arithmetic[Any], x: Sequence[Any]) -> list[Any]:
    """Return the product of a constant matrix and a vector, without multiplying by 1."""
    return [_weighted_sum(o, row, x) for row in matrix]


def _weighted_sum(o: Arithmetic[Any], factors: Sequence[Fraction], x: Sequence[Any]) -> Any:
    terms = [(float(f), value) for f, value in zip(factors, x, strict=True) if f]
    terms.sort(key=lambda term: abs(term[0]) != 1)  # begin with terms without a multiplication
    factor, value = terms[0]
    total = value if factor == 1 else o.scale(value, factor)
    for factor, value in terms[1:]:
        if factor == 1:
            total = o.add(total, value)
        elif factor == -1:
            total = o.sub(total, value)
        else:
            total = o.scale_add(value, factor, total)
    return total


def _evaluation(nodes: Sequence[Fraction | int], size: int) -> Matrix:
    """Return the matrix that evaluates polynomials of `size` terms at nodes and at infinity."""
    rows = [[Fraction(node) ** power for power in range(size)] for node in nodes]
    return [*rows, [Fraction(int(power == size - 1)) for power in range(size)]]


def _transposed(matrix: Matrix) -> Matrix:
    return [list(column) for column in zip(*matrix, strict=True)]


def _inverted(matrix: Matrix) -> Matrix:
    """Return the inverse matrix, by Gauss-Jordan elimination in exact fractions."""
    n = len(matrix)
    rows = [[*row, *(Fraction(int(i == j)) for j in range(n))] for i, row in enumerate(matrix)]
    for i in range(n):
        pivot = next(j for j in range(i, n) if rows[j][i])
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for j in range(n):
            if j != i and rows[j][i]:
                rows[j] = [a - rows[j][i] * b for a, b in zip(rows[j], rows[i], strict=True)]
    return [row[n:] for row in rows]
