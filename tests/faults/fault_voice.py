"""A model that hums like the tiny voice, unless a mark in the text makes ONNX Runtime fail.

A run with a `!` is not finite, and one with a `?` does not end until it is stopped.
"""

from pathlib import Path

import onnx
import onnx.parser

from app.tts.model.vocabulary import Vocabulary
from tests.conftest import TINY_VOICE

FAULTS = """
<ir_version: 8, opset_import: ["" : 17]>
faults (int64[1, n] tokens, float[m] hum) => (float[m] audio)
<int64 nan_mark = {NAN_MARK}, int64 endless_mark = {ENDLESS_MARK},
 int64 many_times = {4000000000000000000}, float minus_one = {-1.0}, float no_sum = {0.0}>
{
    is_nan_mark = Equal(tokens, nan_mark)
    nan_marks = Cast<to = 1>(is_nan_mark)
    has_nan_mark = ReduceMax<keepdims = 0>(nan_marks)
    negative = Mul(has_nan_mark, minus_one)
    finite_or_not = Sqrt(negative)
    is_endless_mark = Equal(tokens, endless_mark)
    endless_marks = Cast<to = 7>(is_endless_mark)
    has_endless_mark = ReduceMax<keepdims = 0>(endless_marks)
    times = Mul(has_endless_mark, many_times)
    nothing = Loop<body = again (int64 number, bool goes_on, float sum) => (bool on, float next_sum)
        {
            on = Identity(goes_on)
            next_sum = Add(sum, no_sum)
        }>(times, , no_sum)
    disturbed = Add(hum, finite_or_not)
    audio = Add(disturbed, nothing)
}
"""


def write_fault_voice(path: Path) -> None:
    """Write the model to `path`."""
    (nan_mark,), (endless_mark,) = map(Vocabulary.load().encode, "!?")
    text = FAULTS.replace("NAN_MARK", str(nan_mark)).replace("ENDLESS_MARK", str(endless_mark))
    faults = onnx.parser.parse_model(text)
    model = onnx.load(TINY_VOICE)
    (last,) = (node for node in model.graph.node if node.output[0] == "audio")
    last.output[0] = "hum"
    model.graph.node.extend(faults.graph.node)
    model.graph.initializer.extend(faults.graph.initializer)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)
