"""API keys: the one in the settings, and those in a file."""

import codecs
import hmac
import os
import re
import stat
from pathlib import Path

from app.settings import SettingError, Settings

SETTING_NAME = "default"
"""Name of the key in the setting API_KEY."""

_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
_OTHERS = stat.S_IRWXO | stat.S_IRWXG
"""Permissions of all users but a file's owner."""


class Keys:
    """The keys; each has a name that may be logged."""

    def __init__(self, *, is_needed: bool) -> None:
        self.is_needed = is_needed
        """Whether requests must bring a key. With no valid key at all, every request is refused."""
        self.problems: list[str] = []
        """Messages about the file and about lines that were left out."""
        self.warnings: list[str] = []
        """Messages about risks that do no harm yet."""
        self._names: dict[bytes, str] = {}

    def __repr__(self) -> str:
        return f"<Keys {', '.join(self._names.values())}>"

    @classmethod
    def load(cls, settings: Settings) -> "Keys":
        """Read the keys; errors in the file or its lines go to `problems`.

        A line holds a key, or a name and a key separated by a colon. Empty lines and comments,
        which begin with #, are skipped.
        """
        keys = cls(is_needed=settings.api_key is not None or settings.api_key_file is not None)
        if settings.api_key is not None:
            keys._names[settings.api_key.encode()] = SETTING_NAME
        if settings.api_key_file is not None:
            keys._read(settings.api_key_file)
        return keys

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all keys."""
        return tuple(self._names.values())

    def any_key(self) -> bytes | None:
        """Return any valid key, or None."""
        return next(iter(self._names), None)

    def require_sound(self) -> None:
        """Raise `SettingError` with the first problem, if there is one."""
        if self.problems:
            raise SettingError(self.problems[0])

    def find(self, token: bytes) -> str | None:
        """Return the name of the key that equals `token`; the time taken reveals nothing of it."""
        found = None
        for key, name in self._names.items():
            if hmac.compare_digest(token, key):
                found = name
        return found

    def _read(self, path: Path) -> None:
        try:
            lines = path.read_bytes().removeprefix(codecs.BOM_UTF8).splitlines()
            status = path.stat()
        except OSError as error:
            self.problems.append(f"The key file {path} cannot be read: {error.strerror}.")
            return
        for number, line in enumerate(lines, 1):
            try:
                self._add(line, f"line-{number}")
            except SettingError as error:
                self.problems.append(f"The key file {path}, line {number}: {error}")
        if not self._names and not self.problems:
            self.problems.append(f"The key file {path} holds no key.")
        if status.st_mode & _OTHERS & ~_needed(status):
            self.warnings.append(
                f"The key file {path} is open to others than its owner: chmod 600 closes it."
            )

    def _add(self, line: bytes, place: str) -> None:
        """Add the key of a line.

        No message shows the line: what looks like a name may be half of a key.
        """
        try:
            text = line.decode().strip()
        except UnicodeDecodeError:
            raise SettingError("it is not UTF-8.") from None
        if not text or text.startswith("#"):
            return
        name, key = text.split(":", 1) if ":" in text else (place, text)
        if not _NAME.fullmatch(name):
            raise SettingError(
                "the name before the colon must be 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-'."
            )
        if not key or not key.isprintable() or " " in key:
            raise SettingError("a key must be printable characters without spaces.")
        if name in self._names.values():
            raise SettingError("another key has its name.")
        if key.encode() in self._names:
            raise SettingError("its key is there already.")
        self._names[key.encode()] = name


def _needed(status: os.stat_result) -> int:
    """Return the permission that this process needs to read a file of another user.

    An example is a Kubernetes Secret: root owns its files, and the pod's group may read them.
    """
    is_ours = status.st_uid == os.geteuid()
    is_of_our_group = status.st_gid in {os.getegid(), *os.getgroups()}
    return stat.S_IRGRP if is_of_our_group and not is_ours else 0
