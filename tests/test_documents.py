"""The documents are true: commands run, tables agree with the code, links lead somewhere."""

import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from app.settings import ENDPOINTS, Settings, env_name, flag_name
from app.tts.languages import LANGUAGES
from app.tts.text.front_end import FrontEnd
from app.tts.text.lexicon import Lexicon
from app.tts.voices.pack import ALIASES, CATALOGUE
from app.version import __version__
from tests.documents import DOCUMENTS, MANUAL, MANUAL_BLOCKS, Document
from tests.servers import PROJECT, Server

CURL_BLOCKS = [
    block.code for block in MANUAL_BLOCKS if block.language == "sh" and "curl -s" in block.code
]
OPENAI_BLOCKS = {
    language: [
        block.code
        for block in MANUAL_BLOCKS
        if block.language == language and "speech.mp3" in block.code
    ]
    for language in ("python", "javascript")
}
"""OpenAI's samples, which take the server's address from the environment."""

PYTHON_BLOCKS = [
    block.code
    for block in MANUAL_BLOCKS
    if block.language == "python" and block.code not in OPENAI_BLOCKS["python"]
]


def test_the_readme_stays_short() -> None:
    assert len(DOCUMENTS["README.md"].text.splitlines()) <= 200


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_every_link_within_the_project_leads_somewhere(document: Document) -> None:
    dead = []
    for link in document.links:
        url = urlsplit(link)
        if url.scheme:
            continue
        target = (document.path.parent / url.path).resolve() if url.path else document.path
        name = os.path.relpath(target, PROJECT)
        if not target.exists() or (url.fragment and url.fragment not in DOCUMENTS[name].anchors):
            dead.append(link)
    assert dead == []


def test_every_module_that_the_documents_name_exists() -> None:
    modules = {path.name for path in PROJECT.rglob("*.py") if ".venv" not in path.parts}
    named = {
        name
        for document in DOCUMENTS.values()
        if document.name != "CHANGELOG.md"
        for name in re.findall(r"`(?:[\w<>]+/)*(\w+\.py)`", document.text)
    }
    assert named - modules == set()


def test_the_readme_leads_to_every_document_of_the_manual() -> None:
    index = DOCUMENTS["docs/README.md"]
    linked = {os.path.normpath(f"docs/{link}") for link in index.links}
    assert "docs/README.md" in DOCUMENTS["README.md"].links
    assert {document.name for document in MANUAL} - {index.name, "README.md"} <= linked


def test_the_documents_are_of_this_version() -> None:
    named = {
        version
        for document in DOCUMENTS.values()
        for version in re.findall(r"kokoro_openai_server-([\d.]+)-", document.text)
    }
    released = re.findall(r"^## \[(\d.*)\] - ", DOCUMENTS["CHANGELOG.md"].text, re.MULTILINE)
    supported = re.findall(
        r"^\| ([\d.]+)\.x \| yes \|$", DOCUMENTS["SECURITY.md"].text, re.MULTILINE
    )
    assert named == {__version__}
    assert released[0] == __version__
    assert supported == [__version__.rpartition(".")[0]]


def test_every_setting_has_its_row() -> None:
    table = DOCUMENTS["docs/settings.md"].section("## All settings")
    documented = set(re.findall(r"`([A-Z_]{4,})`", table)), set(re.findall(r"`(--[\w-]+)`", table))
    assert documented == (
        {env_name(setting) for setting in fields(Settings)},
        {flag_name(setting) for setting in fields(Settings)},
    )


def test_every_endpoint_is_described(client: FlaskClient) -> None:
    code = re.findall("`(.*?)`", DOCUMENTS["docs/api.md"].text)
    documented = {re.sub(r"\{.*?\}", "{}", words) for words in code}
    missing = []
    for path, operations in client.get("/openapi.json").get_json()["paths"].items():
        plain = re.sub(r"\{.*?\}", "{}", path)
        # A row names a method once: `GET /health`, `/health/ready`, `/health/live`.
        missing += [
            f"{method.upper()} {path}"
            for method in operations
            if not documented & {f"{method.upper()} {plain}", plain}
        ]
    assert missing == [], "docs/api.md needs a row and a section for each"


def test_the_endpoints_that_may_be_public_are_listed() -> None:
    assert f"any of `{','.join(ENDPOINTS)}`" in DOCUMENTS["docs/settings.md"].text


def test_every_voice_and_name_is_listed() -> None:
    text = DOCUMENTS["docs/voices.md"].text
    missing = {name for name in (*CATALOGUE, *ALIASES) if not re.search(rf"\b{name}\b", text)}
    assert missing == set()


@pytest.fixture
def path_with_player(tmp_path: Path) -> str:
    """A search path with an ffplay that writes played.wav: a test machine has no loudspeaker."""
    player = tmp_path / "bin" / "ffplay"
    player.parent.mkdir()
    player.write_text("#!/bin/sh\ncat > played.wav\n")
    player.chmod(0o755)
    return f"{player.parent}:{os.environ['PATH']}"


@pytest.mark.slow
@pytest.mark.needs("curl")
@pytest.mark.parametrize("block", CURL_BLOCKS, ids=range(len(CURL_BLOCKS)))
def test_curl_lines_run_as_they_stand(
    server: Server, block: str, path_with_player: str, tmp_path: Path
) -> None:
    result = subprocess.run(
        [
            "bash",
            "-euo",
            "pipefail",
            "-c",
            block.replace("localhost:8000", f"127.0.0.1:{server.port}"),
        ],
        cwd=tmp_path,
        env={**os.environ, "PATH": path_with_player},
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
@pytest.mark.parametrize("block", PYTHON_BLOCKS, ids=range(len(PYTHON_BLOCKS)))
def test_python_runs_as_it_stands(
    server: Server, block: str, path_with_player: str, tmp_path: Path
) -> None:
    code = block.replace("localhost:8000", f"127.0.0.1:{server.port}")
    environ = {**os.environ, "PATH": path_with_player}
    command = [sys.executable, "-c", code]
    subprocess.run(command, cwd=tmp_path, env=environ, check=True, timeout=120)
    spoken = [path for path in tmp_path.iterdir() if path.is_file()]
    assert spoken
    for path in spoken:
        assert path.stat().st_size > 24_000
        assert (path.read_bytes()[:4] == b"RIFF") == (path.suffix == ".wav")


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


def test_examples_of_text_are_said_as_they_stand() -> None:
    text = DOCUMENTS["docs/text.md"].text
    rows = re.findall(r"^\| (\w[\w ]+) \| (.+?) \| (.+?) \|$", text, re.MULTILINE)
    front_end = FrontEnd("", Lexicon(), True, lambda language: True)
    languages = {language.name: language for language in LANGUAGES.values()}
    assert {name for name, _, _ in rows} == set(languages)
    for name, written, said in rows:
        pieces = front_end.read(written, languages[name])
        assert " ".join(piece.spans[0].text for piece in pieces) == said  # type: ignore[union-attr]
