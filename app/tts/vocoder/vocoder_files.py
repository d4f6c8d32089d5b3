"""The vocoder's files: code and weights for one instruction set, beside the prepared graph."""

import ctypes
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from app.tts.errors import AssetError, CannotPrepare
from app.tts.model.assets import file_sha256
from app.tts.model.ownership import NotOurs, close_to_others, require_ours
from app.tts.vocoder.machine_code.code_file import MappedCode
from app.tts.vocoder.machine_code.processors import InstructionSet, present_instruction_sets
from app.tts.vocoder.memory import allocate
from app.tts.vocoder.register_tile import RegisterTile

Array = npt.NDArray[Any]

WEIGHTS_KIND = "float16"
"""Precision of the weights: half the memory of float32, and faster in short windows. The rounding
error is 61 dB below the speech; the published export's own weights are rounded to 8 bits."""


class DamagedFiles(AssetError):
    """Code or weights are missing or damaged, or other users can write to them."""


@dataclass(frozen=True)
class LoadedVocoder:
    """Callable code and its weights."""

    instruction_set: str
    registers: RegisterTile
    functions: Mapping[str, int]
    """Addresses of the generated functions, by name."""

    loop: Callable[[int, int, int], None]
    arrays: Mapping[str, Array]
    first_channels: Mapping[str, int]
    channels: int
    norms: list[str]
    code: MappedCode


@dataclass(frozen=True)
class VocoderFiles:
    """The folder of files for one instruction set."""

    folder: Path
    instruction_set: InstructionSet

    @property
    def code(self) -> Path:
        """Machine code."""
        return self.folder / "code"

    @property
    def weights(self) -> Path:
        """All arrays of weights, one after the other."""
        return self.folder / "weights"

    @property
    def manifest(self) -> Path:
        """Description of the weights: a line with its own checksum, and JSON."""
        return self.folder / "manifest"

    @property
    def registers(self) -> RegisterTile:
        """The register tile that the code is generated for."""
        instructions = self.instruction_set
        return RegisterTile(
            instructions.width, instructions.rows, instructions.columns, WEIGHTS_KIND
        )

    def remember_unsuitable(self, reason: str) -> None:
        """Keep the reason why these files cannot be made, so that later starts do not try again."""
        self._unsuitable.write_text(reason)
        close_to_others(self._unsuitable)

    def find_unsuitable(self) -> str | None:
        """Return the kept reason why these files cannot be made, if there is one."""
        try:
            for path in (self.folder.parent, self._unsuitable):
                require_ours(path)
            return self._unsuitable.read_text()
        except (OSError, ValueError):
            return None

    @property
    def _unsuitable(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.unsuitable")

    def write_weights(self, arrays: Mapping[str, Array], facts: Mapping[str, Any]) -> None:
        """Write the weights, and a manifest that describes them and holds `facts`."""
        table, start = {}, 0
        with self.weights.open("wb") as file:
            for name, array in arrays.items():
                array = np.ascontiguousarray(array)
                if array.dtype == np.float64:
                    array = array.astype(np.float32)
                table[name] = {"start": start, "shape": array.shape, "type": array.dtype.name}
                padding = -array.nbytes % _ALIGNED
                file.write(array.tobytes() + bytes(padding))
                start += array.nbytes + padding
        manifest = {
            "arrays": table,
            "bytes": start,
            "sha256": {path.name: file_sha256(path) for path in self._content},
            **facts,
        }
        text = json.dumps(manifest)
        self.manifest.write_text(f"{_digest(text)}\n{text}")
        for path in (self.folder, *self._content, self.manifest):
            close_to_others(path)

    def load(self, *, with_weights: bool = True) -> LoadedVocoder:
        """Map the code and read the weights; `with_weights=False` leaves them zero.

        Raises `DamagedFiles` if they cannot be read, and `UnusableCode` if the code cannot be
        executed.
        """
        manifest = self._read_manifest()
        code = MappedCode.open(self.code)
        memory = allocate(manifest["bytes"])
        if with_weights:
            self._read_weights(memory)
        arrays = {
            name: _view(memory, entry["start"], entry["shape"], entry["type"])
            for name, entry in manifest["arrays"].items()
        }
        loop = code.function("run", ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
        functions = {name: code.address(name) for name in code.names}
        return LoadedVocoder(
            self.instruction_set.name,
            self.registers,
            functions,
            loop,
            arrays,
            manifest["first_channels"],
            manifest["channels"],
            manifest["norms"].split(),
            code,
        )

    def is_intact(self) -> bool:
        """Return whether all files are undamaged and writable by this user and root alone."""
        try:
            checksums = self._read_manifest()["sha256"]
            return all(file_sha256(path) == checksums[path.name] for path in self._content)
        except (DamagedFiles, OSError):
            return False

    @property
    def _content(self) -> tuple[Path, Path]:
        return self.code, self.weights

    def _read_manifest(self) -> dict[str, Any]:
        try:
            for path in (self.folder.parent, self.folder, *self._content, self.manifest):
                require_ours(path)
            digest, _, text = self.manifest.read_text().partition("\n")
            if digest != _digest(text):
                raise ValueError("the checksum of its manifest is wrong")
            return dict(json.loads(text))
        except NotOurs as error:
            raise DamagedFiles(f"The vocoder in {self.folder} is not used: {error}.") from error
        except (OSError, ValueError) as error:
            raise DamagedFiles(f"The vocoder in {self.folder} is damaged: {error}.") from error

    def _read_weights(self, memory: npt.NDArray[np.uint8]) -> None:
        try:
            with self.weights.open("rb") as file:
                size = file.readinto(memory.data)
        except OSError as error:
            raise DamagedFiles(f"{self.weights} cannot be read: {error.strerror}.") from error
        if size != len(memory):
            raise DamagedFiles(f"{self.weights} is damaged.")


GENERATORS = (
    "kernels/*.py",
    "machine_code/*.py",
    "architecture.py",
    "records.py",
    "register_tile.py",
    "weights.py",
    "workspace.py",
)
"""Modules in this folder that decide the content of code and weights."""

_ALIGNED = 64
"""Alignment of the arrays in bytes: a cache line."""


def files_for_this_processor(prepared: Path) -> VocoderFiles:
    """Return the files for this machine, in the folder of a prepared model.

    The folder's name has a digest of the modules that make them, so that a newer version makes its
    own. Raises `CannotPrepare` if no code can be made for this machine.
    """
    present = present_instruction_sets()
    if not present:
        raise CannotPrepare(
            "Our own kernels need Linux, and a processor with AVX2 and FMA, or 64-bit Arm."
        )
    return _files(prepared, present[0])


def files_for_older_processors(prepared: Path) -> list[VocoderFiles]:
    """Return the files whose code runs on this machine and on older processors."""
    return [_files(prepared, older) for older in present_instruction_sets()[1:]]


def _files(prepared: Path, instructions: InstructionSet) -> VocoderFiles:
    folder = prepared / f"vocoder-{instructions.name}-{_generator_digest()[:12]}"
    return VocoderFiles(folder, instructions)


@cache
def _generator_digest() -> str:
    digest = hashlib.sha256(WEIGHTS_KIND.encode())
    for pattern in GENERATORS:
        for path in sorted(Path(__file__).parent.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _view(
    memory: npt.NDArray[np.uint8], start: int, shape: list[int], kind: str
) -> npt.NDArray[Any]:
    dtype = np.dtype(kind)
    size = int(np.prod(shape)) * dtype.itemsize
    return memory[start : start + size].view(dtype).reshape(shape)
