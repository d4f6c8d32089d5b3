"""deploy/nginx.conf, run by the machine's nginx in front of small servers that a test scripts."""

import json
import re
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from http.client import HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from tests.certificates import make_certificate
from tests.deploy.nginx import DEPLOY, HAS_IPV6, NGINX, rendered_nginx, running_nginx
from tests.servers import free_port, wait_until

pytestmark = pytest.mark.needs("nginx")

SPEECH = "/v1/audio/speech"
PLAIN_SERVER = re.search(
    r"^    server \{\n.*?^    \}\n", (DEPLOY / "nginx.conf").read_text(), re.DOTALL | re.MULTILINE
)


class Upstream(ThreadingHTTPServer):
    """A server that records its requests, and answers with its port or as `reply` does."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[dict[str, str]] = []
        self.reply: Callable[[Handler], None] = lambda handler: handler.answer(200)
        threading.Thread(target=self.serve_forever, args=[0.05], daemon=True).start()

    def handle_error(self, *_: object) -> None:
        pass  # a test has cut the connection


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Upstream

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.requests.append(dict(self.headers))
        self.server.reply(self)

    do_POST = do_GET

    def answer(self, status: int, **headers: str) -> None:
        body = str(self.server.server_port).encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def break_off(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def upstreams() -> Iterator[list[Upstream]]:
    with ExitStack() as stack:
        servers = [stack.enter_context(Upstream()) for _ in range(2)]
        yield servers
        for server in servers:
            server.shutdown()


@pytest.fixture
def url(tmp_path: Path, upstreams: list[Upstream]) -> Iterator[str]:
    with running_nginx(tmp_path, [server.server_port for server in upstreams]) as address:
        yield address


def speak(url: str, **options: object) -> requests.Response:
    return requests.post(url + SPEECH, json={"input": "secret words"}, timeout=20, **options)


def is_openai_error(reply: requests.Response) -> bool:
    error = reply.json()["error"]
    return set(error) == {"message", "type", "param", "code"} and bool(error["message"])


def test_headers_in_which_a_client_names_its_address_are_overwritten(
    url: str, upstreams: list[Upstream]
) -> None:
    forged = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host")
    dropped = ("X-Forwarded-Prefix", "X-Forwarded-Port", "Forwarded")
    requests.get(f"{url}/v1", headers=dict.fromkeys((*forged, *dropped), "6.6.6.6"), timeout=20)
    (seen,) = upstreams[0].requests + upstreams[1].requests
    host = url.removeprefix("http://")
    assert [seen[name] for name in forged] == ["127.0.0.1", "http", host]
    assert seen["Host"] == host
    assert not set(dropped) & set(seen)


@pytest.mark.parametrize(("given", "is_kept"), [("mine-1", True), ("a b", False), ("", False)])
def test_a_sane_request_id_is_passed_on_and_another_replaced(
    url: str, upstreams: list[Upstream], given: str, is_kept: bool
) -> None:
    requests.get(f"{url}/v1", headers={"X-Request-Id": given}, timeout=20)
    (seen,) = upstreams[0].requests + upstreams[1].requests
    assert (seen["X-Request-Id"] == given) == is_kept
    assert re.fullmatch(r"mine-1|[0-9a-f]{32}", seen["X-Request-Id"])


def test_speech_goes_to_the_server_that_is_making_the_least(
    url: str, upstreams: list[Upstream]
) -> None:
    done = threading.Event()
    first, second = upstreams

    def wait(handler: Handler) -> None:
        done.wait(20)
        handler.answer(200)

    first.reply = second.reply = wait
    threads = [threading.Thread(target=speak, args=[url]) for _ in range(6)]
    for count, thread in enumerate(threads, 1):
        thread.start()
        wait_until(lambda count=count: len(first.requests + second.requests) == count)
    done.set()
    for thread in threads:
        thread.join()
    assert len(first.requests) == len(second.requests) == 3


def test_a_server_that_is_gone_costs_no_speech(url: str, upstreams: list[Upstream]) -> None:
    upstreams[0].shutdown()
    upstreams[0].server_close()
    assert [speak(url).status_code for _ in range(10)] == [200] * 10


def test_a_server_that_is_not_ready_costs_no_speech(url: str, upstreams: list[Upstream]) -> None:
    upstreams[0].reply = lambda handler: handler.answer(503)
    assert [speak(url).status_code for _ in range(10)] == [200] * 10


def test_two_servers_at_most_are_asked(url: str, upstreams: list[Upstream]) -> None:
    for server in upstreams:
        server.reply = Handler.break_off
    reply = speak(url)
    assert (reply.status_code, is_openai_error(reply)) == (502, True)
    assert [len(server.requests) for server in upstreams] == [1, 1]


def test_speech_that_has_begun_is_cut_and_not_repeated(url: str, upstreams: list[Upstream]) -> None:
    def begin(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"some")
        handler.break_off()

    for server in upstreams:
        server.reply = begin
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        speak(url)
    assert sum(len(server.requests) for server in upstreams) == 1


@pytest.mark.parametrize("status", [400, 401, 429, 500, 504])
def test_replies_of_the_servers_pass_unchanged(
    url: str, upstreams: list[Upstream], status: int
) -> None:
    for server in upstreams:
        server.reply = lambda handler: handler.answer(status, Retry_After="7")
    reply = speak(url)
    ports = {str(server.server_port) for server in upstreams}
    assert (reply.status_code, reply.headers["Retry-After"]) == (status, "7")
    assert reply.text in ports
    assert sum(len(server.requests) for server in upstreams) == 1


def test_speech_is_sent_on_as_it_is_made(url: str, upstreams: list[Upstream]) -> None:
    heard = threading.Semaphore(0)

    def stream(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for piece in (b"one", b"two", b"six"):
            handler.wfile.write(b"3\r\n%s\r\n" % piece)
            if not heard.acquire(timeout=20):
                return
        handler.wfile.write(b"0\r\n\r\n")

    for server in upstreams:
        server.reply = stream
    with speak(url, stream=True) as reply:
        pieces = reply.raw.stream(3)
        for expected in (b"one", b"two", b"six"):
            assert next(pieces) == expected
            heard.release()


def test_each_speech_has_a_connection_of_its_own(tmp_path: Path, upstreams: list[Upstream]) -> None:
    ports = []
    server = upstreams[0]

    def note(handler: Handler) -> None:
        ports.append(handler.client_address[1])
        handler.answer(200)

    server.reply = note
    with running_nginx(tmp_path, [server.server_port]) as url, requests.Session() as session:
        for _ in range(2):
            session.get(f"{url}/v1", timeout=20)
            session.post(url + SPEECH, json={}, timeout=20)
    assert ports[0] == ports[2]
    assert len(set(ports)) == 3


def test_a_listener_who_leaves_is_noticed(url: str, upstreams: list[Upstream]) -> None:
    was_noticed = threading.Event()

    def stream(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(bytes(1000))
                time.sleep(0.01)
        except OSError:
            was_noticed.set()
        handler.close_connection = True

    for server in upstreams:
        server.reply = stream
    with speak(url, stream=True) as reply:
        next(reply.iter_content(1000))
    assert was_noticed.wait(20)


@pytest.mark.parametrize("path", ["/metrics", "/health", "/health/live", "/health/ready"])
def test_figures_and_probes_are_not_shown_to_the_outside(
    url: str, upstreams: list[Upstream], path: str
) -> None:
    reply = requests.get(url + path, timeout=20)
    assert (reply.status_code, is_openai_error(reply)) == (404, True)
    assert not upstreams[0].requests + upstreams[1].requests


@pytest.mark.parametrize(
    ("status", "members"),
    [
        (413, {"method": "POST", "data": bytes(1_100_000)}),
        (414, {"method": "GET", "params": "x" * 9000}),
        (431, {"method": "GET", "headers": {"X": "x" * 9000}}),
    ],
)
def test_a_body_that_is_too_large_is_an_openai_error(
    url: str, upstreams: list[Upstream], status: int, members: dict[str, object]
) -> None:
    reply = requests.request(url=url + SPEECH, timeout=20, **members)
    assert (reply.status_code, is_openai_error(reply)) == (status, True)
    assert reply.headers["X-Request-Id"]
    assert not upstreams[0].requests + upstreams[1].requests


UNREADABLE = {
    "a later HTTP": (505, b"GET /v1 HTTP/3.0\r\nHost: a\r\n\r\n"),
    "an unknown coding": (501, b"POST /v1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x\r\n\r\n"),
    "no request": (400, b"what?\r\n\r\n"),
    "no host": (400, b"GET /v1 HTTP/1.1\r\n\r\n"),
    "two lengths": (400, b"POST /v1 HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"),
    "no path": (400, b"GET v1 HTTP/1.1\r\nHost: a\r\n\r\n"),
    "a path out of the tree": (400, b"GET /../.. HTTP/1.1\r\nHost: a\r\n\r\n"),
    "a trace": (405, b"TRACE /v1 HTTP/1.1\r\nHost: a\r\n\r\n"),
    "too large a body": (413, b"POST /v1 HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n"),
}


@pytest.mark.parametrize(("status", "sent"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_refusal_by_nginx_is_an_openai_error(
    url: str, upstreams: list[Upstream], status: int, sent: bytes
) -> None:
    reply = raw(url, sent)
    assert (reply.status, reply.getheader("Content-Type")) == (status, "application/json")
    error = json.loads(reply.read())["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert error["type"] == "invalid_request_error"
    assert reply.getheader("Retry-After") is None  # the same request would be refused again
    assert not upstreams[0].requests + upstreams[1].requests


def raw(url: str, sent: bytes) -> HTTPResponse:
    """Send bytes, and return the answer."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), 20) as connection:
        connection.sendall(sent)
        reply = HTTPResponse(connection)
        reply.begin()
        return reply


def test_nginx_listens_on_both_families_of_addresses(url: str, upstreams: list[Upstream]) -> None:
    if not HAS_IPV6:
        pytest.skip("this machine has no IPv6")
    for host in ("127.0.0.1", "[::1]"):
        assert requests.get(f"http://{host}:{urlsplit(url).port}/v1", timeout=20).ok


def test_without_servers_a_client_is_told_when_to_come_back(tmp_path: Path) -> None:
    with running_nginx(tmp_path, [free_port(), free_port()]) as url:
        reply = speak(url)
    assert (reply.status_code, reply.headers["Retry-After"]) == (502, "5")
    assert is_openai_error(reply)


def test_the_limits_given_as_an_example_work(tmp_path: Path, upstreams: list[Upstream]) -> None:
    examples = re.findall(r"^ +#(limit_\w+ .*;)$", (DEPLOY / "nginx.conf").read_text(), re.M)
    assert len(examples) == 4
    replacements = {f"#{line}": line for line in examples}
    with running_nginx(tmp_path, [upstreams[0].server_port], replacements) as url:
        replies = [speak(url) for _ in range(40)]
    refused = [reply for reply in replies if reply.status_code != 200]
    assert {(reply.status_code, reply.headers["Retry-After"]) for reply in refused} == {(429, "1")}
    assert all(is_openai_error(reply) for reply in refused)


