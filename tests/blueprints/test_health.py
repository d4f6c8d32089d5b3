"""The health endpoint answers 503 while the server cannot speak."""

import threading
import time

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.web.state import state_of
from tests.fakes import FakeEngine

SPEECH = {"model": "tts-1", "voice": "alloy"}


def test_health_is_503_until_the_model_has_spoken_its_warm_up(
    app: Flask, client: FlaskClient, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    warm = threading.Event()
    monkeypatch.setattr(engine, "warm_up", warm.wait)

    loading = client.get("/health")
    warm.set()
    state_of(app).service.wait_until_loaded()
    ready = client.get("/health")

    assert (loading.status_code, loading.json) == (503, {"status": "loading"})
    assert (ready.status_code, ready.json) == (200, {"status": "ok"})


def test_health_is_503_while_inference_is_broken_and_recovers(
    ready_client: FlaskClient, engine: FakeEngine
) -> None:
    engine.is_broken = True
    ready_client.post("/v1/audio/speech", json={**SPEECH, "input": "breakdown"})
    broken = ready_client.get("/health")
    assert (broken.status_code, broken.json) == (503, {"status": "inference is broken"})

    engine.is_broken = False
    deadline = time.monotonic() + 10
    while ready_client.get("/health").status_code != 200:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_one_failed_request_does_not_fail_the_others(ready_client: FlaskClient) -> None:
    response = ready_client.post("/v1/audio/speech", json={**SPEECH, "input": "breakdown"})
    assert response.status_code == 500
    assert ready_client.get("/health").status_code == 200
