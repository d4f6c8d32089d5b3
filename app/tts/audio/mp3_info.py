"""The first frame of an MP3 file, which is silent and holds its length and delay."""

import struct

MP3_FRAME = 576
"""Samples in a frame of MPEG-2 layer III, the format for 24 kHz."""

ENCODER_DELAY = 576
"""Samples that LAME puts before the first; the 529 that every decoder adds do not count."""

_SIDE_INFO_BYTES = 9
_HAS_FRAMES, _HAS_BYTES = 1, 2
_CONSTANT_BIT_RATE = 1


def info_frame(
    first_frame: bytes, *, samples: int | None = None, frames: int | None = None
) -> bytes:
    """Return a silent frame to go before `first_frame`, mono and at a constant bit rate.

    It tells decoders how much to skip and, if `samples` and `frames` are given, the length to the
    sample. The format is Xing's with LAME's extension, as LAME's VbrTag.c writes it.
    """
    if samples is None or frames is None:
        counts, padding = struct.pack(">I", 0), 0
        # libav, and so Chromium, plays a first frame without counts like any other.
        delay = MP3_FRAME + ENCODER_DELAY
    else:
        file_bytes = (1 + frames) * len(first_frame)
        counts = struct.pack(">III", _HAS_FRAMES | _HAS_BYTES, frames, file_bytes)
        delay = ENCODER_DELAY
        padding = frames * MP3_FRAME - delay - samples
    lame = struct.pack(
        ">9sB11x3s12x",
        b"LAME",  # decoders trust only encoders that they know
        _CONSTANT_BIT_RATE,
        (delay << 12 | padding).to_bytes(3, "big"),
    )
    frame = first_frame[:4] + bytes(_SIDE_INFO_BYTES) + b"Info" + counts + lame
    return frame.ljust(len(first_frame), b"\0")
