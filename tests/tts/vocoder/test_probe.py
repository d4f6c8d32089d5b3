"""Code that cannot run is detected in a child process, which it may crash."""

import os
import platform
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from app.tts.errors import CannotPrepare
from app.tts.vocoder.machine_code.code_file import MappedCode, write_code
from app.tts.vocoder.machine_code.linker import LinkedCode
from app.tts.vocoder.probe import require_working
from app.tts.vocoder.vocoder_files import VocoderFiles

pytestmark = pytest.mark.slow

IS_X86 = platform.machine() == "x86_64"

ILLEGAL = bytes.fromhex("0f0b" if IS_X86 else "00000000")  # ud2; udf
FAULTY = bytes.fromhex("31c08900" if IS_X86 else "000080d2000000b9")  # writes to address 0
RETURNS = bytes.fromhex("c3" if IS_X86 else "c0035fd6")


@pytest.fixture
def files(real_files: VocoderFiles, tmp_path: Path) -> VocoderFiles:
    """A copy of the real files whose code may be replaced."""
    copy = VocoderFiles(tmp_path / "files", real_files.instruction_set)
    copy.folder.mkdir()
    shutil.copy(real_files.code, copy.code)
    shutil.copy(real_files.manifest, copy.manifest)
    copy.weights.symlink_to(real_files.weights)
    return copy


def replace_code(files: VocoderFiles, code: bytes) -> None:
    """Replace every function by this code."""
    entries = dict.fromkeys(MappedCode.open(files.code).names, 0)
    write_code(files.code, LinkedCode(code, entries))


def test_the_real_code_works(files: VocoderFiles) -> None:
    require_working(files)


def test_code_that_does_nothing_decodes_silence_and_works(files: VocoderFiles) -> None:
    replace_code(files, RETURNS)  # so the two tests below fail because of their code
    require_working(files)


@pytest.mark.parametrize("code", [ILLEGAL, FAULTY], ids=["illegal instruction", "fault"])
def test_code_that_crashes_its_process_is_refused(files: VocoderFiles, code: bytes) -> None:
    replace_code(files, code)
    with pytest.raises(CannotPrepare, match="do not run here: the code crashed"):
        require_working(files)


def test_damaged_code_is_refused_with_the_reason(files: VocoderFiles) -> None:
    files.code.write_bytes(files.code.read_bytes()[:-1])
    with pytest.raises(CannotPrepare, match=r"do not run here: .*its checksum is wrong"):
        require_working(files)


def test_a_process_that_cannot_be_started_does_not_crash_this_one(files: VocoderFiles) -> None:
    def fails(*arguments: object, **options: object) -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    with pytest.raises(CannotPrepare, match="Resource temporarily unavailable"):
        require_working(files, fails)


@pytest.fixture
def children_without_status() -> Iterator[None]:
    """Make children leave no exit status, as if an event loop had collected it first."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGCHLD, before)


@pytest.mark.usefixtures("children_without_status")
def test_the_verdict_needs_no_exit_status(files: VocoderFiles) -> None:
    require_working(files)
    replace_code(files, ILLEGAL)
    with pytest.raises(CannotPrepare, match="the code crashed"):
        require_working(files)


def test_a_probe_leaves_no_descriptors_and_no_children(files: VocoderFiles) -> None:
    require_working(files)

    def held() -> tuple[list[str], set[int]]:
        children = psutil.Process().children()  # including those of other tests
        return sorted(os.listdir("/proc/self/fd")), {child.pid for child in children}

    before = held()
    require_working(files)
    assert held() == before
