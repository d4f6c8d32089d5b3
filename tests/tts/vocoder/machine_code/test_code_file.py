"""Code is mapped from a file, even where no memory may be both writable and executable."""

import ctypes
import gc
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.tts.errors import AssetError
from app.tts.vocoder.machine_code.code_file import MappedCode, UnusableCode, write_code
from app.tts.vocoder.machine_code.processors import present_instruction_sets
from tests.servers import PROJECT
from tests.tts.vocoder.small_code import linked, table

CALL = """
import ctypes, sys
from pathlib import Path
from app.tts.vocoder.machine_code.code_file import MappedCode
made = (ctypes.c_float * 16)()
MappedCode.open(Path(sys.argv[1])).function("cube", ctypes.c_int64, ctypes.c_void_p)(9, made)
assert "llvmlite" not in sys.modules
print(made[0])
"""

FORBID = """
import ctypes, mmap
# prctl.h: PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN; since Linux 6.3.
if ctypes.CDLL(None).prctl(65, 1, 0, 0, 0) == 0:
    try:
        mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        raise SystemExit("Executable memory is not refused.")
    except PermissionError:
        pass
"""


@pytest.fixture(params=present_instruction_sets(), ids=lambda found: found.name)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file with the small code, for each instruction set of this machine."""
    path = tmp_path / "code"
    write_code(path, linked(request.param))
    return path


def python(code: str, *arguments: str | Path, before: tuple[str, ...] = ()) -> str:
    command = [*before, sys.executable, "-c", code, *map(str, arguments)]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_a_mapped_function_outlives_the_file_and_the_mapping(path: Path) -> None:
    code = MappedCode.open(path)
    function = code.function("add_table", ctypes.c_void_p, ctypes.c_void_p)
    del code
    gc.collect()
    path.unlink()
    x = np.ones(16, np.float32)
    made = np.zeros_like(x)
    function(x.ctypes.data, made.ctypes.data)
    width = np.count_nonzero(made)
    assert np.array_equal(made[:width], 1 + table(width))


def test_the_address_is_that_of_the_function(path: Path) -> None:
    code = MappedCode.open(path)
    kind = ctypes.CFUNCTYPE(None, ctypes.c_int64, ctypes.c_void_p)
    made = ctypes.c_float()
    kind(code.address("cube"))(5, ctypes.addressof(made))
    assert made.value == 125


def test_an_unknown_function_is_a_key_error(path: Path) -> None:
    with pytest.raises(KeyError, match="sinf"):
        MappedCode.open(path).function("sinf")


def test_mapped_code_is_not_writable(path: Path) -> None:
    code = MappedCode.open(path)
    assert permissions(code.address("cube")) == "r-xp"


def permissions(address: int) -> str:
    for line in Path("/proc/self/maps").read_text().splitlines():
        start, end, flags = re.match(r"(\w+)-(\w+) (\S+)", line).groups()
        if int(start, 16) <= address < int(end, 16):
            return flags
    raise LookupError(hex(address))


def test_code_runs_without_a_compiler_where_no_memory_may_become_executable(path: Path) -> None:
    assert float(python(FORBID + CALL, path)) == 729


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda file: b"", "mapped"),
        (lambda file: file[:20], "ends within its header"),
        (lambda file: b"#!/bin/sh\n" + file, "no code"),
        (lambda file: file[:8] + b"\xff" + file[9:], "another version"),
        (lambda file: file[:16] + b"\xff" + file[17:], "checksum"),
        (lambda file: file.replace(b"\n", b" ", 1), "checksum"),
        (lambda file: file[:-1], "checksum"),
        (lambda file: file[:5000] + bytes([file[5000] ^ 1]) + file[5001:], "checksum"),
        (lambda file: file + b"\0", "checksum"),
    ],
)
def test_a_damaged_file_is_not_used(path: Path, damage, message: str) -> None:
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(UnusableCode, match=message) as raised:
        MappedCode.open(path)
    assert isinstance(raised.value, AssetError)
    assert str(path) in str(raised.value)


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(UnusableCode, match="No such file"):
        MappedCode.open(tmp_path / "code")


NOEXEC = """
import shutil, subprocess, sys
from pathlib import Path
from app.tts.vocoder.machine_code.code_file import MappedCode, UnusableCode
path, folder = map(Path, sys.argv[1:])
subprocess.run(["mount", "-t", "tmpfs", "-o", "noexec", "none", str(folder)], check=True)
shutil.copy(path, folder)
try:
    MappedCode.open(folder / path.name)
except UnusableCode as error:
    print(error)
"""


def test_a_file_on_a_noexec_file_system_is_not_used(path: Path, tmp_path: Path) -> None:
    alone = ("unshare", "--user", "--map-root-user", "--mount")
    try:
        subprocess.run([*alone, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no filesystem can be mounted here")
    folder = tmp_path / "noexec"
    folder.mkdir()
    assert "mounted with noexec" in python(NOEXEC, path, folder, before=alone)
