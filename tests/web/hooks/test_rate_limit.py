"""Requests for speech are limited by key or address; all others are not limited."""

import logging
import socket
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
import requests
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from app.settings import SettingError, Settings
from app.web.hooks.rate_counter import RequestCounts
from tests.conftest import TINY_VOICE
from tests.fakes import FakeEngine
from tests.servers import free_port, gunicorn_server, server, wait_until

SPEECH = "/v1/audio/speech"
BODY = {"model": "tts-1", "voice": "alloy", "input": "Hello"}
PREFLIGHT = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}


def client_of(rate_limit: str | None, **settings: object) -> FlaskClient:
    given = Settings(rate_limit=rate_limit, **settings)  # type: ignore[arg-type]
    return create_app(given, FakeEngine()).test_client()


def ask(client: FlaskClient, key: str = "", address: str = "127.0.0.1") -> TestResponse:
    return client.post(
        SPEECH,
        json=BODY,
        headers={"Authorization": f"Bearer {key}"},
        environ_overrides={"REMOTE_ADDR": address},
    )


@contextmanager
def redis_server(port: int) -> Iterator[str]:
    """Run Redis and yield its URL."""
    command = ["redis-server", "--port", str(port), "--save", "", "--appendonly", "no"]
    with server(command, {}, port), redis.Redis(port=port) as connection:
        wait_until(lambda: answers(connection))
        yield f"redis://127.0.0.1:{port}"


def answers(connection: "redis.Redis") -> bool:
    try:
        return bool(connection.ping())
    except redis.ConnectionError:
        return False


