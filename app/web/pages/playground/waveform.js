/** The waveform of a speech, which is also a slider for the position. */

import { PEAK_SAMPLES, SAMPLE_RATE } from "./speech.js";

const PEAKS_A_SECOND = SAMPLE_RATE / PEAK_SAMPLES;

const BAR = 3; // CSS pixels, with the gap after it
const GAP = 2;
const SHORTEST_BAR = 2;

/** Level that fills the height of the canvas until a louder sound arrives. */
const USUAL_PEAK = 0.5;

/** Share of a new estimate of the length that each frame adopts, so that the bars glide. */
const GLIDE = 0.15;

/** Step of an arrow key in seconds. */
const STEP = 1;

const STILL = matchMedia("(prefers-reduced-motion: reduce)");
const THEMES = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map((query) =>
  matchMedia(query),
);

export class Waveform {
  #canvas;
  #speech = null;
  #position = 0;
  #shownSeconds = 1; // seconds across the whole width
  #toldSecond = 0; // the last whole second that screen readers were told during playback
  #colours;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {(seconds: number) => void} onSeek hears where the listener wants to be
   */
  constructor(canvas, onSeek) {
    this.#canvas = canvas;
    const seek = (seconds) => {
      if (this.#speech?.length) {
        onSeek(Math.min(Math.max(seconds, 0), this.#speech.seconds));
      }
    };
    canvas.addEventListener("click", (event) => {
      seek((event.offsetX / canvas.clientWidth) * this.#shownSeconds);
    });
    canvas.addEventListener("keydown", (event) => {
      const target = this.#targetOf(event.key);
      if (target !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        seek(target);
      }
    });
    new ResizeObserver(() => this.#fit()).observe(canvas);
    THEMES.forEach((theme) => theme.addEventListener("change", () => this.#paint()));
    this.#paint();
  }

  /** @param {import("./speech.js").Speech} speech */
  begin(speech) {
    this.#speech = speech;
    this.#shownSeconds = speech.expectedSeconds;
    this.show(0);
  }

  /**
   * @param {number} position the second that is heard
   * @param {{isPlaying?: boolean}} state while it plays, it is put into words once a second
   */
  show(position, { isPlaying = false } = {}) {
    this.#position = position;
    const missing = this.#speech.expectedSeconds - this.#shownSeconds;
    const isNear = Math.abs(missing) < 0.005;
    this.#shownSeconds += missing * (STILL.matches || isNear ? 1 : GLIDE);
    this.#describe(isPlaying);
    this.#draw();
  }

  #targetOf(key) {
    return {
      ArrowLeft: this.#position - STEP,
      ArrowDown: this.#position - STEP,
      ArrowRight: this.#position + STEP,
      ArrowUp: this.#position + STEP,
      Home: 0,
      End: this.#speech?.seconds,
    }[key];
  }

  #describe(isPlaying) {
    const [now, most] = [this.#position, this.#speech.seconds].map((seconds) => seconds.toFixed(1));
    this.#mark("aria-valuenow", now);
    this.#mark("aria-valuemax", most);
    const second = Math.floor(this.#position);
    if (!isPlaying || second !== this.#toldSecond) {
      this.#toldSecond = second;
      this.#mark("aria-valuetext", `${now} of ${most} seconds`);
    }
  }

  /** Writes an attribute if it differs; screen readers announce every write. */
  #mark(name, value) {
    if (this.#canvas.getAttribute(name) !== value) {
      this.#canvas.setAttribute(name, value);
    }
  }

  #fit() {
    const ratio = devicePixelRatio;
    this.#canvas.width = Math.round(this.#canvas.clientWidth * ratio);
    this.#canvas.height = Math.round(this.#canvas.clientHeight * ratio);
    this.#draw();
  }

  #paint() {
    const style = getComputedStyle(this.#canvas);
    const colour = (name) => style.getPropertyValue(`--wave-${name}`).trim();
    this.#colours = { heard: colour("heard"), ahead: colour("ahead"), none: colour("none") };
    this.#draw();
  }

  #draw() {
    const { width, height } = this.#canvas;
    const ratio = devicePixelRatio;
    const pen = this.#canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    const count = Math.floor((width / ratio + GAP) / (BAR + GAP));
    const inset = (width / ratio + GAP - count * (BAR + GAP)) / 2;
    const peaks = this.#speech?.peaks ?? [];
    const full = peaks.reduce((most, peak) => Math.max(most, peak), USUAL_PEAK);
    for (let bar = 0; bar < count; bar += 1) {
      const [from, to] = [bar, bar + 1].map((edge) => (edge / count) * this.#shownSeconds);
      const peak = loudest(peaks, from, to);
      const tall = Math.max(SHORTEST_BAR, ((peak ?? 0) / full) * (height / ratio - SHORTEST_BAR));
      pen.fillStyle = this.#colours[this.#stateOf(peak, from)];
      pen.beginPath();
      pen.roundRect(inset + bar * (BAR + GAP), (height / ratio - tall) / 2, BAR, tall, BAR / 2);
      pen.fill();
    }
  }

  #stateOf(peak, from) {
    if (peak === undefined) {
      return "none";
    }
    return from < this.#position ? "heard" : "ahead";
  }
}

/** The loudest peak between two times in seconds; undefined if nothing has arrived. */
function loudest(peaks, from, to) {
  const first = Math.floor(from * PEAKS_A_SECOND);
  const inside = peaks.slice(first, Math.max(first + 1, Math.floor(to * PEAKS_A_SECOND)));
  return inside.length ? Math.max(...inside) : undefined;
}
