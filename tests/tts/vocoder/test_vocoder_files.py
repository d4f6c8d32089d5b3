"""Code and weights are read as they were written, or not at all."""

import ast
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest

from app.tts.errors import AssetError, CannotPrepare
from app.tts.vocoder import vocoder_files
from app.tts.vocoder.machine_code.code_file import UnusableCode, write_code
from app.tts.vocoder.machine_code.linker import link
from app.tts.vocoder.machine_code.object_code import compile_module
from app.tts.vocoder.machine_code.processors import present_instruction_sets
from app.tts.vocoder.memory import address
from app.tts.vocoder.vocoder_files import (
    GENERATORS,
    DamagedFiles,
    VocoderFiles,
    files_for_this_processor,
)
from tests.tts.model.test_ownership import STRANGER, only_root

FACTS = {"first_channels": {"1.noise.0.1": 5}, "channels": 8, "norms": "one two"}

VOCODER = Path(vocoder_files.__file__).parent
GENERATING = [
    str(path.relative_to(VOCODER)) for pattern in GENERATORS for path in VOCODER.glob(pattern)
]

RUN = "define void @run(ptr %run, ptr %leave, ptr %space) {\n  ret void\n}\n"


def arrays() -> Mapping[str, np.ndarray]:
    random = np.random.default_rng(0)
    return {
        "halves": random.normal(size=(3, 5)).astype(np.float16),
        "floats": random.normal(size=17).astype(np.float32),
        "doubles": random.normal(size=(2, 3)),
        "turned": np.asfortranarray(random.normal(size=(4, 3)).astype(np.float32)),
        "one": np.array([1.5], np.float32),
    }


def write_small(files: VocoderFiles) -> None:
    """Write tiny files, whose code does nothing."""
    files.folder.mkdir(parents=True)
    write_code(files.code, link(compile_module(RUN, files.instruction_set)))
    files.write_weights(arrays(), FACTS)


@pytest.fixture
def files(tmp_path: Path) -> VocoderFiles:
    files = VocoderFiles(tmp_path / "prepared" / "made", present_instruction_sets()[0])
    write_small(files)
    return files


def test_files_are_loaded_as_they_were_written(files: VocoderFiles) -> None:
    loaded = files.load()
    assert files.is_intact()
    assert list(loaded.arrays) == list(arrays())
    for name, array in arrays().items():
        kind = np.float16 if name == "halves" else np.float32
        assert loaded.arrays[name].dtype == kind
        assert np.array_equal(loaded.arrays[name], array.astype(kind))
        assert address(loaded.arrays[name]) % 64 == 0
        assert loaded.arrays[name].flags.c_contiguous
    assert loaded.first_channels == FACTS["first_channels"]
    assert loaded.channels == FACTS["channels"]
    assert loaded.norms == ["one", "two"]
    assert loaded.registers == files.registers
    assert loaded.instruction_set == files.instruction_set.name


def test_functions_are_found_and_the_loop_can_be_called(files: VocoderFiles) -> None:
    loaded = files.load()
    assert loaded.functions["run"] == loaded.code.address("run")
    loaded.loop(0, 0, 0)


def test_code_can_be_loaded_without_the_weights(files: VocoderFiles) -> None:
    loaded = files.load(with_weights=False)
    assert {name: array.shape for name, array in loaded.arrays.items()} == {
        name: array.shape for name, array in arrays().items()
    }
    assert not any(array.any() for array in loaded.arrays.values())


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


DAMAGES: Mapping[str, Callable[[bytes], bytes | None]] = {
    "missing": lambda content: None,
    "empty": lambda content: b"",
    "cut": lambda content: content[:-1],
    "longer": lambda content: content + b"0",
    "flipped": flipped,
}


