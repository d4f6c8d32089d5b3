"""Means and variances measured in a graph agree with float64, whatever their ratio."""

import numpy as np
import pytest

from app.tts.prepare.moments import BLOCK, add_constants, moments
from app.tts.prepare.onnx_editor import GraphEditor, floats
from tests.tts.prepare.graphs import Array, parse, run

RANDOM = np.random.default_rng(5)


EMPTY = '<ir_version: 8, opset_import: ["" : 18]> empty (float[1, c, t] data) => () {}'


def measured(data: Array) -> list[Array]:
    """Return mean and variance, each of (c,)."""
    graph = GraphEditor(parse(EMPTY, {}))
    add_constants(graph)
    graph.nodes += moments("data", "mean", "variance")
    graph.replace({})
    outputs = [floats("mean"), floats("variance")]
    return run(graph.finish([floats("data", *data.shape)], outputs), {"data": data})


def with_silence(data: Array) -> Array:
    """Fill half of the time with one value, like silence in a vocoder."""
    quiet = data.copy()
    quiet[:, :, data.shape[2] // 4 : 3 * data.shape[2] // 4] = data[:, :, :1]
    return quiet


@pytest.mark.parametrize("length", [1, BLOCK - 1, BLOCK, 20 * BLOCK + 1, 120_001])
@pytest.mark.parametrize("offset", [0.0, 1.0, 100.0])
def test_moments_agree_with_float64(length: int, offset: float) -> None:
    deviations = np.geomspace(1e-2, 1e2, 8)[:, np.newaxis]
    data = with_silence((RANDOM.normal(offset, 1, (1, 8, length)) * deviations).astype(np.float32))
    mean, variance = measured(data)
    exact = data[0].astype(np.float64)
    deviation = exact.std(axis=1)
    np.testing.assert_allclose(variance, np.square(deviation), rtol=1e-5, atol=1e-12)
    assert (np.abs(mean - exact.mean(axis=1)) <= 1e-7 * np.abs(mean) + 1e-5 * deviation).all()
