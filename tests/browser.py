"""Debian's Chromium, driven as by a person at a desk or with a phone."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.programs import find

ARGUMENTS = (
    "--no-sandbox",  # root in a container cannot have it
    "--disable-gpu",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

PATIENCE_SECONDS = 20

DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}

TAP = """
    const connect = AudioNode.prototype.connect;
    AudioNode.prototype.connect = function (target, ...rest) {
        if (target === this.context.destination && target.context instanceof AudioContext) {
            window.tap ??= this.context.createAnalyser();
            connect.call(this, window.tap);
        }
        return connect.call(this, target, ...rest);
    };
"""
"""Taps the sound that pages send to the loudspeaker."""

LOUDNESS = """
    () => {
        const samples = new Float32Array(window.tap?.fftSize ?? 1);
        window.tap?.getFloatTimeDomainData(samples);
        return Math.max(...samples.map(Math.abs));
    }
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the browser; only one at a time, since playwright's event loop belongs to the thread."""
    path = find("chromium")
    expect.set_options(timeout=1000 * PATIENCE_SECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, url: str, **options: object) -> Iterator[Page]:
    """Open `url` in a new window, and check that it runs without errors.

    It may fetch nothing from other servers, and report only failed replies in the console.
    """
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load" not in message.text:
            complaints.append(message.text)

    context = browser.new_context(**options)  # type: ignore[arg-type]
    context.set_default_timeout(1000 * PATIENCE_SECONDS)
    context.add_init_script(TAP)
    page = context.new_page()
    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    try:
        page.goto(url)
        yield page
        origin = page.evaluate("location.origin")
    finally:
        context.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith((f"{origin}/", f"blob:{origin}/"))] == []


def wait_for(page: Page, expression: str, *arguments: object) -> None:
    """Wait until JavaScript is true; playwright's own way needs `eval`, which pages forbid."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not page.evaluate(expression, *arguments):
        assert time.monotonic() < deadline, expression
        page.wait_for_timeout(20)


def wait_for_sound(page: Page) -> None:
    wait_for(page, f"({LOUDNESS})() > 0.02")


def wait_for_silence(page: Page) -> None:
    wait_for(page, f"({LOUDNESS})() === 0")
