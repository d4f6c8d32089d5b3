"""Speech is heard, shown, stopped and saved on the page."""

import base64
import json
import re

import numpy as np
import pytest
import requests
from playwright.sync_api import Browser, Page, Route, expect

from app.tts.types import SAMPLE_RATE
from tests.browser import DESK, opened, wait_for, wait_for_silence, wait_for_sound
from tests.servers import Server, wait_until
from tests.tone_app import WORD_SECONDS
from tests.web.pages.playground.conftest import (
    DRAWN,
    KEY,
    TEXT,
    WORDS,
    downloaded,
    press,
    samples_of,
)

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]


def test_the_real_model_is_heard_seen_and_saved(browser: Browser, server: Server) -> None:
    with opened(browser, f"{server.url}/playground", **DESK) as page:
        voices = page.get_by_label("Voice", exact=True)
        expect(voices).to_be_enabled()
        languages = voices.locator("optgroup").evaluate_all("all => all.map((one) => one.label)")
        assert len(languages) == 10
        assert languages[0] == "American English"
        page.get_by_label("Text", exact=True).fill("")
        page.get_by_label("Text", exact=True).press_sequentially("The page speaks. It is heard.")
        press(page, "Speak")
        wait_for_sound(page)
        expect(page.locator("#first")).to_have_text(re.compile(r"^\d+\.\d\d s$"))
        expect(page.locator("#factor")).to_have_text(re.compile(r"^\d+\.\d×$"))
        wait_for(page, f"({DRAWN})('heard') > 50")
        expect(page.get_by_role("status")).to_have_text("Done.")
        said = " ".join(page.locator(".said").all_inner_texts())
        assert re.findall(r"\w+", said) == ["The", "page", "speaks", "It", "is", "heard"]
        wav = downloaded(page)
        assert np.abs(samples_of(wav)).max() > 1000
        expect(page.get_by_role("status")).to_have_text("Saved as af_heart.wav.")


def watch_words(page: Page) -> None:
    """Record in `lit` the words that are marked as spoken, in order."""
    page.evaluate("""
        window.lit = [];
        new MutationObserver((changes) => {
            for (const { target } of changes) {
                if (target.classList.contains("now") && target !== window.lit.at(-1)) {
                    window.lit.push(target);
                }
            }
        }).observe(document.getElementById("transcript"), {
            subtree: true, attributeFilter: ["class"],
        });
    """)


def test_each_word_lights_up_as_it_is_said(page: Page) -> None:
    watch_words(page)
    press(page, "Speak")
    wait_for(page, "window.lit.length > 0")
    assert page.locator("#transcript").inner_text() == TEXT
    expect(page.get_by_role("status")).to_have_text("Done.")
    places = page.evaluate(
        "window.lit.map((word) => [...document.querySelectorAll('.word')].indexOf(word))"
    )
    assert places == sorted(set(places))
    assert len(places) > 2  # a busy machine may draw no frame during a word
    assert page.locator(".said").all_inner_texts() == WORDS
    assert page.locator(".now").count() == 0


SILENT_SPEECH = [
    {"type": "speech.audio.delta", "audio": base64.b64encode(bytes(SAMPLE_RATE)).decode()},
    {"type": "speech.audio.done"},
]
"""Half a second without words."""


def test_a_text_without_words_is_marked_as_a_whole(page: Page) -> None:
    events = "".join(f"data: {json.dumps(event)}\n\n" for event in SILENT_SPEECH)
    page.route(
        "**/v1/audio/speech",
        lambda route: route.fulfill(content_type="text/event-stream", body=events),
    )
    colour = "getComputedStyle(transcript).color"
    press(page, "Speak")
    expect(page.get_by_role("status")).to_have_text("Speaking…")
    faint = page.evaluate(colour)
    expect(page.get_by_role("status")).to_have_text("Done.")
    assert page.evaluate(colour) == page.evaluate("getComputedStyle(document.body).color")
    press(page, "Replay")
    expect(page.locator("#transcript")).to_have_css("color", faint)


def test_a_model_without_times_of_words_is_heard_too(page: Page) -> None:
    asked = []

    def untimed(route: Route) -> None:
        asked.append(route.request.post_data_json["timestamps"])
        if asked[-1]:
            error = {"message": "words cannot be timed here.", "param": "timestamps"}
            route.fulfill(status=400, json={"error": error})
        else:
            route.continue_()

    page.route("**/v1/audio/speech", untimed)
    for _ in range(2):
        press(page, "Speak")
        expect(page.get_by_role("status")).to_have_text("Done.")
    assert asked == [True, False, False]
    expect(page.get_by_role("alert")).to_have_text("")
    assert len(samples_of(downloaded(page)))


