/** The text of the speech, in which the current word is marked. */

const STILL = matchMedia("(prefers-reduced-motion: reduce)");

export class Transcript {
  #box;
  #rest = new Text(); // the part in which no word has been found yet
  /** @type {{element: HTMLElement, start: number}[]} */
  #words = [];
  #current = -1;

  /**
   * @param {HTMLElement} box
   * @param {(seconds: number) => void} onPick hears when a word that was clicked begins
   */
  constructor(box, onPick) {
    this.#box = box;
    box.addEventListener("click", ({ target }) => {
      const word = this.#words.find(({ element }) => element === target);
      if (word) {
        onPick(word.start);
      }
    });
  }

  /** @param {string} text */
  begin(text) {
    this.#rest = new Text(text.normalize("NFC")); // as in the words of the server
    this.#words = [];
    this.#current = -1;
    this.#box.replaceChildren(this.#rest);
    this.#box.scrollTop = 0;
    this.#box.classList.remove("empty");
  }

  /**
   * Marks `words` in the text, which go on where the last ones ended.
   *
   * @param {{word: string, start: number, end: number}[]} words
   */
  add(words) {
    for (const { word, start } of words) {
      const at = this.#rest.data.indexOf(word);
      if (at < 0) {
        continue; // it is spoken, but not found in the text
      }
      const element = document.createElement("span");
      element.className = "word";
      element.textContent = word;
      const before = this.#rest.data.slice(0, at);
      this.#rest.before(before, element);
      this.#rest.data = this.#rest.data.slice(at + word.length);
      this.#words.push({ element, start });
    }
  }

  /** @param {number} position position in seconds; Infinity after the end */
  show(position) {
    const current = this.#words.findLastIndex(({ start }) => start <= position);
    this.#box.classList.remove("complete");
    if (current === this.#current && position !== Infinity) {
      return;
    }
    this.#current = current;
    this.#words.forEach(({ element }, index) => {
      element.classList.toggle("said", index <= current);
      element.classList.toggle("now", index === current && position !== Infinity);
    });
    if (current >= 0) {
      this.#keepInView(this.#words[current].element);
    }
  }

  /** Marks the whole text as spoken, with parts that no word was found in. */
  complete() {
    this.#box.classList.add("complete");
  }

  #keepInView(element) {
    const { scrollTop, clientHeight } = this.#box;
    const top = element.offsetTop;
    if (top < scrollTop || top + element.offsetHeight > scrollTop + clientHeight) {
      // Not scrollIntoView, which would scroll the page as well.
      this.#box.scrollTo({
        top: top - clientHeight / 3,
        behavior: STILL.matches ? "instant" : "smooth",
      });
    }
  }
}
