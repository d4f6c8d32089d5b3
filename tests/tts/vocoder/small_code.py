"""A few functions that exercise all of the linker, for vectors of any width."""

import numpy as np

from app.tts.vocoder.machine_code.linker import LinkedCode, link
from app.tts.vocoder.machine_code.object_code import compile_module
from app.tts.vocoder.machine_code.processors import InstructionSet

FAR = 5000
"""Floats between the code and the tables, which are several pages."""
FILLED = 40_013
"""Bytes that `filled` writes, first on the stack; not a multiple of any vector's size."""
CONSTANTS = bytes(range(3, 34))
"""Bytes that the function `constants` writes, in words of 16, 8, 4, 2 and 1 bytes."""


def table(width: int) -> np.ndarray:
    """Return the vector that `add_table` adds."""
    return (np.arange(width) ** 2).astype(np.float32)


def ir_text(width: int) -> str:
    """Return functions that use constants, each other, memset, memcpy, and branch tables."""
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
@between = constant [{FAR} x float] zeroinitializer
@tables = constant [2 x [{width} x float]] [
  [{width} x float] zeroinitializer, [{width} x float] [{floats}]
]

define void @add_table(ptr %x, ptr %y) noinline {{
  %a = load {vector}, ptr %x, align 4
  %index = call i64 asm sideeffect "", "=r,0"(i64 1)
  %at = getelementptr [{width} x float], ptr @tables, i64 %index
  %b = load {vector}, ptr %at, align 4
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

{constants()}

define void @cube(i64 %number, ptr %y) {{
  switch i64 %number, label %other [{labels}]
{blocks}
other:
  store float -1.0, ptr %y
  ret void
}}
"""


def constants() -> str:
    """Return a function that loads words of every size, each from its own constant."""
    globals_, copies, start = [], [], 0
    for kind, size in (("<16 x i8>", 16), ("i64", 8), ("i32", 4), ("i16", 2), ("i8", 1)):
        content = "".join(f"\\{byte:02x}" for byte in CONSTANTS[start : start + size])
        globals_.append(f'@word{size} = constant [{size} x i8] c"{content}", align {size}')
        copies.append(
            f"  %value{size} = load volatile {kind}, ptr @word{size}, align {size}\n"
            f"  %at{size} = getelementptr i8, ptr %y, i64 {start}\n"
            f"  store {kind} %value{size}, ptr %at{size}, align 1"
        )
        start += size
    return "\n".join(
        [*globals_, "define void @constants(i64 %unused, ptr %y) {", *copies, "  ret void", "}"]
    )


def linked(instructions: InstructionSet, more: str = "") -> LinkedCode:
    """Return the functions, and those of `more`, linked for an instruction set."""
    return link(compile_module(ir_text(instructions.width) + more, instructions))
