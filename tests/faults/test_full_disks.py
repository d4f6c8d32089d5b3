"""A server whose disk is full, or fills up, while it prepares the model runs the model as it is."""

import os
from pathlib import Path

from tests.faults.caches import half_made, remembered
from tests.faults.disks import small_disk
from tests.faults.launch import lines
from tests.faults.observe import only_worker
from tests.faults.recovery import alone, alone_again, wait_for
from tests.servers import gunicorn_server

AS_IT_IS = "It runs as it is: streams begin with a whole sentence."


def test_without_room_for_a_prepared_model_it_runs_as_it_is(cache: Path, tmp_path: Path) -> None:
    environ = {"XDG_CACHE_HOME": str(cache)}
    with small_disk(cache, 50), gunicorn_server(environ, tmp_path / "log") as started:
        started.wait_until_healthy()
        assert alone(started, "Hello.")
        (complaint,) = lines(started, "app.loading.model_files", "preparing needs 700 MB of disk")
        assert AS_IT_IS in complaint
        assert remembered(cache) == []


def test_a_disk_that_fills_up_while_the_model_is_prepared_is_said_and_not_remembered(
    cache: Path, tmp_path: Path
) -> None:
    environ = {"XDG_CACHE_HOME": str(cache), "KOKORO_CACHE_MB": "0"}
    with small_disk(cache, 800), gunicorn_server(environ, tmp_path / "log") as started:
        wait_for(lambda: list(cache.glob("**/before.onnx")), started)
        filling = cache / "filling"
        with filling.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, 300_000_000)
        started.wait_until_healthy()
        assert "ONNX Runtime could not write its file: perhaps the disk is full" in started.log
        assert alone(started, "Hello.")
        assert "the prepared model" not in started.log
        assert remembered(cache) == half_made(cache) == []
        filling.unlink()
        only_worker(started).kill()
        assert alone_again(started, "Hello.")
        assert "the prepared model" in started.log
