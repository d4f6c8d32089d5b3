"""Files that are damaged, vanish, change or find no room: a clear refusal, or speech as before."""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import requests

from app.loading import get_model
from app.settings import Settings
from app.tts.assets import cache_folder
from app.tts.prepared import PreparedGraph, prepared_folder
from app.tts.split_model import SplitModel
from tests.conftest import TINY_VOICE
from tests.faults.caches import CACHE_NAME, half_made, remembered
from tests.faults.disks import read_only, small_disk
from tests.faults.fault_voice import write_fault_voice
from tests.faults.observe import only_worker, workers
from tests.faults.recovery import SENTENCE, alone, speaks_correctly, unharmed, wait_for
from tests.servers import (
    PROJECT,
    START_SECONDS,
    Server,
    free_port,
    gunicorn_server,
    server,
)

AS_IT_IS = "It runs as it is: streams begin with a whole sentence."


def refusal(environ: dict[str, str], log: Path, folder: Path = PROJECT) -> str:
    """Start a server that refuses to start, and return what it says of that."""
    with running(environ, log, folder) as refused:
        assert refused.process.wait(START_SECONDS) != 0
    assert "Traceback" not in refused.log
    (line,) = {line for line in refused.log.splitlines() if "Error: " in line or "CRITICAL" in line}
    return line


