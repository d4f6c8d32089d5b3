"""Object files are linked to code that runs at any address, or refused."""

import struct
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.tts.errors import CannotPrepare
from app.tts.vocoder.machine_code.elf import ObjectFile
from app.tts.vocoder.machine_code.linker import LinkError, link
from app.tts.vocoder.machine_code.object_code import compile_module
from app.tts.vocoder.machine_code.processors import (
    INSTRUCTION_SETS,
    InstructionSet,
    present_instruction_sets,
)
from tests.tts.vocoder.machines import run_here, run_on_arm
from tests.tts.vocoder.small_code import CONSTANTS, FILLED, ir_text, linked, table

every_instruction_set = pytest.mark.parametrize(
    "instructions", INSTRUCTION_SETS, ids=lambda found: found.name
)


Runner = Callable[[str, int | bytes, int], bytes]


def _machines() -> Iterator[Any]:
    for instructions in present_instruction_sets():
        yield pytest.param((instructions, run_here), id=instructions.name)
    arm = next(found for found in INSTRUCTION_SETS if found.name == "armv8-a")
    emulated = pytest.mark.needs("qemu-aarch64")
    yield pytest.param((arm, run_on_arm), id="armv8-a emulated", marks=emulated)


@pytest.fixture(params=_machines())
def machine(request: pytest.FixtureRequest) -> tuple[InstructionSet, Callable[..., bytes]]:
    """An instruction set, and the function that runs its code."""
    return request.param


@pytest.fixture
def instructions(machine: tuple[InstructionSet, Callable[..., bytes]]) -> InstructionSet:
    return machine[0]


@pytest.fixture
def run(machine: tuple[InstructionSet, Callable[..., bytes]], tmp_path: Path) -> Runner:
    """Runs a function of the small code on a machine; see `run_here`."""
    instructions, runner = machine
    return partial(runner, linked(instructions), folder=tmp_path)


def test_linked_functions_find_each_other_and_their_constants(
    instructions: InstructionSet, run: Runner
) -> None:
    x = np.linspace(-3, 4, instructions.width, dtype=np.float32)
    made = np.frombuffer(run("add_table_twice", x.tobytes(), x.nbytes), np.float32)
    assert np.array_equal(made, x + table(instructions.width) + table(instructions.width))


def test_linked_functions_load_constants_of_every_size(run: Runner) -> None:
    assert run("constants", 0, len(CONSTANTS)) == CONSTANTS


@pytest.mark.parametrize("value", [0, 7, 255])
def test_linked_functions_fill_and_copy_memory_themselves(run: Runner, value: int) -> None:
    assert run("filled", value, FILLED) == b"\1" + bytes([value]) * (FILLED - 1)


@pytest.mark.parametrize("number", [0, 3, 9, 10])
def test_linked_functions_branch_by_tables(run: Runner, number: int) -> None:
    assert struct.unpack("<f", run("cube", number, 4)) == (number**3 if number < 10 else -1,)


@every_instruction_set
def test_constants_keep_their_alignment(instructions: InstructionSet) -> None:
    wide = "@wide = constant [4 x i64] [i64 77, i64 1, i64 2, i64 3], align 2048\n"
    wide += "define i64 @first(i64 %i) {\n  %at = getelementptr i64, ptr @wide, i64 %i\n"
    wide += "  %value = load i64, ptr %at\n  ret i64 %value\n}\n"
    code = linked(instructions, wide).code
    assert code.index(struct.pack("<4q", 77, 1, 2, 3)) % 2048 == 0


@every_instruction_set
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("declare float @sinf(float)\ndefine float @f(float %x) {\n"
         "  %y = call float @sinf(float %x)\n  ret float %y\n}", "sinf"),
        ("@there = external global i32\ndefine ptr @f() {\n  ret ptr @there\n}", "there"),
        ("@count = global i32 1\ndefine void @f() {\n  store i32 2, ptr @count\n  ret void\n}",
         r"\.data"),
        ("@count = global i32 0\ndefine void @f() {\n  store i32 2, ptr @count\n  ret void\n}",
         r"\.bss"),
        ("@to_f = constant ptr @f\ndefine ptr @f() {\n  ret ptr @to_f\n}", r"\.data\.rel\.ro"),
        ("@own = thread_local global i32 0\ndefine void @f() {\n  store i32 2, ptr @own\n"
         "  ret void\n}", r"\.tbss"),
        ("@wide = constant [2 x i64] [i64 1, i64 2], align 65536", "aligned"),
    ],
    ids=["function", "variable", "data", "bss", "absolute address", "thread-local", "alignment"],
)  # fmt: skip
def test_code_that_needs_a_loader_is_refused(
    instructions: InstructionSet, text: str, message: str
) -> None:
    with pytest.raises(LinkError, match=message):
        link(compile_module(text, instructions))


@every_instruction_set
def test_relocations_of_other_kinds_are_refused(instructions: InstructionSet) -> None:
    made = compile_module(ir_text(instructions.width), instructions)
    relocation = next(ObjectFile(made).relocations())
    symbol = ObjectFile(made).symbols.index(relocation.symbol)
    absolute = 257 if instructions.name == "armv8-a" else 1  # R_AARCH64_ABS64, R_X86_64_64
    known, unknown = (
        struct.pack("<QIIq", relocation.place, kind, symbol, relocation.addend)
        for kind in (relocation.kind, absolute)
    )
    assert made.count(known) == 1
    with pytest.raises(LinkError, match=f"Relocation {absolute} "):
        link(made.replace(known, unknown))


@pytest.mark.parametrize("damage", ["empty", "text", "other class", "header", "half"])
def test_a_file_that_is_not_an_object_file_is_refused(damage: str) -> None:
    instructions = INSTRUCTION_SETS[0]
    whole = compile_module(ir_text(instructions.width), instructions)
    damaged = {
        "empty": b"",
        "text": b"no object file" * 10,
        "other class": whole[:4] + b"\1" + whole[5:],
        "header": whole[:64],
        "half": whole[: len(whole) // 2],
    }[damage]
    with pytest.raises(LinkError) as raised:
        link(damaged)
    assert isinstance(raised.value, CannotPrepare)
