/** Sets up the page and connects its keys and buttons. */

import { Api } from "./api.js";
import { Board } from "./board.js";
import { Form } from "./form.js";
import { Playground } from "./playground.js";
import { Transcript } from "./transcript.js";
import { Waveform } from "./waveform.js";

const part = (id) => document.getElementById(id);

const form = new Form(part("form"));
const playground = new Playground({
  form,
  api: new Api(() => form.key),
  board: new Board(document),
  waveform: (onSeek) => new Waveform(part("waveform"), onSeek),
  transcript: (onPick) => new Transcript(part("transcript"), onPick),
});

part("form").addEventListener("submit", (event) => {
  event.preventDefault();
  playground.speak();
});
part("stop").addEventListener("click", playground.stop);
part("again").addEventListener("click", () => playground.listen(0));
part("download").addEventListener("click", () => playground.download(part("format").value));
part("key").addEventListener("change", playground.offerVoices);

document.addEventListener("keydown", (event) => {
  if (event.isComposing) {
    return; // the input method handles the key
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    if (!event.repeat) {
      playground.speak();
    }
  } else if (event.key === "Escape") {
    playground.stop();
  }
});

playground.offerVoices();
