"""The instruction sets that code is made for, and those of this machine's processor.

Code is made for a level and not for one processor model, so it runs on every machine whose flags
include the level's.
"""

import platform
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class InstructionSet:
    """A level of instructions, described for the compiler and the kernels.

    The micro-kernel computes `rows` by `columns` vectors of `width` floats at once. These sums, one
    row of weights and one broadcast value should fit the 32 vector registers (16 below AVX-512).
    """

    name: str
    triple: str
    """The target triple of LLVM."""
    cpu: str
    """The processor to generate code for, as LLVM names it (llc's -mcpu)."""
    features: str
    """Features to add to that processor or to remove, in LLVM's notation (llc's -mattr)."""
    flags: frozenset[str]
    """Flags that Linux must list in /proc/cpuinfo for the code to run."""
    width: int
    rows: int
    columns: int


# The levels are those of the x86-64 psABI, chapter 3.1.1. Linux spells some flags differently: abm
# for LZCNT, pni for SSE3, cx16 for CMPXCHG16B. It hides flags whose registers it does not save.
_LEVEL_2 = {"cx16", "lahf_lm", "pni", "popcnt", "sse4_1", "sse4_2", "ssse3"}
_LEVEL_3 = {*_LEVEL_2, "abm", "avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "movbe", "xsave"}
_LEVEL_4 = {*_LEVEL_3, "avx512bw", "avx512cd", "avx512dq", "avx512f", "avx512vl"}

INSTRUCTION_SETS = (
    InstructionSet(
        name="x86-64-v4",
        triple="x86_64-unknown-linux-gnu",
        cpu="x86-64-v4",
        features="-prefer-256-bit",  # by default, LLVM would split vectors in two at this level
        flags=frozenset(_LEVEL_4),
        width=16,
        rows=8,
        columns=2,
    ),
    InstructionSet(
        name="x86-64-v3",
        triple="x86_64-unknown-linux-gnu",
        cpu="x86-64-v3",
        features="",
        flags=frozenset(_LEVEL_3),
        width=8,
        rows=6,
        columns=2,
    ),
    InstructionSet(
        name="armv8-a",
        triple="aarch64-unknown-linux-gnu",
        cpu="generic",
        features="+neon",
        flags=frozenset({"asimd", "fp"}),
        width=4,
        rows=6,
        columns=4,
    ),
)
"""All instruction sets, the fastest first for each architecture."""


def present_instruction_sets(
    root: Path = Path("/"), machine: str | None = None, system: str | None = None
) -> list[InstructionSet]:
    """Return the instruction sets that all processors of this machine have, the fastest first.

    `/proc` is read below `root`. `machine` and `system` are named as by `platform`, and default to
    those of this process. The list is empty on systems other than Linux, and on processors without
    fused multiply-add.
    """
    if (system or platform.system()) != "Linux":
        return []
    flags = _common_flags(root / "proc/cpuinfo")
    architecture = machine or platform.machine()
    return [
        instructions
        for instructions in INSTRUCTION_SETS
        if instructions.triple.split("-")[0] == architecture and instructions.flags <= flags
    ]


def _common_flags(cpuinfo: Path) -> frozenset[str]:
    """Return the flags that all listed processors have; empty if none can be read."""
    try:
        lines = cpuinfo.read_text(errors="replace").splitlines()
    except OSError:
        return frozenset()
    fields = [line.partition(":") for line in lines]
    processors = [frozenset(v.split()) for k, _, v in fields if k.strip() in ("flags", "Features")]
    return frozenset.intersection(*processors) if processors else frozenset()