@pytest.mark.parametrize("name", ["code", "weights", "manifest"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_files_are_not_intact(files: VocoderFiles, name: str, damage: str) -> None:
    path = files.folder / name
    content = DAMAGES[damage](path.read_bytes())
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    assert not files.is_intact()


@pytest.mark.parametrize("content", [b"{}", b"[]", b"5", b"null", b"\n{}", b"\xff\xfe"])
def test_an_invalid_manifest_is_reported_as_damaged(files: VocoderFiles, content: bytes) -> None:
    files.manifest.write_bytes(content)
    assert not files.is_intact()
    with pytest.raises(DamagedFiles, match="is damaged"):
        files.load()


def test_weights_that_are_too_short_are_not_loaded(files: VocoderFiles) -> None:
    files.weights.write_bytes(files.weights.read_bytes()[:-64])
    with pytest.raises(DamagedFiles, match="weights is damaged"):
        files.load()


def test_damaged_code_is_not_loaded(files: VocoderFiles) -> None:
    files.code.write_bytes(flipped(files.code.read_bytes()))
    with pytest.raises(UnusableCode, match="checksum"):
        files.load()


@only_root
@pytest.mark.parametrize("name", ["..", ".", "code", "weights", "manifest"])
def test_files_of_another_user_are_not_loaded(files: VocoderFiles, name: str) -> None:
    os.chown(files.folder / name, STRANGER, STRANGER)
    assert not files.is_intact()
    with pytest.raises(DamagedFiles, match="belongs to another user"):
        files.load()


@pytest.mark.parametrize("name", ["..", ".", "code", "weights", "manifest"])
def test_files_that_everybody_can_write_to_are_not_loaded(files: VocoderFiles, name: str) -> None:
    path = files.folder / name
    path.chmod(path.stat().st_mode | 0o002)
    assert not files.is_intact()
    with pytest.raises(DamagedFiles, match="can be written to by other users") as raised:
        files.load()
    assert isinstance(raised.value, AssetError)


def test_files_are_not_writable_by_others_whatever_the_umask(files: VocoderFiles) -> None:
    before = os.umask(0)
    try:
        files.write_weights(arrays(), FACTS)
    finally:
        os.umask(before)
    for path in (files.folder, *files.folder.iterdir()):
        assert path.stat().st_mode & 0o022 == 0
    assert files.is_intact()


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the modules that build the files, to be changed."""
    copy = shutil.copytree(VOCODER, tmp_path / "sources")
    monkeypatch.setattr(vocoder_files, "__file__", str(copy / "vocoder_files.py"))
    yield copy
    vocoder_files._generator_digest.cache_clear()


def folder() -> str:
    vocoder_files._generator_digest.cache_clear()
    return files_for_this_processor(Path("prepared")).folder.name


def test_a_change_of_any_module_that_builds_the_files_changes_their_folder(
    sources: Path,
) -> None:
    seen = [folder()]
    assert folder() == seen[0]
    for path in GENERATING:
        (sources / path).write_text("# another version")
        seen.append(folder())
    assert len(set(seen)) == len(GENERATING) + 1
    (sources / "thread_pool.py").write_text("# another version")
    assert folder() == seen[-1]


def test_another_precision_of_the_weights_changes_the_folder(
    sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = folder()
    monkeypatch.setattr(vocoder_files, "WEIGHTS_KIND", "float32")
    assert folder() != before


def test_the_folder_depends_on_all_modules_that_make_code_and_weights() -> None:
    def imported(module: str) -> set[str]:
        tree = ast.parse((VOCODER / module).read_text())
        names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        start = "app.tts.vocoder."
        ours = [name.removeprefix(start) for name in names if name.startswith(start)]
        return {f"{name.replace('.', '/')}.py" for name in ours}

    makers = ("object_code", "linker", "code_file")
    following = {"kernels/module.py", "weights.py", *(f"machine_code/{name}.py" for name in makers)}
    reached = set[str]()
    while following:
        reached |= following
        following = {name for module in following for name in imported(module)} - reached
    packages = {path for path in GENERATING if path.endswith("__init__.py")}
    assert reached == set(GENERATING) - packages


def test_an_unsupported_machine_is_refused_with_what_it_needs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vocoder_files, "present_instruction_sets", lambda: [])
    with pytest.raises(CannotPrepare, match="AVX2 and FMA"):
        files_for_this_processor(Path("prepared"))