def warnings_in(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize(
    ("one", "same", "another"),
    [
        ("192.0.2.1", "192.0.2.1", "192.0.2.2"),
        ("192.0.2.1", "::ffff:192.0.2.1", "::ffff:192.0.2.2"),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:2::1"),
        ("unknown", "unknown", "192.0.2.1"),
    ],
)
def test_without_a_key_a_client_is_an_address_or_a_network_of_ipv6(
    one: str, same: str, another: str
) -> None:
    client = client_of("1/day")
    statuses = [ask(client, address=address).status_code for address in (one, same, another)]
    assert statuses == [200, 429, 200]


def test_a_request_beyond_the_limit_is_429_with_retry_after() -> None:
    client = client_of("2/day;5/year")
    assert [ask(client).status_code for _ in range(2)] == [200, 200]

    refused = ask(client)

    assert refused.status_code == 429
    seconds = int(refused.headers["Retry-After"])
    assert 86_000 < seconds <= 86_400
    assert refused.json == {
        "error": {
            "message": f"The limit of 2 per 1 day is reached: try again in {seconds} s.",
            "type": "rate_limit_error",
            "param": None,
            "code": "rate_limit_exceeded",
        }
    }


def test_after_retry_after_a_client_may_ask_again() -> None:
    client = client_of("1/second")
    wait_until(lambda: ask(client).headers.get("Retry-After") == "1")
    wait_until(lambda: ask(client).status_code == 200)


def test_only_requests_for_speech_count() -> None:
    client = client_of("3/day", cors_origins=("*",))
    for path in ("/", "/health", "/v1/models", "/v1/audio/voices", "/docs", "/playground", "/no"):
        assert [client.get(path).status_code for _ in range(4)].count(429) == 0
    for _ in range(4):
        assert client.options(SPEECH, headers=PREFLIGHT).status_code == 200
        assert client.get(SPEECH).status_code == 405
    assert client.get("/v1/audio/voices/af_heart/preview").status_code == 200
    assert client.post(f"{SPEECH}/captions", json=BODY).status_code == 200
    assert client.post(SPEECH, json={}).status_code == 400

    assert ask(client).status_code == 429
    assert client.post(f"{SPEECH}/captions", json=BODY).status_code == 429
    assert client.get("/v1/audio/voices/af_heart/preview").status_code == 429
    assert client.get("/v1/models").status_code == 200


def test_each_key_has_its_own_count_wherever_it_comes_from(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.write_text("alice:a\nbob:b\n")
    client = client_of("2/day", api_key_file=keys)
    assert [ask(client, "a", f"192.0.2.{host}").status_code for host in range(3)] == [200, 200, 429]
    assert [ask(client, "b").status_code for _ in range(3)] == [200, 200, 429]


def test_without_keys_each_address_has_its_own_count() -> None:
    client = client_of("1/day")
    assert [ask(client, address="192.0.2.1").status_code for _ in range(2)] == [200, 429]
    assert [ask(client, address="192.0.2.2").status_code for _ in range(2)] == [200, 429]


def test_requests_with_a_bad_key_do_not_count() -> None:
    client = client_of("1/day", api_key="s3cret")
    assert [ask(client, "wrong").status_code for _ in range(3)] == [401, 401, 401]
    assert ask(client, "s3cret").status_code == 200


def test_without_a_limit_nothing_is_counted() -> None:
    client = client_of(None)
    assert {ask(client).status_code for _ in range(20)} == {200}


def test_redis_without_its_client_installed_is_a_clear_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(SettingError, match="install this server's extra 'redis'"):
        client_of("1/day", rate_limit_storage="redis://127.0.0.1")
    client_of(None, rate_limit_storage="redis://127.0.0.1")


def test_a_bad_address_of_redis_is_a_clear_error_without_its_password() -> None:
    with pytest.raises(SettingError, match="a port that is no number") as raised:
        client_of("1/day", rate_limit_storage="redis://:s3cret@127.0.0.1:port")
    assert "s3cret" not in str(raised.value)


@pytest.mark.needs("redis-server")
def test_while_redis_is_away_requests_are_counted_in_memory(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.hooks.rate_counter.AWAY_SECONDS", 0)
    port = free_port()
    with redis_server(port) as url:
        client = client_of("3/day", rate_limit_storage=url)
        assert ask(client).status_code == 200
    assert [ask(client).status_code for _ in range(4)] == [200, 200, 200, 429]
    with redis_server(port) as url, redis.Redis(port=port) as connection:
        assert [ask(client).status_code for _ in range(2)] == [200, 200]
        (key,) = connection.keys()
        assert b"address:127.0.0.1" in key
    away, back = warnings_in(caplog)
    assert away.startswith("Redis is away; meanwhile each process counts requests itself: ")
    assert back == "Redis is back and counts requests again."


@pytest.mark.needs("redis-server")
def test_a_restart_of_redis_goes_unnoticed(caplog: pytest.LogCaptureFixture) -> None:
    port = free_port()
    with redis_server(port) as url:
        counts = RequestCounts("9/day", url)
        counts.add("a client")
    with redis_server(port):
        counts.add("a client")
    assert warnings_in(caplog) == []


@pytest.mark.slow
@pytest.mark.needs("redis-server")
def test_two_servers_share_a_limit_in_redis_and_go_on_without_it(tmp_path: Path) -> None:
    with redis_server(free_port()) as url:
        environ = {
            "KOKORO_MODEL_PATH": str(TINY_VOICE),
            "KOKORO_RATE_LIMIT": "4/day",
            "KOKORO_RATE_LIMIT_STORAGE": url,
        }
        with (
            gunicorn_server(environ, tmp_path / "one") as one,
            gunicorn_server(environ, tmp_path / "two") as two,
        ):
            one.wait_until_healthy()
            two.wait_until_healthy()
            # Without a text, a request is refused but counted.
            asked = [requests.post(f"{s.url}{SPEECH}", json={}, timeout=10) for s in (one, two) * 3]
            assert [reply.status_code for reply in asked] == [400] * 4 + [429] * 2


@pytest.mark.slow
def test_a_redis_that_does_not_answer_delays_no_other_request(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        environ = {
            "KOKORO_MODEL_PATH": str(TINY_VOICE),
            "KOKORO_RATE_LIMIT": "6/day",
            # Long, so that the request to /v1/models is surely answered in time.
            "KOKORO_RATE_LIMIT_STORAGE": f"redis://127.0.0.1:{port}?socket_timeout=5",
        }
        with gunicorn_server(environ, tmp_path / "log") as running, ThreadPoolExecutor(8) as pool:
            running.wait_until_healthy()
            speech = f"{running.url}{SPEECH}"
            asked = [pool.submit(requests.post, speech, json={}, timeout=60) for _ in range(8)]
            connection, _ = silent.accept()
            assert requests.get(f"{running.url}/v1/models", timeout=10).status_code == 200
            assert not any(request.done() for request in asked)
            connection.close()
            statuses = sorted(request.result().status_code for request in asked)
        assert statuses == [400] * 6 + [429] * 2
        assert running.log.count("Redis is away") == 1
        assert "Traceback" not in running.log
