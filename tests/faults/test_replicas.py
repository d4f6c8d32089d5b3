"""Two servers behind nginx share the load, and one that dies or stops costs the least it can."""

import http.client
import itertools
import json
import time
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

import pytest
import requests

from bench.speed.texts import unique_sentences
from tests.faults.listeners import (
    LONG_TEXT,
    SPEECH,
    Crowd,
    HeldStream,
    hear,
    new_id,
    request_body,
)
from tests.faults.recovery import alone, scraped, unharmed, working_and_waiting
from tests.faults.replicas import Replica, Site, running_site
from tests.servers import wait_until

pytestmark = pytest.mark.needs("nginx")

DRAINS = 2


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture
def site(shared_site: Site) -> Site:
    """Two servers that are up and idle."""
    shared_site.restore()
    shared_site.wait_until_shared()
    wait_until(lambda: all(replica.is_idle() for replica in shared_site.replicas))
    return shared_site


@pytest.fixture(scope="module")
def speeches(shared_site: Site) -> dict[str, bytes]:
    """Sentences, and their sound while no other client is served."""
    shared_site.restore()
    texts = itertools.islice(unique_sentences(), 48)
    return {text: sound_of(shared_site, text) for text in texts}


@pytest.fixture(scope="module")
def long_speech(shared_site: Site) -> bytes:
    shared_site.restore()
    return sound_of(shared_site, LONG_TEXT)


def sound_of(site: Site, text: str) -> bytes:
    return alone(site.replicas[0].running, text, response_format="pcm", stream=False)


@pytest.fixture
def narrow_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One server with one worker and no queue, which speaks `endless` until it is stopped."""
    folder = tmp_path_factory.mktemp("narrow")
    settings = {"KOKORO_WORKERS": "1", "KOKORO_MAX_QUEUE": "0"}
    with running_site(folder, 1, "tests.faults.fault_app:app", **settings) as running:
        yield running


def status_from(site: Site, address: str) -> int:
    """Return the status of a request for speech from an address of this machine."""
    connection = http.client.HTTPConnection(
        urlsplit(site.url).netloc, timeout=20, source_address=(address, 0)
    )
    headers = {"Content-Type": "application/json"}
    body = json.dumps(request_body("Where am I?", is_streamed=False))
    with closing(connection):
        connection.request("POST", SPEECH, body, headers)
        return connection.getresponse().status


def are_right(site: Site, speeches: dict[str, bytes]) -> bool:
    """Return whether all `speeches`, one after another, are answered at once and correctly."""
    with requests.Session() as session:
        heard = [hear(session, site.url, text, sound, False) for text, sound in speeches.items()]
    return not any(each.problem for each in heard)


def assert_serves_again(replica: Replica, crowd: Crowd) -> None:
    """Wait until the server that was started again gets its share of the crowd's requests."""
    replica.running.wait_until_healthy()
    wait_until(lambda: replica.speeches() >= 5)
    crowd.wait_for(20)


def test_requests_are_spread_over_both(site: Site, speeches: dict[str, bytes]) -> None:
    before = [replica.speeches() for replica in site.replicas]
    with Crowd(site.url, speeches) as crowd:
        crowd.wait_for(100)
    counts = [r.speeches() - b for r, b in zip(site.replicas, before, strict=True)]
    assert crowd.problems() == []
    assert sum(counts) == len(crowd.heard)
    assert min(counts) > sum(counts) / 5


def test_new_requests_go_to_the_server_that_is_idle(
    site: Site, speeches: dict[str, bytes], long_speech: bytes
) -> None:
    busy, idle = site.replicas
    streams = site.hold(busy, 3)
    wait_until(idle.is_idle)
    before = idle.speeches()
    assert are_right(site, speeches)
    assert idle.speeches() - before >= 0.9 * len(speeches)
    assert all(busy.is_speaking(stream.id) for stream in streams)
    assert all(stream.rest() == long_speech for stream in streams)


def test_a_server_that_is_killed_costs_only_its_own_streams(
    site: Site, speeches: dict[str, bytes], long_speech: bytes
) -> None:
    victim, survivor = site.replicas
    with unharmed(survivor.running), Crowd(site.url, speeches) as crowd:
        streams = [HeldStream(site.url) for _ in range(6)]
        speakers = [site.speaker_of(stream.id) for stream in streams]
        assert {victim, survivor} == set(speakers)
        crowd.wait_for(20)
        victim.kill()
        killed = time.monotonic()
        assert are_right(site, speeches)
        crowd.wait_for(100)
        victim.start()
        assert_serves_again(victim, crowd)
        crowd.leave()
        for stream, speaker in zip(streams, speakers, strict=True):
            assert stream.is_cut() if speaker is victim else stream.rest() == long_speech
    for heard in crowd.problems():
        wait_until(lambda heard=heard: site.upstreams(heard.id))
        assert heard.asked < killed, heard
        assert victim.port in site.upstreams(heard.id), heard


def test_draining_one_server_after_the_other_costs_no_request(
    site: Site, speeches: dict[str, bytes], long_speech: bytes
) -> None:
    with Crowd(site.url, speeches) as crowd:
        for number in range(DRAINS):
            draining = site.replicas[number % 2]
            streams = site.hold(draining, 2)
            draining.drain()
            wait_until(lambda draining=draining: not draining.listens())
            crowd.wait_for(50)
            assert all(stream.rest() == long_speech for stream in streams)
            assert draining.wait_until_ended() == 0
            crowd.wait_for(50)
            draining.start()
            assert_serves_again(draining, crowd)
    assert crowd.problems() == []
    assert len(crowd.heard) > 100 * DRAINS


def test_without_any_server_the_error_is_openais_until_one_is_back(
    site: Site, speeches: dict[str, bytes]
) -> None:
    for replica in site.replicas:
        replica.kill()
    request_id = new_id()
    body = request_body("Nobody is there.", is_streamed=True)
    headers = {"X-Request-Id": request_id}
    reply = requests.post(site.url + SPEECH, json=body, headers=headers, timeout=20)
    assert reply.status_code == 502
    assert reply.headers["X-Request-Id"] == request_id
    assert int(reply.headers["Retry-After"]) > 0
    assert set(reply.json()["error"]) == {"message", "type", "param", "code"}
    site.replicas[0].start()
    site.replicas[0].running.wait_until_healthy()
    wait_until(lambda: are_right(site, dict(itertools.islice(speeches.items(), 1))))
    assert are_right(site, speeches)


def test_a_request_keeps_its_id_and_gets_one_without(site: Site) -> None:
    given = new_id()
    body = request_body("Who is this?", is_streamed=False)
    reply = requests.post(site.url + SPEECH, json=body, headers={"X-Request-Id": given}, timeout=20)
    assert reply.headers["X-Request-Id"] == given
    assert site.speaker_of(given)
    made_up = requests.post(site.url + SPEECH, json=body, timeout=20).headers["X-Request-Id"]
    assert site.speaker_of(made_up)


def test_a_stream_begins_before_it_is_made(site: Site, long_speech: bytes) -> None:
    stream = HeldStream(site.url)
    assert site.speaker_of(stream.id).is_speaking(stream.id)
    assert stream.rest() == long_speech
    wait_until(lambda: not site.speaker_of(stream.id).is_speaking(stream.id))


def test_a_full_queue_is_429_with_the_time_to_come_back(narrow_site: Site) -> None:
    (replica,) = narrow_site.replicas
    busy = HeldStream(narrow_site.url, "swallow endless")
    wait_until(lambda: working_and_waiting(replica.running) == (1, 0))
    body = request_body("swallow", is_streamed=False)
    reply = requests.post(narrow_site.url + SPEECH, json=body, timeout=20)
    assert reply.status_code == 429
    assert int(reply.headers["Retry-After"]) > 0
    assert reply.json()["error"]["type"] == "rate_limit_error"
    assert scraped(replica.running).value("kokoro_rejected_requests_total", reason="queue") == 1
    busy.leave()
    wait_until(replica.is_idle)


@pytest.mark.parametrize("is_streamed", [True, False])
def test_a_client_that_leaves_nginx_ends_the_work_behind_it(
    narrow_site: Site, is_streamed: bool
) -> None:
    (replica,) = narrow_site.replicas
    with unharmed(replica.running):
        if is_streamed:
            HeldStream(narrow_site.url, "swallow endless").leave()
        else:
            body = request_body("endless", is_streamed=False)
            with pytest.raises(requests.ReadTimeout):
                requests.post(narrow_site.url + SPEECH, json=body, timeout=(20, 2))
        wait_until(replica.is_idle)
    assert scraped(replica.running).value("kokoro_speeches_total", outcome="cancelled") == 1


def test_servers_tell_clients_apart_by_their_addresses(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("addresses")
    with running_site(folder, 1, "tests.faults.fault_app:app", KOKORO_RATE_LIMIT="2/hour") as site:
        statuses = {
            address: [status_from(site, address) for _ in range(3)]
            for address in ("127.0.0.2", "127.0.0.3")
        }
    assert list(statuses.values()) == [[200, 200, 429]] * 2
