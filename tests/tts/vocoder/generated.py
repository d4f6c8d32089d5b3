"""Generated code for tests: compiled once, its steps run in threads."""

import ctypes
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from app.tts.vocoder import workspace
from app.tts.vocoder.kernels.module import kernels_text
from app.tts.vocoder.machine_code.code_file import MappedCode, write_code
from app.tts.vocoder.machine_code.linker import link
from app.tts.vocoder.machine_code.object_code import compile_module
from app.tts.vocoder.machine_code.processors import InstructionSet, present_instruction_sets
from app.tts.vocoder.memory import address, allocate_floats
from app.tts.vocoder.records import RUN, SLOTS, STEP, RecordType
from app.tts.vocoder.register_tile import RegisterTile

Array = npt.NDArray[Any]

_BEHIND = 1 << 16
"""Floats after a work space, which must not be written."""

NO_PAUSE = ctypes.cast(ctypes.CDLL(None).sched_yield, ctypes.c_void_p).value or 0


@dataclass(frozen=True)
class Kind:
    """A register tile, and the instruction set that its kernels are compiled for."""

    instructions: InstructionSet
    registers: RegisterTile

    def __str__(self) -> str:
        return f"{self.instructions.name}, {self.registers.width} wide, {self.registers.weights}"


def kinds(*weights: str) -> list[Kind]:
    """Return the kinds that this machine runs: its own, and Arm's, which LLVM compiles for it."""
    own = [(found, found.width, found.rows, found.columns) for found in present_instruction_sets()]
    arm = [(found, 4, 6, 4) for found, *_ in own if found.name == "x86-64-v3"]
    return [
        Kind(found, RegisterTile(*registers, weights=each))
        for found, *registers in (*own, *arm)
        for each in weights
    ]


def mapped(text: str, instructions: InstructionSet) -> MappedCode:
    """Compile a module and map its code."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "code"
        write_code(path, link(compile_module(text, instructions)))
        return MappedCode.open(path)


@dataclass(frozen=True)
class Step:
    """A step of a run."""

    function: int
    tickets: int
    record_type: RecordType | None = None
    fields: Mapping[str, int] | None = None

    def record(self) -> list[int]:
        head = STEP.fill(function=self.function, tickets=self.tickets, next=0, done=0)
        step = head + (self.record_type.fill(**self.fields or {}) if self.record_type else [])
        return step + [0] * (SLOTS - len(step))


def run_record(steps: Sequence[Step], stop: Array, pause: int = NO_PAUSE) -> Array:
    """Return the record of a run."""
    head = RUN.fill(steps=len(steps), stop=address(stop), pause=pause)
    return np.array(head + [field for step in steps for field in step.record()], np.int64)


class Kernels:
    """All kernels of a kind, compiled."""

    def __init__(self, kind: Kind, channels: tuple[int, ...]) -> None:
        self.registers = kind.registers
        code = mapped(
            kernels_text(kind.registers, kind.instructions.triple, channels), kind.instructions
        )
        self._functions = {name: code.address(name) for name in code.names}
        self.loop = code.function("run", ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)

    def step(
        self, function: str, record_type: RecordType, tickets: int, **fields: int | Array
    ) -> Step:
        """Return a step; arrays are given for their addresses."""
        numbers = {
            name: value if isinstance(value, int) else address(value)
            for name, value in fields.items()
        }
        return Step(self._functions[function], tickets, record_type, numbers)

    def run(self, *steps: Step, threads: int = 1) -> None:
        """Execute the steps in several threads."""
        stay = np.zeros(1, np.int64)
        record = run_record(steps, stay)
        overruns: list[Array] = []

        def work() -> None:
            space = allocate_floats(workspace.SIZE + _BEHIND)
            space[:] = np.nan  # leftovers of an earlier run must not matter
            self.loop(address(record), address(stay), address(space))
            if not np.isnan(space[workspace.SIZE :]).all():
                overruns.append(space)

        helpers = [threading.Thread(target=work) for _ in range(threads - 1)]
        for helper in helpers:
            helper.start()
        work()
        for helper in helpers:
            helper.join()
        assert not overruns, "the work space is too small"


@cache
def kernels(kind: Kind, channels: tuple[int, ...] = (128,)) -> Kernels:
    """Return the kernels of a kind, compiled once for all tests."""
    return Kernels(kind, channels)


def _kind_parameters() -> Iterator[Any]:
    quick = {(16, "float16"), (8, "float32"), (4, "float16")}
    for kind in kinds("float32", "float16"):
        is_quick = (kind.registers.width, kind.registers.weights) in quick
        yield pytest.param(kind, id=str(kind), marks=[] if is_quick else pytest.mark.slow)


every_kind = pytest.mark.parametrize("kind", list(_kind_parameters()))
"""All kinds; the quick ones cover each width and each precision."""

SHIPPED = kinds("float16")[0]
"""The kind that the server uses on this machine."""
