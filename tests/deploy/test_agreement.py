"""Files under deploy/ and the program agree on numbers, names and paths."""

import json
import os
import re
import socket
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from app import create_app
from app.server import config
from app.settings import BAD_CONFIGURATION, Settings, env_name
from app.version import __version__
from app.web.json_body import MAX_BODY_BYTES
from tests.commands.test_health import serving
from tests.deploy.nginx import DEPLOY
from tests.fakes import FakeEngine
from tests.servers import PROJECT

NGINX = "\n".join(path.read_text() for path in [DEPLOY / "nginx.conf", *DEPLOY.glob("nginx/*")])
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
UNIT = (DEPLOY / "kokoro-openai-server.service").read_text()
SERVICES: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
DEPLOYMENT = yaml.safe_load((DEPLOY / "kubernetes" / "deployment.yaml").read_text())
POD = DEPLOYMENT["spec"]["template"]["spec"]
CONTAINER = POD["containers"][0]
AUTOSCALER = yaml.safe_load((DEPLOY / "kubernetes" / "autoscaler.yaml").read_text())

# The settings of each file.
ENVIRONMENTS: dict[str, dict[str, str]] = {
    "Dockerfile": dict(
        re.findall(r"^(?:ENV)? +([A-Z_]+)=(\S+)", DOCKERFILE.split("\nFROM ")[-1], re.MULTILINE)
    ),
    "systemd": dict(re.findall(r"^Environment=([A-Z_]+)=(.*)$", UNIT, re.MULTILINE)),
    "compose": SERVICES["kokoro-1"]["environment"],
    "Kubernetes": {variable["name"]: variable["value"] for variable in CONTAINER["env"]},
}
PROBES = ("startupProbe", "livenessProbe", "readinessProbe")
DRAIN_SECONDS = Settings().drain_seconds
# The time that gunicorn lets its workers drain, and some seconds to end in.
STOP_SECONDS = config.graceful_timeout + 10


def test_systemd_does_not_restart_a_server_with_a_bad_configuration() -> None:
    (status,) = re.findall(r"^RestartPreventExitStatus=(\d+)$", UNIT, re.MULTILINE)
    assert int(status) == BAD_CONFIGURATION


def nginx_seconds(directive: str) -> list[int]:
    return [int(found) for found in re.findall(rf"\b{directive} (\d+)s;", NGINX)]


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_every_variable_is_a_setting_and_has_an_allowed_value(name: str) -> None:
    known = {env_name(setting) for setting in fields(Settings)}
    foreign = {"PATH", "PYTHONUNBUFFERED", "XDG_CACHE_HOME"}
    ours = {key: value for key, value in ENVIRONMENTS[name].items() if key not in foreign}
    assert set(ours) <= known
    # Values filled in later cannot be judged here: the path of the keys, compose's own variables.
    Settings.load({key: value for key, value in ours.items() if not re.search(r"[%/$]", value)})


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_every_file_drains_as_long(name: str) -> None:
    assert ENVIRONMENTS[name]["KOKORO_DRAIN_SECONDS"] == str(DRAIN_SECONDS)


def test_no_supervisor_kills_a_server_that_is_still_draining() -> None:
    assert int(re.findall(r"^TimeoutStopSec=(\d+)$", UNIT, re.MULTILINE)[0]) >= STOP_SECONDS
    assert int(re.findall(r"--time (\d+)", DOCKERFILE)[0]) >= STOP_SECONDS
    graces = [service.get("stop_grace_period", "0s") for service in SERVICES.values()]
    assert [int(grace[:-1]) >= STOP_SECONDS for grace in graces] == [True, True, True, False]
    before = int(CONTAINER["lifecycle"]["preStop"]["exec"]["command"][1])
    assert POD["terminationGracePeriodSeconds"] >= before + STOP_SECONDS


@pytest.mark.parametrize("name", ["Dockerfile", "systemd", "Kubernetes"])
def test_every_file_lets_a_request_take_as_long(name: str) -> None:
    assert ENVIRONMENTS[name]["KOKORO_REQUEST_TIMEOUT"] == str(Settings().request_timeout)


def test_nginx_waits_longer_than_a_request_may_take() -> None:
    (wait,) = nginx_seconds("proxy_read_timeout")
    (shutdown,) = nginx_seconds("worker_shutdown_timeout")
    assert wait > Settings().request_timeout
    assert shutdown >= wait


def test_nginx_keeps_connections_no_longer_than_the_servers() -> None:
    upstream = re.findall(r"keepalive \d+;\s+keepalive_timeout (\d+)s;", NGINX)
    assert [int(found) < config.keepalive for found in upstream] == [True]


