"""Metrics count requests by status, and speeches by outcome."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.openmetrics import parser as openmetrics

from app import create_app
from app.settings import Settings
from tests.exposition import Scrape
from tests.fakes import FakeEngine

SPEECH = {"model": "tts-1", "voice": "alloy"}


def scrape(client: FlaskClient) -> Scrape:
    reply = client.get("/metrics")
    assert reply.status_code == 200
    return Scrape(reply.text)


def test_requests_are_counted_by_endpoint_and_status(ready_client: FlaskClient) -> None:
    for path in ("/v1/models/tts-1", "/v1/models/kokoro", "/v1/models/none"):
        ready_client.get(path)
    told = scrape(ready_client)
    counted = {"endpoint": "/v1/models/<path:name>", "method": "GET"}
    assert told.value("kokoro_http_requests_total", **counted, status="200") == 2
    assert told.value("kokoro_http_requests_total", **counted, status="404") == 1
    seconds = "kokoro_http_request_duration_seconds_count"
    assert told.value(seconds, endpoint="/v1/models/<path:name>") == 3


def test_unknown_paths_and_methods_add_no_series(client: FlaskClient) -> None:
    for path in ("/wp-login.php", "/.env"):
        client.get(path)
        client.open(path, method="BREW")
    told = scrape(client)
    requests = told.families["kokoro_http_requests"].samples
    seen = {
        (s.labels["endpoint"], s.labels["method"]) for s in requests if s.name.endswith("_total")
    }
    assert seen == {("none", "GET"), ("none", "other")}
    assert told.value("kokoro_http_requests_total", endpoint="none") == 4


def test_speeches_are_counted_with_their_audio(ready_client: FlaskClient) -> None:
    for _ in range(2):
        ready_client.post("/v1/audio/speech", json={**SPEECH, "input": "one two three"})
    told = scrape(ready_client)
    assert told.value("kokoro_speeches_total", outcome="finished") == 2
    assert told.value("kokoro_audio_seconds_total") == pytest.approx(2 * 3 * 100 / 24_000)
    for name in ("speech_first_audio_seconds", "speech_duration_seconds", "real_time_factor"):
        assert told.value(f"kokoro_{name}_count") == 2


def test_a_speech_that_fails_has_no_duration(ready_client: FlaskClient) -> None:
    ready_client.post("/v1/audio/speech", json={**SPEECH, "input": "one breakdown"})
    told = scrape(ready_client)
    assert told.value("kokoro_speeches_total", outcome="failed") == 1
    assert told.value("kokoro_speech_first_audio_seconds_count") == 1
    assert told.value("kokoro_speech_duration_seconds_count") == 0


def test_the_page_does_nothing_once_the_speech_is_over(ready_client: FlaskClient) -> None:
    ready_client.post("/v1/audio/speech", json={**SPEECH, "input": "one two three"})
    told = scrape(ready_client)
    assert told.value("kokoro_busy_workers") == told.value("kokoro_queue_length") == 0


def test_open_metrics_are_sent_to_clients_that_accept_them(client: FlaskClient) -> None:
    accept = "application/openmetrics-text;version=nonsense,text/plain;version=0.0.4;q=0.5"
    reply = client.get("/metrics", headers={"Accept": accept})
    assert reply.mimetype == "application/openmetrics-text"
    assert list(openmetrics.text_string_to_metric_families(reply.text))  # type: ignore[no-untyped-call]


def test_the_key_is_asked_for_unless_metrics_are_public(engine: FakeEngine) -> None:
    client = create_app(Settings(api_key="s3cret"), engine).test_client()
    assert client.get("/metrics").status_code == 401
    bearer = {"Authorization": "Bearer s3cret"}
    told = Scrape(client.get("/metrics", headers=bearer).text)
    assert told.value("kokoro_http_requests_total", endpoint="/metrics", status="401") == 1

    public = create_app(Settings(api_key="s3cret", public_endpoints=("metrics",)), engine)
    assert public.test_client().get("/metrics").status_code == 200


def test_applications_in_one_process_count_apart(client: FlaskClient, app: Flask) -> None:
    other = create_app(Settings(), FakeEngine()).test_client()
    other.get("/health")
    client.get("/v1")
    requests = scrape(client).families["kokoro_http_requests"].samples
    assert {sample.labels["endpoint"] for sample in requests} == {"/v1"}
