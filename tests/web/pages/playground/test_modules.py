"""Modules of the page on their own, for behaviour that the page does not show."""

import numpy as np
import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]


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
"""Script that plays 7,200 samples with rising values, and 4,800 more in time or `late`."""


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
