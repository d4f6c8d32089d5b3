"""The parts of an ELF object file that a linker needs: System V ABI (gABI), chapters 4 and 5."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

# The file's header up to the machine: 64 bits, little-endian, version 1, relocatable.
_IDENTIFICATION, _RELOCATABLE = b"\x7fELF\2\1\1", 1
_SYMTAB, _RELA, _REL = 2, 4, 9

PROGBITS = 1
WRITE, ALLOC = 1, 2
FUNCTION = 2


@dataclass(frozen=True)
class Section:
    name: str
    kind: int
    flags: int
    link: int
    info: int
    alignment: int
    content: bytes


class Symbol(NamedTuple):
    name: str
    kind: int
    section: int
    """Number of the symbol's section; not a section's number if it is defined in none."""
    value: int
    """Offset in that section."""


class Relocation(NamedTuple):
    section: int
    """Number of the section that it changes."""
    place: int
    """Offset in that section."""
    kind: int
    symbol: Symbol
    addend: int


class ObjectFile:
    """A relocatable 64-bit little-endian ELF file; raises ValueError for anything else."""

    def __init__(self, file: bytes) -> None:
        kind, self.machine = struct.unpack_from("<HH", file.ljust(64, b"\0"), 16)
        if not file.startswith(_IDENTIFICATION) or kind != _RELOCATABLE:
            raise ValueError("This is not a relocatable 64-bit ELF file.")
        try:
            self.sections = _sections(file)
            self.symbols = self._symbols()
        except (struct.error, IndexError, ValueError) as error:
            raise ValueError(f"The ELF file is damaged: {error}") from error

    def relocations(self) -> Iterator[Relocation]:
        """Return all relocations; raise ValueError for those without addends."""
        for section in self.sections:
            if section.kind == _REL:
                raise ValueError(f"The addends of {section.name} are not in their own fields.")
            if section.kind == _RELA:
                for place, info, addend in struct.iter_unpack("<QQq", section.content):
                    symbol = self.symbols[info >> 32]
                    yield Relocation(section.info, place, info & 0xFFFFFFFF, symbol, addend)

    def _symbols(self) -> list[Symbol]:
        return [
            Symbol(_string(self.sections[table.link].content, name), info & 15, section, value)
            for table in self.sections
            if table.kind == _SYMTAB
            for name, info, _, section, value, _ in struct.iter_unpack("<IBBHQQ", table.content)
        ]


def _sections(file: bytes) -> list[Section]:
    (table,) = struct.unpack_from("<Q", file, 0x28)
    size, count, names_at = struct.unpack_from("<HHH", file, 0x3A)
    headers = [struct.unpack_from("<IIQQQQIIQQ", file, table + i * size) for i in range(count)]
    contents = [file[header[4] : header[4] + header[5]] for header in headers]
    return [
        Section(
            name=_string(contents[names_at], name),
            kind=kind,
            flags=flags,
            link=link,
            info=info,
            alignment=alignment,
            content=content,
        )
        for content, (name, kind, flags, *_, link, info, alignment, _) in zip(
            contents, headers, strict=True
        )
    ]


def _string(table: bytes, offset: int) -> str:
    return table[offset : table.index(b"\0", offset)].decode()
