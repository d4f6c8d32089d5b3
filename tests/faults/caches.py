"""Files that servers leave in a cache."""

from pathlib import Path

from app.tts.model.prepared import PreparedGraph

CACHE_NAME = "kokoro-openai-server"
"""The name of this server's folder in it."""


def whole(caches: Path) -> list[Path]:
    """Return the prepared models that can be used."""
    return [folder for folder in _folders(caches) if PreparedGraph(folder).is_intact()]


def half_made(caches: Path) -> list[Path]:
    """Return the folders of models that are damaged or were never finished."""
    return [folder for folder in _folders(caches) if not PreparedGraph(folder).is_intact()]


def remembered(caches: Path) -> list[Path]:
    """Return the notes of models that cannot be prepared."""
    return list(caches.glob("**/*.unsuitable"))


def _folders(caches: Path) -> list[Path]:
    return [path for path in (caches / CACHE_NAME).iterdir() if path.is_dir()]
