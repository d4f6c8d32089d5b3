"""Fixtures of the playground: a browser, a server that speaks tones, and the open page."""

import io
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import DESK, chromium, opened
from tests.servers import Server, free_port
from tests.servers import server as any_server

KEY = "schlüssel"
TEXT = "A naïve café, twice: A naïve café."
WORDS = TEXT.split()

DRAWN = """
    (colour) => {
        const canvas = document.getElementById("waveform");
        const style = getComputedStyle(canvas);
        const pen = new OffscreenCanvas(1, 1).getContext("2d");
        pen.fillStyle = style.getPropertyValue(`--wave-${colour}`).trim();
        pen.fillRect(0, 0, 1, 1);
        const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
        const all = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        let count = 0;
        for (let at = 0; at < all.length; at += 4) {
            count += all[at] === red && all[at + 1] === green && all[at + 2] === blue
                && all[at + 3] === 255;
        }
        return count;
    }
"""
"""Script that counts the pixels of the waveform in the colours `heard`, `ahead` and `none`."""


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="package")
def tones(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """gunicorn with a key and an engine that speaks words as tones."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "tests.tone_app:app"]
    environ = {"API_KEY": KEY, "KOKORO_PUBLIC_ENDPOINTS": "health", "KOKORO_EXTRA_FORMATS": "mp3"}
    with any_server(command, environ, port, tmp_path_factory.mktemp("tones") / "log") as running:
        running.wait_until_healthy()
        yield running


@pytest.fixture
def page(browser: Browser, tones: Server) -> Iterator[Page]:
    """The page with the key and a text filled in."""
    with opened(browser, f"{tones.url}/playground", **DESK) as page:
        give_key(page)
        page.get_by_label("Text", exact=True).fill(TEXT)
        yield page


def give_key(page: Page, key: str = KEY) -> None:
    page.get_by_label("API key").fill(key)
    page.get_by_label("API key").blur()
    expect(page.get_by_label("Voice", exact=True)).to_be_enabled()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def downloaded(page: Page, name: str = "WAV") -> bytes:
    expect(page.get_by_role("button", name="Download")).to_be_enabled()
    page.get_by_label("Format of the download").select_option(name)
    with page.expect_download() as download:
        press(page, "Download")
    assert download.value.suggested_filename == f"af_heart.{name.lower()}"
    return Path(download.value.path()).read_bytes()


def samples_of(wav: bytes) -> "np.ndarray[tuple[int], np.dtype[np.int16]]":
    with wave.open(io.BytesIO(wav)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (24_000, 1, 2)
        frames = file.readframes(file.getnframes())
    assert len(wav) == 44 + len(frames)
    assert int.from_bytes(wav[4:8], "little") == len(wav) - 8
    return np.frombuffer(frames, "<i2")
