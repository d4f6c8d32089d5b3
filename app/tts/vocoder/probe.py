"""Tries the vocoder's code in a child process, in case the code crashes it."""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.tts.errors import CannotPrepare, SpeechError
from app.tts.vocoder.machine_code.processors import INSTRUCTION_SETS
from app.tts.vocoder.vocoder_files import VocoderFiles

_WORKS = "works\n"
_SECONDS = 30
"""Time after which a probe that hangs is killed."""

_PROGRAM = "import sys; sys.path[0] = sys.argv[1]; import {0}; {0}.main(*sys.argv[2:])"

Spawn = Callable[..., int]
"""Starts a process with the arguments of `os.posix_spawn`, and returns its number."""


def require_working(files: VocoderFiles, spawn: Spawn | None = None) -> None:
    """Raise `CannotPrepare` unless all of the code runs in a child process.

    `spawn` starts the process, by default `os.posix_spawn`.
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
        text = output.read()
    # A server's event loop may have collected the exit status already, so only the output counts.
    with suppress(ChildProcessError):
        os.waitpid(process, 0)
    if not text.endswith(_WORKS):
        lines = [line for line in text.splitlines() if line]
        reason = lines[-1] if lines else "the code crashed"
        raise CannotPrepare(f"Our own kernels do not run here: {reason.rstrip('.')}.")


def main(folder: str, name: str) -> None:
    """Decode silence with the code in a folder, and print that it works."""
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

    from app.tts.vocoder.native_vocoder import NativeVocoder

    (instructions,) = (each for each in INSTRUCTION_SETS if each.name == name)
    loaded = VocoderFiles(folder, instructions).load(with_weights=False)
    vocoder = NativeVocoder(loaded, cores=2)
    features, spectra = np.zeros((512, 4), np.float32), np.zeros((241, 22), np.float32)
    vocoder.decode_spectra(features, np.zeros(256, np.float32), spectra)
