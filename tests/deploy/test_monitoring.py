"""The alerts and the dashboard: Prometheus and Grafana understand them, and the server has what
they ask for.
"""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from grafana_foundation_sdk.models.dashboard import Dashboard

from app import create_app
from app.settings import Settings
from app.telemetry.metrics import OUTCOMES, REASONS
from tests.deploy.nginx import DEPLOY
from tests.exposition import Scrape
from tests.fakes import FakeEngine
from tests.programs import find

ALERTS = DEPLOY / "prometheus" / "alerts.yaml"
RULES: list[dict[str, Any]] = yaml.safe_load(ALERTS.read_text())["groups"][0]["rules"]
DASHBOARD: dict[str, Any] = json.loads((DEPLOY / "grafana" / "dashboard.json").read_text())
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
QUERIES = [target["expr"] for panel in PANELS for target in panel["targets"]]
EXPRESSIONS = [*QUERIES, *(rule["expr"] for rule in RULES)]


@pytest.fixture
def told(engine: FakeEngine) -> Scrape:
    """The figures of a server with a key after it has spoken."""
    settings = Settings(api_key="s3cret")
    client: FlaskClient = create_app(settings, engine).test_client()
    headers = {"Authorization": "Bearer s3cret"}
    body = {"model": "tts-1", "voice": "alloy", "input": "one two"}
    assert client.post("/v1/audio/speech", json=body, headers=headers).status_code == 200
    return Scrape(client.get("/metrics", headers=headers).text)


def judged(*words: str | Path) -> None:
    command = [find("promtool") or "promtool", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.needs("promtool")
def test_prometheus_understands_the_alerts() -> None:
    judged("check", "rules", "--lint-fatal", ALERTS)


@pytest.mark.needs("promtool")
def test_prometheus_understands_every_query_of_the_dashboard(tmp_path: Path) -> None:
    queries = QUERIES
    for variable, value in {"$__rate_interval": "5m", "$__range": "6h", "$instance": ".*"}.items():
        assert any(variable in query for query in queries)
        queries = [query.replace(variable, value) for query in queries]
    assert not [query for query in queries if "$" in query]
    rules = [{"record": f"panel:{n}", "expr": query} for n, query in enumerate(queries)]
    path = tmp_path / "queries.yaml"
    path.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}))
    judged("check", "rules", path)


FIRING = {
    "KokoroDown": {'up{job="kokoro-openai-server",instance="a"}': "0x60"},
    "KokoroGone": {},
    "KokoroFailing": {
        'kokoro_speeches_total{instance="a",outcome="finished"}': "0+90x60",
        'kokoro_speeches_total{instance="a",outcome="timed out"}': "0+10x60",
    },
    "KokoroErrors": {
        'kokoro_http_requests_total{instance="a",endpoint="/v1",status="200"}': "0+90x60",
        'kokoro_http_requests_total{instance="a",endpoint="/v1",status="503"}': "0+10x60",
    },
    "KokoroTurningAway": {'kokoro_rejected_requests_total{instance="a",reason="queue"}': "0+10x60"},
    "KokoroRepliesNotRead": {
        'kokoro_rejected_requests_total{instance="a",reason="unsent replies"}': "0+10x60"
    },
    "KokoroQueueing": {'kokoro_queue_length{instance="a"}': "5x60"},
    "KokoroSlowToBegin": {
        'kokoro_speech_first_audio_seconds_bucket{instance="a",le="10"}': "0+1x60",
        'kokoro_speech_first_audio_seconds_bucket{instance="a",le="20"}': "0+10x60",
        'kokoro_speech_first_audio_seconds_bucket{instance="a",le="+Inf"}': "0+10x60",
    },
    "KokoroSlowerThanSpeech": {
        'kokoro_inference_seconds_total{instance="a"}': "0+60x60",
        'kokoro_audio_seconds_total{instance="a"}': "0+50x60",
    },
    "KokoroKeysGuessed": {'kokoro_rejected_requests_total{instance="a",reason="key"}': "0+90x60"},
    "KokoroMemory": {'kokoro_resident_memory_bytes{instance="a"}': "2950000000x60"},
}
"""The series that bring each alert about, a sample a minute."""

WELL = {
    'up{job="kokoro-openai-server",instance="a"}': "1x60",
    'kokoro_speeches_total{instance="a",outcome="finished"}': "0+99x60",
    'kokoro_speeches_total{instance="a",outcome="failed"}': "0+1x60",
    'kokoro_http_requests_total{instance="a",endpoint="/v1",status="200"}': "0+90x60",
    'kokoro_http_requests_total{instance="a",endpoint="/health/ready",status="503"}': "0+90x60",
    'kokoro_rejected_requests_total{instance="a",reason="queue"}': "0x60",
    'kokoro_rejected_requests_total{instance="a",reason="key"}': "0+1x60",
    'kokoro_rejected_requests_total{instance="a",reason="unsent replies"}': "0x60",
    'kokoro_queue_length{instance="a"}': "1x60",
    'kokoro_speech_first_audio_seconds_bucket{instance="a",le="2.5"}': "0+10x60",
    'kokoro_speech_first_audio_seconds_bucket{instance="a",le="+Inf"}': "0+10x60",
    'kokoro_inference_seconds_total{instance="a"}': "0+30x60",
    'kokoro_audio_seconds_total{instance="a"}': "0+50x60",
    'kokoro_resident_memory_bytes{instance="a"}': "1200000000x60",
}
"""The series of a server without a problem."""


