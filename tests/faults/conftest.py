"""Every test in this folder tries a fault on real servers, and is slow."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.servers import free_port

FOLDER = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(FOLDER):
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.faults)


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Callable[[str, object], None]:
    """Record a figure by name and value; all are printed when the tests are done."""
    return lambda name, value: request.node.user_properties.append((name, value))


@pytest.fixture
def caches(tmp_path: Path) -> Path:
    """The folder of caches of `preparing_environ`, which a start makes."""
    return tmp_path / "caches"


@pytest.fixture
def preparing_environ(caches: Path) -> dict[str, str]:
    """Settings of a start that has to prepare the model."""
    return {"XDG_CACHE_HOME": str(caches), "HOST": "127.0.0.1", "PORT": str(free_port())}


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """An empty folder for caches."""
    folder = tmp_path / "caches"
    folder.mkdir()
    return folder
