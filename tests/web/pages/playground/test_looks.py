"""The page works on desktops and phones, in light and dark, by keyboard and screen reader."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import PHONE, opened, wait_for, wait_for_sound
from tests.servers import Server
from tests.web.pages.playground.conftest import DRAWN, give_key, press

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]


def test_the_waveform_follows_size_and_colour_scheme(page: Page) -> None:
    press(page, "Speak")
    expect(page.get_by_role("status")).to_have_text("Done.")
    assert page.evaluate(DRAWN, "heard") > 500
    assert page.evaluate(DRAWN, "none") == 0
    page.emulate_media(color_scheme="dark")
    wait_for(page, f"({DRAWN})('heard') > 500")
    page.set_viewport_size({"width": 700, "height": 700})
    wait_for(page, "waveform.width === waveform.clientWidth * devicePixelRatio")
    assert page.evaluate(DRAWN, "heard") > 500


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
"""Script that returns WCAG 2.2's contrast ratio of each text with its background."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_in_light_and_dark(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.get_by_label("Text", exact=True).fill("many words " * 300)
    press(page, "Speak")
    page.wait_for_selector(".now")
    press(page, "Stop")
    expect(page.get_by_role("status")).to_have_text("Stopped.")
    texts = page.locator("h1, p:not(:empty), label, dt, dd, button:enabled, .now, .said, .hint")
    contrasts = texts.evaluate_all(CONTRASTS)
    assert len(contrasts) > 15
    assert [(text, ratio) for text, ratio in contrasts if ratio < 4.5] == []


def test_the_hint_for_mixes_asks_for_ids(page: Page) -> None:
    page.get_by_label("Voice", exact=True).select_option("A mix of your own…")
    expect(page.locator("#mix-hint")).to_have_text("Their ids, with shares in brackets.")


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
