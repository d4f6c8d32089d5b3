"""The OpenAI plugins of pipecat and LiveKit, and LiteLLM, unchanged, against `--openai`.

They are installed into a folder of pytest's cache and run in processes of their own: they hold
protobuf back, and bring many packages that nothing else here needs.
"""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.clients.conftest import heard_seconds
from tests.servers import Server

pytestmark = pytest.mark.slow

PLUGINS = Path(__file__).parent / "plugins"
SENTENCE = "Hello there. Goodbye."


@pytest.fixture(scope="module")
def packages(pytestconfig: pytest.Config) -> Path:
    """The folder of the plugins; they are installed again only when the requirements change.

    That takes a minute.
    """
    wanted = (PLUGINS / "requirements.txt").read_text()
    folder = pytestconfig.cache.mkdir(f"plugins-{sys.version_info.major}.{sys.version_info.minor}")  # type: ignore[union-attr]
    installed = folder / "installed.txt"
    if not installed.exists() or installed.read_text() != wanted:
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade"]
        subprocess.run(
            [*install, "--target", folder, "-r", PLUGINS / "requirements.txt"],
            check=True,
            timeout=280,
        )
        installed.write_text(wanted)
    return folder


def findings(packages: Path, script: str, *arguments: str) -> dict[str, Any]:
    """Run a script of the folder and return what it prints."""
    done = subprocess.run(
        [sys.executable, PLUGINS / script, *arguments],
        env={**os.environ, "PYTHONPATH": str(packages)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return {**found, "log": done.stderr}


@pytest.mark.skipif(sys.version_info < (3, 11), reason="pipecat needs Python 3.11")
def test_a_pipeline_of_pipecat_speaks(openai_server: Server, packages: Path) -> None:
    found = findings(packages, "speak_with_pipecat.py", openai_server.url, SENTENCE)
    assert found["sample_rates"] == [24_000], found["log"]
    assert 1 < found["bytes"] / 2 / 24_000 < 4
    assert found["frames"] > 1


@pytest.mark.parametrize("model", ["gpt-4o-mini-tts", "tts-1"])
def test_livekit_speaks_from_events_and_from_plain_audio(
    openai_server: Server, packages: Path, model: str
) -> None:
    found = findings(packages, "speak_with_livekit.py", openai_server.url, model, SENTENCE)
    assert found["sample_rates"] == [24_000]
    assert 1 < found["seconds"] < 4
    assert found["frames"] > 1
    # LiveKit asks for events only of the newer models, and reads the usage from them.
    assert found["input_tokens"] == [len(SENTENCE) if model == "gpt-4o-mini-tts" else 0]


def test_litellm_speaks_in_the_default_format_and_in_one_that_it_names(
    openai_server: Server, packages: Path
) -> None:
    found = findings(packages, "speak_with_litellm.py", openai_server.url, SENTENCE)
    assert 1 < heard_seconds(base64.b64decode(found["mp3"]), "mp3") < 4
    assert 0.5 < heard_seconds(base64.b64decode(found["wav"]), "wav") < 3
    assert "does not exist or you do not have access to it" in found["refusal"]