def test_a_shortcut_that_is_held_speaks_once(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.down("Control")
    for _ in range(5):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    expect(page.get_by_role("status")).to_have_text("Done.")
    assert len([url for url in asked if url.endswith("/speech")]) == 1


def test_only_the_last_press_is_spoken_once_the_voices_are_loaded(page: Page) -> None:
    page.route("**/v1/audio/voices", lambda route: route.abort())
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("The server cannot be reached.")
    page.unroute("**/v1/audio/voices")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("for (let press = 0; press < 3; press += 1) speak.click()")
    expect(page.get_by_role("status")).to_have_text("Done.")
    assert len([url for url in asked if url.endswith("/speech")]) == 1


def test_screen_readers_hear_the_position_once_a_second(page: Page) -> None:
    page.evaluate("""
        window.told = [];
        new MutationObserver((changes) => {
            for (const { attributeName, oldValue, target } of changes) {
                window.told.push([attributeName, oldValue, target.getAttribute(attributeName)]);
            }
        }).observe(waveform, { attributes: true, attributeOldValue: true });
    """)
    press(page, "Speak")
    expect(page.get_by_role("status")).to_have_text("Done.")
    told = page.evaluate("window.told.filter(([name]) => name.startsWith('aria-value'))")
    assert [change for change in told if change[1] == change[2]] == []
    texts = [new for name, _, new in told if name == "aria-valuetext"]
    assert len(texts) <= 3  # at the beginning, after a second, and at the end


def test_a_keyboard_is_enough(page: Page) -> None:
    page.get_by_label("Text", exact=True).fill("many words " * 300)
    page.keyboard.press("Control+Enter")
    wait_for_sound(page)
    expect(page.get_by_role("status")).to_have_text("Speaking…")
    page.keyboard.press("Escape")
    wait_for_silence(page)
    expect(page.get_by_role("status")).to_have_text("Stopped.")
    expect(page.get_by_role("button", name="Stop")).to_be_disabled()


def test_stop_ends_the_servers_work(page: Page, tones: Server) -> None:
    page.get_by_label("Text", exact=True).fill("A " + "slow " * 60)
    press(page, "Speak")
    wait_for_sound(page)
    already = tones.log.count("Speech cancelled")
    press(page, "Stop")
    wait_until(lambda: tones.log.count("Speech cancelled") > already)


def test_speaking_again_begins_anew(page: Page) -> None:
    press(page, "Speak")
    wait_for_sound(page)
    page.get_by_label("Text", exact=True).fill("Other words.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_have_text("Done.")
    assert page.locator(".said").all_inner_texts() == ["Other", "words."]
    expect(page.locator("#length")).to_have_text(f"{2 * WORD_SECONDS:.1f} s")


def test_a_word_and_the_waveform_lead_to_their_places(page: Page) -> None:
    press(page, "Speak")
    expect(page.get_by_role("status")).to_have_text("Done.")
    waveform = page.get_by_role("slider", name="Position in the speech")
    wait_for(page, "tap.context.state === 'suspended'")
    watch_words(page)
    page.locator(".word").nth(3).click()
    wait_for_sound(page)
    expect(page.get_by_role("status")).to_have_text("Done.")
    assert page.evaluate("window.lit[0].textContent") == WORDS[3]
    waveform.press("Home")
    wait_for(page, f"window.lit.some((word) => word.textContent === '{WORDS[2]}')")
    waveform.press("End")
    expect(page.get_by_role("status")).to_have_text("Done.")
    seconds = len(WORDS) * WORD_SECONDS
    assert waveform.get_attribute("aria-valuetext") == f"{seconds:.1f} of {seconds:.1f} seconds"


def test_the_saved_file_is_what_the_server_sent(page: Page, tones: Server) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    press(page, "Speak")
    wav = downloaded(page)
    pcm = downloaded(page, "PCM")
    assert len([url for url in asked if url.endswith("/speech")]) == 1
    mp3 = downloaded(page, "MP3")
    replies = {
        name: requests.post(
            f"{tones.url}/v1/audio/speech",
            json={
                "model": "tts-1",
                "input": TEXT,
                "voice": "af_heart",
                "response_format": name,
                "stream": False,
            },
            headers={"Authorization": f"Bearer {KEY}".encode()},
            timeout=20,
        )
        for name in ("wav", "pcm", "mp3")
    }
    assert (wav, pcm, mp3) == tuple(replies[name].content for name in ("wav", "pcm", "mp3"))
