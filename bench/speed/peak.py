"""The peak rate of fused multiply-adds of the processor's cores, measured with our own code."""

import ctypes
import tempfile
import time
from pathlib import Path

import numpy as np
from llvmlite import ir

from app.tts.vocoder.kernels.ir import Function
from app.tts.vocoder.machine_code.code_file import MappedCode, write_code
from app.tts.vocoder.machine_code.linker import link
from app.tts.vocoder.machine_code.object_code import compile_module
from app.tts.vocoder.machine_code.processors import InstructionSet
from app.tts.vocoder.memory import address, allocate_floats
from bench.speed.client import all_at_once

_NAME = "multiply_add"
_UNROLLED = 8
_SECONDS = 0.1
"""Length of a measurement: long enough for the clock rate to settle under such a load."""


class Peak:
    """The peak rate of multiply-adds a second, with all values in vector registers."""

    def __init__(self, instructions: InstructionSet) -> None:
        """Compile for `instructions`, which this machine must have."""
        # As many sums as in the vocoder's micro-kernel, which is enough to hide their latency.
        self._chains = instructions.rows * instructions.columns
        self._width = instructions.width
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "code"
            write_code(path, link(compile_module(self._text(instructions), instructions)))
            # The code stays mapped when the file is removed.
            self._run = MappedCode.open(path).function(_NAME, ctypes.c_void_p, ctypes.c_int64)
        self._rounds = 1
        while self._once() < _SECONDS:
            self._rounds *= 2

    def measure(self, threads: int) -> float:
        """Return the multiply-adds a second of `threads` threads together."""
        started = time.perf_counter()
        all_at_once([self._once] * threads)
        multiplications = threads * self._rounds * _UNROLLED * self._chains * self._width
        return multiplications / (time.perf_counter() - started)

    def _once(self) -> float:
        numbers = allocate_floats((self._chains + 2) * self._width)
        numbers[:] = np.float32(0.5)
        started = time.perf_counter()
        self._run(address(numbers), self._rounds)
        return time.perf_counter() - started

    def _text(self, instructions: InstructionSet) -> str:
        """Return a module with a function that repeats sums = sums * factor + summand."""
        module = ir.Module(_NAME)
        module.triple = instructions.triple
        f = Function(module, _NAME, "pi", self._width)
        numbers, rounds = f.arguments
        factor, summand = f.load(numbers), f.load(numbers, self._width)
        places = [(chain + 2) * self._width for chain in range(self._chains)]
        cells = [f.cell(f.load(numbers, place)) for place in places]
        with f.loop(0, rounds):
            for _ in range(_UNROLLED):
                for cell in cells:
                    f.put(f.multiply_add(f.get(cell), factor, summand), cell)
        for cell, place in zip(cells, places, strict=True):
            f.store(f.get(cell), numbers, place)
        f.finish()
        return str(module)
