"""Checks that only this user and root can have written a cached file."""

import os
import stat
from pathlib import Path
from typing import Any


class NotOurs(PermissionError):
    """Another user may have written a file or folder."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(None, reason, str(path))

    def __str__(self) -> str:
        return f"{self.filename} {self.strerror}"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (Path(self.filename), self.strerror)


def require_ours(path: Path) -> None:
    """Raise `NotOurs` if a user other than this one and root owns or may write `path`.

    A symbolic link must itself be ours, and so must its target. Raises `OSError` if there is no
    such file.
    """
    if not hasattr(os, "geteuid"):  # Windows, where each user has temporary folders of their own
        return
    for status in (path.lstat(), path.stat()):
        if status.st_uid not in (os.geteuid(), 0):
            raise NotOurs(path, f"belongs to another user ({_name(status.st_uid)})")
    if _is_open_to_others(status):
        raise NotOurs(path, "can be written to by other users")


def close_to_others(path: Path) -> None:
    """Deny other users the right to write `path`, and raise `NotOurs` unless it is ours.

    Only for new files, or those whose content is checked afterwards: others may have written to it
    before.
    """
    if not hasattr(os, "geteuid"):
        return
    status = path.lstat()
    is_link = stat.S_ISLNK(status.st_mode)
    if status.st_uid == os.geteuid() and not is_link and _is_open_to_others(status):
        path.chmod(stat.S_IMODE(status.st_mode) & ~(stat.S_IWGRP | stat.S_IWOTH))
    require_ours(path)


def _is_open_to_others(status: os.stat_result) -> bool:
    if status.st_mode & stat.S_IWOTH:
        return True
    return bool(status.st_mode & stat.S_IWGRP) and not _is_our_own_group(status.st_gid)


def _is_our_own_group(group: int) -> bool:
    """Return whether no other user is known to be in a group: many systems give each user one."""
    import grp
    import pwd

    trusted = {os.geteuid(), 0}
    if any(user.pw_gid == group and user.pw_uid not in trusted for user in pwd.getpwall()):
        return False
    try:
        names = grp.getgrgid(group).gr_mem
    except KeyError:  # a group without a name, as in containers
        return True
    return all(_uid(name) in trusted for name in names)


def _uid(name: str) -> int | None:
    import pwd

    try:
        return pwd.getpwnam(name).pw_uid
    except KeyError:
        return None


def _name(user: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:  # a user of another machine or container
        return str(user)
