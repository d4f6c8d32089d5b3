"""Files that are damaged, vanish or change lead to a clear refusal, or to speech as before."""

import os
import shutil
import signal
from pathlib import Path

import numpy as np
import pytest
import requests

from tests.conftest import TINY_VOICE
from tests.faults.disks import flipped
from tests.faults.fault_voice import write_fault_voice
from tests.faults.launch import lines, refusal, running
from tests.faults.observe import only_worker, workers
from tests.faults.recovery import SENTENCE, alone, speaks_correctly, unharmed, wait_for
from tests.servers import PROJECT, START_SECONDS, Server, gunicorn_server


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the tiny voice."""
    return Path(shutil.copy(TINY_VOICE, tmp_path / "voice.onnx"))


@pytest.fixture
def environ(model: Path, tmp_path: Path) -> dict[str, str]:
    """Settings with `model` and a cache of its own."""
    return {"KOKORO_MODEL_PATH": str(model), "XDG_CACHE_HOME": str(tmp_path / "cache")}


def test_a_model_that_is_not_whole_is_refused_by_name_until_it_is_restored(
    model: Path, environ: dict[str, str], tmp_path: Path
) -> None:
    content = model.read_bytes()
    for beginning in (b"", content[: len(content) // 2]):
        model.write_bytes(beginning)
        complaint = refusal(environ, tmp_path / "refused")
        assert complaint == f"Error: The model file {model} is not an ONNX file that can be loaded."
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
            write_fault_voice(other)  # which sounds the same except for the marks
            other.replace(model)
            speaks_correctly(changed, expected)
            assert changed.speak("Finite!").status_code == 200
            only_worker(changed).kill()
            speaks_correctly(changed, expected)
            assert changed.speak("Finite!").status_code == 500
            os.truncate(model, len(content) // 2)
            speaks_correctly(changed, expected)
        only_worker(changed).kill()
        assert changed.process.wait(START_SECONDS) != 0
        assert f"The model file {model} is not an ONNX file that can be loaded." in changed.log
        assert "Traceback" not in changed.log


def test_a_model_that_vanishes_ends_the_server_by_name_once_it_is_needed(
    model: Path, environ: dict[str, str], tmp_path: Path
) -> None:
    with gunicorn_server(environ, tmp_path / "log") as changed:
        changed.wait_until_healthy()
        expected = alone(changed, SENTENCE)
        model.unlink()
        speaks_correctly(changed, expected)
        only_worker(changed).kill()
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
            only_worker(damaged).kill()
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
        only_worker(damaged).kill()
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
    """Return the status of a request with `key`."""
    return requests.post(
        f"{running.url}/v1/audio/speech",
        json={"model": "tts-1", "input": SENTENCE, "voice": voice},
        headers={"Authorization": f"Bearer {key}"},
        timeout=120,
    ).status_code


def replace_worker(running: Server, signal_number: signal.Signals) -> None:
    """Have the worker replaced, by SIGHUP to its master or by any other signal to itself."""
    before = only_worker(running)
    if signal_number == signal.SIGHUP:
        running.process.send_signal(signal_number)
    else:
        before.send_signal(signal_number)
    wait_for(lambda: len(workers(running)) == 1 and only_worker(running) != before, running)
    running.wait_until_healthy()
