"""Tries the vocoder's code in a process of its own, which the code may crash."""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.tts.errors import CannotPrepare, SpeechError
from app.tts.vocoder.machine_code.processors import INSTRUCTION_SETS
from app.tts.vocoder.native_files import NativeFiles

_WORKS = "works\n"
_SECONDS = 30
"""After which a probe that hangs is ended."""

_PROGRAM = "import sys; sys.path[0] = sys.argv[1]; import {0}; {0}.main(*sys.argv[2:])"

Spawn = Callable[..., int]


def require_working(files: NativeFiles, spawn: Spawn | None = None) -> None:
    """Raise `CannotPrepare` unless all of the code runs, in a child process.

    `spawn` starts it as `os.posix_spawn` does, which is the default.
    """
    program = _PROGRAM.format(__name__)
    root = str(Path(__file__).parents[3])
    command = [sys.executable, "-c", program, root, str(files.folder), files.instruction_set.name]
    ours, theirs = os.pipe()
    actions = [(os.POSIX_SPAWN_DUP2, theirs, descriptor) for descriptor in (1, 2)]
    try:
        process = (spawn or os.posix_spawn)(
            sys.executable, command, os.environ, file_actions=actions
        )
    except OSError as error:
        os.close(ours)
        raise CannotPrepare(f"Our own kernels cannot be tried here: {error}.") from error
    finally:
        os.close(theirs)
    with open(ours, errors="replace") as output:
        said = output.read()
    # A server's event loop may have asked before: the exit status tells nothing then.
    with suppress(ChildProcessError):
        os.waitpid(process, 0)
    if not said.endswith(_WORKS):
        lines = [line for line in said.splitlines() if line]
        reason = lines[-1] if lines else "the code crashed"
        raise CannotPrepare(f"Our own kernels do not run here: {reason.rstrip('.')}.")


def main(folder: str, name: str) -> None:
    """Decode silence with the code in a folder, and say that it works."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(_SECONDS)
    try:
        _decode_silence(Path(folder), name)
    except SpeechError as error:
        print(error)
    else:
        print(_WORKS, end="", flush=True)


def _decode_silence(folder: Path, name: str) -> None:
    import numpy as np

    from app.tts.vocoder.native import NativeVocoder

    (kind,) = (each for each in INSTRUCTION_SETS if each.name == name)
    loaded = NativeFiles(folder, kind).load(with_weights=False)
    vocoder = NativeVocoder(loaded, cores=2)
    features, spectra = np.zeros((512, 4), np.float32), np.zeros((241, 22), np.float32)
    vocoder.decode_spectra(features, np.zeros(256, np.float32), spectra)
