"""A model that is built like the published one is prepared; any other runs as it is."""

import logging
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import onnx
import pytest

from app.tts.errors import AssetError, CannotPrepare
from app.tts.model.acoustic import AcousticOutput
from app.tts.model.assets import ModelFile, cache_folder, find_model
from app.tts.model.norm_statistics import StatisticsPredictor
from app.tts.model.prepared import find_prepared, find_unsuitable, prepared_folder
from app.tts.model.session import KokoroSession, SessionOptions
from app.tts.model.split_model import SplitModel
from app.tts.model.vocabulary import Vocabulary
from app.tts.model.vocoder import OnnxVocoder, Statistics
from app.tts.prepare.dequantize import dequantize
from app.tts.prepare.prepare import prepare
from app.tts.prepare.spectral_distance import log_spectral_distance
from app.tts.types import SAMPLE_RATE, Samples
from app.tts.voices.pack import CATALOGUE, VoicePack
from tests.conftest import TINY_VOICE

TINY = ModelFile("tests", TINY_VOICE, "tiny" * 16)


def test_an_export_built_otherwise_is_refused_with_what_is_different(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(CannotPrepare, match="its operators are of set 17, not of 18"):
            prepare(TINY, tmp_path)
    assert not [path for path in tmp_path.iterdir() if path.is_dir()]


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in its place")
    with pytest.raises(CannotPrepare, match="cannot be kept in"):
        prepare(TINY, tmp_path / "cache")


def test_what_is_known_to_be_refused_is_not_tried_again(tmp_path: Path) -> None:
    def never(*arguments: object) -> None:
        raise AssertionError("It was tried again.")

    with pytest.raises(CannotPrepare) as first:
        prepare(TINY, tmp_path)
    with pytest.raises(CannotPrepare) as second:
        prepare(TINY, tmp_path, write=never)
    assert str(first.value) == str(second.value)


def test_without_room_on_the_disk_nothing_is_begun_and_nothing_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=1000))
    with pytest.raises(CannotPrepare, match="needs 700 MB of disk"):
        prepare(TINY, tmp_path)
    assert find_unsuitable(TINY, tmp_path) is None


def test_a_file_that_is_no_model_is_no_matter_of_preparing(tmp_path: Path) -> None:
    broken = tmp_path / "model.onnx"
    broken.write_bytes(b"no model")
    with pytest.raises(AssetError, match="not an ONNX file") as refused:
        prepare(ModelFile("tests", broken, "broken" * 10), tmp_path)
    assert not isinstance(refused.value, CannotPrepare)


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
    # The same weights as floats, as in the official full-precision export.
    source = tmp_path / "float.onnx"
    onnx.save(dequantize(onnx.load_from_string(shipped.onnx)), source)
    model = ModelFile("tests", source, "float" * 12)
    damaged = prepared_folder(model, tmp_path)
    damaged.mkdir()
    (damaged / "acoustic.onnx").write_bytes(b"damage")
    (tmp_path / f"{damaged.name}.left-by-a-killed-process").mkdir()
    progress: list[tuple[int, int]] = []

    with ThreadPoolExecutor() as two:
        other = two.submit(prepare, model, tmp_path, lambda *step: progress.append(step))
        prepared = prepare(model, tmp_path, lambda *step: progress.append(step))

    assert other.result() == prepared == find_prepared(model, tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [prepared.folder.name]
    assert progress == [(step, 5) for step in range(6)]  # of one of the two
    tokens = Vocabulary.load().encode("ɡˈʊd mˈɔɹnɪŋ, ænd wˈɛlkəm.")
    style = VoicePack.load().style(CATALOGUE["bm_george"], len(tokens))
    expected = KokoroSession(source).speak(tokens, style, 1.0)
    split = SplitModel.load(prepared, SessionOptions())
    spoken = split.vocoder.decode(split.acoustic.run(tokens, style, 1.0))[0]
    assert len(spoken) == len(expected)
    assert log_spectral_distance(spoken, expected) < 2.0
    assert "dB from its reference" in caplog.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seconds", "complaint"),
    [(1.0, "it speaks for 24000 samples, not for"), (None, "it sounds .* dB from its reference")],
)
def test_a_result_that_does_not_speak_like_its_source_is_not_taken(
    shipped: ModelFile,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    seconds: float | None,
    complaint: str,
) -> None:
    decode = OnnxVocoder.decode

    def wrong(vocoder: OnnxVocoder, output: AcousticOutput) -> tuple[Samples, Statistics]:
        right, statistics = decode(vocoder, output)
        end = None if seconds is None else round(seconds * SAMPLE_RATE)
        return right[:: -1 if end is None else 1][:end], statistics

    monkeypatch.setattr(OnnxVocoder, "decode", wrong)
    with pytest.raises(CannotPrepare, match=complaint):
        prepare(shipped, tmp_path)
    assert not [path for path in tmp_path.iterdir() if path.is_dir()]


@pytest.mark.slow
def test_a_model_whose_streams_would_sound_otherwise_is_not_taken(
    shipped: ModelFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    predict = StatisticsPredictor.predict

    def wrong(predictor: StatisticsPredictor, voice: str, output: AcousticOutput) -> Statistics:
        right = predict(predictor, voice, output)
        assert right is not None
        return Statistics(right.mean, right.variance * 9)

    monkeypatch.setattr(StatisticsPredictor, "predict", wrong)
    with pytest.raises(CannotPrepare, match=r"it sounds .* dB from its reference"):
        prepare(shipped, tmp_path)
