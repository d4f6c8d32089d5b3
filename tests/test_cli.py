"""The command: its flags, its subcommands, and errors in one line."""

from dataclasses import fields

import pytest
from click.testing import CliRunner

from app.cli import main
from app.settings import BAD_CONFIGURATION, Settings, env_name, flag_name
from app.version import NAME, __version__


def test_help_lists_every_setting_and_subcommand(runner: CliRunner) -> None:
    output = runner.invoke(main, ["--help"], terminal_width=120).output
    for setting in fields(Settings):
        assert flag_name(setting) in output
        assert env_name(setting) in output
    for subcommand in ("serve", "say", "voices", "download", "prepare", "check", "health"):
        assert f"  {subcommand} " in output


def test_the_version_is_printed(runner: CliRunner) -> None:
    assert __version__ in runner.invoke(main, ["--version"]).output


def test_a_flag_wins_over_the_environment(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[Settings] = []
    monkeypatch.setattr("app.commands.serve.run_server", served.append)
    environ = {"PORT": "9000", "KOKORO_WORKERS": "2"}
    result = runner.invoke(main, ["--port", "9001"], env=environ)
    assert result.exit_code == 0, result.output
    assert (served[0].port, served[0].workers) == (9001, 2)


@pytest.mark.parametrize(
    ("flags", "environ", "expected"),
    [
        ([], {}, False),
        (["--openai"], {}, True),
        (["--openai"], {"KOKORO_OPENAI": "off"}, True),
        ([], {"KOKORO_OPENAI": "on"}, True),
        (["--no-openai"], {"KOKORO_OPENAI": "on"}, False),
    ],
)
def test_a_switch_that_is_off_is_turned_on_by_its_bare_flag(
    runner: CliRunner,
    monkeypatch: pytest.MonkeyPatch,
    flags: list[str],
    environ: dict[str, str],
    expected: bool,
) -> None:
    served: list[Settings] = []
    monkeypatch.setattr("app.commands.serve.run_server", served.append)
    result = runner.invoke(main, [*flags, "--markdown", "off"], env=environ)
    assert result.exit_code == 0, result.output
    assert (served[0].openai, served[0].markdown) == (expected, False)


@pytest.mark.parametrize(
    ("arguments", "environ"), [(["--workers", "9"], {}), ([], {"KOKORO_WORKERS": "9"})]
)
def test_a_bad_setting_ends_the_command_in_one_line(
    runner: CliRunner, arguments: list[str], environ: dict[str, str]
) -> None:
    result = runner.invoke(main, arguments, env=environ)
    assert result.exit_code == BAD_CONFIGURATION
    assert result.output == (
        "Error: KOKORO_WORKERS (--workers) is '9'; allowed: a whole number from 1 to 8.\n"
    )


def test_a_path_to_nothing_ends_the_command_in_one_line(runner: CliRunner) -> None:
    result = runner.invoke(main, ["--api-key-file", "/no/such/file"])
    assert result.exit_code == BAD_CONFIGURATION
    assert result.output == (
        "Error: API_KEY_FILE (--api-key-file) is '/no/such/file'; "
        "allowed: a file that exists and can be read.\n"
    )


@pytest.mark.parametrize("command", [[], ["serve"]])
def test_help_tells_what_each_setting_allows(runner: CliRunner, command: list[str]) -> None:
    output = " ".join(runner.invoke(main, [*command, "--help"], terminal_width=120).output.split())
    for setting in fields(Settings):
        assert f"Allowed: {setting.metadata['values'].allowed}." in output


@pytest.mark.parametrize(
    ("arguments", "suggestion"),
    [(["sevre"], "serve"), (["voice"], "voices"), (["--prot", "80"], "--port")],
)
def test_a_misspelt_command_or_option_is_answered_with_the_nearest(
    runner: CliRunner, arguments: list[str], suggestion: str
) -> None:
    result = runner.invoke(main, arguments)
    assert result.exit_code == 2
    assert "Did you mean" in result.output
    assert f"'{suggestion}'" in result.output


@pytest.mark.parametrize("option", ["--model-path", "--no-openai"])
@pytest.mark.parametrize("command", ["say", "check", "health"])
def test_a_server_option_after_a_command_is_answered_with_its_place(
    runner: CliRunner, command: str, option: str
) -> None:
    result = runner.invoke(main, [command, option, "Hola"], prog_name=NAME)
    assert result.exit_code == 2
    place = f"It goes before the command: {NAME} {option} ... {command}"
    assert place in " ".join(result.output.split())


def test_an_empty_flag_is_refused_and_opens_no_server(runner: CliRunner) -> None:
    result = runner.invoke(main, ["--api-key", ""], env={"API_KEY": "s3cret"})
    assert result.exit_code == BAD_CONFIGURATION
    assert result.output == "Error: --api-key is empty.\n"
