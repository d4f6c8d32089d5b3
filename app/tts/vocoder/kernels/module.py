"""All of the vocoder's generated code, as text of LLVM's intermediate representation."""

from llvmlite import ir

from app.tts.vocoder.kernels.convolution import convolution, matrix_products
from app.tts.vocoder.kernels.direct import copy, direct_convolution, leaky_rectifier
from app.tts.vocoder.kernels.moments import measure, reduce
from app.tts.vocoder.kernels.run_loop import run_loop
from app.tts.vocoder.kernels.transforms import for_taps
from app.tts.vocoder.shapes import Shape

CHANNELS = (256, 128)
TAPS = (3, 7, 11)


def kernels_text(shape: Shape, triple: str, channels: tuple[int, ...] = CHANNELS) -> str:
    """Return a module of all kernels for a processor's registers and LLVM's triple of it."""
    module = ir.Module("vocoder")
    module.triple = triple
    run_loop(module)
    copy(module, shape.width)
    direct_convolution(module, shape)
    leaky_rectifier(module, "leaky_256", 256, 0.1, 1 / 3, shape.width)
    leaky_rectifier(module, "leaky_128", 128, 0.01, 1 / 3, shape.width)
    for count in channels:
        measure(module, count, shape.width)
        reduce(module, count, shape.width)
        algorithms = [for_taps(taps) for taps in TAPS]
        products = {
            points: matrix_products(module, count, points, shape)
            for points in {algorithm.points for algorithm in algorithms}
        }
        for algorithm in algorithms:
            convolution(module, count, algorithm, shape, products[algorithm.points])
    return str(module)
