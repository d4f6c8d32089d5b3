"""What servers leave in a folder of caches."""

from pathlib import Path

from app.tts.model.prepared import PreparedGraph

CACHE_NAME = "kokoro-openai-server"
"""Of this server's folder in it."""


def whole(caches: Path) -> list[Path]:
    """The prepared models that can be used."""
    return [folder for folder in _folders(caches) if PreparedGraph(folder).is_intact()]


def half_made(caches: Path) -> list[Path]:
    """What else takes room there."""
    return [folder for folder in _folders(caches) if not PreparedGraph(folder).is_intact()]


def remembered(caches: Path) -> list[Path]:
    """What is said to be unfit to be prepared."""
    return list(caches.glob("**/*.unsuitable"))


def _folders(caches: Path) -> list[Path]:
    return [path for path in (caches / CACHE_NAME).iterdir() if path.is_dir()]
