"""Which of the files of a model a start uses."""

from pathlib import Path

import pytest

from app.model_files import get_model, get_native, get_prepared, make_portable
from app.settings import Settings
from app.tts.prepared import PreparedGraph
from app.tts.vocoder.native_files import files_for_older_processors, files_for_this_processor

pytestmark = pytest.mark.slow

SETTINGS = Settings(precision="fp32", acceleration="cpu")


@pytest.fixture
def prepared(tmp_path: Path) -> PreparedGraph:
    """A prepared model without code, in which no code for this very processor can be kept."""
    source = get_prepared(get_model(SETTINGS), SETTINGS)
    assert source
    folder = tmp_path / "prepared"
    folder.mkdir()
    for path in (source.acoustic, source.vocoder):
        (folder / path.name).symlink_to(path)
    files = files_for_this_processor(folder)
    Path(f"{files.folder}.lock").mkdir()  # what root may write, no permission forbids
    return PreparedGraph(folder)


def test_where_no_code_can_be_kept_onnx_runtime_runs_the_vocoder(
    prepared: PreparedGraph, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    assert get_native(prepared, SETTINGS) is None
    assert "ONNX Runtime runs the vocoder. The vocoder's own kernels cannot be kept" in caplog.text


@pytest.mark.skipif(
    not files_for_older_processors(Path()), reason="this processor knows no older code"
)
def test_where_only_portable_code_is_at_hand_it_runs_the_vocoder(
    prepared: PreparedGraph, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    make_portable(prepared)
    files = get_native(prepared, SETTINGS)
    assert files in files_for_older_processors(prepared.folder)
    assert "The vocoder runs on code for older processors." in caplog.text
