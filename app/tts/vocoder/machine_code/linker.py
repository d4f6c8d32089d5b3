"""A linker for LLVM's object files: its code needs no loader and runs at any address.

See the System V ABI's supplement for x86-64, 4.4, and "ELF for the Arm 64-bit Architecture", 5.7.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from app.tts.errors import CannotPrepare
from app.tts.vocoder.machine_code.elf import ALLOC, FUNCTION, PROGBITS, WRITE, ObjectFile

_X86_64, _AARCH64 = 62, 183
_CACHE_LINE = 64
_PAGE_BITS = 12
PAGE = 1 << _PAGE_BITS
"""Bytes, whatever the system's page size: AArch64 instructions address by page and offset."""


class LinkError(CannotPrepare):
    """The file needs a loader, or is not an object file."""


@dataclass(frozen=True)
class LinkedCode:
    """Code and constants that can be placed at any multiple of PAGE.

    `entries` has the offset in `code` of each function.
    """

    code: bytes
    entries: dict[str, int]


def link(object_file: bytes) -> LinkedCode:
    """Join the code and constants of an object file for x86-64 or AArch64, and resolve relocations.

    Raise LinkError for undefined symbols, absolute addresses, variables, and damaged files.
    """
    try:
        file = ObjectFile(object_file)
        code, starts = _join(file)
        _resolve(file, code, starts)
    except ValueError as error:
        raise LinkError(str(error)) from error
    entries = {
        symbol.name: starts[symbol.section] + symbol.value
        for symbol in file.symbols
        if symbol.kind == FUNCTION and symbol.section in starts
    }
    return LinkedCode(bytes(code), entries)


def _join(file: ObjectFile) -> tuple[bytearray, dict[int, int]]:
    """Return code and constants, and the offset in them of each section, by its number."""
    code, starts = bytearray(), {}
    for number, section in enumerate(file.sections):
        # .eh_frame is not needed: no exception or debugger unwinds the stack through this code.
        if not section.flags & ALLOC or not section.content or section.name == ".eh_frame":
            continue
        if section.flags & WRITE or section.kind != PROGBITS:
            raise LinkError(f"{section.name} is neither code nor constants.")
        if section.alignment > PAGE:
            raise LinkError(f"{section.name} needs to be aligned to more than a page.")
        code += bytes(-len(code) % max(_CACHE_LINE, section.alignment))
        starts[number] = len(code)
        code += section.content
    return code, starts


def _resolve(file: ObjectFile, code: bytearray, starts: Mapping[int, int]) -> None:
    for relocation in file.relocations():
        if relocation.section not in starts:
            continue
        symbol = relocation.symbol
        if symbol.section not in starts:
            raise LinkError(f"{symbol.name} is not defined.")
        relocate = _RELOCATIONS.get(file.machine, {}).get(relocation.kind)
        if not relocate:
            raise LinkError(
                f"Relocation {relocation.kind} of machine {file.machine} (to {symbol.name}) is not "
                "among those that can be resolved before loading."
            )
        place = starts[relocation.section] + relocation.place
        relocate(code, place, starts[symbol.section] + symbol.value + relocation.addend)


def _relative(code: bytearray, place: int, target: int, *, size: int) -> None:
    """Write S + A - P as an integer of `size` bytes."""
    code[place : place + size] = _signed(target - place, 8 * size).to_bytes(size, "little")


def _branch(code: bytearray, place: int, target: int, *, at: int, bits: int) -> None:
    """Write S + A - P, counted in instructions, into a field of an instruction."""
    _insert(code, place, at, _signed((target - place) >> 2, bits))


def _address(code: bytearray, place: int, target: int, *, shift: int) -> None:
    """Write the distance, in units of 2**shift bytes, into the two fields of ADR or ADRP."""
    distance = _signed((target >> shift) - (place >> shift), 21)
    _insert(code, place, 29, distance & 3)
    _insert(code, place, 5, distance >> 2)


def _low_bits(code: bytearray, place: int, target: int, *, shift: int) -> None:
    """Write the offset in the page, in units of 2**shift bytes, into ADD, LDR or STR."""
    offset = target % PAGE
    if offset % (1 << shift):
        raise LinkError(f"A value of {1 << shift} bytes is not aligned to its size.")
    _insert(code, place, 10, offset >> shift)


def _insert(code: bytearray, place: int, at: int, value: int) -> None:
    """Fill the field of an instruction that starts at bit `at`; the compiler left it zero."""
    instruction = int.from_bytes(code[place : place + 4], "little") | value << at
    code[place : place + 4] = instruction.to_bytes(4, "little")


def _signed(value: int, bits: int) -> int:
    """Return the two's complement in `bits` bits."""
    if not -(1 << bits - 1) <= value < 1 << bits - 1:
        raise LinkError(f"A distance does not fit into {bits} bits: {value}")
    return value % (1 << bits)


_RELOCATIONS: Mapping[int, Mapping[int, Callable[[bytearray, int, int], None]]] = {
    _X86_64: {
        2: partial(_relative, size=4),  # R_X86_64_PC32
        4: partial(_relative, size=4),  # R_X86_64_PLT32
        24: partial(_relative, size=8),  # R_X86_64_PC64
    },
    _AARCH64: {
        260: partial(_relative, size=8),  # R_AARCH64_PREL64
        261: partial(_relative, size=4),  # R_AARCH64_PREL32
        262: partial(_relative, size=2),  # R_AARCH64_PREL16
        273: partial(_branch, at=5, bits=19),  # R_AARCH64_LD_PREL_LO19
        274: partial(_address, shift=0),  # R_AARCH64_ADR_PREL_LO21
        275: partial(_address, shift=_PAGE_BITS),  # R_AARCH64_ADR_PREL_PG_HI21
        277: partial(_low_bits, shift=0),  # R_AARCH64_ADD_ABS_LO12_NC
        278: partial(_low_bits, shift=0),  # R_AARCH64_LDST8_ABS_LO12_NC
        279: partial(_branch, at=5, bits=14),  # R_AARCH64_TSTBR14
        280: partial(_branch, at=5, bits=19),  # R_AARCH64_CONDBR19
        282: partial(_branch, at=0, bits=26),  # R_AARCH64_JUMP26
        283: partial(_branch, at=0, bits=26),  # R_AARCH64_CALL26
        284: partial(_low_bits, shift=1),  # R_AARCH64_LDST16_ABS_LO12_NC
        285: partial(_low_bits, shift=2),  # R_AARCH64_LDST32_ABS_LO12_NC
        286: partial(_low_bits, shift=3),  # R_AARCH64_LDST64_ABS_LO12_NC
        299: partial(_low_bits, shift=4),  # R_AARCH64_LDST128_ABS_LO12_NC
    },
}
"""Functions that write the target, S + A, to its place, P; by ELF's machine and relocation type."""
