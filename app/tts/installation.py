"""Packages that must be installed beside this program, and the commands that install them."""

import shlex
import sys
from pathlib import Path

from app.tts.errors import AssetError

MISAKI = "misaki==0.9.4"
"""As in setup.cfg, which requires it for the versions of Python that misaki declares."""


def pip_install(*arguments: str) -> str:
    """Return the command line that installs `arguments` for the Python that is running.

    In a virtual environment it names the pip of that environment, by a relative path if that lies
    below the current folder; otherwise it is plain `pip`.
    """
    return f"{_pip()} install {shlex.join(arguments)}"


def install_extra(extra: str) -> str:
    """Return the part of a message that says how to install an `extra` of this server."""
    return (
        f"install this server's extra {extra!r} (in its folder: "
        f"{_pip()} install {shlex.quote(f'.[{extra}]')})"
    )


def require_misaki() -> None:
    """Raise `AssetError` that says how to install misaki, unless it is installed."""
    try:
        import misaki  # noqa: F401
    except ModuleNotFoundError as error:
        raise AssetError(
            "misaki is not installed, which turns text into phonemes: "
            f"{pip_install(*_misaki_arguments())}"
        ) from error


def _misaki_arguments() -> list[str]:
    # It is pure Python and runs on newer versions as well, but its metadata forbids them.
    return ["--ignore-requires-python", MISAKI] if sys.version_info >= (3, 13) else [MISAKI]


def _pip() -> str:
    if sys.prefix == sys.base_prefix:
        return "pip"
    pip = Path(sys.prefix) / ("Scripts" if sys.platform == "win32" else "bin") / "pip"
    return shlex.quote(str(pip.relative_to(Path.cwd()) if pip.is_relative_to(Path.cwd()) else pip))
