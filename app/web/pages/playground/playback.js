/** A speech being heard, while it still arrives. */

import { SAMPLE_RATE } from "./speech.js";

/** Seconds between the arrival of the first sound and its playing, which smooth out the network. */
const LEAD = 0.1;

/** After each gap the lead doubles, up to this: few long gaps are easier to follow than many. */
const LONGEST_LEAD = 0.8;

/** What is scheduled less than this many seconds ahead may come too late for the sound card. */
const LATE = 0.02;

const FADE_OUT = 0.02; // seconds; a sound that is cut clicks

/**
 * Opens the sound device; browsers allow it only while a press of a key or button is handled.
 *
 * At the speech's own rate, so that the browser converts the whole and not each chunk by itself,
 * which would click where they meet.
 */
export function openSound() {
  try {
    return new AudioContext({ sampleRate: SAMPLE_RATE });
  } catch (error) {
    if (error.name !== "NotSupportedError") {
      throw error;
    }
    return new AudioContext();
  }
}

/**
 * Plays the chunks of a speech one right after the other.
 *
 * An AudioWorklet would do this too, but exists only on pages that came over HTTPS or from the
 * machine itself, and this one is often opened from elsewhere in the house.
 */
export class Playback {
  #context;
  #speech;
  #output;
  #sources = new Set();
  #lead = LEAD;
  #scheduled; // samples of the speech
  /** @type {{sample: number, frame: number}[]} stretches without a gap: where in the speech each
   * begins, and at which frame of the context's time */
  #runs = [];

  /**
   * @param {BaseAudioContext} context
   * @param {import("./speech.js").Speech} speech
   * @param {number} from seconds of the speech to begin at
   */
  constructor(context, speech, from = 0) {
    this.#context = context;
    this.#speech = speech;
    this.#output = context.createGain();
    this.#output.connect(context.destination);
    this.#scheduled = Math.min(Math.round(from * SAMPLE_RATE), speech.length);
  }

  /** Schedules what has arrived since the last call. */
  schedule() {
    for (const chunk of this.#speech.chunksFrom(this.#scheduled)) {
      const source = this.#context.createBufferSource();
      source.buffer = this.#bufferOf(chunk);
      source.connect(this.#output);
      source.start(this.#nextFrame() / SAMPLE_RATE);
      source.onended = () => this.#sources.delete(source);
      this.#sources.add(source);
      this.#scheduled += chunk.length;
    }
  }

  /** Seconds until the first sound is heard; undefined before it is scheduled. */
  get firstSoundIn() {
    const [first] = this.#runs;
    return first && (first.frame - this.#heardFrame()) / SAMPLE_RATE;
  }

  /** The second of the speech that is heard now. */
  get position() {
    const heard = this.#heardFrame();
    const run = this.#runs.findLast(({ frame }) => frame <= heard);
    if (!run) {
      return (this.#runs[0]?.sample ?? this.#scheduled) / SAMPLE_RATE;
    }
    const next = this.#runs[this.#runs.indexOf(run) + 1];
    const end = next?.sample ?? this.#scheduled; // in a gap, time goes on and the speech does not
    return Math.min(run.sample + heard - run.frame, end) / SAMPLE_RATE;
  }

  /** Whether all that was scheduled has been heard. */
  get isOver() {
    return this.position >= this.#scheduled / SAMPLE_RATE;
  }

  /** Falls silent for good. */
  stop() {
    const end = this.#context.currentTime + FADE_OUT;
    this.#output.gain.setValueAtTime(1, this.#context.currentTime);
    this.#output.gain.linearRampToValueAtTime(0, end);
    this.#sources.forEach((source) => source.stop(end));
  }

  /** Returns the frame at which the next chunk follows the last one, or goes on after a gap. */
  #nextFrame() {
    const now = this.#context.currentTime * SAMPLE_RATE;
    const last = this.#runs.at(-1);
    const next = last && last.frame + this.#scheduled - last.sample;
    if (next >= now + LATE * SAMPLE_RATE) {
      return next;
    }
    if (last) {
      this.#lead = Math.min(2 * this.#lead, LONGEST_LEAD);
    }
    const frame = Math.ceil(now + this.#lead * SAMPLE_RATE);
    this.#runs.push({ sample: this.#scheduled, frame });
    return frame;
  }

  #heardFrame() {
    const { currentTime, outputLatency = 0 } = this.#context;
    return (currentTime - outputLatency) * SAMPLE_RATE;
  }

  #bufferOf(chunk) {
    const buffer = this.#context.createBuffer(1, chunk.length, SAMPLE_RATE);
    const samples = buffer.getChannelData(0);
    chunk.forEach((value, index) => {
      samples[index] = value / 32768;
    });
    return buffer;
  }
}
