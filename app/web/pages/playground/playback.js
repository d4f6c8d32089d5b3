/** Playback of a speech, which may still be arriving. */

import { SAMPLE_RATE } from "./speech.js";

/** Delay in seconds of the first sound, which evens out the network. */
const LEAD = 0.1;

/** Longest delay: it doubles after each gap, as few long gaps are easier to follow than many. */
const LONGEST_LEAD = 0.8;

/** Least seconds ahead at which sound is scheduled; less may be too late for the sound card. */
const LATE = 0.02;

const FADE_OUT = 0.02; // seconds; a sound that is cut off clicks

/**
 * Opens the sound device; browsers allow it only while they handle the press of a key or button.
 *
 * It has the sample rate of the speech. Otherwise the browser would convert each chunk by itself,
 * which clicks where they meet.
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
 * Plays the chunks of a speech without gaps.
 *
 * An AudioWorklet could do this too, but exists only on pages from HTTPS or localhost, and this one
 * is often opened from another machine.
 */
export class Playback {
  #context;
  #speech;
  #output;
  #sources = new Set();
  #lead = LEAD;
  #scheduled; // samples of the speech
  /** @type {{sample: number, frame: number}[]} runs without a gap: the sample of the speech at
   * which each begins, and the frame of the context */
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

  /** Schedules the sound that has arrived since the last call. */
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

  /** The current position in the speech, in seconds. */
  get position() {
    const heard = this.#heardFrame();
    const run = this.#runs.findLast(({ frame }) => frame <= heard);
    if (!run) {
      return (this.#runs[0]?.sample ?? this.#scheduled) / SAMPLE_RATE;
    }
    const next = this.#runs[this.#runs.indexOf(run) + 1];
    const end = next?.sample ?? this.#scheduled; // in a gap, the speech stands still
    return Math.min(run.sample + heard - run.frame, end) / SAMPLE_RATE;
  }

  /** Whether everything scheduled has been played. */
  get isOver() {
    return this.position >= this.#scheduled / SAMPLE_RATE;
  }

  /** Ends the playback for good. */
  stop() {
    const end = this.#context.currentTime + FADE_OUT;
    this.#output.gain.setValueAtTime(1, this.#context.currentTime);
    this.#output.gain.linearRampToValueAtTime(0, end);
    this.#sources.forEach((source) => source.stop(end));
  }

  /** Returns the frame at which the next chunk starts: after the last one, or after a gap. */
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
