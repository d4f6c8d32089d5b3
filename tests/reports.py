"""Reports of any text, which pytest-xdist can send from the processes that run tests."""

from collections.abc import Generator
from typing import Any

import pytest


class PortableReports:
    """Writes lone surrogates, which some tests log, as escapes: execnet sends only UTF-8."""

    @pytest.hookimpl(wrapper=True)
    def pytest_report_to_serializable(self) -> Generator[None, Any, Any]:
        return _portable((yield))


def _portable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {_portable(key): _portable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_portable, value))
    return value
