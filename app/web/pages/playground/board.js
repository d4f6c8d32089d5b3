/** Status, figures and errors on the page, and which of its buttons are enabled. */

export class Board {
  #root;

  /** @param {Document} root */
  constructor(root) {
    this.#root = root;
  }

  /** @param {string} text the status, or nothing */
  tell(text) {
    const status = this.#part("status");
    if (status.textContent !== text) {
      status.textContent = text; // screen readers read out each change
    }
  }

  /** @param {string} text the error, which replaces the status, or nothing */
  complain(text) {
    this.#part("error").textContent = text;
    if (text) {
      this.tell("");
    }
  }

  /** @param {{first?: number, length?: number, made?: number}} figures in seconds */
  figures({ first, length, made }) {
    this.#part("first").textContent = secondsText(first, 2);
    this.#part("length").textContent = secondsText(length, 1);
    const factor = length && made && length / made;
    this.#part("factor").textContent = factor ? `${factor.toFixed(1)}×` : "–";
  }

  /** @param {{isActive: boolean, hasSound: boolean, isComplete: boolean}} state */
  enable({ isActive, hasSound, isComplete }) {
    const states = { stop: isActive, again: hasSound, download: isComplete };
    for (const [id, isEnabled] of Object.entries(states)) {
      const button = this.#part(id);
      if (!isEnabled && button === this.#root.activeElement) {
        this.#part("speak").focus(); // a disabled button loses the focus
      }
      button.disabled = !isEnabled;
    }
    this.#part("waveform").setAttribute("aria-disabled", String(!hasSound));
  }

  #part(id) {
    return this.#root.getElementById(id);
  }
}

function secondsText(seconds, digits) {
  return seconds === undefined ? "–" : `${seconds.toFixed(digits)} s`;
}
