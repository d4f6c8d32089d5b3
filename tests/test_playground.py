"""The playground in a real browser, on the real model, and on tones that can be watched."""

import io
import re
import sys
import wave
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from tests.browser import DESK, PHONE, chromium, opened, wait_for, wait_for_silence, wait_for_sound
from tests.servers import Server, free_port, wait_until
from tests.servers import server as any_server
from tests.tone_app import WORD_SECONDS

pytestmark = pytest.mark.slow

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
"""How many pixels of the waveform have the colour of what is `heard`, `ahead` or `none`."""

Opens = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def tones(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """gunicorn with a key and the engine that says words as tones."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "tests.tone_app:app"]
    environ = {"API_KEY": KEY, "KOKORO_PUBLIC_ENDPOINTS": "health", "KOKORO_EXTRA_FORMATS": "mp3"}
    with any_server(command, environ, port, tmp_path_factory.mktemp("tones") / "log") as running:
        running.wait_until_healthy()
        yield running


@pytest.fixture
def page(browser: Browser, tones: Server) -> Iterator[Page]:
    """The page with the key typed and a text to say."""
    with opened(browser, f"{tones.url}/playground", **DESK) as page:
        give_key(page)
        page.get_by_label("Text", exact=True).fill(TEXT)
        yield page


def give_key(page: Page, key: str = KEY) -> None:
    page.get_by_label("API key").fill(key)
    page.get_by_label("API key").blur()
    expect(page.get_by_label("Voice", exact=True)).to_be_enabled()


def button(page: Page, name: str) -> "partial[None]":
    return partial(page.get_by_role("button", name=name, exact=True).click)


def test_the_real_model_is_heard_seen_and_saved(browser: Browser, server: Server) -> None:
    with opened(browser, f"{server.url}/playground", **DESK) as page:
        voices = page.get_by_label("Voice", exact=True)
        expect(voices).to_be_enabled()
        languages = voices.locator("optgroup").evaluate_all("all => all.map((one) => one.label)")
        assert len(languages) == 10
        assert languages[0] == "American English"
        page.get_by_label("Text", exact=True).fill("")
        page.get_by_label("Text", exact=True).press_sequentially("The page speaks. It is heard.")
        page.get_by_role("button", name="Speak", exact=True).click()
        wait_for_sound(page)
        expect(page.locator("#first")).to_have_text(re.compile(r"^\d+\.\d\d s$"))
        expect(page.locator("#factor")).to_have_text(re.compile(r"^\d+\.\d×$"))
        wait_for(page, f"({DRAWN})('heard') > 50")
        wav = downloaded(page)
        assert np.abs(samples_of(wav)).max() > 1000
        expect(page.get_by_role("status")).to_have_text("Saved as af_heart.wav.")


def watch_words(page: Page) -> None:
    """Note in `lit` which words are marked as being said, one after the other."""
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
    button(page, "Speak")()
    wait_for(page, "window.lit.length > 0")
    assert page.locator("#transcript").inner_text() == TEXT
    expect(page.get_by_role("status")).to_have_text("Done.")
    assert page.evaluate("window.lit.map((word) => word.textContent)") == WORDS
    assert page.locator(".said").all_inner_texts() == WORDS
    assert page.locator(".now").count() == 0


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
    button(page, "Speak")()
    wait_for_sound(page)
    already = tones.log.count("stopped early")
    button(page, "Stop")()
    wait_until(lambda: tones.log.count("stopped early") > already)


def test_speaking_again_begins_anew(page: Page) -> None:
    button(page, "Speak")()
    wait_for_sound(page)
    page.get_by_label("Text", exact=True).fill("Other words.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_have_text("Done.")
    assert page.locator(".said").all_inner_texts() == ["Other", "words."]
    expect(page.locator("#length")).to_have_text(f"{2 * WORD_SECONDS:.1f} s")


def test_a_word_and_the_waveform_lead_to_their_places(page: Page) -> None:
    button(page, "Speak")()
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


def test_the_waveform_follows_size_and_colour_scheme(page: Page) -> None:
    button(page, "Speak")()
    expect(page.get_by_role("status")).to_have_text("Done.")
    assert page.evaluate(DRAWN, "heard") > 500
    assert page.evaluate(DRAWN, "none") == 0
    page.emulate_media(color_scheme="dark")
    wait_for(page, f"({DRAWN})('heard') > 500")
    page.set_viewport_size({"width": 700, "height": 700})
    wait_for(page, "waveform.width === waveform.clientWidth * devicePixelRatio")
    assert page.evaluate(DRAWN, "heard") > 500


def downloaded(page: Page, name: str = "WAV") -> bytes:
    expect(page.get_by_role("button", name="Download")).to_be_enabled()
    page.get_by_label("Format of the download").select_option(name)
    with page.expect_download() as download:
        button(page, "Download")()
    assert download.value.suggested_filename == f"af_heart.{name.lower()}"
    return Path(download.value.path()).read_bytes()


def samples_of(wav: bytes) -> "np.ndarray[tuple[int], np.dtype[np.int16]]":
    with wave.open(io.BytesIO(wav)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (24_000, 1, 2)
        frames = file.readframes(file.getnframes())
    assert len(wav) == 44 + len(frames)
    assert int.from_bytes(wav[4:8], "little") == len(wav) - 8
    return np.frombuffer(frames, "<i2")


def test_what_is_saved_is_what_the_server_says(page: Page, tones: Server) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    button(page, "Speak")()
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


def test_a_key_that_is_missing_or_wrong_is_told_at_its_field(
    browser: Browser, tones: Server
) -> None:
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
        button(page, "Speak")()
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
def test_a_text_that_cannot_be_said_is_told_in_words(page: Page, text: str, message: str) -> None:
    page.get_by_label("Text", exact=True).fill(text)
    button(page, "Speak")()
    expect(page.get_by_role("alert")).to_have_text(message)
    expect(page.get_by_role("button", name="Stop")).to_be_disabled()
    expect(page.get_by_role("button", name="Download")).to_be_disabled()


def test_a_mix_of_voices_may_be_typed_and_may_be_wrong(page: Page) -> None:
    page.get_by_label("Voice", exact=True).select_option("A mix of your own…")
    page.get_by_label("Mix of voices").fill("nobody")
    button(page, "Speak")()
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
def test_a_server_that_cannot_now_is_told_in_words(
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
    button(page, "Speak")()
    expect(page.get_by_role("alert")).to_contain_text(message)


def test_a_phone_shows_all_of_it_at_its_width(browser: Browser, tones: Server) -> None:
    with opened(browser, f"{tones.url}/playground", **PHONE) as page:
        give_key(page)
        page.get_by_label("Text", exact=True).fill("incomprehensibilities" * 20)
        page.get_by_role("button", name="Speak", exact=True).tap()
        wait_for_sound(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        assert page.evaluate("transcript.scrollWidth <= transcript.clientWidth")
        sizes = page.locator("button, select, input:not([hidden])").evaluate_all(
            "all => all.filter((one) => one.checkVisibility()).map((one) => one.clientHeight)"
        )
        assert min(sizes) >= 40


CONTRASTS = """
    (texts) => texts.map((one) => {
        const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
        const luminance = (colour) => {
            pen.fillStyle = colour;
            pen.fillRect(0, 0, 1, 1);
            const [red, green, blue] = [...pen.getImageData(0, 0, 1, 1).data]
                .map((value) => value / 255)
                .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        };
        let ground = one;
        while (getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") {
            ground = ground.parentElement;
        }
        const both = [getComputedStyle(one).color, getComputedStyle(ground).backgroundColor]
            .map(luminance).sort((a, b) => a - b);
        return [one.textContent, (both[1] + 0.05) / (both[0] + 0.05)];
    })
"""
"""WCAG 2.2's contrast ratio of each text with what is behind it."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_in_light_and_dark(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    button(page, "Speak")()
    wait_for_sound(page)
    page.wait_for_selector(".now")
    texts = page.locator("h1, p:not(:empty), label, dt, dd, button:enabled, .now, .said, .hint")
    contrasts = texts.evaluate_all(CONTRASTS)
    assert len(contrasts) > 15
    assert [(text, ratio) for text, ratio in contrasts if ratio < 4.5] == []


def test_every_control_has_a_name_and_a_place_in_order(page: Page) -> None:
    nameless = page.locator("button, select, input, textarea, canvas").evaluate_all(
        "all => all.filter((one) => !(one.ariaLabel || one.labels?.length || one.textContent))"
    )
    assert nameless == []
    page.reload()
    expect(page.get_by_label("Voice", exact=True)).to_be_enabled()
    order = []
    for _ in range(9):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
    assert order == [
        *("input", "voice", "speed", "SUMMARY", "key", "speak"),
        *("waveform", "transcript", "format"),
    ]


def test_events_are_read_wherever_the_network_cuts_them(page: Page) -> None:
    read = page.evaluate("""
        async () => {
            const { serverEvents } = await import("/playground/events.js");
            const text = 'data: {"a":"é鍵"}\\n\\ndata: {"b":2}\\r\\n\\r\\n';
            const bytes = new TextEncoder().encode(text);
            const all = [];
            for (let cut = 0; cut <= bytes.length; cut += 1) {
                const parts = [bytes.slice(0, cut), bytes.slice(cut)];
                const body = new ReadableStream({
                    pull: (into) => parts.length ? into.enqueue(parts.shift()) : into.close(),
                });
                const events = [];
                for await (const event of serverEvents(body)) {
                    events.push(event);
                }
                all.push(JSON.stringify(events));
            }
            return [...new Set(all)];
        }
    """)
    assert read == ['[{"a":"é鍵"},{"b":2}]']


PLAYED = """
    async (late) => {
        const { Playback } = await import("/playground/playback.js");
        const { Speech, SAMPLE_RATE } = await import("/playground/speech.js");
        const context = new OfflineAudioContext(1, 2 * SAMPLE_RATE, SAMPLE_RATE);
        const speech = new Speech({ input: "", voice: "", speed: 1 });
        const playback = new Playback(context, speech);
        let made = 0;
        const arrive = (length) => {
            const samples = Int16Array.from({ length }, () => 1000 + (made += 1));
            speech.add(btoa(String.fromCharCode(...new Uint8Array(samples.buffer))));
            playback.schedule();
        };
        arrive(4801);
        arrive(2399);
        const positions = [];
        for (const time of [0.05, 0.25, 0.45, 0.55, 0.85]) {
            context.suspend(time).then(() => {
                positions.push(playback.position);
                if (time === (late ? 0.45 : 0.25)) {
                    arrive(4800);
                }
                context.resume();
            });
        }
        const heard = (await context.startRendering()).getChannelData(0);
        return { heard: Array.from(heard, (value) => Math.round(value * 32768)), positions };
    }
"""
"""Plays 7,200 samples that count up, and 4,800 more in time or `late`."""


def test_chunks_follow_each_other_to_the_sample(page: Page) -> None:
    played = page.evaluate(PLAYED, False)
    heard = np.trim_zeros(np.array(played["heard"]))
    assert heard.tolist() == list(range(1001, 13001))
    assert played["positions"] == pytest.approx([0, 0.15, 0.35, 0.45, 0.5], abs=0.02)


def test_after_a_gap_speech_goes_on_where_it_was_and_the_position_with_it(page: Page) -> None:
    played = page.evaluate(PLAYED, True)
    heard = np.array(played["heard"])
    assert heard[heard > 0].tolist() == list(range(1001, 13001))
    assert played["positions"] == pytest.approx([0, 0.15, 0.3, 0.3, 0.5], abs=0.02)
