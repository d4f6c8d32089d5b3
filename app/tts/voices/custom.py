"""The operator's own voices: a folder with a file for each."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.tts.errors import AssetError
from app.tts.voices.pack import ALIASES, CATALOGUE
from app.tts.voices.styles import NotAVoice, Styles, from_npy, from_raw
from app.tts.voices.torch_file import from_torch

READERS: Mapping[str, Callable[[bytes], Styles]] = {
    ".bin": from_raw,
    ".npy": from_npy,
    ".pt": from_torch,
}

MAX_FILE_BYTES = 4 << 20
"""A voice takes half a megabyte, or one as float64."""

_ID = re.compile(r"[a-z][a-z0-9_-]{0,63}")


@dataclass
class CustomVoices:
    """The content of a folder of voices."""

    styles: dict[str, Styles] = field(default_factory=dict)
    """Styles by the voices' ids."""

    problems: list[str] = field(default_factory=list)
    """Reasons why files were left out, a line for each."""


def read_folder(folder: Path) -> CustomVoices:
    """Read the voices in `folder`; each has the name of its file, in small letters.

    Hidden files and those of other kinds are ignored. A voice that cannot be read or whose name is
    taken is left out and noted as a problem.
    """
    voices = CustomVoices()
    try:
        paths = sorted(path for path in folder.iterdir() if _is_voice(path))
    except OSError as error:
        voices.problems.append(f"The voices folder {folder} cannot be read: {error.strerror}.")
        return voices
    files: dict[str, Path] = {}
    for path in paths:
        try:
            voice_id = _id(path)
            if voice_id in files:
                raise _unusable(path, f"{files[voice_id].name} is the same voice")
            voices.styles[voice_id] = _read(path)
            files[voice_id] = path
        except AssetError as error:
            voices.problems.append(str(error))
    return voices


def _is_voice(path: Path) -> bool:
    return path.suffix.lower() in READERS and not path.name.startswith(".")


def _id(path: Path) -> str:
    voice_id = path.stem.lower()
    if not _ID.fullmatch(voice_id):
        raise _unusable(path, "its name must be 1 to 64 of a to z, 0 to 9, _ and -, a letter first")
    if voice_id in CATALOGUE or voice_id in ALIASES:
        raise _unusable(path, f"there is a voice {voice_id} already, so give the file another name")
    return voice_id


def _read(path: Path) -> Styles:
    try:
        size = path.stat().st_size
        if not path.is_file() or size > MAX_FILE_BYTES:
            raise NotAVoice(f"a voice is a file of at most {MAX_FILE_BYTES} bytes")
        return READERS[path.suffix.lower()](path.read_bytes())
    except OSError as error:
        raise AssetError(f"The voice file {path} cannot be read: {error.strerror}.") from error
    except NotAVoice as error:
        raise _unusable(path, str(error)) from error


def _unusable(path: Path, reason: str) -> AssetError:
    return AssetError(f"The voice file {path} cannot be used: {reason}.")
