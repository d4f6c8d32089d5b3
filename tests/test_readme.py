"""README keeps its word: its commands run as they stand, its tables are the code's."""

import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from app.settings import Settings, env_name, flag_name
from app.tts.languages import LANGUAGES
from app.tts.text.front_end import FrontEnd
from app.tts.text.lexicon import Lexicon
from app.tts.voices.pack import ALIASES, CATALOGUE
from tests.servers import PROJECT, Server

README = (PROJECT / "README.md").read_text()
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
CURL_BLOCKS = [code for language, code in BLOCKS if language == "sh" and "curl -s" in code]
PYTHON_BLOCKS = [code for language, code in BLOCKS if language == "python"]
OPENAI_BLOCKS = {
    language: [code for other, code in BLOCKS if other == language and "speech.mp3" in code]
    for language in ("python", "javascript")
}
"""OpenAI's samples, which leave it to the environment where they go."""


def test_every_setting_has_its_row() -> None:
    table = README.split("### Settings")[1].split("###")[0]
    documented = set(re.findall(r"`([A-Z_]{4,})`", table)), set(re.findall(r"`(--[\w-]+)`", table))
    assert documented == (
        {env_name(setting) for setting in fields(Settings)},
        {flag_name(setting) for setting in fields(Settings)},
    )


def test_every_voice_and_name_is_listed() -> None:
    section = README.split("## Voices")[1].split("\n## ")[0]
    missing = {name for name in (*CATALOGUE, *ALIASES) if not re.search(rf"\b{name}\b", section)}
    assert missing == set()


@pytest.mark.slow
@pytest.mark.needs("curl")
@pytest.mark.parametrize("block", CURL_BLOCKS, ids=range(len(CURL_BLOCKS)))
def test_its_curl_lines_run_as_they_stand(server: Server, block: str, tmp_path: Path) -> None:
    player = tmp_path / "bin" / "ffplay"
    player.parent.mkdir()
    player.write_text("#!/bin/sh\ncat > played.wav\n")  # a test machine has no loudspeaker
    player.chmod(0o755)
    result = subprocess.run(
        [
            "bash",
            "-euo",
            "pipefail",
            "-c",
            block.replace("localhost:8000", f"127.0.0.1:{server.port}"),
        ],
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{player.parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    assert '"error"' not in result.stdout
    spoken = list(tmp_path.glob("*.wav"))
    assert spoken or result.stdout.startswith(("{", "data: {", "1\n00:00:00,", "# HELP"))
    for path in spoken:
        assert path.read_bytes()[:4] == b"RIFF"
        assert path.stat().st_size > 24_000


@pytest.mark.slow
def test_its_python_runs_as_it_stands(server: Server, tmp_path: Path) -> None:
    (block,) = (block for block in PYTHON_BLOCKS if block not in OPENAI_BLOCKS["python"])
    code = block.replace("localhost:8000", f"127.0.0.1:{server.port}")
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, timeout=120)
    assert (tmp_path / "hello.wav").read_bytes()[:4] == b"RIFF"
    assert (tmp_path / "hello.pcm").stat().st_size > 24_000


@pytest.mark.slow
@pytest.mark.needs("node", "npm")
@pytest.mark.parametrize("language", OPENAI_BLOCKS)
def test_openais_samples_run_as_they_stand(
    openai_server: Server, openai_node: Path, language: str
) -> None:
    (code,) = OPENAI_BLOCKS[language]
    commands = {
        "python": [sys.executable, "-c", code],
        "javascript": ["node", "--input-type=module", "--eval", code],
    }
    environ = {"OPENAI_BASE_URL": f"{openai_server.url}/v1", "OPENAI_API_KEY": "unused"}
    speech = openai_node / "speech.mp3"
    speech.unlink(missing_ok=True)
    subprocess.run(
        commands[language],
        cwd=openai_node,
        env={**os.environ, **environ},
        check=True,
        timeout=120,
    )
    # MPEG-2 layer III: the first frame's header, and some seconds at 12 kB each.
    assert speech.read_bytes()[:2] == b"\xff\xf3"
    assert speech.stat().st_size > 24_000


def test_its_examples_of_text_are_said_as_they_stand() -> None:
    section = README.split("## Text")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (\w[\w ]+) \| (.+?) \| (.+?) \|$", section, re.MULTILINE)
    front_end = FrontEnd("", Lexicon(), True, lambda language: True)
    languages = {language.name: language for language in LANGUAGES.values()}
    assert {name for name, _, _ in rows} == set(languages)
    for name, written, said in rows:
        pieces = front_end.read(written, languages[name])
        assert " ".join(piece.spans[0].text for piece in pieces) == said  # type: ignore[union-attr]
