"""All kernels compile for every processor, and Arm's give the same results as this machine's."""

from pathlib import Path

import numpy as np
import pytest

from app.tts.vocoder import workspace
from app.tts.vocoder.kernels.module import kernels_text
from app.tts.vocoder.kernels.transforms import for_taps
from app.tts.vocoder.machine_code.linker import link
from app.tts.vocoder.machine_code.object_code import compile_module
from app.tts.vocoder.machine_code.processors import INSTRUCTION_SETS
from app.tts.vocoder.records import CONVOLUTION, REDUCE, SLOTS, RecordType, row, sums_row
from app.tts.vocoder.register_tile import RegisterTile
from tests.tts.vocoder.generated import Kind
from tests.tts.vocoder.kernels.test_convolution import convolved, example, packed
from tests.tts.vocoder.machines import run_on_arm
from tests.tts.vocoder.signals import decibels

ARM = next(each for each in INSTRUCTION_SETS if each.name == "armv8-a")


@pytest.mark.slow
@pytest.mark.parametrize("instructions", INSTRUCTION_SETS, ids=lambda each: each.name)
@pytest.mark.parametrize("weights", ["float16", "float32"])
def test_all_kernels_are_compiled_and_linked(instructions, weights: str) -> None:
    registers = RegisterTile(instructions.width, instructions.rows, instructions.columns, weights)
    linked = link(compile_module(kernels_text(registers, instructions.triple), instructions))
    expected = {"run", "copy", "direct", "leaky_128", "leaky_256"}
    for channels in (128, 256):
        expected |= {f"measure_{channels}", f"reduce_{channels}"}
        expected |= {f"convolution_{channels}_{taps}" for taps in (3, 7, 11)}
    assert expected <= set(linked.entries)


LENGTH, CHANNELS, PARTS = 37, 128, 2

TAPS = 3
"""The weights of wider kernels are farther from the code than an instruction can address."""


class _Blob:
    """The input of a function: arrays one after the other."""

    def __init__(self) -> None:
        self.content = b""

    def put(self, array: np.ndarray) -> int:
        place = len(self.content)
        self.content += array.tobytes() + bytes(-array.nbytes % 64)
        return place


def _filled(record_type: RecordType, record: str, fields: dict[str, int | str]) -> str:
    """Return IR that fills a step's record with integers and with names of addresses."""
    lines = []
    for name, index in record_type.indices.items():
        value = fields[name]
        kind, text = ("i64", value) if isinstance(value, int) else ("ptr", value)
        at = f"%{record}.{name}"
        lines.append(f"  {at} = getelementptr i64, ptr %{record}, i64 {index}")
        lines.append(f"  store {kind} {text}, ptr {at}")
    return "\n".join(lines)


def _harness(blob: dict[str, int], made: dict[str, int], block: int) -> str:
    """Return a function (inputs, results) that runs a convolution and reduces its sums."""
    places = [
        f"  %{name} = getelementptr i8, ptr %{base}, i64 {place}"
        for base, table in (("inputs", blob), ("results", made))
        for name, place in table.items()
    ]
    pointers = {name: f"%{name}" for name in (*blob, *made)}
    numbers = {"residual_step": 0, "addend_step": 0, "length": LENGTH, "dilation": 1}
    nothing = {"residual": "%nothing", "addend": "%nothing"}
    convolution = {**pointers, **nothing, **numbers, "block": block}
    parts = "\n".join(
        f"  call void @convolution_{CHANNELS}_{TAPS}(ptr %step, i64 {part}, ptr %space)"
        for part in range(PARTS)
    )
    reduce = {"sums": "%sums", "mean": "%made_mean", "variance": "%made_variance", "parts": PARTS}
    return "\n".join(
        [
            "define void @check(ptr %inputs, ptr %results) {",
            f"  %step = alloca [{SLOTS} x i64], align 64",
            f"  %other = alloca [{SLOTS} x i64], align 64",
            f"  %space = alloca [{workspace.SIZE} x float], align 64",
            *places,
            _filled(CONVOLUTION, "step", convolution),
            parts,
            _filled(REDUCE, "other", reduce),
            f"  call void @reduce_{CHANNELS}(ptr %other, i64 0, ptr %space)",
            "  ret void",
            "}",
        ]
    )


@pytest.mark.slow
@pytest.mark.needs("qemu-aarch64")
def test_a_convolution_and_its_moments_are_right_on_an_emulated_arm(tmp_path: Path) -> None:
    kind = Kind(ARM, RegisterTile(ARM.width, ARM.rows, ARM.columns, "float16"))
    given = example(TAPS)
    x = np.zeros((LENGTH, row(CHANNELS)), np.float32)
    x[:, :CHANNELS] = given.x[:LENGTH]
    weights, scale = packed(kind, TAPS, CHANNELS, 0)
    blob = _Blob()
    inputs = {
        name: blob.put(array)
        for name, array in {
            "x": x, "mean": given.mean, "variance": given.variance, "gain": given.gain,
            "offset": given.offset, "weights": weights, "scale": scale, "bias": given.bias,
            "nothing": np.zeros(row(CHANNELS), np.float32),
        }.items()
    }  # fmt: skip
    y_bytes, sums_bytes = 4 * LENGTH * row(CHANNELS), 4 * PARTS * sums_row(CHANNELS)
    end = y_bytes + sums_bytes
    made = {
        "y": 0, "sums": y_bytes, "made_mean": end, "made_variance": end + 4 * CHANNELS,
    }  # fmt: skip
    tiles = -(-LENGTH // for_taps(TAPS).outputs)
    block = -(-tiles // (PARTS * ARM.rows)) * ARM.rows
    harness = _harness(inputs, made, block)
    text = kernels_text(kind.registers, ARM.triple, (CHANNELS,)) + harness
    code = link(compile_module(text, ARM))
    got = run_on_arm(code, "check", blob.content, end + 8 * CHANNELS, tmp_path)
    y = np.frombuffer(got[:y_bytes], np.float32).reshape(LENGTH, -1)[:, :CHANNELS]
    assert decibels(y, convolved(TAPS, LENGTH, 1) + given.bias) > 56
    mean, variance = np.frombuffer(got[end:], np.float32).reshape(2, CHANNELS)
    assert np.allclose(mean, y.mean(axis=0, dtype=np.float64), rtol=0, atol=1e-5)
    assert np.allclose(variance, y.var(axis=0, dtype=np.float64), rtol=1e-4)
