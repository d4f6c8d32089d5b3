/** Files of a speech to download. */

import { wavFile } from "./wav.js";

/**
 * Returns the file of `format`. A format that the browser cannot make is requested from the server,
 * which is quick, since it caches sentences.
 *
 * @param {import("./speech.js").Speech} speech all of it has arrived
 * @param {string} format
 * @param {import("./api.js").Api} api
 * @returns {Promise<Blob>}
 * @throws {import("./failures.js").Failure}
 */
export async function fileOf(speech, format, api) {
  switch (format) {
    case "wav":
      return wavFile(speech.chunks);
    case "pcm":
      return new Blob(speech.chunks, { type: "audio/pcm" });
    default:
      return api.file(speech.asked, format);
  }
}

/** Names the file of `format` after the voice. */
export function nameOf({ asked }, format) {
  return `${asked.voice.replace(/[^\w-]+/g, "-")}.${format}`;
}

/**
 * Hands `file` to the browser's downloads.
 *
 * @param {Blob} file
 * @param {string} name
 */
export function save(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // some browsers begin late
}