@contextmanager
def running(
    environ: dict[str, str],
    log: Path,
    folder: Path = PROJECT,
    before_command: list[str] | None = None,
) -> Iterator[Server]:
    """Run gunicorn from `folder`."""
    port = free_port()
    command = [*(before_command or []), sys.executable, "-m", "gunicorn", "wsgi:app"]
    settings = {"HOST": "127.0.0.1", "PORT": str(port), **environ}
    with server(command, settings, port, log, folder) as started:
        yield started


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the tiny voice."""
    return Path(shutil.copy(TINY_VOICE, tmp_path / "voice.onnx"))


@pytest.fixture
def environ(model: Path, tmp_path: Path) -> dict[str, str]:
    """Settings of a server with `model` and a cache of its own."""
    return {"KOKORO_MODEL_PATH": str(model), "XDG_CACHE_HOME": str(tmp_path / "cache")}


def test_a_model_that_is_not_whole_is_refused_by_name_until_it_is_restored(
    model: Path, environ: dict[str, str], tmp_path: Path
) -> None:
    content = model.read_bytes()
    for beginning in (b"", content[: len(content) // 2]):
        model.write_bytes(beginning)
        complaint = refusal(environ, tmp_path / "refused")
        assert complaint == f"Error: The model file {model} is no ONNX file that can be loaded."
    model.write_bytes(content)
    with gunicorn_server(environ, tmp_path / "log") as restored:
        restored.wait_until_healthy()
        assert restored.speak("Hello.").status_code == 200


def test_a_model_that_changes_is_used_by_the_next_worker_or_ends_the_server_by_name(
    model: Path, environ: dict[str, str], tmp_path: Path
) -> None:
    content = model.read_bytes()
    with gunicorn_server(environ, tmp_path / "log") as changed:
        changed.wait_until_healthy()
        with unharmed(changed):
            expected = alone(changed, SENTENCE)
            other = tmp_path / "other.onnx"
            write_fault_voice(other)  # which sounds the same, but for marks
            other.replace(model)
            speaks_correctly(changed, expected)
            assert changed.speak("Finite!").status_code == 200
            kill(only_worker(changed).pid)
            speaks_correctly(changed, expected)
            assert changed.speak("Finite!").status_code == 500
            os.truncate(model, len(content) // 2)
            speaks_correctly(changed, expected)
        kill(only_worker(changed).pid)
        assert changed.process.wait(START_SECONDS) != 0
        assert f"The model file {model} is no ONNX file that can be loaded." in changed.log
        assert "Traceback" not in changed.log


def test_a_model_that_vanishes_ends_the_server_by_name_once_it_is_needed(
    model: Path, environ: dict[str, str], tmp_path: Path
) -> None:
    with gunicorn_server(environ, tmp_path / "log") as changed:
        changed.wait_until_healthy()
        expected = alone(changed, SENTENCE)
        model.unlink()
        speaks_correctly(changed, expected)
        kill(only_worker(changed).pid)
        assert changed.process.wait(START_SECONDS) != 0
        assert str(model) in changed.log
        assert "Traceback" not in changed.log


def test_a_damaged_voices_file_is_refused_by_name_and_not_read_again_while_running(
    environ: dict[str, str], tmp_path: Path
) -> None:
    installed = tmp_path / "installed"
    shutil.copytree(PROJECT / "app", installed / "app")
    for name in ("wsgi.py", "gunicorn.conf.py"):
        shutil.copy(PROJECT / name, installed)
    voices = installed / "app" / "tts" / "data" / "voices-v1.0.bin"
    content = voices.read_bytes()
    with running(environ, tmp_path / "log", installed) as damaged:
        damaged.wait_until_healthy()
        expected = alone(damaged, SENTENCE)
        voices.write_bytes(flipped(content))
        speaks_correctly(damaged, expected)
    complaint = refusal(environ, tmp_path / "refused", installed)
    assert f"The voices file {voices} is damaged: install the package again." in complaint


def test_an_operators_damaged_voice_is_refused_at_the_start_and_left_out_by_a_new_worker(
    environ: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "voices"
    folder.mkdir()
    voice = folder / "mine.npy"
    np.save(voice, np.random.default_rng(1).normal(size=(510, 256)).astype(np.float32))
    environ["KOKORO_VOICES_DIR"] = str(folder)
    with gunicorn_server(environ, tmp_path / "log") as damaged:
        damaged.wait_until_healthy()
        with unharmed(damaged):
            mine, expected = alone(damaged, SENTENCE, voice="mine"), alone(damaged, SENTENCE)
            assert mine != expected
            os.truncate(voice, 1000)
            assert alone(damaged, SENTENCE, voice="mine") == mine
            kill(only_worker(damaged).pid)
            speaks_correctly(damaged, expected)
            assert damaged.speak(SENTENCE, voice="mine").status_code == 400
        assert f"The voice file {voice} cannot be used" in damaged.log
    assert f"The voice file {voice} cannot be used" in refusal(environ, tmp_path / "refused")


def test_a_damaged_lexicon_is_refused_at_the_start_and_left_out_by_a_new_worker(
    environ: dict[str, str], tmp_path: Path
) -> None:
    lexicon = tmp_path / "words"
    lexicon.write_text("swallow\ten\thəlˈO\n")
    environ["KOKORO_LEXICON"] = str(lexicon)
    with gunicorn_server(environ, tmp_path / "log") as damaged:
        damaged.wait_until_healthy()
        expected = alone(damaged, SENTENCE)
        lexicon.write_bytes(b"\xff\x00 rubbish")
        speaks_correctly(damaged, expected)
        kill(only_worker(damaged).pid)
        assert alone(damaged, SENTENCE.replace("swallow", "swallows")) != expected
        assert f"The lexicon {lexicon} cannot be read" in damaged.log
    assert f"The lexicon {lexicon} cannot be read" in refusal(environ, tmp_path / "refused")


@pytest.mark.parametrize("other_key", ["", "s3cret"])
def test_keys_lexicon_and_voices_that_vanish_are_named_and_left_out_by_new_workers(
    environ: dict[str, str], tmp_path: Path, other_key: str
) -> None:
    keys, lexicon, voices = tmp_path / "keys", tmp_path / "words", tmp_path / "voices"
    keys.write_text("alice:hers\n")
    lexicon.write_text("swallow\ten\thəlˈO\n")
    voices.mkdir()
    np.save(voices / "mine.npy", np.zeros((510, 256), np.float32))
    environ |= {"API_KEY_FILE": str(keys), "API_KEY": other_key}
    environ |= {"KOKORO_LEXICON": str(lexicon), "KOKORO_VOICES_DIR": str(voices)}
    environ |= {"KOKORO_PUBLIC_ENDPOINTS": "health"}
    with gunicorn_server(environ, tmp_path / "log") as robbed:
        robbed.wait_until_healthy()
        assert status_of_speech(robbed, "hers", "mine") == 200
        keys.unlink()
        lexicon.unlink()
        shutil.rmtree(voices)
        for times, signal_number in enumerate((signal.SIGHUP, signal.SIGKILL), 1):
            replace_worker(robbed, signal_number)
            for key in ("hers", "", "None"):
                assert status_of_speech(robbed, key) == 401
            if other_key:
                assert status_of_speech(robbed, other_key) == 200
                assert status_of_speech(robbed, other_key, "mine") == 400
            for path in (keys, lexicon, voices):
                assert len(lines(robbed, "ERROR", f"{path} cannot be read: ")) == times
        assert "Traceback" not in robbed.log
    complaint = refusal(environ, tmp_path / "refused")
    assert complaint.startswith(
        f"Error: KOKORO_LEXICON (--lexicon) is '{lexicon}'; allowed: a file"
    )


def status_of_speech(running: Server, key: str, voice: str = "af_heart") -> int:
    """The status of the reply to somebody with `key`."""
    return requests.post(
        f"{running.url}/v1/audio/speech",
        json={"model": "tts-1", "input": SENTENCE, "voice": voice},
        headers={"Authorization": f"Bearer {key}"},
        timeout=120,
    ).status_code


def replace_worker(running: Server, signal_number: signal.Signals) -> None:
    """Have the worker replaced: by SIGHUP to its master, or any other signal to itself."""
    before = only_worker(running)
    if signal_number == signal.SIGHUP:
        running.process.send_signal(signal_number)
    else:
        before.send_signal(signal_number)
    wait_for(lambda: len(workers(running)) == 1 and only_worker(running) != before, running)
    running.wait_until_healthy()


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A folder of caches that is empty."""
    folder = tmp_path / "caches"
    folder.mkdir()
    return folder


