"""Preparing in a process of its own fails as preparing does, and can be ended."""

import threading
from pathlib import Path

import pytest

from app.tts.assets import ModelFile
from app.tts.errors import AssetError, CannotPrepare, Stopped
from app.tts.graph import prepare
from app.tts.preparing_process import PreparingProcess
from tests.conftest import TINY_VOICE

TINY = ModelFile("tests", TINY_VOICE, "tiny" * 16)

pytestmark = pytest.mark.slow


def test_it_fails_with_the_reason_that_preparing_gives(tmp_path: Path) -> None:
    with pytest.raises(CannotPrepare) as here:
        prepare(TINY, tmp_path / "here")
    with pytest.raises(CannotPrepare) as elsewhere:
        prepare(TINY, tmp_path / "elsewhere", write=PreparingProcess().write)
    assert str(here.value) == str(elsewhere.value)


def test_a_file_that_is_no_model_is_told_as_such(tmp_path: Path) -> None:
    broken = ModelFile("tests", b"no model", "broken" * 8)
    with pytest.raises(AssetError, match="is no ONNX file") as refused:
        prepare(broken, tmp_path, write=PreparingProcess().write)
    assert not isinstance(refused.value, CannotPrepare)


def test_it_is_ended_by_another_thread_and_leaves_nothing(tmp_path: Path) -> None:
    process = PreparingProcess()
    failures: list[Exception] = []

    def run() -> None:
        try:
            prepare(TINY, tmp_path, write=process.write)
        except Exception as error:
            failures.append(error)

    assert not process.stop()  # nothing runs yet, and nothing will
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert [type(error) for error in failures] == [Stopped]
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []
