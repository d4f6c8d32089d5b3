"""The Dockerfile and the compose file are valid, and allow no more than is needed."""

import json
import os
import re
from pathlib import Path
from typing import Any

import compose_spec
import pytest
import yaml

from tests.deploy.nginx import DEPLOY
from tests.servers import PROJECT

# Variables have their defaults.
COMPOSE: dict[str, Any] = yaml.safe_load(
    re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", (DEPLOY / "compose.yaml").read_text())
)
SERVICES: dict[str, Any] = COMPOSE["services"]


@pytest.mark.parametrize("path", [DEPLOY / "build-without-docker.sh", PROJECT / ".ci" / "run"])
def test_scripts_can_be_executed(path: Path) -> None:
    assert os.access(path, os.X_OK)


def test_the_compose_file_is_as_specified() -> None:
    compose_spec.PyCompose.from_json(json.dumps(COMPOSE)).validate()


@pytest.mark.parametrize("name", SERVICES)
def test_no_container_can_write_or_gain_privileges(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "mem_limit" in service
    assert service["restart"] == "unless-stopped"
    if "build" not in service:
        assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"])


def test_the_image_runs_as_a_user_with_a_number() -> None:
    users = re.findall(r"^USER (.*)$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    assert users == ["10001:10001"]


def test_there_are_two_equal_servers_that_only_nginx_can_be_reached_for() -> None:
    first, second = ({**SERVICES[f"kokoro-{number}"], "networks": None} for number in (1, 2))
    assert first == second
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    assert COMPOSE["networks"]["inside"]["internal"]


def test_programs_may_be_run_from_the_temporary_folder() -> None:
    """Docker mounts a tmpfs with noexec; phonemizer loads libraries from there."""
    (temporary,) = SERVICES["kokoro-1"]["tmpfs"]
    assert temporary.startswith("/tmp:exec,")


def test_files_that_the_compose_file_mounts_are_there() -> None:
    sources = [DEPLOY / volume.split(":")[0] for volume in SERVICES["nginx"]["volumes"]]
    assert all(source.exists() for source in sources)


def test_nginx_is_pointed_to_the_servers_of_the_compose_file() -> None:
    text = (DEPLOY / "nginx" / "upstream.compose.conf").read_text()
    hosts = [line.split()[1].split(":")[0] for line in text.splitlines() if line[0] != "#"]
    assert hosts == [name for name in SERVICES if name.startswith("kokoro-")]


def test_the_image_is_made_of_named_files_alone() -> None:
    first, *_ = [line for line in _ignored() if not line.startswith("#")]
    assert first == "*"
    named = [line[1:] for line in _ignored() if line.startswith("!")]
    assert all((PROJECT / name).exists() for name in named)
    assert not {"deploy", "deploy/keys.txt", ".git", ".venv"} & set(named)


def _ignored() -> list[str]:
    return (PROJECT / ".dockerignore").read_text().splitlines()
