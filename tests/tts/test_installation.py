"""Messages name the missing package and the command that installs it for this Python."""

import configparser
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from app.settings import BAD_CONFIGURATION
from app.tts import installation
from app.tts.errors import AssetError
from app.tts.installation import MISAKI, install_extra, pip_install, require_misaki
from tests.servers import PROJECT, free_port


class Version(NamedTuple):
    major: int
    minor: int


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let Python run in a virtual environment in the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    return tmp_path / ".venv"


@pytest.fixture
def without_misaki(tmp_path: Path) -> Path:
    """Make a folder with a module misaki that raises the error of a missing one."""
    (tmp_path / "misaki.py").write_text("raise ModuleNotFoundError(name='misaki')")
    return tmp_path


@pytest.mark.usefixtures("environment")
def test_the_pip_of_a_virtual_environment_in_this_folder_is_named_as_one_types_it() -> None:
    assert pip_install("--upgrade", "av") == ".venv/bin/pip install --upgrade av"
    assert install_extra("ja") == (
        "install this server's extra 'ja' (in its folder: .venv/bin/pip install '.[ja]')"
    )


def test_the_pip_of_a_virtual_environment_elsewhere_is_named_by_its_path(
    environment: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert pip_install("av") == f"{environment}/bin/pip install av"


def test_without_a_virtual_environment_pip_is_just_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    assert pip_install(".[all]") == "pip install '.[all]'"


def test_misaki_is_the_one_that_setup_and_readme_name() -> None:
    assert f"--ignore-requires-python {MISAKI}`" in (PROJECT / "README.md").read_text()
    setup = configparser.ConfigParser()
    setup.read(PROJECT / "setup.cfg")
    assert f'\n{MISAKI}; python_version < "3.13"\n' in setup["options"]["install_requires"]


@pytest.mark.parametrize(("minor", "flag"), [(12, ""), (13, "--ignore-requires-python ")])
@pytest.mark.usefixtures("environment")
def test_a_missing_misaki_is_named_with_the_command_that_installs_it(
    without_misaki: Path, monkeypatch: pytest.MonkeyPatch, minor: int, flag: str
) -> None:
    monkeypatch.delitem(sys.modules, "misaki", raising=False)
    monkeypatch.syspath_prepend(without_misaki)
    monkeypatch.setattr(installation.sys, "version_info", Version(3, minor))
    with pytest.raises(AssetError) as refused:
        require_misaki()
    assert str(refused.value) == (
        "misaki is not installed, which turns text into phonemes: "
        f".venv/bin/pip install {flag}{MISAKI}"
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "status"), [("gunicorn wsgi:app", BAD_CONFIGURATION), ("app say Hello", 1)]
)
def test_what_speaks_ends_without_misaki_with_the_command_that_installs_it(
    without_misaki: Path, command: str, status: int
) -> None:
    result = subprocess.run(
        [sys.executable, "-m", *command.split()],
        cwd=PROJECT,
        env={
            **os.environ,
            "PYTHONPATH": f"{without_misaki}:{PROJECT}",
            "PORT": str(free_port()),
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == status
    assert result.stderr.splitlines()[-1].startswith("Error: misaki is not installed")
    assert MISAKI in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.slow
def test_pip_is_where_the_message_says(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", tmp_path / ".venv"], check=True)
    code = "from app.tts.installation import pip_install; print(pip_install('--help'))"
    result = subprocess.run(
        [".venv/bin/python", "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout == ".venv/bin/pip install --help\n"
    subprocess.run(result.stdout, shell=True, cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
