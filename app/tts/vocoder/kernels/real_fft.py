"""The fast Fourier transform of real values, and its inverse (Cooley and Tukey)."""

import math
from collections.abc import Sequence
from typing import Any

from app.tts.vocoder.kernels.arithmetic import Arithmetic

Complex = tuple[Any, Any]
"""Real and imaginary part; the latter is None if it is zero."""


def real_fft(o: Arithmetic[Any], x: Sequence[Any]) -> list[Complex]:
    """Return bins 0 .. n/2 of the spectrum of n real values; n is a power of two."""
    n = len(x)
    if n == 2:
        return [(o.add(x[0], x[1]), None), (o.sub(x[0], x[1]), None)]
    if n == 1:
        return [(x[0], None)]
    even, odd = real_fft(o, x[::2]), real_fft(o, x[1::2])
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
        # The butterfly's other output, even - odd, takes one operation each.
        other_im = o.scale_add(even_im, -2.0, im)
        spectrum[n // 2 - k] = (o.scale_add(even_re, 2.0, o.scale(re, -1.0)), other_im)
    return spectrum


def inverse_real_fft(o: Arithmetic[Any], spectrum: Sequence[Complex]) -> list[Any]:
    """Return n times the n real values whose spectrum has the given bins 0 .. n/2."""
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
    values[::2], values[1::2] = inverse_real_fft(o, even), inverse_real_fft(o, odd)
    return values
