"""A voice's styles, as files hold them: numpy's format and bare numbers."""

import io
import tokenize

import numpy as np
import numpy.typing as npt

Styles = npt.NDArray[np.float32]
"""(510, 256), a row for each number of tokens."""

STYLE_ROWS = 510
STYLE_WIDTH = 256

OLD_STYLE_ROWS = 511
"""As voices of Kokoro before 1.0 have; their first row is for no token at all."""

SHAPES = tuple(
    shape
    for rows in (STYLE_ROWS, OLD_STYLE_ROWS)
    for shape in ((rows, 1, STYLE_WIDTH), (rows, STYLE_WIDTH))
)

LARGEST_VALUE = 100.0
"""Beyond it are no styles: Kokoro's own lie within ±3.2."""


class NotAVoice(Exception):
    """The file holds something else; the message says what, or what is expected."""


_UNREADABLE = (
    *(ValueError, TypeError, OverflowError, EOFError, MemoryError),
    *(SyntaxError, tokenize.TokenError),  # the header of a .npy file is an expression of Python
)


def as_styles(array: npt.NDArray[np.floating]) -> Styles:
    """Return an array as a voice's styles; raises `NotAVoice` when it cannot be one."""
    if array.dtype.kind != "f" or array.shape not in SHAPES:
        raise NotAVoice(
            f"it holds {array.dtype} of shape {array.shape}, and a voice is float32 of shape "
            f"{SHAPES[0]} or {SHAPES[1]}"
        )
    styles = np.ascontiguousarray(array, np.float32).reshape(-1, STYLE_WIDTH)[-STYLE_ROWS:]
    if not (np.abs(styles) <= LARGEST_VALUE).all():  # NaN is not either
        raise NotAVoice(f"it holds numbers that are not finite or beyond ±{LARGEST_VALUE:.0f}")
    return styles


def from_npy(content: bytes) -> Styles:
    """Read numpy's file format; raises `NotAVoice`."""
    try:
        # Not numpy.load, which reads archives as well.
        array = np.lib.format.read_array(io.BytesIO(content), allow_pickle=False)
    except _UNREADABLE as error:
        raise NotAVoice("it is no .npy file of numbers") from error
    return as_styles(array)


def from_raw(content: bytes) -> Styles:
    """Read little-endian float32 numbers with nothing around them; raises `NotAVoice`."""
    sizes = [rows * STYLE_WIDTH * 4 for rows in (STYLE_ROWS, OLD_STYLE_ROWS)]
    if len(content) not in sizes:
        raise NotAVoice(
            f"it has {len(content)} bytes, and {STYLE_ROWS} rows of {STYLE_WIDTH} float32 are "
            f"{sizes[0]}"
        )
    return as_styles(np.frombuffer(content, "<f4").reshape(-1, STYLE_WIDTH))
