"""The float form of an export is made on disk, and a full disk is not blamed on the export."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import onnx
import onnx.parser
import pytest

from app.tts.prepare.halves import canonical
from app.tts.prepare.onnx_editor import NoMatch

GROWING = """
    <ir_version: 8, opset_import: ["" : 18]>
    growing (float[1] data) => (float[n] audio)
    <int64[1] length = {100000}>
    {
        ones = ConstantOfShape (length)
        noise = Cos (ones)
        audio = Add (data, noise)
    }
"""
"""Folding its constants makes it longer."""


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let no file grow beyond `size` bytes, as on a full disk."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_constants_are_folded_and_nothing_stays_on_the_disk(tmp_path: Path) -> None:
    folded = canonical(onnx.parser.parse_model(GROWING), tmp_path)
    assert [node.op_type for node in folded.graph.node] == ["Add"]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("size", "complaint"), [(10, "File too large"), (10_000, "ONNX Runtime could not write")]
)
def test_a_disk_that_is_full_is_no_fault_of_the_model(
    tmp_path: Path, size: int, complaint: str
) -> None:
    with files_of_at_most(size), pytest.raises(OSError, match=complaint):
        canonical(onnx.parser.parse_model(GROWING), tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_model_that_cannot_be_loaded_is_at_fault(tmp_path: Path) -> None:
    model = onnx.parser.parse_model(GROWING.replace("Cos (", "Unheard ("))
    with pytest.raises(NoMatch, match="cannot be loaded"):
        canonical(model, tmp_path)
