"""The Snake equals its formula, also for large values."""

import ctypes

import numpy as np
import pytest
from llvmlite import ir

from app.tts.vocoder.kernels.ir import Function
from app.tts.vocoder.kernels.snake import snake
from app.tts.vocoder.machine_code.processors import InstructionSet, present_instruction_sets
from tests.tts.vocoder.generated import mapped

every_instruction_set = pytest.mark.parametrize(
    "instructions", present_instruction_sets(), ids=lambda found: found.name
)


def snaked(values: np.ndarray, instructions: InstructionSet) -> np.ndarray:
    """Return the Snake of float32 values by generated code; they fill whole vectors."""
    module = ir.Module("snake")
    f = Function(module, "snaked", "ppi", instructions.width)
    x, y, count = f.arguments
    with f.loop(0, count, instructions.width) as i:
        f.store(snake(f, f.load(x, i)), y, i)
    f.finish()
    code = mapped(str(module), instructions)
    function = code.function("snaked", ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)
    made = np.zeros_like(values)
    function(values.ctypes.data, made.ctypes.data, len(values))
    return made


@every_instruction_set
@pytest.mark.parametrize("greatest", [1e-3, 1.0, 10.0, 1000.0])
def test_the_snake_is_as_exact_as_float32(instructions: InstructionSet, greatest: float) -> None:
    w = np.linspace(-greatest, greatest, 1 << 16, dtype=np.float32)
    exact = w.astype(np.float64) + np.square(np.sin(w.astype(np.float64)))
    made = snaked(w, instructions)
    assert np.abs(made - exact).max() < 2e-7 + 0.51 * np.spacing(np.float32(greatest))
    assert np.mean(made == exact.astype(np.float32)) > 0.8  # as well rounded as can be


@every_instruction_set
def test_the_snake_of_multiples_of_pi_is_the_value_itself(instructions: InstructionSet) -> None:
    w = (np.pi * np.arange(-32, 32)).astype(np.float32)
    assert np.allclose(snaked(w, instructions), w, rtol=1e-7, atol=1e-10)
