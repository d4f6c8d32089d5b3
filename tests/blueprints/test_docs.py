"""The API's document and the page that renders it."""

import html
import json
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.settings import Settings
from app.web.openapi import document
from tests.fakes import FakeEngine
from tests.servers import Server


class Page(HTMLParser):
    """Tags, loaded files, links, ids and regions of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.regions: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.tags.append(tag)
        if tag == "a":
            self.links.append(str(given.get("href")))
        elif "src" in given or "href" in given:
            self.loaded.append(str(given.get("src") or given.get("href")))
        if "id" in given:
            self.ids.append(str(given["id"]))
        if given.get("role") == "region":
            self.regions.append(str(given["aria-label"]))


def test_the_document_is_served(client: FlaskClient, app: Flask) -> None:
    response = client.get("/openapi.json")
    assert response.content_type == "application/json"
    assert response.json == json.loads(json.dumps(document(app)))


def test_the_page_names_every_endpoint_and_member(client: FlaskClient, app: Flask) -> None:
    page = html.unescape(client.get("/docs").text)
    shown = document(app)
    for path in shown["paths"]:
        assert f"<code>{path}</code>" in page
    for schema in shown["components"]["schemas"].values():
        for name, member in schema["properties"].items():
            assert f"<code>{name}</code>" in page
            assert re.sub("`", "", member.get("description", "")) in re.sub("</?code>", "", page)


def test_the_page_loads_its_style_and_nothing_else(client: FlaskClient) -> None:
    response = client.get("/docs")
    page = Page(response.text)
    assert page.loaded == ["/docs/style.css"]
    with client.get("/docs/style.css") as style:
        assert style.content_type == "text/css; charset=utf-8"
    assert "script" not in page.tags
    assert response.headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_every_link_of_the_page_leads_somewhere(client: FlaskClient) -> None:
    page = Page(client.get("/docs").text)
    assert len(page.ids) == len(set(page.ids))
    for link in page.links:
        if link.startswith("#"):
            assert link[1:] in page.ids
        else:
            assert client.get(link).status_code == 200


def test_every_command_is_a_region_with_a_name_of_its_own(client: FlaskClient) -> None:
    page = Page(client.get("/docs").text)
    assert len(page.regions) == len(set(page.regions)) == page.tags.count("pre") > 0


def test_behind_a_prefix_the_document_and_the_commands_include_it(client: FlaskClient) -> None:
    prefix = {"SCRIPT_NAME": "/tts"}
    assert client.get("/openapi.json", environ_overrides=prefix).json["servers"] == [
        {"url": "/tts"}
    ]
    page = client.get("/docs", environ_overrides=prefix).text
    assert page.count("curl -s http://localhost/tts/") == page.count("curl -s ") > 0


def test_neither_needs_the_key_and_the_commands_send_it() -> None:
    client = create_app(Settings(api_key="s3cret"), FakeEngine()).test_client()
    assert client.get("/openapi.json").status_code == 200
    page = client.get("/docs")
    assert page.status_code == 200
    assert 'Bearer $API_KEY"' in html.unescape(page.text)
    assert "s3cret" not in page.text


@pytest.mark.slow
@pytest.mark.needs("curl")
def test_the_commands_of_the_page_run_as_they_stand(server: Server, tmp_path: Path) -> None:
    page = requests.get(f"{server.url}/docs", timeout=10).text
    commands = [
        html.unescape(command) for command in re.findall(r"<pre[^>]*>(.*?)</pre>", page, re.S)
    ]
    assert len(commands) >= 10
    for command in commands:
        done = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        if "-o " in command:
            (saved,) = tmp_path.iterdir()
            assert saved.read_bytes()[:4] == b"RIFF"
            saved.unlink()
        else:
            assert done.stdout.startswith(("{", "data: {", "WEBVTT", "# HELP"))
            assert '"error"' not in done.stdout
