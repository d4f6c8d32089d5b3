"""LLVM IR is compiled to object files for every instruction set, on any machine."""

import pytest

from app.tts.vocoder.machine_code.elf import ALLOC, WRITE, ObjectFile
from app.tts.vocoder.machine_code.object_code import CompileError, compile_module
from app.tts.vocoder.machine_code.processors import INSTRUCTION_SETS, InstructionSet
from tests.tts.vocoder.small_code import ir_text

every_instruction_set = pytest.mark.parametrize(
    "instructions", INSTRUCTION_SETS, ids=lambda found: found.name
)


@every_instruction_set
def test_code_is_compiled_for_the_machine_of_the_instruction_set(
    instructions: InstructionSet,
) -> None:
    text = f'target triple = "unknown-unknown-unknown"\n{ir_text(instructions.width)}'
    made = ObjectFile(compile_module(text, instructions))
    assert made.machine == {"x86_64": 62, "aarch64": 183}[instructions.triple.split("-")[0]]


@every_instruction_set
def test_code_needs_no_outside_symbols_and_no_variables(instructions: InstructionSet) -> None:
    made = ObjectFile(compile_module(ir_text(instructions.width), instructions))
    assert {"memset", "memcpy"} <= {relocation.symbol.name for relocation in made.relocations()}
    assert all(relocation.symbol.section for relocation in made.relocations())
    assert not any(s.content for s in made.sections if s.flags & ALLOC and s.flags & WRITE)


@pytest.mark.parametrize(
    "text",
    [
        "define void @f() { ret i32 }",
        "define void @f(ptr %x) {\n  br label %later\nlater:\n  %y = add i32 %z, 1\n"
        "  %z = add i32 %y, 1\n  ret void\n}",
        "define ptr @memset(ptr %x) {\n  ret ptr %x\n}",
    ],
    ids=["no IR", "invalid IR", "conflicting memset"],
)
def test_errors_of_llvm_are_reported(text: str) -> None:
    with pytest.raises(CompileError, match=INSTRUCTION_SETS[0].name):
        compile_module(text, INSTRUCTION_SETS[0])
