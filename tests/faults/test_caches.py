"""A server with a damaged, read-only or full cache repairs it or works without it."""

import os
import shutil
from pathlib import Path

import pytest

from app.loading.model_files import get_model
from app.settings import Settings
from app.tts.model.assets import cache_folder
from app.tts.model.prepared import PreparedGraph, prepared_folder
from app.tts.model.split_model import SplitModel
from tests.conftest import TINY_VOICE
from tests.faults.caches import CACHE_NAME, half_made
from tests.faults.disks import flipped, read_only
from tests.faults.launch import lines, running
from tests.faults.observe import only_worker
from tests.faults.recovery import SENTENCE, alone, alone_again, speaks_correctly, unharmed
from tests.servers import gunicorn_server

AS_IT_IS = "It runs as it is: streams begin with a whole sentence."


@pytest.fixture
def prepared_before(split_model: SplitModel, cache: Path) -> PreparedGraph:
    """A copy of the prepared real model in `cache`."""
    model = get_model(Settings())
    copy = prepared_folder(model, cache / CACHE_NAME)
    shutil.copytree(prepared_folder(model, cache_folder()), copy)
    return PreparedGraph(copy)


def test_a_damaged_prepared_model_is_made_anew_at_the_start_and_by_a_new_worker(
    prepared_before: PreparedGraph, cache: Path, tmp_path: Path
) -> None:
    environ = {"XDG_CACHE_HOME": str(cache), "KOKORO_CACHE_MB": "0"}
    vocoder = prepared_before.vocoder
    vocoder.write_bytes(flipped(vocoder.read_bytes()))
    with gunicorn_server(environ, tmp_path / "log") as damaged:
        damaged.wait_until_healthy()
        assert prepared_before.is_intact()
        expected = alone(damaged, SENTENCE)
        os.truncate(prepared_before.acoustic, 1000)
        (prepared_before.folder / "checksums.json").write_text("rubbish")
        assert alone(damaged, SENTENCE) == expected
        only_worker(damaged).kill()
        assert alone_again(damaged, SENTENCE) == expected
        assert prepared_before.is_intact()
        assert half_made(cache) == []


def test_a_cache_that_cannot_be_written_to_is_read(
    prepared_before: PreparedGraph, cache: Path, tmp_path: Path
) -> None:
    environ = {"XDG_CACHE_HOME": str(cache)}
    with (
        read_only(cache) as before_command,
        running(environ, tmp_path / "log", before_command=before_command) as reading,
    ):
        reading.wait_until_healthy()
        assert alone(reading, "Hello.")
        assert "the prepared model" in reading.log
        assert "cannot be kept" not in reading.log


def test_a_cache_that_can_neither_be_written_to_nor_read_is_named_and_speech_is_made(
    cache: Path, tmp_path: Path
) -> None:
    environ = {"KOKORO_MODEL_PATH": str(TINY_VOICE), "XDG_CACHE_HOME": str(cache)}
    with (
        read_only(cache) as before_command,
        running(environ, tmp_path / "log", before_command=before_command) as started,
    ):
        started.wait_until_healthy()
        with unharmed(started):
            expected = alone(started, SENTENCE)
            only_worker(started).kill()
            speaks_correctly(started, expected)
        complaints = lines(started, "app.loading.model_files", "cannot be kept")
        assert len(complaints) == 2  # one of each worker
        assert f"cannot be kept in {cache / CACHE_NAME}" in complaints[0]
        assert AS_IT_IS in complaints[0]
