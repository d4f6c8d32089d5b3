"""Preparing in a process of its own fails with the same errors, and can be stopped."""

from pathlib import Path

import psutil
import pytest

from app.loading.model_files import get_model
from app.settings import Settings
from app.tts.errors import AssetError, CannotPrepare, Stopped
from app.tts.model.assets import ModelFile
from app.tts.prepare.prepare import prepare
from app.tts.prepare.process import PreparingProcess
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
    with pytest.raises(AssetError, match="is not an ONNX file") as refused:
        prepare(broken, tmp_path, write=PreparingProcess().write)
    assert not isinstance(refused.value, CannotPrepare)


def test_what_is_stopped_before_it_begins_starts_no_process(tmp_path: Path) -> None:
    process = PreparingProcess()
    assert not process.stop()
    with pytest.raises(Stopped):
        prepare(TINY, tmp_path, write=process.write)
    assert folders(tmp_path) == []


def test_what_is_stopped_at_work_ends_and_leaves_nothing(tmp_path: Path, real: ModelFile) -> None:
    process = PreparingProcess()
    stopped: list[bool] = []

    def stop(done: int, total: int) -> None:
        if done:  # by the process
            stopped.append(process.stop())

    with pytest.raises(Stopped):
        prepare(real, tmp_path, stop, write=process.write)
    assert stopped[0]
    assert preparing() == []
    assert folders(tmp_path) == []


def test_what_is_killed_at_work_is_said_to_be(tmp_path: Path, real: ModelFile) -> None:
    def kill(done: int, total: int) -> None:
        for process in preparing():
            process.kill()

    with pytest.raises(AssetError, match="ended by signal 9"):
        prepare(real, tmp_path, kill, write=PreparingProcess().write)
    assert folders(tmp_path) == []


@pytest.fixture
def real() -> ModelFile:
    """The real model, which takes long enough to be stopped."""
    return get_model(Settings())


def preparing() -> list[psutil.Process]:
    """Return the processes that prepare a model for this one, which may have other children."""
    return [
        child
        for child in psutil.Process().children()
        if any("prepare.process" in word for word in child.cmdline())
    ]


def folders(parent: Path) -> list[str]:
    return [path.name for path in parent.iterdir() if path.is_dir()]
