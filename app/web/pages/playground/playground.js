/** The playground: requests speech, plays and shows it while it arrives, and saves it. */

import { Failure } from "./failures.js";
import { fileOf, nameOf, save } from "./files.js";
import { Playback, openSound } from "./playback.js";
import { Speech } from "./speech.js";

/** Milliseconds of silence after which the sound device may sleep. */
const REST = 1000;

export class Playground {
  #api;
  #form;
  #board;
  #waveform;
  #transcript;
  /** @type {AudioContext | null} */
  #sound = null;
  /** @type {Speech | null} the last one of which any part arrived */
  #speech = null;
  /** @type {AbortController | null} while a request is in progress */
  #request = null;
  /** @type {Playback | null} while speech is played */
  #playback = null;
  /** @type {{time: number} | null} the last press of Speak and its time */
  #wish = null;
  #figures = {};
  #isSaving = false;

  constructor({ api, form, board, waveform, transcript }) {
    this.#api = api;
    this.#form = form;
    this.#board = board;
    this.#waveform = waveform(this.listen);
    this.#transcript = transcript(this.listen);
  }

  /** Fills the menu of voices. */
  offerVoices = async () => {
    this.#board.complain("");
    try {
      this.#form.offer(await this.#api.voices());
    } catch (error) {
      this.#complain(error);
    }
  };

  /** Speaks the text of the form, and stops any other speech. */
  speak = async () => {
    const wish = { time: performance.now() };
    this.#wish = wish;
    this.#form.clear();
    this.#board.complain("");
    this.#openSound();
    if (!this.#form.hasVoices) {
      await this.offerVoices();
      if (wish !== this.#wish) {
        return;
      }
    }
    const { asked, hasVoices } = this.#form;
    if (!asked.input.trim()) {
      this.#complain(new Failure("Type some text first.", "input"));
    } else if (hasVoices) {
      this.stop();
      await this.#perform(asked, wish.time);
    }
  };

  /** Stops the speech, here and on the server. */
  stop = () => {
    if (this.#request || this.#playback) {
      this.#request?.abort();
      this.#request = null;
      this.#rest("Stopped.");
    }
  };

  /** Plays the speech from `seconds` on, with parts yet to arrive. */
  listen = (seconds) => {
    if (this.#isWaiting) {
      return;
    }
    this.#playback?.stop();
    this.#openSound();
    this.#playback = new Playback(this.#sound, this.#speech, seconds);
    this.#playback.schedule();
    this.#board.complain("");
    this.#board.tell("Speaking…");
    this.#animate();
  };

  /** Saves the last speech as a file of `format`. */
  download = async (format) => {
    if (this.#isSaving) {
      return;
    }
    const speech = this.#speech;
    const name = nameOf(speech, format);
    this.#isSaving = true;
    this.#board.complain("");
    this.#board.tell(`Making ${name}…`);
    try {
      save(await fileOf(speech, format, this.#api), name);
      this.#board.tell(`Saved as ${name}.`);
    } catch (error) {
      this.#complain(error);
    } finally {
      this.#isSaving = false;
    }
  };

  async #perform(asked, pressed) {
    const speech = new Speech(asked);
    const request = new AbortController();
    this.#request = request;
    this.#board.tell("Waiting for the first sound…");
    this.#enable();
    try {
      for await (const event of this.#api.stream(asked, request.signal)) {
        if (request.signal.aborted) {
          return;
        }
        if (this.#isWaiting) {
          this.#begin(speech);
        }
        this.#take(event, speech, (performance.now() - pressed) / 1000);
      }
      speech.isComplete = true;
    } catch (error) {
      if (!request.signal.aborted) {
        this.#complain(error);
      }
    } finally {
      if (this.#request === request) {
        this.#arrived();
      }
    }
  }

  /** Replaces the last speech by `speech`, once the server has accepted the request. */
  #begin(speech) {
    this.#speech = speech;
    this.#playback = new Playback(this.#sound, speech);
    this.#figures = {};
    this.#waveform.begin(speech);
    this.#transcript.begin(speech.asked.input);
    this.#animate();
  }

  #arrived() {
    this.#request = null;
    if (this.#playback) {
      this.#enable();
    } else {
      this.#rest("");
    }
  }

  /** Handles an event of the stream, `elapsed` seconds after the press. */
  #take(event, speech, elapsed) {
    if (event.type === "speech.audio.delta") {
      speech.add(event.audio);
      this.#playback.schedule();
      if (this.#figures.first === undefined) {
        this.#figures.first = elapsed + this.#playback.firstSoundIn;
        this.#board.tell("Speaking…");
      }
    } else if (event.type === "speech.audio.words") {
      this.#transcript.add(event.words);
    }
    Object.assign(this.#figures, { length: speech.seconds, made: elapsed });
    this.#board.figures(this.#figures);
    this.#enable();
  }

  /** Draws every frame until the playback is over. */
  #animate() {
    const playback = this.#playback;
    this.#enable();
    const frame = () => {
      if (playback !== this.#playback) {
        return;
      }
      if (!this.#request && playback.isOver) {
        this.#rest(this.#speech.isComplete ? "Done." : "");
        return;
      }
      this.#waveform.show(playback.position, { isPlaying: true });
      this.#transcript.show(playback.position);
      requestAnimationFrame(frame);
    };
    frame();
  }

  /** Stops the playback and shows the status. */
  #rest(status) {
    if (this.#playback) {
      this.#leave(this.#playback);
    }
    this.#board.tell(status);
    this.#enable();
    setTimeout(() => this.#request ?? this.#playback ?? this.#sound.suspend(), REST);
  }

  #leave(playback) {
    const { isOver, position } = playback;
    this.#waveform.show(position);
    this.#transcript.show(isOver && !this.#request ? Infinity : position);
    if (isOver && this.#speech.isComplete) {
      this.#transcript.complete();
    }
    playback.stop();
    this.#playback = null;
  }

  #enable() {
    this.#board.enable({
      isActive: Boolean(this.#request || this.#playback),
      hasSound: Boolean(this.#speech?.length) && !this.#isWaiting,
      isComplete: Boolean(this.#speech?.isComplete) && !this.#isWaiting,
    });
  }

  /** Whether a request is in progress and no part of its speech has arrived. */
  get #isWaiting() {
    return Boolean(this.#request && !this.#playback);
  }

  #openSound() {
    this.#sound ??= openSound();
    this.#sound.resume();
  }

  #complain(error) {
    if (!(error instanceof Failure)) {
      throw error;
    }
    this.#board.complain(error.message);
    this.#form.mark(error.param);
  }
}
