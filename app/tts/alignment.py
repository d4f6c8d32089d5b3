"""Aligns two sequences that say nearly the same, such as a text and what became of it."""

import numpy as np
import numpy.typing as npt

Costs = npt.NDArray[np.int64]

INSERTION = 10
"""Cost of an element of the second sequence that goes with none of the first."""


def align(replacements: Costs, deletions: Costs) -> list[int]:
    """Return, for each element of the second sequence, the place of the one in the first it is of.

    `replacements`, int64 (n, m), is what it costs to take element j of the second sequence for
    element i of the first; `deletions`, int64 (n,), what it costs to leave element i out. The
    places rise; an element that was inserted goes with the one before it. n is at least 1. The
    cheapest alignment is found by Needleman and Wunsch's algorithm, a row at a time.
    """
    count, length = replacements.shape
    insertions = INSERTION * np.arange(length + 1)
    table = np.empty((count + 1, length + 1), np.int64)
    table[0] = insertions
    for row, (costs, deletion) in enumerate(zip(replacements, deletions, strict=True)):
        best = table[row] + deletion
        np.minimum(best[1:], table[row, :-1] + costs, out=best[1:])
        # Insertions in a row: each cell is the cheapest one to its left and the way from there.
        table[row + 1] = np.minimum.accumulate(best - insertions) + insertions
    return _places(table, replacements, deletions)


def _places(table: Costs, replacements: Costs, deletions: Costs) -> list[int]:
    """Follow the cheapest path back from the end of both sequences."""
    places = []
    i, j = len(deletions), replacements.shape[1]
    while j:
        if i and table[i, j] == table[i - 1, j - 1] + replacements[i - 1, j - 1]:
            i, j = i - 1, j - 1
            places.append(i)
        elif i and table[i, j] == table[i - 1, j] + deletions[i - 1]:
            i -= 1
        else:
            j -= 1
            places.append(max(0, i - 1))
    return places[::-1]
