"""deploy/constraints.txt pins everything that the server and its extras need."""

import re
from configparser import ConfigParser
from importlib.metadata import PackageNotFoundError, requires, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.deploy.nginx import DEPLOY
from tests.servers import PROJECT

EXTRAS = ("bundled", "codecs", "ja", "redis", "zh")
PINS = {
    canonicalize_name(requirement.name): requirement
    for requirement in map(
        Requirement,
        re.findall(r"^[^#\s].*$", (DEPLOY / "constraints.txt").read_text(), re.MULTILINE),
    )
}


def direct_dependencies() -> list[Requirement]:
    config = ConfigParser()
    config.read(PROJECT / "setup.cfg")
    texts = [config["options"]["install_requires"]]
    texts += [config["options.extras_require"][extra] for extra in EXTRAS]
    return [Requirement(line) for text in texts for line in text.split("\n") if line]


@pytest.mark.parametrize("dependency", direct_dependencies(), ids=str)
def test_a_direct_dependency_is_pinned_to_a_version_that_is_allowed(
    dependency: Requirement,
) -> None:
    pin = PINS[canonicalize_name(dependency.name)]
    (specifier,) = pin.specifier
    assert specifier.operator == "=="
    assert dependency.specifier.contains(specifier.version)


def test_requirements_of_pinned_packages_are_pinned_too() -> None:
    missing = {
        needed.name
        for name in PINS
        for needed in _needs(name)
        if canonicalize_name(needed.name) not in PINS
    }
    assert missing == set()


def _needs(name: str) -> list[Requirement]:
    """Return the requirements of a pinned package, if the pinned version is installed."""
    try:
        if not PINS[name].specifier.contains(version(name)):
            return []
        needed = [Requirement(text) for text in requires(name) or []]
    except PackageNotFoundError:
        return []
    return [need for need in needed if not need.marker or need.marker.evaluate({"extra": ""})]
