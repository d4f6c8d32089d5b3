"""Keys of the key file are accepted, bad lines are refused, and no message shows a key."""

import os
import re
import signal
from pathlib import Path

import pytest
import requests

from app.settings import BAD_CONFIGURATION, SettingError, Settings
from app.web.api_keys import Keys
from tests.conftest import TINY_VOICE
from tests.servers import gunicorn_server, wait_until

GOOD = "# who may speak\n\nalice:s3cret\nb0b-key\r\n  carol.phone:a:b\n"


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "keys"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    path.chmod(0o600)
    return path


def test_every_key_of_the_file_has_a_name(tmp_path: Path) -> None:
    keys = Keys.load(Settings(api_key_file=written(tmp_path, GOOD)))
    keys.require_sound()
    found = {key: keys.find(key) for key in (b"s3cret", b"b0b-key", b"a:b")}
    assert found == {b"s3cret": "alice", b"b0b-key": "line-4", b"a:b": "carol.phone"}
    assert keys.warnings == []


@pytest.mark.parametrize("token", [b"", b"s3cre", b"s3cret ", b"alice:s3cret", b"alice", b"#"])
def test_only_what_is_in_the_file_is_a_key(tmp_path: Path, token: bytes) -> None:
    assert Keys.load(Settings(api_key_file=written(tmp_path, GOOD))).find(token) is None


def test_the_key_of_the_settings_opens_beside_those_of_the_file(tmp_path: Path) -> None:
    keys = Keys.load(Settings(api_key="s", api_key_file=written(tmp_path, "alice:t")))
    assert (keys.find(b"s"), keys.find(b"t")) == ("default", "alice")


def test_keys_of_any_script_are_read_whatever_wrote_the_file(tmp_path: Path) -> None:
    keys = Keys.load(Settings(api_key_file=written(tmp_path, "\ufeffalice:schlüssel\r\n鍵")))
    assert keys.find("schlüssel".encode()) == "alice"
    assert keys.find("鍵".encode()) == "line-2"


@pytest.mark.parametrize(
    ("mode", "is_of_our_group", "warnings"),
    [(0o440, True, 0), (0o440, False, 1), (0o460, True, 1), (0o444, True, 1)],
)
def test_a_file_of_another_user_may_be_read_by_a_group_of_ours(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    mode: int,
    is_of_our_group: bool,
    warnings: int,
) -> None:
    """In Kubernetes, root and the pod's fsGroup own the files of a Secret."""
    path = written(tmp_path, "alice:SECRET")
    path.chmod(mode)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    monkeypatch.setattr(os, "getegid", lambda: path.stat().st_gid + 1)
    monkeypatch.setattr(os, "getgroups", lambda: [path.stat().st_gid + 1 - is_of_our_group])
    assert len(Keys.load(Settings(api_key_file=path)).warnings) == warnings


BAD_LINES = {
    "a space in the key": "alice:SECRET SECRET",
    "a tab in the key": "alice:SECRET\tSECRET",
    "no key after the name": "SECRET:",
    "a name with a space": "SECRET SECRET:SECRET",
    "no name before the colon": ":SECRET",
    "too long a name": "a" * 65 + ":SECRET",
    "a name in another script": "SECRÉT:SECRET",
    "a line separator": "SECRET\u2028SECRET",
    "another encoding": b"SECR\xc9T",
    "a name used twice": "good:SECRET",
    "a name that lines without one have": "line-3:SECRET\nSECRET2",
    "a key used twice": "other:GOODSECRET",
    "the key of the settings": "other:SETTINGSECRET",
    "the name of the settings' key": "default:SECRET",
}


