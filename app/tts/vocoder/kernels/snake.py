"""The Snake activation, computed from the square of the sine without the sine itself."""

import math

import numpy as np

from app.tts.vocoder.kernels.ir import Code, Function

_DEGREE = 6
_PI_HIGH = float(np.float32(math.pi))
_PI_LOW = math.pi - _PI_HIGH


def _square_of_sine() -> list[float]:
    """Return the coefficients of q in sin(r)^2 = s q(s), with s = r^2, for |r| up to pi / 2.

    Fitted at Chebyshev nodes, its relative error is below the resolution of float32.
    """
    greatest = (math.pi / 2) ** 2
    nodes = greatest / 2 * (1 - np.cos(np.pi * (np.arange(400) + 0.5) / 400))
    exact = np.square(np.sin(np.sqrt(nodes))) / nodes
    fit = np.polynomial.Polynomial.fit(nodes, exact, _DEGREE, domain=[0, greatest])
    return [float(value) for value in fit.convert().coef]


_COEFFICIENTS = _square_of_sine()


def snake(f: Function, w: Code) -> Code:
    """Return w + sin(w)^2, scaled as in prepare/rewrites.py (Ziyin et al., arXiv 2006.08195)."""
    # Cody and Waite: subtract multiples of pi in two steps, or their rounding would be audible.
    turns = f.elementwise("rint", f.scale(w, 1 / math.pi))
    r = f.scale_add(turns, -_PI_LOW, f.scale_add(turns, -_PI_HIGH, w))
    s = f.multiply(r, r)
    q = f.constant(_COEFFICIENTS[-1])
    for coefficient in reversed(_COEFFICIENTS[:-1]):
        q = f.multiply_add(q, s, f.constant(coefficient))
    return f.multiply_add(s, q, w)
