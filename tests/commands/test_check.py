"""`check` reports for each thing that a start needs whether it is in order."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from tests.conftest import TINY_VOICE
from tests.servers import free_port
from tests.web.hooks.test_rate_limit import redis_server


@pytest.fixture
def runner(runner: CliRunner, tmp_path: Path) -> CliRunner:
    """Runs the command with a small model, and a cache of its own."""
    caches = str(tmp_path / "caches")
    return CliRunner(
        env={**runner.env, "KOKORO_MODEL_PATH": str(TINY_VOICE), "XDG_CACHE_HOME": caches}
    )


def checked(runner: CliRunner, *arguments: str) -> Result:
    return runner.invoke(main, [*arguments, "check"])


def line_of(result: Result, name: str) -> str:
    (line,) = [
        line
        for line in result.output.splitlines()
        if line.split(maxsplit=1)[1].startswith(f"{name}: ")
    ]
    return line


def test_each_thing_that_is_in_order_has_its_line(runner: CliRunner, tmp_path: Path) -> None:
    keys, lexicon = tmp_path / "keys", tmp_path / "words"
    keys.write_text("alice:SECRET\n")
    lexicon.write_text("Kokoro\ten\tkˈOkəɹO\n")
    flags = ["--api-key-file", str(keys), "--lexicon", str(lexicon), "--rate-limit", "5/minute"]

    result = checked(runner, *flags, "--extra-formats", "mp3")

    assert result.exit_code == 0, result.output
    assert [line.split()[0] for line in result.output.splitlines()] == ["ok"] * 8
    assert "API_KEY_FILE" in line_of(result, "settings")
    assert line_of(result, "keys").endswith("alice")
    assert "5/minute, counted in memory" in line_of(result, "rate limit")
    assert line_of(result, "lexicon").endswith("words: 1")
    assert line_of(result, "voices").endswith("54")
    assert "wav, pcm, mp3" in line_of(result, "formats")
    assert str(TINY_VOICE) in line_of(result, "model")
    assert "SECRET" not in result.output


@pytest.mark.parametrize(
    ("flag", "content", "name"),
    [
        ("--api-key-file", "alice:SECRET SECRET", "keys"),
        ("--lexicon", "a word without phonemes", "lexicon"),
        ("--model-path", "no model", "model"),
    ],
)
def test_a_file_that_is_damaged_fails_and_the_others_are_checked_all_the_same(
    runner: CliRunner, tmp_path: Path, flag: str, content: str, name: str
) -> None:
    path = tmp_path / "file"
    path.write_text(content)
    result = checked(runner, flag, str(path))
    assert result.exit_code == 1
    failed = [line for line in result.output.splitlines() if line.startswith("failed")]
    assert failed == [line_of(result, name)]
    assert str(path) in failed[0]
    assert len(result.output.splitlines()) == 8
    assert "SECRET" not in result.output


def test_a_file_that_is_not_there_fails(runner: CliRunner) -> None:
    result = checked(runner, "--lexicon", "/no/such/file")
    assert result.exit_code == 1
    assert line_of(result, "settings").startswith("failed")
    assert "KOKORO_LEXICON" in line_of(result, "settings")


def test_a_voice_that_is_damaged_fails(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "af_bad.npy").touch()
    result = checked(runner, "--voices-dir", str(tmp_path))
    assert result.exit_code == 1
    assert "af_bad.npy" in line_of(result, "voices")


def test_acceleration_that_is_not_there_fails(runner: CliRunner) -> None:
    result = checked(runner, "--acceleration", "directml")
    assert result.exit_code == 1
    assert "onnxruntime-directml" in line_of(result, "model")


def test_a_model_that_is_not_prepared_yet_is_reported(runner: CliRunner) -> None:
    assert "not prepared yet" in line_of(checked(runner), "model")
    assert runner.invoke(main, ["prepare"]).exit_code == 0  # remembers that it cannot
    assert "runs as it is" in line_of(checked(runner), "model")


def test_a_misspelt_setting_is_reported(runner: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOKORO_WORKER", "2")
    result = checked(runner)
    assert result.exit_code == 0
    assert result.output.startswith("warning settings: KOKORO_WORKER is not a setting")


@pytest.mark.parametrize(
    ("arguments", "environ", "said"),
    [
        (["--workers", "99"], {}, "KOKORO_WORKERS (--workers) is '99'; allowed: "),
        ([], {"KOKORO_WORKERS": "99"}, "KOKORO_WORKERS (--workers) is '99'; allowed: "),
        (["--api-key", ""], {}, "--api-key is empty."),
    ],
)
def test_a_value_that_is_not_allowed_fails_and_nothing_else_is_checked(
    runner: CliRunner, arguments: list[str], environ: dict[str, str], said: str
) -> None:
    result = runner.invoke(main, [*arguments, "check"], env=environ)
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert line.startswith(f"failed  settings: {said}")


@pytest.mark.slow
def test_a_redis_that_does_not_answer_fails(runner: CliRunner) -> None:
    port = free_port()
    flags = ["--rate-limit", "5/minute", "--rate-limit-storage", f"redis://127.0.0.1:{port}"]
    result = checked(runner, *flags)
    assert result.exit_code == 1
    assert "does not answer" in line_of(result, "rate limit")
    with redis_server(port):
        result = checked(runner, *flags)
    assert result.exit_code == 0
    assert "counted in redis" in line_of(result, "rate limit")


def test_nothing_is_prepared_or_downloaded(runner: CliRunner, tmp_path: Path) -> None:
    checked(runner)
    assert not (tmp_path / "caches").exists()
