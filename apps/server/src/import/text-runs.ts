import { unescapeText } from "./read-xml.ts";

/** Longer texts are cut; a cell holds 32,767 characters at most. */
const MAX_TEXT = 100_000;

/** Joins the text runs (`<t>`) of a string item: plain and rich text alike, without the phonetic hints of Japanese. */
export class TextRuns {
  #text = "";
  #run = "";
  #isRun = false;
  #isPhonetic = false;

  clear(): void {
    this.#text = "";
  }

  open(name: string): void {
    if (name === "rPh") this.#isPhonetic = true;
    else if (name === "t" && !this.#isPhonetic) this.#isRun = true;
  }

  add(text: string): void {
    if (this.#isRun && this.#text.length + this.#run.length < MAX_TEXT) this.#run += text;
  }

  close(name: string): void {
    if (name === "rPh") this.#isPhonetic = false;
    if (name !== "t" || !this.#isRun) return;
    this.#text += unescapeText(this.#run);
    this.#run = "";
    this.#isRun = false;
  }

  get text(): string {
    return this.#text.slice(0, MAX_TEXT);
  }
}
