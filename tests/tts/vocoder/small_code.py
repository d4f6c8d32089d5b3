"""A few functions that need all that a linker must do, for vectors of any width."""

import numpy as np

from app.tts.vocoder.linker import LinkedCode, link
from app.tts.vocoder.object_code import compile_module
from app.tts.vocoder.processors import InstructionSet

FILLED = 40_000
"""Bytes that `filled` writes, on the stack first; no multiple of any vector."""


def table(width: int) -> np.ndarray:
    """What `add_table` adds to a vector."""
    return (np.arange(width) ** 2).astype(np.float32)


def ir_text(width: int) -> str:
    """Functions that refer to constants, to each other, to memset and memcpy, and that branch by
    table.
    """
    floats = ", ".join(f"float {value:.1f}" for value in table(width))
    vector = f"<{width} x float>"
    cases = range(10)
    labels = " ".join(f"i64 {case}, label %case{case}" for case in cases)
    blocks = "\n".join(
        f'case{case}:\n  call void asm sideeffect "", "r"(i64 {case})\n'
        f"  store float {case**3}.0, ptr %y\n  ret void"
        for case in cases
    )
    return f"""
@table = constant [{width} x float] [{floats}]

define void @add_table(ptr %x, ptr %y) noinline {{
  %a = load {vector}, ptr %x, align 4
  %b = load {vector}, ptr @table, align 4
  %sum = fadd {vector} %a, %b
  store {vector} %sum, ptr %y, align 4
  ret void
}}

define void @add_table_twice(ptr %x, ptr %y) {{
  call void @add_table(ptr %x, ptr %y)
  call void @add_table(ptr %y, ptr %y)
  ret void
}}

declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)

define internal void @copy(ptr %x, ptr %y, i64 %size) noinline {{
  call void @llvm.memcpy.p0.p0.i64(ptr %y, ptr %x, i64 %size, i1 false)
  ret void
}}

define void @filled(i64 %byte, ptr %y) {{
  %room = alloca [{FILLED} x i8], align 64
  %value = trunc i64 %byte to i8
  call void @llvm.memset.p0.i64(ptr %room, i8 %value, i64 {FILLED}, i1 false)
  store i8 1, ptr %room
  call void @copy(ptr %room, ptr %y, i64 {FILLED})
  ret void
}}

define void @cube(i64 %number, ptr %y) {{
  switch i64 %number, label %other [{labels}]
{blocks}
other:
  store float -1.0, ptr %y
  ret void
}}
"""


def linked(instructions: InstructionSet, more: str = "") -> LinkedCode:
    """The functions, and those of `more`, for this instruction set."""
    return link(compile_module(ir_text(instructions.width) + more, instructions))
