"""Errors are shown in words, beside the field that caused them."""

import pytest
from playwright.sync_api import Browser, Page, expect

from app.tts.types import SAMPLE_RATE
from tests.browser import DESK, opened, wait_for_sound
from tests.servers import Server
from tests.tone_app import WORD_SECONDS
from tests.web.pages.playground.conftest import (
    KEY,
    TEXT,
    WORDS,
    downloaded,
    give_key,
    press,
    samples_of,
)

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]


def test_a_missing_or_wrong_key_is_shown_at_its_field(browser: Browser, tones: Server) -> None:
    with opened(browser, f"{tones.url}/playground", **DESK) as page:
        error, key = page.get_by_role("alert"), page.get_by_label("API key")
        expect(error).to_have_text("This server asks for a key. Type it in the field “API key”.")
        expect(key).to_be_visible()
        expect(key).to_have_attribute("aria-invalid", "true")
        key.fill("wrong")
        key.press("Enter")
        expect(error).to_have_text(
            "The server does not know this API key. See that it is typed right."
        )
        give_key(page)
        expect(error).to_have_text("")
        press(page, "Speak")
        wait_for_sound(page)
        assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]
        assert KEY in page.evaluate("Object.values(sessionStorage)")
        page.reload()
        expect(page.get_by_label("Voice", exact=True)).to_be_enabled()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("  ", "Type some text first."),
        ("x" * 5000, "Text: it has 5000 characters and at most 4096 are allowed."),
        ("breakdown", "The speech could not be made: inference failed."),
        ("one breakdown", "The speech could not be made: inference failed."),
    ],
    ids=["blank", "long", "broken", "broken later"],
)
def test_a_text_that_cannot_be_spoken_is_explained_in_words(
    page: Page, text: str, message: str
) -> None:
    page.get_by_label("Text", exact=True).fill(text)
    press(page, "Speak")
    expect(page.get_by_role("alert")).to_have_text(message)
    expect(page.get_by_role("button", name="Stop")).to_be_disabled()
    expect(page.get_by_role("button", name="Download")).to_be_disabled()


def test_a_mix_of_voices_may_be_typed_and_may_be_wrong(page: Page) -> None:
    page.get_by_label("Voice", exact=True).select_option("A mix of your own…")
    page.get_by_label("Mix of voices").fill("nobody")
    press(page, "Speak")
    expect(page.get_by_role("alert")).to_contain_text("Voice: there is no voice 'nobody'")
    expect(page.get_by_label("Mix of voices")).to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize(
    ("status", "headers", "message"),
    [
        (429, {"Retry-After": "7"}, "The server is busy with other requests. Try again in 7 sec"),
        (503, {"Retry-After": "1"}, "The model is being loaded. Try again in 1 second."),
        (502, {}, "The server answered with status 502 and gave no reason."),
        (None, {}, "The server cannot be reached. See that it is running, and the network up."),
    ],
)
def test_a_server_that_cannot_speak_now_is_explained_in_words(
    page: Page, status: int | None, headers: dict[str, str], message: str
) -> None:
    known = {"error": {"message": "The model is being loaded."}}
    page.route(
        "**/v1/audio/speech",
        lambda route: (
            route.abort()
            if status is None
            else route.fulfill(status=502, body="<html>Bad gateway</html>")
            if status == 502
            else route.fulfill(status=status, headers=headers, json=known)
        ),
    )
    press(page, "Speak")
    expect(page.get_by_role("alert")).to_contain_text(message)


UNREADABLE = "The server's answer could not be read."
EVENTS = "text/event-stream"


@pytest.mark.parametrize(
    ("status", "kind", "body", "message"),
    [
        (500, "application/json", "null", "The server answered with status 500 and gave no reason"),
        (500, "application/json", '{"error": {"message": 5}}', "status 500 and gave no reason."),
        (200, EVENTS, "data: oops\n\n", UNREADABLE),
        (200, EVENTS, "data: null\n\n", UNREADABLE),
        (200, EVENTS, "", "The connection broke off before all of the speech had arrived."),
        (200, "text/html", "<html>login</html>", UNREADABLE),
    ],
)
def test_an_unreadable_reply_is_explained_in_words_and_ends_the_wait(
    page: Page, status: int, kind: str, body: str, message: str
) -> None:
    page.route(
        "**/v1/audio/speech",
        lambda route: route.fulfill(status=status, content_type=kind, body=body),
    )
    press(page, "Speak")
    expect(page.get_by_role("alert")).to_contain_text(message)
    expect(page.get_by_role("status")).to_have_text("")
    expect(page.get_by_role("button", name="Stop")).to_be_disabled()


@pytest.mark.parametrize("body", ["<html>login</html>", "null", "{}"])
def test_unreadable_voices_are_explained_in_words(page: Page, body: str) -> None:
    page.route("**/v1/audio/voices", lambda route: route.fulfill(body=body))
    page.reload()
    expect(page.get_by_role("alert")).to_have_text(UNREADABLE)
    page.unroute("**/v1/audio/voices")
    press(page, "Speak")
    expect(page.get_by_role("status")).to_have_text("Done.")


def test_a_refused_request_leaves_the_last_speech_to_be_heard_and_saved(page: Page) -> None:
    press(page, "Speak")
    expect(page.get_by_role("status")).to_have_text("Done.")
    page.get_by_label("Text", exact=True).fill("x" * 5000)
    press(page, "Speak")
    expect(page.get_by_role("alert")).to_contain_text("Text: it has 5000 characters")
    assert page.locator("#transcript").inner_text() == TEXT
    assert len(samples_of(downloaded(page))) == round(len(WORDS) * WORD_SECONDS * SAMPLE_RATE)
    press(page, "Replay")
    wait_for_sound(page)
    expect(page.get_by_role("status")).to_have_text("Done.")


def test_a_stop_before_the_first_sound_leaves_the_last_speech(page: Page) -> None:
    press(page, "Speak")
    expect(page.get_by_role("status")).to_have_text("Done.")
    page.get_by_label("Text", exact=True).fill("Other words.")
    page.route("**/v1/audio/speech", lambda route: None)  # it is never answered
    press(page, "Speak")
    expect(page.get_by_role("status")).to_have_text("Waiting for the first sound…")
    expect(page.get_by_role("button", name="Replay")).to_be_disabled()
    press(page, "Stop")
    expect(page.get_by_role("status")).to_have_text("Stopped.")
    expect(page.get_by_role("button", name="Replay")).to_be_enabled()
    assert page.locator("#transcript").inner_text() == TEXT