@pytest.fixture
def prepared_before(split_model: SplitModel, cache: Path) -> PreparedGraph:
    """What was prepared from the real model, copied into `cache`."""
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
        kill(only_worker(damaged).pid)
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
    environ: dict[str, str], cache: Path, tmp_path: Path
) -> None:
    environ["XDG_CACHE_HOME"] = str(cache)
    with (
        read_only(cache) as before_command,
        running(environ, tmp_path / "log", before_command=before_command) as started,
    ):
        started.wait_until_healthy()
        with unharmed(started):
            expected = alone(started, SENTENCE)
            kill(only_worker(started).pid)
            speaks_correctly(started, expected)
        complaints = lines(started, "app.loading", "cannot be kept")
        assert len(complaints) == 2  # of each worker
        assert f"cannot be kept in {cache / CACHE_NAME}" in complaints[0]
        assert AS_IT_IS in complaints[0]


def test_without_room_for_a_prepared_model_it_runs_as_it_is(cache: Path, tmp_path: Path) -> None:
    environ = {"XDG_CACHE_HOME": str(cache)}
    with small_disk(cache, 50), gunicorn_server(environ, tmp_path / "log") as started:
        started.wait_until_healthy()
        assert alone(started, "Hello.")
        (complaint,) = lines(started, "app.loading", "preparing needs 700 MB of disk")
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
        kill(only_worker(started).pid)
        assert alone_again(started, "Hello.")
        assert "the prepared model" in started.log


def alone_again(started: Server, text: str) -> bytes:
    """What is said after the worker was killed, however long its model takes to be prepared."""
    started.wait_until_healthy()
    return alone(started, text)


def lines(started: Server, *parts: str) -> list[str]:
    """The lines of a server's log that hold all `parts`."""
    return [line for line in started.log.splitlines() if all(part in line for part in parts)]


def flipped(content: bytes) -> bytes:
    """Return `content` with another bit in its middle."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
