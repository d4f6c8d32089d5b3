"""All of the vocoder's generated code, as text in LLVM's intermediate representation."""

from collections.abc import Sequence

from llvmlite import ir

from app.tts.vocoder.architecture import STAGES, TAPS
from app.tts.vocoder.kernels.convolution import convolution, matrix_products
from app.tts.vocoder.kernels.direct import copy, direct_convolution, leaky_rectifier
from app.tts.vocoder.kernels.moments import measure, reduce
from app.tts.vocoder.kernels.run_loop import run_loop
from app.tts.vocoder.kernels.transforms import for_taps
from app.tts.vocoder.register_tile import RegisterTile

CHANNELS = tuple(stage.channels for stage in STAGES)


def kernels_text(registers: RegisterTile, triple: str, channels: Sequence[int] = CHANNELS) -> str:
    """Return a module of all kernels for a register tile and LLVM's target triple."""
    module = ir.Module("vocoder")
    module.triple = triple
    run_loop(module)
    copy(module, registers.width)
    direct_convolution(module, registers)
    for stage in STAGES:
        name, mean = f"leaky_{stage.channels}", 1 / len(TAPS)  # of the residual blocks
        leaky_rectifier(module, name, stage.channels, stage.slope, mean, registers.width)
    for count in channels:
        measure(module, count, registers.width)
        reduce(module, count, registers.width)
        algorithms = [for_taps(taps) for taps in TAPS]
        products = {
            points: matrix_products(module, count, points, registers)
            for points in {algorithm.points for algorithm in algorithms}
        }
        for algorithm in algorithms:
            convolution(module, count, algorithm, registers, products[algorithm.points])
    return str(module)