@pytest.mark.parametrize("line", BAD_LINES.values(), ids=BAD_LINES)
def test_a_bad_line_stops_a_start_and_is_left_out_of_a_reload(
    tmp_path: Path, line: str | bytes
) -> None:
    line = line.encode() if isinstance(line, str) else line
    path = written(tmp_path, b"good:GOODSECRET\n" + line + b"\n\nlast:LASTSECRET\n")

    keys = Keys.load(Settings(api_key="SETTINGSECRET", api_key_file=path))

    with pytest.raises(SettingError, match=r"^The key file .*/keys, line [23]: \w.*\.$") as raised:
        keys.require_sound()
    assert len(keys.problems) == 1
    assert "SEC" not in raised.value.message
    opening = {b"GOODSECRET": "good", b"LASTSECRET": "last", b"SETTINGSECRET": "default"}
    assert {key: keys.find(key) for key in opening} == opening


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "holds no key."),
        ("# later\n\n", "holds no key."),
        ("alice:\n", "line 1: a key must be printable characters without spaces."),
        ("alice:SECRET\n".encode("utf-16"), "line 1: it is not UTF-8."),
    ],
)
def test_a_key_is_needed_even_if_no_valid_one_is_left(
    tmp_path: Path, content: str | bytes, problem: str
) -> None:
    keys = Keys.load(Settings(api_key_file=written(tmp_path, content)))
    assert keys.is_needed
    assert keys.find(b"") is None
    assert keys.problems[0].endswith(problem)
    with pytest.raises(SettingError):
        keys.require_sound()


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    keys = Keys.load(Settings(api_key_file=tmp_path))
    with pytest.raises(SettingError, match=r"cannot be read: Is a directory\."):
        keys.require_sound()
    assert keys.is_needed


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_file_that_others_may_read_gets_a_warning(tmp_path: Path, mode: int) -> None:
    path = written(tmp_path, GOOD)
    path.chmod(mode)
    keys = Keys.load(Settings(api_key_file=path))
    keys.require_sound()
    (warning,) = keys.warnings
    assert str(path) in warning


def test_without_any_setting_no_key_is_needed() -> None:
    assert not Keys.load(Settings()).is_needed


def test_keys_are_not_shown_by_accident(tmp_path: Path) -> None:
    keys = Keys.load(Settings(api_key="SECRET", api_key_file=written(tmp_path, "alice:SECRET2")))
    assert repr(keys) == "<Keys default, alice>"


@pytest.mark.slow
def test_a_server_does_not_start_with_a_bad_line(tmp_path: Path) -> None:
    path = written(tmp_path, "alice:SECRET SECRET")
    log = tmp_path / "log"
    with gunicorn_server({"API_KEY_FILE": str(path)}, log) as server:
        assert server.process.wait(60) == BAD_CONFIGURATION
    errors = [line for line in server.log.splitlines() if "Error: " in line]
    assert errors == [
        f"Error: The key file {path}, line 1: a key must be printable characters without spaces."
    ]
    assert "SECRET" not in server.log


@pytest.mark.slow
def test_a_reload_accepts_the_keys_that_are_valid_then(tmp_path: Path) -> None:
    path = written(tmp_path, "old:OLD")
    environ = {
        "API_KEY_FILE": str(path),
        "KOKORO_MODEL_PATH": str(TINY_VOICE),
        "KOKORO_PUBLIC_ENDPOINTS": "health",
    }

    def status(key: str) -> int:
        headers = {"Authorization": f"Bearer {key}"}
        return requests.get(f"{server.url}/v1/models", headers=headers, timeout=10).status_code

    with gunicorn_server(environ, tmp_path / "log") as server:
        server.wait_until_healthy()
        assert (status("OLD"), status("NEW")) == (200, 401)

        written(tmp_path, "new:NEW\nbad:BAD BAD\n")
        server.process.send_signal(signal.SIGHUP)
        wait_until(lambda: (status("OLD"), status("NEW")) == (401, 200))
        assert f"The key file {path}, line 2: " in server.log

        written(tmp_path, "")
        server.process.send_signal(signal.SIGHUP)
        wait_until(lambda: {status("OLD"), status("NEW"), status("")} == {401})
        assert f"The key file {path} holds no key." in server.log
        assert not re.search("OLD|NEW|BAD", server.log)
