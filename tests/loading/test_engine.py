"""An engine is loaded from the settings."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.loading.engine import load_engine
from app.settings import Settings
from app.tts.types import SynthesisOptions
from tests.conftest import TINY_VOICE


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def test_an_engine_is_loaded_from_settings_alone() -> None:
    engine = load_engine(Settings(model_path=TINY_VOICE))
    assert list(engine.synthesize("Hola.", SynthesisOptions("ef_dora")))
    assert f"the model (file {TINY_VOICE})" in str(engine)


def test_the_loader_is_imported_with_the_application() -> None:
    # phonemizer, which it imports, cannot be imported in the native thread that loads the model.
    code = "import sys, app; app.create_app(); sys.exit('app.loading.engine' not in sys.modules)"
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, timeout=60).returncode == 0
