"""The Dockerfile's commands, run without Docker, in other folders."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.tts.vocoder.machine_code.processors import present_instruction_sets
from tests.deploy.nginx import DEPLOY
from tests.servers import PROJECT, free_port, seconds, server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]

IMAGE_FOLDER = "/opt/kokoro"
CACHE = "cache/kokoro-openai-server"


class BuildStage:
    """One build stage of the Dockerfile, with the image's folder elsewhere."""

    def __init__(self, text: str, folder: Path) -> None:
        self._lines = text.replace("\\\n", " ").replace(IMAGE_FOLDER, str(folder)).splitlines()
        words = [word for value in self.values("ENV") for word in shlex.split(value)]
        self.environ = {
            name: os.path.expandvars(value)
            for name, value in (word.split("=", 1) for word in words)
        }

    def values(self, instruction: str) -> list[str]:
        """Return the arguments of each `instruction`."""
        matches = [re.fullmatch(rf"{instruction}\s+(.*)", line) for line in self._lines]
        return [match[1] for match in matches if match]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The image's folder, built from the files that .dockerignore lets through."""
    context, folder = (tmp_path_factory.mktemp(name) for name in ("context", "image"))
    for name in re.findall(r"^!(.*)$", (PROJECT / ".dockerignore").read_text(), re.MULTILINE):
        source, target = PROJECT / name, context / name
        target.parent.mkdir(exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    build, _ = stages(folder)
    python = Path(sys.executable).parent
    environ = {**os.environ, **build.environ, "PATH": f"{python}:{os.environ['PATH']}"}
    del environ["PIP_NO_CACHE_DIR"]  # without pip's cache this takes minutes more
    for command in build.values("RUN"):
        subprocess.run(["sh", "-ec", command], cwd=context, env=environ, check=True)
    return folder


def stages(folder: Path) -> list[BuildStage]:
    _, *texts = re.split(r"^FROM ", (DEPLOY / "Dockerfile").read_text(), flags=re.MULTILINE)
    return [BuildStage(text, folder) for text in texts]


def test_the_image_serves_with_the_model_that_was_prepared_in_it(
    image: Path, tmp_path: Path
) -> None:
    final = stages(image)[-1]
    port = free_port()
    environ = {**final.environ, "HOST": "127.0.0.1", "PORT": str(port)}
    (entry_point,) = map(json.loads, final.values("ENTRYPOINT"))
    command = [str(image / "bin" / entry_point[0])]
    before = contents(image / CACHE)
    with server(command, environ, port, tmp_path / "log", tmp_path) as running:
        running.wait_until_healthy()
        (check,) = re.findall(r"CMD (\[.*\])", final.values("HEALTHCHECK")[0])
        assert subprocess.run(json.loads(check), env=environ, check=False).returncode == 0
        for voice in ("af_heart", "ff_siwis", "jf_alpha", "zf_xiaoxiao"):
            assert seconds(running.speak("1 2 3", voice=voice).content) > 0.3
        assert "the prepared model" in running.log
        assert ("own kernels" in running.log) == bool(present_instruction_sets())
    assert contents(image / CACHE) == before


def test_the_image_has_code_for_every_processor_that_it_could_be_made_on(image: Path) -> None:
    codes = {path.parent.name for path in (image / CACHE).rglob("code")}
    made = {name.split("vocoder-")[1].rpartition("-")[0] for name in codes}
    assert made == {instructions.name for instructions in present_instruction_sets()}


def test_every_user_may_read_the_image(image: Path) -> None:
    paths = [image / "bin", image / "cache", *(image / "cache").rglob("*")]
    assert [path for path in paths if not path.stat().st_mode & 0o004] == []


def test_the_image_has_the_pinned_packages_and_no_others(image: Path) -> None:
    command = [image / "bin" / "pip", "freeze", "--all", "--exclude", "pip", "--exclude", "wheel"]
    command += ["--exclude", "kokoro-openai-server"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    pins = (DEPLOY / "constraints.txt").read_text().splitlines()
    assert set(done.stdout.splitlines()) == {pin for pin in pins if not pin.startswith("#")}


def contents(folder: Path) -> dict[Path, float]:
    return {path: path.stat().st_mtime for path in folder.rglob("*")}
