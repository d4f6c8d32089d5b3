"""The instruction sets that code is made for, and those that this machine's processor has.

Code is made for a level, not for one processor's name: it may be called on every machine whose
flags include the level's, wherever it was made.
"""

import platform
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class InstructionSet:
    """A kind of processor, as the compiler and the kernels need to know it.

    A micro-kernel computes `rows` by `columns` vectors of `width` floats at once. Sums, one row of
    weights and one broadcast value should fit the vector registers: 32, but 16 below AVX-512.
    """

    name: str
    triple: str
    """The target triple of LLVM."""
    cpu: str
    """The processor to generate code for, as LLVM names it (llc's -mcpu)."""
    features: str
    """Features to add to that processor or to take away, in LLVM's notation (llc's -mattr)."""
    flags: frozenset[str]
    """Flags that Linux must list in /proc/cpuinfo for the code to run."""
    width: int
    rows: int
    columns: int


# The levels are those of the x86-64 psABI, chapter 3.1.1. Linux spells some flags differently: abm
# for LZCNT, pni for SSE3, cx16 for CMPXCHG16B. It hides those whose registers it does not save.
_LEVEL_2 = {"cx16", "lahf_lm", "pni", "popcnt", "sse4_1", "sse4_2", "ssse3"}
_LEVEL_3 = {*_LEVEL_2, "abm", "avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "movbe", "xsave"}
_LEVEL_4 = {*_LEVEL_3, "avx512bw", "avx512cd", "avx512dq", "avx512f", "avx512vl"}

INSTRUCTION_SETS = (
    InstructionSet(
        name="x86-64-v4",
        triple="x86_64-unknown-linux-gnu",
        cpu="x86-64-v4",
        features="-prefer-256-bit",  # LLVM's level 4 would rather split vectors in two
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
"""All of them, the fastest of each kind of machine first."""


def present_instruction_sets(
    root: Path = Path("/"), machine: str | None = None, system: str | None = None
) -> list[InstructionSet]:
    """Return the instruction sets that every processor of this machine has, the fastest first.

    `/proc` is looked for in `root`; `machine` and `system` are as `platform` names them, and by
    default those of this process. Empty for other systems than Linux, and for processors without
    fused multiplication and addition.
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
