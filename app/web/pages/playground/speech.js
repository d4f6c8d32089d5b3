/** One speech: the request, and the parts that have arrived. */

/** Samples a second; all speech of the server is mono. */
export const SAMPLE_RATE = 24_000;

/** Samples for each peak of the waveform: 10 ms. */
export const PEAK_SAMPLES = SAMPLE_RATE / 100;

/** Approximate rate of reading at speed 1; ideographs and kana take three times as long. */
const CHARACTERS_A_SECOND = 15;

export class Speech {
  /** @param {{input: string, voice: string, speed: number}} asked */
  constructor(asked) {
    this.asked = asked;
    /** @type {Int16Array[]} */
    this.chunks = [];
    this.length = 0; // in samples
    /** @type {{word: string, start: number, end: number}[]} */
    this.words = [];
    /** @type {number[]} the loudest sample of each 10 ms, 0 to 1 */
    this.peaks = [];
    this.isComplete = false;
  }

  /** Seconds that have arrived. */
  get seconds() {
    return this.length / SAMPLE_RATE;
  }

  /** Length in seconds: estimated from the text until all has arrived. */
  get expectedSeconds() {
    if (this.isComplete) {
      return this.seconds;
    }
    const wide = this.asked.input.match(/[\u3040-\u30ff\u3400-\u9fff]/g)?.length ?? 0;
    const guess = (this.asked.input.length + 2 * wide) / CHARACTERS_A_SECOND / this.asked.speed;
    return Math.max(guess, this.seconds, 1);
  }

  /** @param {string} base64 16-bit little-endian PCM, the next part */
  add(base64) {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const samples = new Int16Array(bytes.buffer);
    for (let index = 0; index < samples.length; index += 1) {
      const cell = Math.floor((this.length + index) / PEAK_SAMPLES);
      this.peaks[cell] = Math.max(this.peaks[cell] ?? 0, Math.abs(samples[index]) / 32768);
    }
    this.chunks.push(samples);
    this.length += samples.length;
  }

  /**
   * Yields the chunks after the first `start` samples, the first of them cut to begin there.
   *
   * @param {number} start
   */
  *chunksFrom(start) {
    let end = 0;
    for (const chunk of this.chunks) {
      end += chunk.length;
      if (end > start) {
        yield chunk.subarray(Math.max(0, chunk.length - (end - start)));
      }
    }
  }
}
