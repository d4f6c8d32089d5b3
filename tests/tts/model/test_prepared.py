"""A prepared model is found again, unless it is damaged, another model's or of another version."""

from pathlib import Path

import pytest

from app.tts.model import prepared as prepared_module
from app.tts.model.assets import ModelFile
from app.tts.model.prepared import (
    PreparedGraph,
    find_prepared,
    find_unsuitable,
    prepared_folder,
    remember_unsuitable,
)

MODEL = ModelFile("tests", b"", "0123456789abcdef" * 4)


@pytest.fixture
def prepared(tmp_path: Path) -> PreparedGraph:
    graph = PreparedGraph(prepared_folder(MODEL, tmp_path))
    graph.folder.mkdir()
    graph.acoustic.write_bytes(b"acoustic")
    graph.vocoder.write_bytes(b"vocoder")
    graph.seal()
    return graph


def test_what_was_sealed_is_found(prepared: PreparedGraph, tmp_path: Path) -> None:
    assert find_prepared(MODEL, tmp_path) == prepared


def test_another_models_is_not_taken(prepared: PreparedGraph, tmp_path: Path) -> None:
    assert find_prepared(ModelFile("tests", b"", "f" * 64), tmp_path) is None


def test_another_versions_is_not_taken(
    prepared: PreparedGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared_module, "VERSION", prepared_module.VERSION + 1)
    assert find_prepared(MODEL, tmp_path) is None


@pytest.mark.parametrize("name", ["acoustic.onnx", "vocoder.onnx", "checksums.json"])
@pytest.mark.parametrize("content", [None, b"", b"damage", b"[]", b"{}"])
def test_a_damaged_one_is_not_taken(
    prepared: PreparedGraph, tmp_path: Path, name: str, content: bytes | None
) -> None:
    if content is None:
        (prepared.folder / name).unlink()
    else:
        (prepared.folder / name).write_bytes(content)
    assert find_prepared(MODEL, tmp_path) is None


def test_a_reason_not_to_prepare_is_remembered_for_one_model(tmp_path: Path) -> None:
    assert find_unsuitable(MODEL, tmp_path) is None
    remember_unsuitable(MODEL, tmp_path, "It has no durations.")
    assert find_unsuitable(MODEL, tmp_path) == "It has no durations."
    assert find_unsuitable(ModelFile("tests", b"", "f" * 64), tmp_path) is None
    assert find_prepared(MODEL, tmp_path) is None
