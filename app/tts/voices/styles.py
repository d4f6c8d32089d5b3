"""The styles of a voice, read from numpy's file format or raw numbers."""

import io
import tokenize

import numpy as np
import numpy.typing as npt

Styles = npt.NDArray[np.float32]
"""Shape (510, 256), with a row for each number of tokens."""

STYLE_ROWS = 510
STYLE_WIDTH = 256

OLD_STYLE_ROWS = 511
"""Rows in voices of Kokoro before 1.0, whose first row is for zero tokens."""

SHAPES = tuple(
    shape
    for rows in (STYLE_ROWS, OLD_STYLE_ROWS)
    for shape in ((rows, 1, STYLE_WIDTH), (rows, STYLE_WIDTH))
)

LARGEST_VALUE = 100.0
"""Larger numbers cannot be styles: Kokoro's own lie within ±3.2."""


class NotAVoice(Exception):
    """The file is not a voice; the message says what it holds or what is expected."""


_UNREADABLE = (
    *(ValueError, TypeError, OverflowError, EOFError, MemoryError),
    *(SyntaxError, tokenize.TokenError),  # the header of a .npy file is an expression of Python
)


def as_styles(array: npt.NDArray[np.floating]) -> Styles:
    """Return an array as a voice's styles; raises `NotAVoice` if it cannot be one."""
    if array.dtype.kind != "f" or array.shape not in SHAPES:
        raise NotAVoice(
            f"it holds {array.dtype} of shape {array.shape}, and a voice is float32 of shape "
            f"{SHAPES[0]} or {SHAPES[1]}"
        )
    styles = np.ascontiguousarray(array, np.float32).reshape(-1, STYLE_WIDTH)[-STYLE_ROWS:]
    if not (np.abs(styles) <= LARGEST_VALUE).all():  # false for NaN, too
        raise NotAVoice(f"it holds numbers that are not finite or beyond ±{LARGEST_VALUE:.0f}")
    return styles


def from_npy(content: bytes) -> Styles:
    """Read numpy's file format; raises `NotAVoice`."""
    try:
        # Not numpy.load, which also reads archives.
        array = np.lib.format.read_array(io.BytesIO(content), allow_pickle=False)
    except _UNREADABLE as error:
        raise NotAVoice("it is not a .npy file of numbers") from error
    return as_styles(array)


def from_raw(content: bytes) -> Styles:
    """Read raw little-endian float32 numbers; raises `NotAVoice`."""
    sizes = [rows * STYLE_WIDTH * 4 for rows in (STYLE_ROWS, OLD_STYLE_ROWS)]
    if len(content) not in sizes:
        raise NotAVoice(
            f"it has {len(content)} bytes, and {STYLE_ROWS} rows of {STYLE_WIDTH} float32 are "
            f"{sizes[0]}"
        )
    return as_styles(np.frombuffer(content, "<f4").reshape(-1, STYLE_WIDTH))
