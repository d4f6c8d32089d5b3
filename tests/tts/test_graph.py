"""The model is prepared if it is built as the published one, and runs as it is if not."""

import logging
import re
from pathlib import Path

import onnx
import pytest

from app.tts import graph
from app.tts.assets import ModelFile, cache_folder, find_model
from app.tts.dequantize import dequantize
from app.tts.errors import AssetError
from app.tts.graph import prepare, speak
from app.tts.prepared import PreparedGraph, find_prepared, prepared_folder
from app.tts.session import KokoroSession
from app.tts.spectra import log_spectral_distance
from app.tts.tokens import Vocabulary
from app.tts.types import SAMPLE_RATE, Samples
from app.tts.voices import VoicePack, find_voice
from tests.conftest import TINY_VOICE
from tests.tts.graphs import Array

TINY = ModelFile("tests", TINY_VOICE, "tiny" * 16)


def test_an_export_built_otherwise_runs_as_it_is_and_the_log_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert prepare(TINY, tmp_path / "cache") is None
    assert "cannot be prepared (its operators are of set 17, not of 18)" in caplog.text
    assert not list((tmp_path / "cache").iterdir())


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in its place")
    with pytest.raises(AssetError, match="cannot be kept in"):
        prepare(TINY, tmp_path / "cache")


@pytest.fixture
def shipped() -> ModelFile:
    model = find_model(None, cache_folder())
    assert model is not None
    return model


@pytest.mark.slow
def test_a_float_export_is_prepared_and_a_damaged_result_made_anew(
    shipped: ModelFile, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    assert isinstance(shipped.onnx, bytes)
    # The same weights as floats: it is built as the official full-precision export.
    source = tmp_path / "float.onnx"
    onnx.save(dequantize(onnx.load_from_string(shipped.onnx)), source)
    model = ModelFile("tests", source, "float" * 12)
    damaged = prepared_folder(model, tmp_path)
    damaged.mkdir()
    (damaged / "acoustic.onnx").write_bytes(b"damage")
    progress: list[tuple[int, int]] = []

    prepared = prepare(model, tmp_path, lambda done, total: progress.append((done, total)))

    assert prepared is not None
    assert find_prepared(model, tmp_path) == prepared
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [prepared.folder.name]
    assert progress == [(step, 5) for step in range(6)]
    tokens = Vocabulary.load().encode("ɡˈʊd mˈɔɹnɪŋ, ænd wˈɛlkəm.")
    style = VoicePack.load().style(find_voice("bm_george"), len(tokens))
    expected = KokoroSession(source).speak(tokens, style, 1.0)
    spoken = speak(prepared, tokens, style, 1.0)
    assert len(spoken) == len(expected)
    assert log_spectral_distance(spoken, expected) < 2.0
    assert "dB from its source" in caplog.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seconds", "complaint"),
    [(1.0, "it speaks for 24000 samples, not for"), (None, "it sounds .* dB from it")],
)
def test_a_result_that_does_not_speak_like_its_source_is_not_taken(
    shipped: ModelFile,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    seconds: float | None,
    complaint: str,
) -> None:
    def wrong(prepared: PreparedGraph, tokens: list[int], style: Array, speed: float) -> Samples:
        right = speak(prepared, tokens, style, speed)
        return right[::-1] if seconds is None else right[: round(seconds * SAMPLE_RATE)]

    monkeypatch.setattr(graph, "speak", wrong)
    assert prepare(shipped, tmp_path) is None
    assert re.search(complaint, caplog.text)
    assert not list(tmp_path.iterdir())
