// The names at the door: who is in, what waits for a connection, and finding somebody without one.
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

export class DoorList {
  constructor(desk) {
    this.here = desk.getAttribute("here");
    this.words = { in: desk.getAttribute("undo"), out: desk.getAttribute("enter") };
    this.signs = desk.querySelector("template").content;
    this.whole = desk.hasAttribute("whole");
    this.entries = [...desk.querySelectorAll("li[data-code]")];
    this.nobody = desk.querySelector(".nobody");
    this.keys = new Map(this.entries.map((entry) => [entry, `${entry.dataset.key} ${plain(entry.querySelector(".who").textContent)}`]));
  }

  // What a form of the list asks for: {code, act: "in" | "known" | "out"}; undefined for any other form.
  wish(form) {
    const code = form.closest("li[data-code]")?.dataset.code;
    if (!code) return undefined;
    const out = form.getAttribute("action") === `${this.here}/undo`;
    return { code, act: out ? "out" : form.elements.known ? "known" : "in" };
  }

  name(code) {
    return this.entryOf(code)?.querySelector("bdi").textContent ?? code;
  }

  // Until it is answered a second press is a slip. The button stays, and with it where the keyboard is.
  press(code) {
    this.entryOf(code)?.setAttribute("aria-busy", "true");
  }

  pressed(code) {
    return this.entryOf(code)?.ariaBusy === "true";
  }

  // As it is now, or will be when there is a connection.
  show({ code, act }, sign) {
    const entry = this.entryOf(code);
    if (!entry) return;
    const isIn = act !== "out";
    const form = [...entry.querySelectorAll("form")].at(-1);
    const button = form.querySelector("button");
    form.action = isIn ? `${this.here}/undo` : this.here;
    button.firstChild.textContent = isIn ? this.words.in : this.words.out;
    button.classList.toggle("quiet", isIn);
    entry.removeAttribute("aria-busy");
    const knows = entry.querySelector("form.post:not(:last-child)");
    if (knows && act !== "in") knows.hidden = act === "known";
    entry.querySelector(".sign").replaceChildren(...(sign ? [this.signs.querySelector(`.${sign}`).cloneNode(true)] : []));
  }

  // Those alone whose name has all these words.
  find(text) {
    const words = plain(text).split(/\s+/);
    for (const entry of this.entries) entry.hidden = !words.every((word) => this.keys.get(entry).includes(word));
    this.nobody.hidden = this.entries.some((entry) => !entry.hidden);
  }

  entryOf(code) {
    return this.entries.find((entry) => entry.dataset.code === code);
  }
}
