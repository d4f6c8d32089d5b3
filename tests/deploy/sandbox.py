"""A program that forbids itself what the systemd unit forbids, then runs another program.

    python -m tests.deploy.sandbox PROGRAM ARGUMENTS...

It does the work of SystemCallFilter= and MemoryDenyWriteExecute= without systemd as process 1.
"""

import ctypes
import errno
import os
import re
import subprocess
import sys

from tests.deploy.nginx import DEPLOY
from tests.programs import find

UNIT = (DEPLOY / "kokoro-openai-server.service").read_text()

# seccomp.h and prctl.h
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000 | errno.EPERM
_NO_NEW_PRIVILEGES, _MDWE, _REFUSE_EXEC_GAIN = 38, 65, 1


def allowed_calls() -> set[str]:
    """Return the names of the system calls that the unit allows."""
    allowed = _expanded("@default")
    for words in re.findall(r"^SystemCallFilter=(.*)$", UNIT, re.MULTILINE):
        names = set().union(*map(_expanded, words.lstrip("~").split()))
        allowed = allowed - names if words.startswith("~") else allowed | names
    return allowed


def _expanded(word: str) -> set[str]:
    if not word.startswith("@"):
        return {word}
    command = [find("systemd-analyze") or "systemd-analyze", "syscall-filter", word]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = [line.strip() for line in listed.splitlines()[1:]]
    return set().union(*(_expanded(line) for line in lines if line and line[0] != "#"))


def enter() -> None:
    """Forbid this process what the unit forbids the server."""
    names = allowed_calls()
    seccomp = ctypes.CDLL("libseccomp.so.2")
    seccomp.seccomp_init.restype = ctypes.c_void_p
    libc = ctypes.CDLL(None)
    assert libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
    libc.prctl(_MDWE, _REFUSE_EXEC_GAIN, 0, 0, 0)  # unknown before Linux 6.3
    rules = ctypes.c_void_p(seccomp.seccomp_init(ctypes.c_uint32(_FAIL)))
    for name in names:
        number = seccomp.seccomp_syscall_resolve_name(name.encode())
        if number >= 0:  # otherwise it is another architecture's
            seccomp.seccomp_rule_add_array(rules, ctypes.c_uint32(_ALLOW), number, 0, None)
    assert seccomp.seccomp_load(rules) == 0


if __name__ == "__main__":
    enter()
    os.execvp(sys.argv[1], sys.argv[1:])
