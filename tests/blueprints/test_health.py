"""Health tells whether the model can speak, and can fail."""

import time

from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import FakeEngine

SPEECH = {"model": "tts-1", "voice": "alloy"}


def test_health_is_503_until_the_model_has_spoken_its_warm_up(
    app: Flask, client: FlaskClient
) -> None:
    first = client.get("/health")
    app.extensions["stage"].wait_until_loaded()
    second = client.get("/health")
    assert second.status_code == 200
    assert second.json == {"status": "ok"}
    assert (first.status_code, first.json) in [
        (503, {"status": "loading"}),
        (200, {"status": "ok"}),  # the fake engine may be faster than the request
    ]


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


def test_one_request_that_fails_is_not_everybodys_failure(ready_client: FlaskClient) -> None:
    response = ready_client.post("/v1/audio/speech", json={**SPEECH, "input": "breakdown"})
    assert response.status_code == 500
    assert ready_client.get("/health").status_code == 200
