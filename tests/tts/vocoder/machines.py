"""Machines that run linked code: this one, and an emulated Arm."""

import ctypes
import struct
import subprocess
from pathlib import Path

import numpy as np

from app.tts.vocoder.machine_code.code_file import MappedCode, write_code
from app.tts.vocoder.machine_code.linker import LinkedCode
from tests.programs import find

_BASE, _PAGE = 0x400000, 4096


def run_here(code: LinkedCode, name: str, first: int | bytes, size: int, folder: Path) -> bytes:
    """Call a function in this process, and return the bytes that it writes.

    Its arguments are `first`, as a number or the address of the bytes, and the address of `size`
    bytes for the result.
    """
    path, result = folder / "code", np.zeros(size, np.uint8)
    write_code(path, code)
    kind = ctypes.c_int64 if isinstance(first, int) else ctypes.c_char_p
    MappedCode.open(path).function(name, kind, ctypes.c_void_p)(first, result.ctypes.data)
    return result.tobytes()


def run_on_arm(code: LinkedCode, name: str, first: int | bytes, size: int, folder: Path) -> bytes:
    """Do the same in an emulated executable file for AArch64."""
    path = folder / "executable"
    path.write_bytes(_arm_executable(code, name, first, size))
    path.chmod(0o700)
    emulator = find("qemu-aarch64")
    assert emulator
    result = subprocess.run([emulator, str(path)], capture_output=True, timeout=60)
    assert result.returncode == 0, result.stderr
    return result.stdout


def _arm_executable(code: LinkedCode, name: str, first: int | bytes, size: int) -> bytes:
    """Return an ELF file that calls a function, writes its result to standard output, and exits."""
    start = len(code.code) + -len(code.code) % 64
    argument = start + 64
    made = argument + (0 if isinstance(first, int) else len(first))

    def to(offset: int, instruction: int) -> int:
        """Return the distance to an offset from one of the instructions below."""
        return offset - (start + 4 * instruction)

    instructions = [
        _move(0, first) if isinstance(first, int) else _address(0, to(argument, 0)),
        _address(1, to(made, 1)),
        0x94000000 | to(code.entries[name], 2) >> 2 & 0x3FFFFFF,  # bl
        _move(0, 1),  # write(1, made, size)
        _address(1, to(made, 4)),
        _move(2, size),
        _move(8, 64),
        0xD4000001,  # svc #0
        _move(0, 0),  # exit(0)
        _move(8, 93),
        0xD4000001,
    ]
    image = code.code.ljust(start, b"\0") + struct.pack(f"<{len(instructions)}I", *instructions)
    image = image.ljust(argument, b"\0") + (b"" if isinstance(first, int) else first)
    identification = b"\x7fELF\2\1\1".ljust(16, b"\0")
    entry = _BASE + _PAGE + start
    header = struct.pack(
        "<16sHHIQQQIHHHHHH", identification, 2, 183, 1, entry, 64, 0, 0, 64, 56, 1, 0, 0, 0
    )
    in_file, in_memory = _PAGE + len(image), _PAGE + made + size
    loaded = struct.pack("<IIQQQQQQ", 1, 7, 0, _BASE, _BASE, in_file, in_memory, _PAGE)
    return (header + loaded).ljust(_PAGE, b"\0") + image


def _move(register: int, value: int) -> int:
    return 0xD2800000 | value << 5 | register  # movz


def _address(register: int, distance: int) -> int:
    return 0x10000000 | (distance & 3) << 29 | (distance >> 2 & 0x7FFFF) << 5 | register  # adr