def test_neither_text_nor_key_nor_query_is_logged(
    tmp_path: Path, url: str, upstreams: list[Upstream]
) -> None:
    speak(url, params="query=secret", headers={"Authorization": "Bearer secret"})
    log = tmp_path / "nginx" / "access.log"
    wait_until(lambda: SPEECH in log.read_text())
    line = json.loads(log.read_text().splitlines()[-1])
    assert (line["request"], line["status"]) == (f"POST {SPEECH}", 200)
    assert "secret" not in log.read_text()


@pytest.mark.needs("openssl")
def test_the_tls_example_serves_and_leads_there(tmp_path: Path, upstreams: list[Upstream]) -> None:
    tls_port = free_port()
    trusted = certificate(tmp_path)
    replacements = tls_example(tmp_path, tls_port)
    with running_nginx(tmp_path, [upstreams[0].server_port], replacements) as url:
        reply = requests.get(f"{url}/v1", verify=trusted, timeout=20)
        plain = requests.get(f"http://127.0.0.1:{tls_port}/v1", timeout=20)
    assert reply.url == f"https://127.0.0.1:{tls_port}/v1"
    assert (reply.status_code, upstreams[0].requests[0]["X-Forwarded-Proto"]) == (200, "https")
    assert (plain.status_code, is_openai_error(plain)) == (400, True)


def test_the_tls_example_has_http2_in_the_form_that_this_nginx_knows(tmp_path: Path) -> None:
    old, new = " ssl;\n", " ssl http2;\n"
    if version_of_nginx() >= (1, 25, 1):
        old, new = "#http2 on;", "http2 on;"
    certificate(tmp_path)
    replacements = tls_example(tmp_path, free_port(), {old: new})
    check(rendered_nginx(tmp_path, [free_port()], free_port(), replacements), tmp_path)


def tls_example(
    folder: Path, port: int, changes: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Replace the plain server by the example of TLS, with the certificate of `folder`."""
    example = (DEPLOY / "nginx" / "tls.conf").read_text()
    for old, new in {
        **(changes or {}),
        "/etc/ssl/speech.example.org": str(folder),
        "listen 443 ": f"listen 127.0.0.1:{port} ",
        "listen [::]:443 ": f"listen [::1]:{port} ",
        "https://$host$": f"https://127.0.0.1:{port}$",
    }.items():
        assert old in example
        example = example.replace(old, new)
    if not HAS_IPV6:
        example = re.sub(r"listen \[::1\].*;", "", example)
    assert PLAIN_SERVER
    return {PLAIN_SERVER[0]: "", "#include nginx/tls.conf;": example}


def version_of_nginx() -> tuple[int, ...]:
    told = subprocess.run([NGINX, "-v"], capture_output=True, text=True, check=True).stderr
    (numbers,) = re.findall(r"nginx/([\d.]+)", told)
    return tuple(map(int, numbers.split(".")))


def certificate(folder: Path) -> Path:
    """Make a certificate for this machine and its key, named as in the TLS example."""
    made, key = make_certificate(folder)
    key.rename(folder / "privkey.pem")
    return made.rename(folder / "fullchain.pem")


def check(config: Path, folder: Path) -> None:
    """Run nginx's check of a configuration."""
    command = [NGINX, "-t", "-p", str(folder), "-c", str(config), "-e", "stderr"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr


def test_nginx_finds_nothing_to_warn_of(tmp_path: Path) -> None:
    check(rendered_nginx(tmp_path, [free_port(), free_port()], free_port()), tmp_path)