@pytest.mark.needs("promtool")
@pytest.mark.parametrize("alert", FIRING)
def test_an_alert_fires_when_it_should_and_names_the_server(tmp_path: Path, alert: str) -> None:
    judged("test", "rules", scenario(tmp_path, FIRING[alert], alert))


@pytest.mark.needs("promtool")
@pytest.mark.parametrize("alert", FIRING)
def test_no_alert_fires_without_a_problem(tmp_path: Path, alert: str) -> None:
    judged("test", "rules", scenario(tmp_path, WELL, alert, fires=False))


def scenario(folder: Path, series: dict[str, str], alert: str, *, fires: bool = True) -> Path:
    """Write promtool's test: an hour of series, and the alert to expect of it."""
    (rule,) = [rule for rule in RULES if rule["alert"] == alert]
    expected: dict[str, Any] = {"eval_time": "55m", "alertname": alert, "exp_alerts": []}
    if fires:
        labels = {} if alert == "KokoroGone" else {"instance": "a"}
        job = {"job": "kokoro-openai-server"} if alert in ("KokoroDown", "KokoroGone") else {}
        annotations = {
            **rule["annotations"],
            "summary": SUMMARIES.get(alert, rule["annotations"]["summary"]),
        }
        expected["exp_alerts"] = [
            {
                "exp_labels": {**labels, **job, **rule["labels"]},
                "exp_annotations": annotations,
            }
        ]
    test = {
        "interval": "1m",
        "input_series": [{"series": name, "values": values} for name, values in series.items()],
        "alert_rule_test": [expected],
    }
    path = folder / "test.yaml"
    document = {"rule_files": [str(ALERTS)], "evaluation_interval": "1m", "tests": [test]}
    path.write_text(yaml.safe_dump(document))
    return path


SUMMARIES = {
    "KokoroDown": "a does not answer.",
    "KokoroFailing": "10% of the speeches of a fail.",
    "KokoroErrors": "a answers 10% of its requests with 5xx.",
    "KokoroTurningAway": "a turns requests away because too many wait.",
    "KokoroRepliesNotRead": "a turns requests away because clients do not read replies.",
    "KokoroQueueing": "5 requests have been waiting at a for minutes.",
    "KokoroSlowToBegin": "One request in twenty waits 19.44s for its first audio at a.",
    "KokoroSlowerThanSpeech": "a takes 1.2 s to make a second of audio.",
    "KokoroKeysGuessed": "a refuses 1.5 requests a second because of their key.",
    "KokoroMemory": "a uses 2.747GiB.",
}


def test_every_alert_is_tried() -> None:
    assert {rule["alert"] for rule in RULES} == set(FIRING)


def test_every_metric_that_is_queried_is_exported(told: Scrape) -> None:
    names = {sample.name for family in told.families.values() for sample in family.samples}
    asked = {name for text in EXPRESSIONS for name in re.findall(r"\bkokoro_\w+", text)}
    assert asked
    assert asked <= names


def test_every_label_that_is_queried_is_exported(told: Scrape) -> None:
    samples = [sample for family in told.families.values() for sample in family.samples]
    labels = {label for sample in samples for label in sample.labels} | {"instance", "job"}
    for text in EXPRESSIONS:
        grouped = re.findall(r"by \(([^)]*)\)", text)
        asked = {label.strip() for group in grouped for label in group.split(",")}
        asked |= set(re.findall(r"[{,] ?(\w+)[=!]", text))
        assert asked <= labels, text
    for name, values in {"outcome": OUTCOMES, "reason": REASONS}.items():
        found = re.findall(rf'{name}=~?"([^"]*)"', " ".join(EXPRESSIONS))
        assert found
        assert {value for values in found for value in values.split("|")} <= set(values)


def test_the_dashboard_has_every_metric(told: Scrape) -> None:
    """Except the buckets of the real-time factor: the ratio of the sums tells enough."""
    names = {name for name in told.families if not name.endswith("_created")}
    missing = {name for name in names if name not in " ".join(QUERIES)}
    assert missing == {"kokoro_real_time_factor"}


def test_grafana_knows_every_member_of_the_dashboard() -> None:
    """Grafana's own library drops members that it does not know when it writes a dashboard."""
    register_default_plugins()
    written = json.loads(JSONEncoder().encode(Dashboard.from_json(DASHBOARD)))
    assert list(differences(DASHBOARD, written)) == []


def differences(expected: Any, found: Any, place: str = "") -> Iterator[str]:
    """Return the places where `found` lacks or changes a member of `expected`."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for name, value in expected.items():
            yield from differences(value, found.get(name), f"{place}/{name}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for number, value in enumerate(expected):
            yield from differences(value, found[number], f"{place}/{number}")
    elif expected != found:
        yield f"{place}: {expected!r}, not {found!r}"


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel["title"])
def test_every_panel_says_what_it_shows(panel: dict[str, Any]) -> None:
    assert panel["title"]
    assert panel["description"].endswith(".")
    assert panel["fieldConfig"]["defaults"]["unit"]
    assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
    for target in panel["targets"]:
        assert target["datasource"] == panel["datasource"]
        assert target["legendFormat"]
        assert '{instance=~"$instance"' in target["expr"]


def test_panels_have_numbers_of_their_own_and_none_covers_another() -> None:
    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(ids) == len(set(ids))
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        at = panel["gridPos"]
        assert at["x"] + at["w"] <= 24
        cells = {(at["x"] + x, at["y"] + y) for x in range(at["w"]) for y in range(at["h"])}
        assert not taken & cells
        taken |= cells
