"""The architecture shows the imports and the functions of the code as it is."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.documents import DOCUMENTS
from tests.servers import PROJECT

WALK = DOCUMENTS["docs/architecture.md"].section("## The walk of one request")
STEPS = re.findall(r"^\| (\[.*?\)) \| (`.*?`) \| ", WALK, re.MULTILINE)
"""Links to files, and the functions and classes that they have."""


def definitions(path: Path) -> Iterator[str]:
    """The names of a module's classes, functions and methods."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        if isinstance(node, ast.ClassDef):
            for member in node.body:
                if isinstance(member, ast.FunctionDef):
                    yield f"{node.name}.{member.name}"


def test_the_walk_has_steps() -> None:
    assert len(STEPS) > 20


@pytest.mark.parametrize(("links", "names"), STEPS)
def test_a_step_names_functions_that_its_files_have(links: str, names: str) -> None:
    for link in re.findall(r"\]\((.*?)\)", links):
        missing = set(re.findall("`(.*?)`", names)) - {*definitions(PROJECT / "docs" / link)}
        assert missing == set()


def test_the_picture_is_up_to_date(tmp_path: Path) -> None:
    drawn = tmp_path / "architecture.svg"
    command = [sys.executable, "tools/draw_architecture.py"]
    environ = {**os.environ, "PYTHONPATH": str(PROJECT)}
    subprocess.run([*command, str(drawn)], cwd=PROJECT, env=environ, check=True)
    committed = PROJECT / "docs" / "architecture.svg"
    advice = f"python {command[1]} docs/{committed.name}"
    assert drawn.read_text() == committed.read_text(), f"Draw it again: {advice}"
