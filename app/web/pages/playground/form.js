/** The form: text, voice and speed. */

import { recall, remember } from "./memory.js";

/** Value in the voice menu that shows the field for mixes. */
const MIX = "mix";

const PREFERRED_VOICE = "af_heart";

export class Form {
  #form;
  #fields;

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.#form = form;
    this.#fields = form.elements;
    for (const field of this.#named()) {
      field.value = recall(field.name) ?? field.value;
      field.addEventListener("input", () => {
        remember(field.name, field.value);
        field.removeAttribute("aria-invalid");
        this.#update();
      });
    }
    this.#update();
  }

  /** The members of the request for speech. */
  get asked() {
    const { input, voice, mix, speed } = this.#fields;
    return {
      input: input.value,
      voice: voice.value === MIX ? mix.value.trim() : voice.value,
      speed: Number(speed.value),
    };
  }

  get key() {
    return this.#fields.key.value.trim();
  }

  get hasVoices() {
    return !this.#fields.voice.disabled;
  }

  /**
   * Fills the menu of voices, a group for each language.
   *
   * @param {{id: string, name: string, language_name?: string, gender?: string}[]} voices
   */
  offer(voices) {
    const menu = this.#fields.voice;
    const groups = new Map();
    for (const voice of voices) {
      const language = voice.language_name || "Other voices";
      groups.set(language, [...(groups.get(language) ?? []), optionOf(voice)]);
    }
    groups.set("Several voices", [new Option("A mix of your own…", MIX)]);
    menu.replaceChildren(...[...groups].map(([language, options]) => groupOf(language, options)));
    menu.disabled = false;
    const known = [...menu.options].map((option) => option.value);
    const wished = [recall("voice"), PREFERRED_VOICE].find((id) => known.includes(id));
    menu.value = wished ?? known[0];
    this.#update();
  }

  /**
   * Marks the field that a request was refused for.
   *
   * @param {string | null} name the member of the request
   */
  mark(name) {
    const isMix = name === "voice" && this.#fields.voice.value === MIX;
    const field = this.#fields[isMix ? "mix" : name];
    field?.setAttribute("aria-invalid", "true");
    field?.closest("details")?.setAttribute("open", "");
  }

  /** Removes all error marks. */
  clear() {
    this.#named().forEach((field) => field.removeAttribute("aria-invalid"));
  }

  #named() {
    return [...this.#fields].filter((field) => field.name);
  }

  #update() {
    const { input, voice, speed, mix } = this.#fields;
    const count = [...input.value].length; // characters, as the server counts them
    const most = Number(input.dataset.most);
    const counter = this.#form.querySelector("#count");
    counter.textContent = `${count.toLocaleString("en")} of ${most.toLocaleString("en")}`;
    counter.classList.toggle("over", count > most);
    const group = voice.selectedOptions[0]?.closest("optgroup");
    this.#form.querySelector("#language").textContent = group?.label ?? "";
    this.#form.querySelector("#rate").textContent = `${Number(speed.value).toFixed(2)}×`;
    mix.closest(".field").hidden = voice.value !== MIX;
  }
}

function optionOf({ id, name, gender }) {
  return new Option([name, gender, id].filter(Boolean).join(" · "), id);
}

function groupOf(label, options) {
  const group = document.createElement("optgroup");
  group.label = label;
  group.append(...options);
  return group;
}
