"""Slightly different sequences are aligned element by element, in order."""

import numpy as np
import pytest

from app.tts.alignment import align

DIFFERENT, DELETION = 12, 9


def places(first: str, second: str) -> list[int]:
    same = np.equal.outer(np.array([*first]), np.array([*second]))
    costs = np.where(same, 0, DIFFERENT).astype(np.int64)
    return align(costs, np.full(len(first), DELETION, np.int64))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("abc", "abc", [0, 1, 2]),
        ("abc", "axc", [0, 1, 2]),
        ("abc", "ac", [0, 2]),
        ("abc", "abxyc", [0, 1, 1, 1, 2]),
        ("abc", "xabc", [0, 0, 1, 2]),
        ("aabb", "ab", [1, 3]),
        ("a", "xyz", [0, 0, 0]),
    ],
)
def test_each_element_goes_with_the_one_it_came_from(
    first: str, second: str, expected: list[int]
) -> None:
    assert places(first, second) == expected
