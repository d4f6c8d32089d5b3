/** Server-sent events read from the body of a reply; EventSource can only send GET requests. */

import { brokenOff, unreadable } from "./failures.js";

/**
 * Yields the JSON of each event as soon as all of it has arrived.
 *
 * @param {ReadableStream<Uint8Array>} body may be cut anywhere, within a character too
 * @throws {import("./failures.js").Failure} when the connection breaks off or an event is no JSON
 */
export async function* serverEvents(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    for (;;) {
      const { value, done } = await reader.read().catch(ended);
      if (done) {
        return; // an event ends with an empty line
      }
      text += decoder.decode(value, { stream: true });
      const events = text.split(/\r?\n\r?\n/);
      text = events.pop();
      yield* events.map(dataOf).filter(Boolean).map(parsed);
    }
  } finally {
    reader.cancel().catch(() => {}); // it may have been aborted already
  }
}

function dataOf(event) {
  return event
    .split(/\r?\n/)
    .filter((line) => line.startsWith("data:"))
    .map((line) => line.slice("data:".length))
    .join("\n");
}

function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    throw unreadable(); // JSON.parse throws nothing else
  }
}

function ended(error) {
  throw error.name === "AbortError" ? error : brokenOff();
}
