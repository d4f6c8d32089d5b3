"""Starts that are killed, or two at once, leave a cache that serves the next one."""

from pathlib import Path

from tests.faults.caches import half_made, remembered, whole
from tests.faults.observe import workers
from tests.faults.recovery import SENTENCE, alone, wait_for
from tests.servers import START_SECONDS, Server, gunicorn_server


def test_two_starts_at_once_repair_a_first_start_that_was_killed(tmp_path: Path) -> None:
    caches = tmp_path / "caches"
    environ = {"XDG_CACHE_HOME": str(caches), "KOKORO_CACHE_MB": "0"}
    with gunicorn_server(environ, tmp_path / "killed") as killed:
        wait_for(lambda: list(caches.glob("**/before.onnx")), killed)
        (preparing,) = workers(killed)
        (writing,) = preparing.children()
        for each in (writing, preparing):  # as a power cut does
            each.suspend()
        for each in (preparing, writing):
            each.kill()
        assert killed.process.wait(START_SECONDS) != 0
        assert "Error: Preparing the model was ended by signal 9." in killed.log
    assert half_made(caches)
    with (
        gunicorn_server(environ, tmp_path / "one") as one,
        gunicorn_server(environ, tmp_path / "two") as two,
    ):
        for started in (one, two):
            started.wait_until_healthy()
            assert "Ready to speak" in started.log
            assert "the prepared model" in started.log
        assert sorted(map(has_prepared, (one, two))) == [False, True]
        assert alone(one, SENTENCE) == alone(two, SENTENCE)
    assert len(whole(caches)) == 1
    assert half_made(caches) == remembered(caches) == []


def test_running_out_of_memory_while_preparing_is_reported_in_one_line(tmp_path: Path) -> None:
    environ = {"XDG_CACHE_HOME": str(tmp_path / "caches")}
    with gunicorn_server(environ, tmp_path / "log") as killed:
        wait_for(lambda: list(tmp_path.glob("**/before.onnx")), killed)
        (preparing,) = workers(killed)
        (writing,) = preparing.children()
        writing.kill()
        assert killed.process.wait(START_SECONDS) != 0
        *_, last = killed.log.splitlines()
        assert last.startswith("Error: Preparing the model was ended by signal 9.")
        assert "set KOKORO_PRECISION to int8" in last
        assert "Traceback" not in killed.log
    assert half_made(tmp_path / "caches") == []


def has_prepared(server: Server) -> bool:
    """Return whether this server prepared the model."""
    return "\nPreparing the model\n" in server.log
