"""Starts and commands that are interrupted or killed end at once and leave nothing behind."""

import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.fault_voice import write_fault_voice
from tests.faults.terminal import (
    COMMAND,
    END_SECONDS,
    GUNICORN,
    HIDDEN,
    PREPARE,
    SAY,
    SHOWN,
    assert_all_gone,
    family,
    is_preparing,
    terminal,
)


def test_a_start_that_is_told_to_stop_while_it_prepares_removes_its_pid_file(
    preparing_environ: dict[str, str], caches: Path, tmp_path: Path
) -> None:
    pid_file = tmp_path / "pid"
    with terminal([*GUNICORN, "--pid", str(pid_file)], preparing_environ) as started:
        started.wait_for(lambda: is_preparing(caches))
        assert pid_file.exists()
        started.process.terminate()
        assert started.wait() == -signal.SIGTERM
    assert not pid_file.exists()


@pytest.mark.parametrize("command", [GUNICORN, SAY], ids=["gunicorn", "say"])
def test_ctrl_c_while_preparing_ends_it_in_silence_and_shows_the_cursor(
    command: list[str], preparing_environ: dict[str, str], caches: Path
) -> None:
    with terminal(command, preparing_environ) as started:
        started.wait_for(lambda: is_preparing(caches))
        processes = family(started.process.pid)
        started.read()
        said_before = len(started.output)
        started.press_ctrl_c()
        assert started.wait() == -signal.SIGINT
        assert_all_gone(processes, caches)
    last_words = started.output[said_before:]
    assert b"Traceback" not in last_words
    assert b"Error" not in last_words
    assert started.output.rfind(SHOWN) > started.output.rfind(HIDDEN) > 0


@pytest.mark.parametrize("command", [GUNICORN, PREPARE], ids=["gunicorn", "prepare"])
def test_nothing_goes_on_when_the_start_is_killed(
    command: list[str], preparing_environ: dict[str, str], caches: Path
) -> None:
    with terminal(command, preparing_environ) as started:
        started.wait_for(lambda: is_preparing(caches))
        processes = family(started.process.pid)
        started.process.kill()
        started.wait()
        assert_all_gone(processes, caches)


def test_the_first_process_of_a_container_can_be_told_to_stop(
    preparing_environ: dict[str, str], caches: Path
) -> None:
    container = ["unshare", "--pid", "--fork", "--mount-proc"]
    if not shutil.which("unshare") or subprocess.run([*container, "true"]).returncode:
        pytest.skip("no container can be made here")
    command = f"os.execvp('unshare', {[*container, sys.executable, *GUNICORN]!r})"
    with terminal(["-c", f"import os; {command}"], preparing_environ) as started:
        started.wait_for(lambda: is_preparing(caches))
        processes = family(started.process.pid)
        processes[1].terminate()
        assert started.wait() == 128 + signal.SIGTERM
        assert_all_gone(processes, caches)


def test_signals_that_are_ignored_stop_nothing(
    preparing_environ: dict[str, str], caches: Path
) -> None:
    nohup = f"import os, signal, sys; signal.signal(1, signal.SIG_IGN); {execute(PREPARE)}"
    with terminal(["-c", nohup], preparing_environ) as started:
        started.wait_for(lambda: is_preparing(caches))
        started.process.send_signal(signal.SIGHUP)
        started.process.terminate()
        assert started.wait() == -signal.SIGTERM


def execute(command: list[str]) -> str:
    return f"os.execv(sys.executable, [sys.executable, *{command!r}])"


def test_ctrl_c_ends_speech_that_a_command_is_making(tmp_path: Path) -> None:
    write_fault_voice(tmp_path / "voice.onnx")
    environ = {"KOKORO_MODEL_PATH": str(tmp_path / "voice.onnx"), "XDG_CACHE_HOME": str(tmp_path)}
    output = tmp_path / "speech.wav"
    with terminal([*COMMAND, "say", "It begins. Does it end?", "-o", str(output)], environ) as say:
        say.wait_for(lambda: b"Spoke " in say.output)
        say.press_ctrl_c()
        assert say.wait() == -signal.SIGINT
    assert b"Traceback" not in say.output
    assert not output.exists()


def test_ctrl_c_ends_a_download_that_hangs(
    preparing_environ: dict[str, str], tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(END_SECONDS)
        proxy = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with terminal(
            [*COMMAND, "download"], {**preparing_environ, "HTTPS_PROXY": proxy}
        ) as download:
            connection, _ = silent.accept()
            with connection:
                download.press_ctrl_c()
                assert download.wait() == -signal.SIGINT
    assert b"Traceback" not in download.output