def test_nginx_reads_bodies_as_large_as_the_servers_do() -> None:
    (megabytes,) = re.findall(r"client_max_body_size (\d+)m;", NGINX)
    assert int(megabytes) * 1024 * 1024 == MAX_BODY_BYTES


def test_nginx_and_the_servers_take_the_same_request_ids_for_sane(client: FlaskClient) -> None:
    (pattern,) = re.findall(r'"~(.*)" \$http_x_request_id;', NGINX)
    for given in ("a" * 128, "a" * 129, "A.b_c-1", "a b", "a;b"):
        reply = client.get("/v1", headers={"X-Request-Id": given})
        assert bool(re.search(pattern, given)) == (reply.headers["X-Request-Id"] == given)


def test_one_proxy_is_believed_where_nginx_is_in_front() -> None:
    assert ENVIRONMENTS["compose"]["KOKORO_PROXIES"] == "1"


def test_all_files_use_the_same_port() -> None:
    port = Settings().port
    assert ENVIRONMENTS["Dockerfile"]["PORT"] == ENVIRONMENTS["systemd"]["PORT"] == str(port)
    assert re.findall(r"^EXPOSE (\d+)$", DOCKERFILE, re.MULTILINE) == [str(port)]
    assert set(re.findall(r"^server \S+:(\d+) ", NGINX, re.MULTILINE)) == {str(port)}
    assert CONTAINER["ports"][0]["containerPort"] == port
    annotations = DEPLOYMENT["spec"]["template"]["metadata"]["annotations"]
    assert annotations["prometheus.io/port"] == str(port)


def test_probes_ask_for_what_the_server_answers_without_a_key(client: FlaskClient) -> None:
    paths = [CONTAINER[probe]["httpGet"]["path"] for probe in PROBES]
    assert paths == ["/health", "/health/live", "/health/ready"]
    # 503 before the model is loaded is an answer, too.
    assert {client.get(path).status_code for path in paths} <= {200, 503}
    for name in ("Dockerfile", "systemd", "Kubernetes"):
        assert "health" in ENVIRONMENTS[name]["KOKORO_PUBLIC_ENDPOINTS"].split(",")


PROBE_COMMANDS = {
    "Dockerfile": json.loads(re.findall(r"^ +CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)[0]),
    "compose": SERVICES["kokoro-1"]["healthcheck"]["test"][1:],
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PROBE_COMMANDS)
def test_a_container_is_healthy_on_any_port_and_with_keys_for_everything(
    name: str, tmp_path: Path, engine: FakeEngine
) -> None:
    keys = tmp_path / "keys"
    keys.write_text("alice:SECRET\n")
    program, *words = PROBE_COMMANDS[name]
    assert program == "kokoro-openai-server"
    command = [sys.executable, "-m", "app", *words]
    with serving(create_app(Settings(api_key_file=keys), engine)) as port:
        environ = {**os.environ, "PORT": str(port), "API_KEY_FILE": str(keys)}
        probed = subprocess.run(command, cwd=PROJECT, env=environ, capture_output=True, text=True)
    assert probed.returncode == 0, probed.stdout + probed.stderr
    with socket.create_server(("127.0.0.1", 0)) as silent:  # accepts connections and never answers
        environ["PORT"] = str(silent.getsockname()[1])
        assert subprocess.run(command, cwd=PROJECT, env=environ, check=False).returncode == 1


def test_the_autoscaler_asks_for_a_figure_that_the_server_shows(client: FlaskClient) -> None:
    name = AUTOSCALER["spec"]["metrics"][0]["pods"]["metric"]["name"]
    assert re.search(rf"^{name} \d", client.get("/metrics").text, re.MULTILINE)
    rule = (DEPLOY / "kubernetes" / "prometheus-adapter.yaml.example").read_text()
    assert f"seriesQuery: '{name}{{" in rule


def test_the_image_is_of_this_version() -> None:
    assert CONTAINER["image"].endswith(f":{__version__}")


def test_the_readme_says_of_every_file_what_it_is_for() -> None:
    readme = (DEPLOY / "README.md").read_text()
    names = [path.name for path in DEPLOY.iterdir() if not path.name.startswith(".")]
    for folder in ("grafana", "kubernetes", "nginx", "prometheus"):
        names += [f"{folder}/{path.name}" for path in (DEPLOY / folder).iterdir()]
    missing = [name for name in names if name != "README.md" and f"`{name}" not in readme]
    assert missing == []
