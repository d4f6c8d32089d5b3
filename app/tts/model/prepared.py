"""The prepared model in the cache: its files and their integrity."""

import json
import logging
from dataclasses import dataclass
from pathlib import Path

from app.tts.model.assets import ModelFile, file_sha256
from app.tts.model.ownership import NotOurs, close_to_others, require_ours

log = logging.getLogger(__name__)

VERSION = 3
"""Increased whenever models that older code prepared must be prepared again."""


@dataclass(frozen=True)
class PreparedGraph:
    """The two halves of a model on disk."""

    folder: Path

    @property
    def acoustic(self) -> Path:
        """The half from tokens, style and speed to features and durations."""
        return self.folder / "acoustic.onnx"

    @property
    def vocoder(self) -> Path:
        """The half from features, style and statistics to audio."""
        return self.folder / "vocoder.onnx"

    @property
    def _checksums(self) -> Path:
        return self.folder / "checksums.json"

    @property
    def _all(self) -> tuple[Path, ...]:
        return self.folder, self.acoustic, self.vocoder, self._checksums

    def seal(self) -> None:
        """Write the checksums of both halves, and let no other user write to any of the files."""
        halves = (self.acoustic, self.vocoder)
        self._checksums.write_text(json.dumps({half.name: file_sha256(half) for half in halves}))
        for path in self._all:
            close_to_others(path)

    def is_intact(self) -> bool:
        """Return whether both halves are as this user or root sealed them.

        The checksums lie beside them, so anybody who may write there can forge all of them.
        """
        try:
            for path in (self.folder.parent, *self._all):
                require_ours(path)
            checksums = json.loads(self._checksums.read_text())
            halves = (self.acoustic, self.vocoder)
            return all(file_sha256(half) == checksums[half.name] for half in halves)
        except NotOurs as error:
            log.warning("The prepared model in %s is not used: %s.", self.folder, error)
            return False
        except (OSError, ValueError, KeyError, TypeError):
            return False


def remember_unsuitable(model: ModelFile, cache: Path, reason: str) -> None:
    """Store why `model` cannot be prepared, so that not every start tries again."""
    note = _unsuitable(model, cache)
    note.write_text(reason)
    close_to_others(note)


def find_unsuitable(model: ModelFile, cache: Path) -> str | None:
    """Return the stored reason why `model` cannot be prepared, if there is one."""
    try:
        for path in (cache, _unsuitable(model, cache)):
            require_ours(path)
        return _unsuitable(model, cache).read_text()
    except (OSError, ValueError):
        return None


def _unsuitable(model: ModelFile, cache: Path) -> Path:
    return prepared_folder(model, cache).with_suffix(".unsuitable")


def prepared_folder(model: ModelFile, cache: Path) -> Path:
    """Return the folder of the model prepared from `model`."""
    return cache / f"prepared-{VERSION}-{model.sha256[:16]}"


def find_prepared(model: ModelFile, cache: Path) -> PreparedGraph | None:
    """Return the model prepared from `model` earlier, or None if it is missing or damaged."""
    prepared = PreparedGraph(prepared_folder(model, cache))
    return prepared if prepared.is_intact() else None
