"""Makes speech faster or slower without changing its pitch, as its samples arrive: WSOLA.

Waveform similarity overlap-add (Verhelst and Roelands, ICASSP 1993): the output is made of
overlapping frames of the input. Each is taken from near its nominal place, at the point where it is
most like the natural continuation of the frame before.
"""

import numpy as np
import numpy.typing as npt

from app.tts.types import SAMPLE_RATE, Samples

HOP = SAMPLE_RATE // 100
"""Samples of the output that each frame adds: 10 ms."""

WSOLA_FRAME = 2 * HOP

REACH = SAMPLE_RATE // 120
"""Greatest distance of a frame from its nominal place, in samples: 8 ms either way, which together
hold a period of the lowest voice."""

FADE = SAMPLE_RATE // 500
"""Length of the fade at the end in samples, because the last frame may come from before the end."""

_RISE = np.square(np.sin(np.pi / 2 * (np.arange(HOP) + 0.5) / HOP)).astype(np.float32)
_FALL = _RISE[::-1].copy()


class TimeScaler:
    """Makes one recording of speech faster or slower, in whatever portions its samples arrive."""

    def __init__(self, tempo: float) -> None:
        """Play the speech `tempo` times as fast."""
        self._tempo = tempo
        self._input = np.zeros(0, np.float32)
        self._dropped = 0
        """Samples of the input that are no longer held."""
        self._arrived = 0
        self._made = 0
        self._place = 0
        """Start of the last frame in the input."""

    def feed(self, samples: Samples) -> Samples:
        """Return the samples that can be played now that `samples`, float32 (n,), arrived."""
        self._arrived += len(samples)
        self._input = np.concatenate([self._input, samples])
        hops = []
        while self._needed() <= self._arrived:
            hops.append(self._next_hop())
        self._forget()
        return np.concatenate(hops) if hops else samples[:0]

    def finish(self) -> Samples:
        """Return the rest; in all, the output is as long as the input divided by the tempo."""
        missing = round(self._arrived / self._tempo) - self._made
        self._input = np.pad(self._input, (0, round(HOP * self._tempo) + REACH + 2 * WSOLA_FRAME))
        hops = [self._next_hop() for _ in range(0, missing, HOP)]
        rest = np.concatenate([*hops, self._input[:0]])[:missing]
        faded = min(FADE, missing)
        rest[missing - faded :] *= np.linspace(1, 0, faded, dtype=np.float32)
        return rest

    def _needed(self) -> int:
        """Return how much input the next hop needs, with samples for the fade to spare."""
        end = round((self._made + HOP + FADE) * self._tempo) + 1
        return max(self._nominal() + REACH + WSOLA_FRAME, self._place + HOP + WSOLA_FRAME, end)

    def _nominal(self) -> int:
        """Return the nominal start of the next frame."""
        return round(self._made * self._tempo)

    def _next_hop(self) -> Samples:
        """Blend the frame before into the next one."""
        if self._made:
            after = self._place + HOP - self._dropped
            natural = self._input[after : after + WSOLA_FRAME]
            low = max(self._nominal() - REACH - self._dropped, 0)
            high = self._nominal() + REACH + WSOLA_FRAME - self._dropped
            start = low + _most_similar(self._input[low:high], natural)
            hop = natural[:HOP] * _FALL + self._input[start : start + HOP] * _RISE
            self._place = start + self._dropped
        else:
            hop = self._input[:HOP].copy()
        self._made += HOP
        return hop

    def _forget(self) -> None:
        """Drop the input before the region where the next frame is searched for."""
        keep = min(self._place + HOP, self._nominal() - REACH)
        if keep > self._dropped:
            self._input = self._input[keep - self._dropped :]
            self._dropped = keep


def _most_similar(region: Samples, natural: Samples) -> int:
    """Return where `region` is most like `natural`, by normalized cross-correlation."""
    wide: npt.NDArray[np.float64] = region.astype(np.float64)
    products = np.correlate(wide, natural.astype(np.float64), "valid")
    sums = np.concatenate([[0.0], np.cumsum(np.square(wide))])
    energies = sums[len(natural) :] - sums[: -len(natural)]
    return int(np.argmax(products / np.sqrt(np.maximum(energies, 1e-9))))
