"""The playground's page and files, as served."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import app
from app import create_app
from app.settings import Settings
from tests.fakes import FakeEngine

FOLDER = Path(app.__file__).parent / "web" / "pages" / "playground"
PARTS = sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".html")
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


def paths_in(text: str) -> set[str]:
    """References of a page or module to other files."""
    loaded = re.findall(r'(?:src|href)="([^"]+)"|from "\./([^"]+)"', text)
    return {page.removeprefix("playground/") or module for page, module in loaded}


def test_the_page_offers_what_the_server_does() -> None:
    settings = Settings(max_input_chars=123, default_format="pcm")
    page = create_app(settings, FakeEngine()).test_client().get("/playground")
    assert page.status_code == 200
    assert page.content_type == "text/html; charset=utf-8"
    assert re.findall(r'<option value="(\w+)"( selected)?>', page.text) == [
        ("wav", ""),
        ("pcm", " selected"),
    ]
    assert 'data-most="123"' in page.text
    assert 'min="0.25" max="4.0"' in page.text


def test_with_openai_the_page_offers_every_format_and_mp3_first() -> None:
    settings = Settings.load({"KOKORO_OPENAI": "on"})
    page = create_app(settings, FakeEngine()).test_client().get("/playground")
    offered = dict(re.findall(r'<option value="(\w+)"( selected)?>', page.text))
    assert list(offered) == ["wav", "pcm", "mp3", "opus", "aac", "flac"]
    assert [name for name, selected in offered.items() if selected] == ["mp3"]


@pytest.mark.parametrize("name", PARTS)
def test_every_part_has_its_type(client: FlaskClient, name: str) -> None:
    with client.get(f"/playground/{name}") as part:
        assert part.status_code == 200
        assert part.content_type == TYPES[Path(name).suffix]
        assert part.data == (FOLDER / name).read_bytes()


def test_every_part_is_loaded_and_there(client: FlaskClient) -> None:
    texts = [client.get("/playground").text]
    texts += [path.read_text() for path in FOLDER.glob("*.js")]
    assert set().union(*map(paths_in, texts)) == set(PARTS)


@pytest.mark.parametrize(
    "name",
    ["playground.html", "nothing.js", "..%2fauth.py", "%00.js", "a/b", f"{'a' * 300}.css"],
)
def test_nothing_else_of_the_folder_is_served(client: FlaskClient, name: str) -> None:
    response = client.get(f"/playground/{name}")
    assert response.status_code == 404
    assert response.json is not None
    assert response.json["error"].keys() == {"message", "type", "param", "code"}


@pytest.mark.parametrize("path", ["/playground", "/playground/main.js"])
def test_browsers_may_cache_the_page_and_revalidate_it(client: FlaskClient, path: str) -> None:
    with client.get(path) as first:
        assert first.headers["Cache-Control"] == "no-cache"
    with client.get(path, headers={"If-None-Match": first.headers["ETag"]}) as again:
        assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["/playground", "/playground/main.js", "/playground/nothing.js"])
def test_it_may_load_nothing_from_elsewhere_nor_run_what_is_not_its_own(
    client: FlaskClient, path: str
) -> None:
    with client.get(path) as response:
        headers = response.headers
    policy = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert set(policy.values()) == {"'none'", "'self'"}
    assert policy["frame-ancestors"] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_no_file_names_another_site(path: Path) -> None:
    outside = re.findall(r"(?:\w+:)?//[\w.-]+\.\w[^\s\"')]*", path.read_text())
    assert [url for url in outside if not url.startswith("http://www.w3.org/")] == []


@pytest.mark.parametrize(("key", "open_"), [(None, ""), ("s3cret", " open")])
def test_the_page_needs_no_key_but_says_whether_the_server_does(
    key: str | None, open_: str
) -> None:
    client = create_app(Settings(api_key=key), FakeEngine()).test_client()
    page = client.get("/playground")
    assert page.status_code == 200
    assert f"<details{open_}>" in page.text
    assert "s3cret" not in page.text
    with client.get("/playground/main.js") as part:
        assert part.status_code == 200
