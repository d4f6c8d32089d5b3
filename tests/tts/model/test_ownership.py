"""Files that another user may have written are not loaded, wherever they are; root's are."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.tts.errors import AssetError, CannotPrepare
from app.tts.model.assets import (
    ModelFile,
    cache_folder,
    download_model,
    find_model,
    make_cache_folder,
)
from app.tts.model.ownership import NotOurs, close_to_others, require_ours
from app.tts.model.prepared import (
    PreparedGraph,
    find_prepared,
    find_unsuitable,
    prepared_folder,
    remember_unsuitable,
)
from app.tts.prepare.prepare import prepare
from tests.conftest import TINY_VOICE
from tests.servers import PROJECT
from tests.tts.model.test_assets import CONTENT, FileHost, host

__all__ = ["host"]  # a fixture

STRANGER = 65_534

TINY = ModelFile("tests", TINY_VOICE, "tiny" * 16)

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    folder = tmp_path / "cache"
    make_cache_folder(folder)
    return folder


@pytest.fixture
def umask() -> Iterator[None]:
    """Let everybody write to the files of this process."""
    before = os.umask(0)
    yield
    os.umask(before)


def prepared_in(cache: Path) -> PreparedGraph:
    """Both halves of a model, with valid checksums."""
    prepared = PreparedGraph(prepared_folder(TINY, cache))
    prepared.folder.mkdir()
    for half in (prepared.acoustic, prepared.vocoder):
        half.write_bytes(b"half a model")
    prepared.seal()
    return prepared


def test_what_this_user_made_is_loaded(cache: Path) -> None:
    prepared = prepared_in(cache)
    assert find_prepared(TINY, cache) == prepared
    remember_unsuitable(TINY, cache, "no reason")
    assert find_unsuitable(TINY, cache) == "no reason"


def test_so_it_is_whatever_the_umask_and_nobody_else_may_write_it(
    umask: None, tmp_path: Path
) -> None:
    cache = tmp_path / "new" / "cache"
    make_cache_folder(cache)
    prepared = prepared_in(cache)
    assert find_prepared(TINY, cache) == prepared
    for path in (cache, *cache.rglob("*")):
        assert path.stat().st_mode & 0o022 == 0


@only_root
@pytest.mark.parametrize(
    "name", ["", "{folder}", "{folder}/acoustic.onnx", "{folder}/vocoder.onnx"], ids=range(4)
)
def test_what_belongs_to_a_stranger_is_not_loaded(
    cache: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    prepared = prepared_in(cache)
    os.chown(cache / name.format(folder=prepared.folder.name), STRANGER, STRANGER)
    assert find_prepared(TINY, cache) is None
    assert "belongs to another user" in caplog.text


@pytest.mark.parametrize(
    "name", ["", "{folder}", "{folder}/acoustic.onnx", "{folder}/checksums.json"], ids=range(4)
)
def test_what_everybody_may_write_is_not_loaded(cache: Path, name: str) -> None:
    prepared = prepared_in(cache)
    path = cache / name.format(folder=prepared.folder.name)
    path.chmod(path.stat().st_mode | 0o002)
    assert find_prepared(TINY, cache) is None


@only_root
def test_a_link_of_a_stranger_is_not_followed_even_to_what_is_ours(
    cache: Path, tmp_path: Path
) -> None:
    prepared_in(cache)
    link = tmp_path / "link"
    link.symlink_to(cache)
    assert find_prepared(TINY, link) is not None
    os.chown(link, STRANGER, STRANGER, follow_symlinks=False)
    assert find_prepared(TINY, link) is None
    with pytest.raises(CannotPrepare, match="belongs to another user"):
        prepare(TINY, link)


@only_root
def test_a_link_of_ours_to_what_is_a_strangers_is_not_followed(cache: Path, tmp_path: Path) -> None:
    prepared = prepared_in(cache)
    theirs = tmp_path / "theirs.onnx"
    theirs.write_bytes(prepared.acoustic.read_bytes())
    os.chown(theirs, STRANGER, STRANGER)
    prepared.acoustic.unlink()
    prepared.acoustic.symlink_to(theirs)
    assert find_prepared(TINY, cache) is None


@only_root
def test_a_note_of_a_stranger_that_a_model_is_unsuitable_is_not_believed(cache: Path) -> None:
    remember_unsuitable(TINY, cache, "no reason")
    (note,) = cache.glob("*.unsuitable")
    os.chown(note, STRANGER, STRANGER)
    assert find_unsuitable(TINY, cache) is None


@only_root
def test_nothing_is_downloaded_or_prepared_into_a_strangers_folder(
    cache: Path, host: FileHost
) -> None:
    os.chown(cache, STRANGER, STRANGER)
    with pytest.raises(AssetError, match=r"belongs to another user \(nobody\)"):
        download_model(cache, published=host.published)
    with pytest.raises(CannotPrepare, match=r"belongs to another user \(nobody\)"):
        prepare(TINY, cache)
    assert list(cache.iterdir()) == []


@only_root
def test_a_model_in_a_strangers_cache_is_passed_over(
    cache: Path, host: FileHost, caplog: pytest.LogCaptureFixture
) -> None:
    cached = download_model(cache, published=host.published)
    os.chown(cache, STRANGER, STRANGER)
    assert find_model(None, cache, host.published) != cached
    assert "is not used" in caplog.text


def test_a_folder_of_ours_that_everybody_may_write_to_is_closed_before_it_is_used(
    cache: Path,
) -> None:
    cache.chmod(0o777)
    make_cache_folder(cache)
    assert cache.stat().st_mode & 0o777 == 0o755


@only_root
def test_another_user_reads_what_root_has_made() -> None:
    # Not in pytest's folder, which other users cannot enter.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        cache = Path(folder) / "cache"
        make_cache_folder(cache)
        prepared_in(cache)
        code = f"""
import os
from pathlib import Path
from app.tts.model.assets import ModelFile
from app.tts.model.prepared import find_prepared
os.setuid({STRANGER})
model = ModelFile("tests", Path(), {TINY.sha256!r})
assert find_prepared(model, Path({str(cache)!r}))
"""
        subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=True)


@only_root
def test_a_group_of_this_user_alone_may_write_and_others_may_not(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch(mode=0o664)
    path.chmod(0o664)
    os.chown(path, 0, 4_242_424)  # a group without members
    require_ours(path)
    os.chown(path, 0, STRANGER)  # the user nobody is
    with pytest.raises(NotOurs, match="can be written to by other users"):
        require_ours(path)
    close_to_others(path)
    assert path.stat().st_mode & 0o777 == 0o644


def test_users_without_a_home_have_a_cache_each(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", no_home)
    mine = cache_folder({})
    monkeypatch.setattr(os, "getuid", lambda: STRANGER)
    assert cache_folder({}) != mine
    assert cache_folder({}).name.endswith(str(STRANGER))


def test_what_is_downloaded_is_whole(cache: Path, host: FileHost) -> None:
    model = download_model(cache, published=host.published)
    assert isinstance(model.onnx, Path)
    assert model.onnx.read_bytes() == CONTENT
