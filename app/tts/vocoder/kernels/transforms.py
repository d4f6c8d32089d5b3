"""Fast algorithms for short correlations: transforms that trade multiplications for additions.

A correlation y[m] = sum_j w[j] x[m + j] of `outputs` values is computed as
y = backward((G w) * forward(x)) with `points` products, fewer than outputs times taps. Every value
may be a vector over channels, and each product then becomes a matrix product over channels, which
is where the time goes. The transforms are plain functions of an `Arithmetic`, so that the same code
runs on numpy arrays and writes machine code.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

Value = TypeVar("Value")
Complex = tuple[Any, Any]
"""Real and imaginary part; the latter is None where it is zero."""

Matrix = list[list[Fraction]]


class Arithmetic(Protocol[Value]):
    """Operations of the transforms; factors are known when code is made."""

    def add(self, a: Value, b: Value) -> Value:
        """Return a + b."""

    def sub(self, a: Value, b: Value) -> Value:
        """Return a - b."""

    def scale(self, a: Value, factor: float) -> Value:
        """Return a * factor."""

    def scale_add(self, a: Value, factor: float, b: Value) -> Value:
        """Return a * factor + b."""


class ArrayArithmetic:
    """Arithmetic on numpy arrays, in their own precision."""

    def add(self, a: Any, b: Any) -> Any:
        """Return a + b."""
        return a + b

    def sub(self, a: Any, b: Any) -> Any:
        """Return a - b."""
        return a - b

    def scale(self, a: Any, factor: float) -> Any:
        """Return a * factor."""
        return a * a.dtype.type(factor)

    def scale_add(self, a: Any, factor: float, b: Any) -> Any:
        """Return a * factor + b."""
        return a * a.dtype.type(factor) + b


Transform = Callable[[Any, Sequence[Any]], list[Any]]


@dataclass(frozen=True)
class FastCorrelation:
    """A way to compute `outputs` values of a correlation from `inputs` = outputs + taps - 1."""

    name: str
    taps: int
    outputs: int
    points: int
    """Products that stand for outputs times taps of the direct way."""

    forward: Transform
    """From an arithmetic and the inputs to the points."""

    backward: Transform
    """From an arithmetic and the products to the outputs."""

    weights: npt.NDArray[np.float64]
    """The matrix G, (points, taps): what multiplies the points is G w."""

    @property
    def inputs(self) -> int:
        """Number of values of x that the outputs depend on."""
        return self.outputs + self.taps - 1


def fourier(taps: int, size: int) -> FastCorrelation:
    """Return overlap-save with real discrete Fourier transforms of a power of two.

    A complex product costs three real ones (Gauss; Knuth, The Art of Computer Programming 2,
    4.6.4): with the spectrum x = a + bi and the weights c + di, from (a + b) c, a (d - c) and
    b (c + d).
    """
    half, outputs = size // 2, size - taps + 1

    def forward(o: Arithmetic[Any], x: Sequence[Any]) -> list[Any]:
        points: list[Any] = []
        for re, im in _real_fft(o, x):
            points += [re] if im is None else [o.add(re, im), re, im]
        return points

    def backward(o: Arithmetic[Any], products: Sequence[Any]) -> list[Any]:
        spectrum: list[Complex] = [(products[0], None)]
        for first in range(1, len(products) - 1, 3):
            both, turned, crossed = products[first : first + 3]
            spectrum.append((o.sub(both, crossed), o.add(both, turned)))
        return _inverse_real_fft(o, [*spectrum, (products[-1], None)])[:outputs]

    rows: list[npt.NDArray[np.float64]] = []
    for k in range(half + 1):
        angles = 2 * np.pi * k * np.arange(taps) / size
        # The conjugate spectrum makes a correlation of a convolution; the inverse is not scaled.
        re, im = np.cos(angles) / size, np.sin(angles) / size
        rows += [re] if k in (0, half) else [re, im - re, re + im]
    name = f"fourier {size}, {taps} taps"
    return FastCorrelation(name, taps, outputs, len(rows), forward, backward, np.array(rows))


def winograd(outputs: int, taps: int, nodes: Sequence[Fraction | int]) -> FastCorrelation:
    """Return Winograd's F(outputs, taps), which evaluates polynomials at `nodes` and at infinity.

    See Lavin and Gray, Fast Algorithms for Convolutional Neural Networks (arXiv 1509.09308). There
    are outputs + taps - 2 nodes, all different.
    """
    points = outputs + taps - 1
    if len(set(nodes)) != points - 1:
        raise ValueError(f"F({outputs},{taps}) takes {points - 1} different nodes")
    inputs = _transposed(_inverted(_evaluation(nodes, points)))
    weights = _evaluation(nodes, taps)
    # Each point's factor of one is moved to where it saves the most multiplications.
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
    """Return the algorithm that pays for a kernel of 3, 7 or 11 taps.

    They need 2.25, 3.87 and 5.15 times fewer multiplications than the direct way. Transforms twice
    as long save more of them, but their points no longer fit the registers and caches.
    """
    if taps == 3:
        return winograd(6, 3, [0, 1, -1, 2, -2, Fraction(1, 2), Fraction(-1, 2)])
    return fourier(taps, 32)


def _real_fft(o: Arithmetic[Any], x: Sequence[Any]) -> list[Complex]:
    """Return the spectrum at 0 .. n/2 of n real values, n a power of two (Cooley and Tukey)."""
    n = len(x)
    if n == 2:
        return [(o.add(x[0], x[1]), None), (o.sub(x[0], x[1]), None)]
    if n == 1:
        return [(x[0], None)]
    even, odd = _real_fft(o, x[::2]), _real_fft(o, x[1::2])
    spectrum: list[Complex] = [(None, None)] * (n // 2 + 1)
    spectrum[0] = (o.add(even[0][0], odd[0][0]), None)
    spectrum[n // 2] = (o.sub(even[0][0], odd[0][0]), None)
    spectrum[n // 4] = (even[n // 4][0], o.scale(odd[n // 4][0], -1.0))
    for k in range(1, n // 4):
        cosine, sine = math.cos(2 * math.pi * k / n), math.sin(2 * math.pi * k / n)
        (even_re, even_im), (odd_re, odd_im) = even[k], odd[k]
        re = o.scale_add(odd_re, cosine, o.scale_add(odd_im, sine, even_re))
        im = o.scale_add(odd_im, cosine, o.scale_add(odd_re, -sine, even_im))
        spectrum[k] = (re, im)
        # The butterfly's other wing, even - odd, by one operation each.
        other_im = o.scale_add(even_im, -2.0, im)
        spectrum[n // 2 - k] = (o.scale_add(even_re, 2.0, o.scale(re, -1.0)), other_im)
    return spectrum


def _inverse_real_fft(o: Arithmetic[Any], spectrum: Sequence[Complex]) -> list[Any]:
    """Return n times the n real values whose spectrum at 0 .. n/2 is given."""
    n = 2 * (len(spectrum) - 1)
    if n == 2:
        return [o.add(spectrum[0][0], spectrum[1][0]), o.sub(spectrum[0][0], spectrum[1][0])]
    even: list[Complex] = [(None, None)] * (n // 4 + 1)
    odd: list[Complex] = [(None, None)] * (n // 4 + 1)
    even[0] = (o.add(spectrum[0][0], spectrum[-1][0]), None)
    odd[0] = (o.sub(spectrum[0][0], spectrum[-1][0]), None)
    even[-1] = (o.scale(spectrum[n // 4][0], 2.0), None)
    odd[-1] = (o.scale(spectrum[n // 4][1], -2.0), None)
    for k in range(1, n // 4):
        cosine, sine = math.cos(2 * math.pi * k / n), math.sin(2 * math.pi * k / n)
        (re, im), (far_re, far_im) = spectrum[k], spectrum[n // 2 - k]
        even[k] = (o.add(re, far_re), o.sub(im, far_im))
        re, im = o.sub(re, far_re), o.add(im, far_im)
        odd[k] = (
            o.scale_add(re, cosine, o.scale(im, -sine)),
            o.scale_add(im, cosine, o.scale(re, sine)),
        )
    values: list[Any] = [None] * n
    values[::2], values[1::2] = _inverse_real_fft(o, even), _inverse_real_fft(o, odd)
    return values


def _products_with(matrix: Matrix, o: Arithmetic[Any], x: Sequence[Any]) -> list[Any]:
    """Return the product of a constant matrix and a vector, without multiplications by 1."""
    return [_weighted_sum(o, row, x) for row in matrix]


def _weighted_sum(o: Arithmetic[Any], factors: Sequence[Fraction], x: Sequence[Any]) -> Any:
    terms = [(float(f), value) for f, value in zip(factors, x, strict=True) if f]
    terms.sort(key=lambda term: abs(term[0]) != 1)  # these need no multiplication to begin with
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
    """Return what evaluates a polynomial of `size` coefficients at nodes and infinity."""
    rows = [[Fraction(node) ** power for power in range(size)] for node in nodes]
    return [*rows, [Fraction(int(power == size - 1)) for power in range(size)]]


def _transposed(matrix: Matrix) -> Matrix:
    return [list(column) for column in zip(*matrix, strict=True)]


def _inverted(matrix: Matrix) -> Matrix:
    """Return the inverse, by Gauss and Jordan's elimination in exact fractions."""
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
