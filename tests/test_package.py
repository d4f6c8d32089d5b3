"""`python -m build` makes a wheel and an sdist that hold what they should, and serve elsewhere."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
import requests

from app.version import __version__
from tests.conftest import TINY_VOICE
from tests.servers import PROJECT, free_port, seconds, server

pytestmark = pytest.mark.slow

NAME = f"kokoro_openai_server-{__version__}"
IGNORED = ("__pycache__", "*.egg-info", "build", "dist", "node_modules")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, built without network from a copy of the project."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    for path in PROJECT.iterdir():
        if path.is_dir() and path.name in (
            ".ci",
            "app",
            "bench",
            "deploy",
            "docs",
            "tests",
            "tools",
        ):
            shutil.copytree(path, source / path.name, ignore=shutil.ignore_patterns(*IGNORED))
        elif path.is_file():
            shutil.copy(path, source)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target)]
    # From elsewhere: a folder named build would hide the module.
    built = subprocess.run(
        [*command, str(source)], cwd=target, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return target


@pytest.fixture(scope="module")
def installed(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of programs that find the installed wheel before anything else."""
    target = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet"]
    subprocess.run(
        [*command, "--target", str(target), str(packages / f"{NAME}-py3-none-any.whl")], check=True
    )
    return {
        "PYTHONPATH": str(target),
        "PATH": f"{target / 'bin'}:{os.environ['PATH']}",
        "KOKORO_MODEL_PATH": str(TINY_VOICE),
    }


def test_the_wheel_is_the_package_app_and_nothing_else(packages: Path) -> None:
    names = set(zipfile.ZipFile(packages / f"{NAME}-py3-none-any.whl").namelist())
    maker = "app/tts/data/make_voices.py"  # which made the voices beside it
    files = {
        path.relative_to(PROJECT).as_posix()
        for path in (PROJECT / "app").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in names if ".dist-info/" not in name} == files - {maker}
    for licence in ("LICENSE", "NOTICE"):
        assert any(name.endswith(f"/{licence}") for name in names)


def test_the_sdist_has_what_a_contributor_needs(packages: Path) -> None:
    with tarfile.open(packages / f"{NAME}.tar.gz") as sdist:
        names = {name.removeprefix(f"{NAME}/") for name in sdist.getnames()}
    files = ["CONTRIBUTING.md", "Makefile", "NOTICE", "gunicorn.conf.py", "ruff.toml", "wsgi.py"]
    files += [".ci/run", "bench/README.md", "deploy/Dockerfile", "docs/api.md"]
    files += ["tests/data/tiny_voice.onnx", "tests/programs.txt", "tools/fit_statistics.py"]
    assert {*files} - names == set()


def test_the_installed_command_speaks_anywhere(installed: dict[str, str], tmp_path: Path) -> None:
    command = ["kokoro-openai-server", "say", "Good morning.", "-o", "x.wav"]
    subprocess.run(command, cwd=tmp_path, env={**os.environ, **installed}, check=True, timeout=120)
    assert seconds((tmp_path / "x.wav").read_bytes()) > 0.1


def test_the_installed_command_serves_anywhere(installed: dict[str, str], tmp_path: Path) -> None:
    port = free_port()
    command = ["kokoro-openai-server", "--host", "127.0.0.1", "--port", str(port)]
    program = Path(installed["PYTHONPATH"]) / "bin" / command.pop(0)
    log = tmp_path / "log"
    with server([str(program), *command], installed, port, log, tmp_path) as running:
        running.wait_until_healthy()
        assert seconds(running.speak("Good morning.").content) > 0.1
        page = requests.get(f"{running.url}/playground", timeout=10)
        assert page.status_code == 200


def test_what_runs_there_is_what_the_wheel_brought(
    installed: dict[str, str], tmp_path: Path
) -> None:
    command = [sys.executable, "-c", "import app; print(app.__file__)"]
    environ = {**os.environ, **installed}
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True)
    assert done.stdout.startswith(installed["PYTHONPATH"])
