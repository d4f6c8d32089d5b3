"""Aligns two nearly equal sequences, such as a text as it was written and as it is spoken."""

import numpy as np
import numpy.typing as npt

Costs = npt.NDArray[np.int64]

INSERTION = 10
"""Cost of an element of the second sequence that has no counterpart in the first."""


def align(replacements: Costs, deletions: Costs) -> list[int]:
    """Return, for each element of the second sequence, the index of its counterpart in the first.

    `replacements`, int64 (n, m), is the cost of taking element j of the second sequence for element
    i of the first; `deletions`, int64 (n,), the cost of leaving element i out. Indices never fall;
    an inserted element goes with the one before it. n is at least 1. Needleman and Wunsch's
    algorithm finds the cheapest alignment, a row at a time.
    """
    count, length = replacements.shape
    insertions = INSERTION * np.arange(length + 1)
    table = np.empty((count + 1, length + 1), np.int64)
    table[0] = insertions
    for row, (costs, deletion) in enumerate(zip(replacements, deletions, strict=True)):
        best = table[row] + deletion
        np.minimum(best[1:], table[row, :-1] + costs, out=best[1:])
        # Runs of insertions: each cell costs the cheapest cell to its left plus the way from there.
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
