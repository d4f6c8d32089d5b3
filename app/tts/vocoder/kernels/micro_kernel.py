"""The innermost loop: a small matrix product held in vector registers."""

from typing import Any

from app.tts.vocoder.kernels.ir import FLOAT, HALF, Code, Function, Integer
from app.tts.vocoder.records import LINE
from app.tts.vocoder.register_tile import RegisterTile

UNROLLED = 4
"""Unrolling of the loop over the depth; every depth is a multiple of it."""

_LINES_AHEAD = 2
"""Cache lines that each iteration of the loop prefetches."""


def weights_type(registers: RegisterTile) -> Any:
    """Return LLVM's type of the transformed weights in memory."""
    return HALF if registers.weights == "float16" else FLOAT


def sums(f: Function, registers: RegisterTile) -> list[list[Code]]:
    """Return cells for the micro-kernel's sums."""
    return [[f.cell() for _ in range(registers.columns)] for _ in range(registers.rows)]


def micro_kernel(
    f: Function,
    registers: RegisterTile,
    a: Code,
    a_row: Integer,
    weights: Code,
    depth: Integer,
    cells: list[list[Code]],
    ahead: Code = None,
) -> None:
    """Add to cells[i][j] the sum over k < depth of a[i * a_row + k] * weights[k][j].

    Meanwhile, prefetch the memory at `ahead`.
    """
    with f.loop(0, depth, UNROLLED) as k:
        at_a = f.at(a, k)
        at_weights = f.at(weights, f.times(k, registers.panel))
        if ahead is not None:
            for number in range(_LINES_AHEAD):
                distance = f.plus(f.times(k, _LINES_AHEAD * LINE // UNROLLED), number * LINE)
                f.prefetch(f.at(ahead, distance))
        for number in range(UNROLLED):
            vectors = [
                f.load(at_weights, number * registers.panel + j * registers.width)
                for j in range(registers.columns)
            ]
            for i, line in enumerate(cells):
                value = f.broadcast(at_a, f.plus(f.times(a_row, i), number))
                for cell, vector in zip(line, vectors, strict=True):
                    f.put(f.multiply_add(value, vector, f.get(cell)), cell)


def clear(f: Function, cells: list[list[Code]]) -> None:
    """Set all sums to zero."""
    for cell in (cell for line in cells for cell in line):
        f.put(f.constant(0), cell)


def store_cells(
    f: Function, registers: RegisterTile, cells: list[list[Code]], y: Code, y_row: Integer
) -> None:
    """Store the sums, row by row."""
    for i, line in enumerate(cells):
        for j, cell in enumerate(line):
            f.store(f.get(cell), y, f.plus(f.times(y_row, i), j * registers.width))
