// Suggests people of the thread once an @ is written; arrows choose, Enter or Tab takes, Escape leaves it.
import { avatar } from "./faces.js";
import { peopleOf } from "./people-of.js";

const most = 6;

export class Mentions {
  constructor(composer) {
    this.composer = composer;
    this.input = composer.input;
    this.list = Object.assign(document.createElement("ul"), { className: "suggestions", id: "suggestions", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", composer.dataset.suggestions);
    composer.append(this.list);
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", "suggestions");
    this.input.addEventListener("input", () => this.look());
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("pointerdown", (event) => {
      const row = event.target.closest("[role=option]");
      if (!row) return;
      event.preventDefault();
      this.take(row);
    });
  }

  get begun() {
    const before = this.input.value.slice(0, this.input.selectionStart);
    return /(?:^|[\s(（「])[@＠]([\p{L}\p{M}\p{N}-]{0,30})$/u.exec(before)?.[1];
  }

  async look() {
    const wanted = this.begun?.toLowerCase();
    if (wanted === undefined) return this.close();
    const people = await peopleOf(this.composer.thread);
    if (this.begun?.toLowerCase() !== wanted) return;
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    const fits = ({ handle, name }) => handle.startsWith(wanted) || plain(name).split(/\s+/).some((part) => part.startsWith(plain(wanted)));
    this.draw(people.filter((one) => one.handle !== this.composer.getAttribute("me") && fits(one)).slice(0, most));
  }

  draw(people) {
    this.list.hidden = !people.length;
    this.list.replaceChildren(...people.map((one, place) => {
      const row = Object.assign(document.createElement("li"), { id: `suggested-${place}` });
      row.setAttribute("role", "option");
      row.dataset.handle = one.handle;
      const name = Object.assign(document.createElement("bdi"), { className: "name", textContent: one.name });
      row.append(avatar(one, "small"), name, Object.assign(document.createElement("span"), { className: "detail", textContent: `@${one.handle}` }));
      return row;
    }));
    if (people.length) this.choose(0);
    else this.input.removeAttribute("aria-activedescendant");
  }

  choose(place) {
    const rows = [...this.list.children];
    this.place = (place + rows.length) % rows.length;
    rows.forEach((row, at) => row.setAttribute("aria-selected", String(at === this.place)));
    this.input.setAttribute("aria-activedescendant", rows[this.place].id);
    rows[this.place].scrollIntoView({ block: "nearest" });
  }

  // Whether the key was meant for the suggestions.
  key(event) {
    if (this.list.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.choose(this.place + step);
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.list.children[this.place]);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    return true;
  }

  take(row) {
    const at = this.input.selectionStart;
    const start = at - this.begun.length;
    this.input.setRangeText(`${row.dataset.handle} `, start, at, "end");
    this.close();
    this.input.dispatchEvent(new Event("input"));
  }

  close() {
    this.list.hidden = true;
    this.input.removeAttribute("aria-activedescendant");
  }
}
