/** Requests to the server. */

import { serverEvents } from "./events.js";
import { Failure, brokenOff, refusal, unreached, unreadable } from "./failures.js";

/** The server's endpoints, relative to the page, so that it works behind a path of a proxy. */
export class Api {
  #key;
  #hasTimes = true; // of words; a model run as shipped has none

  /** @param {() => string} key gives the API key, empty for none */
  constructor(key) {
    this.#key = key;
  }

  /**
   * Lists the voices.
   *
   * @returns {Promise<{id: string, name: string, language_name?: string, gender?: string}[]>}
   * @throws {Failure}
   */
  async voices() {
    const reply = await this.#fetch("v1/audio/voices", {});
    const body = await reply.json().catch(() => null);
    if (!Array.isArray(body?.data)) {
      throw unreadable();
    }
    return body.data;
  }

  /**
   * Speaks `asked` and yields the events of the stream as they arrive.
   *
   * @param {{input: string, voice: string, speed: number}} asked
   * @param {AbortSignal} signal ends the request, and with it the server's work
   * @throws {Failure} also for an error that comes after the first event
   */
  async *stream(asked, signal) {
    const reply = await this.#events(asked, signal);
    if (!reply.headers.get("Content-Type")?.startsWith("text/event-stream")) {
      throw unreadable();
    }
    for await (const event of serverEvents(reply.body)) {
      if (!event?.type) {
        throw unreadable();
      }
      if (event.type === "error") {
        throw new Failure(event.error.message);
      }
      yield event;
      if (event.type === "speech.audio.done") {
        return;
      }
    }
    throw brokenOff();
  }

  /**
   * Speaks `asked` and returns a file of the whole speech in a format.
   *
   * @param {{input: string, voice: string, speed: number}} asked
   * @param {string} format
   * @throws {Failure}
   */
  async file(asked, format) {
    const reply = await this.#speech({ ...asked, response_format: format, stream: false });
    return reply.blob().catch(() => {
      throw brokenOff();
    });
  }

  async #events(asked, signal) {
    const form = { response_format: "pcm", stream_format: "sse", timestamps: this.#hasTimes };
    try {
      return await this.#speech({ ...asked, ...form }, signal);
    } catch (failure) {
      if (!form.timestamps || failure.param !== "timestamps") {
        throw failure;
      }
      this.#hasTimes = false;
      return this.#events(asked, signal);
    }
  }

  #speech(body, signal) {
    return this.#fetch("v1/audio/speech", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ model: "kokoro", ...body }),
      signal,
    });
  }

  async #fetch(path, options) {
    const key = this.#key();
    const headers = { ...options.headers, ...(key && { Authorization: bearer(key) }) };
    const reply = await fetch(path, { ...options, headers }).catch((error) => {
      throw error.name === "AbortError" ? error : unreached();
    });
    if (!reply.ok) {
      throw await refusal(reply, key);
    }
    return reply;
  }
}

/** Encodes a key of any script as UTF-8, as other clients do: headers hold bytes. */
function bearer(key) {
  return `Bearer ${String.fromCharCode(...new TextEncoder().encode(key))}`;
}
