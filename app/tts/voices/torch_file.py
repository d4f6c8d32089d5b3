"""The styles of a voice, read from PyTorch's files without PyTorch and without unpickling.

Such a file is a zip of a pickle, which describes the layout of a tensor in memory, and of that
memory. A pickle is a program that may do anything, so it is only parsed here, never run, and only
the pickle of a voice is accepted.
"""

import io
import pickletools
import zipfile
from typing import Any

import numpy as np

from app.tts.voices.styles import SHAPES, STYLE_WIDTH, NotAVoice, Styles, as_styles

LARGEST_PICKLE = 4096
"""Bytes; the pickle of a tensor has 300."""

# The errors of zipfile for various kinds of damage.
_UNREADABLE = (
    *(zipfile.BadZipFile, NotImplementedError, RuntimeError),
    *(ValueError, EOFError, OSError),
)

Instruction = tuple[str, Any]


def from_torch(content: bytes) -> Styles:
    """Read a float32 tensor written by `torch.save`; raises `NotAVoice` for anything else."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            pickle = _member(archive, "/data.pkl", LARGEST_PICKLE)
            shape = _shape(pickle)
            memory = _member(archive, "/data/0", len(content))
    except _UNREADABLE as error:
        raise NotAVoice(
            "it is not a zip file as torch.save has written since PyTorch 1.6"
        ) from error
    if len(memory) != 4 * int(np.prod(shape)):
        raise NotAVoice("its tensor is cut off")
    return as_styles(np.frombuffer(memory, "<f4").reshape(shape))


def _member(archive: zipfile.ZipFile, ending: str, max_bytes: int) -> bytes:
    members = [member for member in archive.infolist() if member.filename.endswith(ending)]
    if len(members) != 1 or members[0].file_size > max_bytes:
        raise NotAVoice("it is not a tensor written by torch.save")
    if members[0].compress_type != zipfile.ZIP_STORED:
        raise NotAVoice("it is compressed, and torch.save compresses nothing")
    return archive.read(members[0])


def _shape(pickle: bytes) -> tuple[int, ...]:
    """Return the shape of the tensor that a pickle describes."""
    try:
        instructions = [
            _plain(opcode.name, argument)
            for opcode, argument, _ in pickletools.genops(pickle)
            if opcode.name not in ("PROTO", "BINPUT", "LONG_BINPUT")
        ]
    except ValueError as error:
        raise NotAVoice("its pickle cannot be read") from error
    for shape in SHAPES:
        if instructions == _tensor(shape):
            return shape
    raise NotAVoice(
        "its pickle does not hold a contiguous float32 tensor of shape "
        f"{SHAPES[0]} or {SHAPES[1]}: save the voice as such, or with numpy.save"
    )


def _plain(name: str, argument: Any) -> Instruction:
    """Return an instruction without the details that make no difference here."""
    if name in ("BININT", "BININT1", "BININT2"):
        return "INT", argument
    if name == "NEWTRUE":  # requires a gradient
        return "NEWFALSE", argument
    if name == "BINUNICODE" and argument.startswith("cuda"):
        return name, "cpu"
    return name, argument


def _tensor(shape: tuple[int, ...]) -> list[Instruction]:
    """Return the pickle of a contiguous tensor by torch.save (torch.Tensor.__reduce_ex__).

    It is a call of `_rebuild_tensor_v2` with the storage, the offset in it, size, stride, whether a
    gradient is required, and no hooks.
    """
    stride = (*[STYLE_WIDTH] * (len(shape) - 1), 1)
    return [
        ("GLOBAL", "torch._utils _rebuild_tensor_v2"),
        *(("MARK", None), ("MARK", None)),
        ("BINUNICODE", "storage"),
        ("GLOBAL", "torch FloatStorage"),
        ("BINUNICODE", "0"),
        ("BINUNICODE", "cpu"),
        ("INT", shape[0] * STYLE_WIDTH),
        *(("TUPLE", None), ("BINPERSID", None)),
        ("INT", 0),
        *_numbers(shape),
        *_numbers(stride),
        ("NEWFALSE", None),
        ("GLOBAL", "collections OrderedDict"),
        *(("EMPTY_TUPLE", None), ("REDUCE", None)),
        *(("TUPLE", None), ("REDUCE", None), ("STOP", None)),
    ]


def _numbers(numbers: tuple[int, ...]) -> list[Instruction]:
    return [*(("INT", number) for number in numbers), (f"TUPLE{len(numbers)}", None)]
