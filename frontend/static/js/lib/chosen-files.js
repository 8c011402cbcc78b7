// Pictures and files that go with what one writes: chosen, pasted or dropped.
import { fill } from "./words.js";

const largest = 10 * 1024 * 1024;
const most = 10;

export class Chosen {
  constructor(composer) {
    this.composer = composer;
    this.list = [];
    this.shown = composer.querySelector("[data-part=chosen]");
    const picker = composer.form.elements.file;
    picker.addEventListener("change", () => {
      this.add([...picker.files]);
      picker.value = "";
    });
    composer.input.addEventListener("paste", (event) => {
      const files = [...event.clipboardData.files];
      if (files.length) event.preventDefault();
      this.add(files);
    });
    this.drops(composer.closest(".thread") ?? composer);
  }

  drops(area) {
    const over = (on) => area.classList.toggle("dropping", on);
    area.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      over(true);
    });
    area.addEventListener("dragleave", (event) => area.contains(event.relatedTarget) || over(false));
    area.addEventListener("drop", (event) => {
      event.preventDefault();
      over(false);
      this.add([...event.dataTransfer.files]);
    });
  }

  add(files) {
    const { dataset, note } = this.composer;
    note.textContent = "";
    for (const file of files) {
      if (file.size > largest) note.textContent = fill(dataset.tooLarge, { name: file.name });
      else if (this.list.length >= most) note.textContent = dataset.tooMany;
      else this.list.push(file);
    }
    this.draw();
    this.composer.input.focus();
  }

  take() {
    const files = this.list.map((file) => ({ name: file.name, blob: file }));
    this.list = [];
    this.draw();
    return files;
  }

  draw() {
    this.shown.hidden = !this.list.length;
    this.shown.replaceChildren(...this.list.map((file) => this.row(file)));
  }

  row(file) {
    const row = document.createElement("li");
    if (file.type.startsWith("image/")) row.append(Object.assign(new Image(), { alt: "", src: URL.createObjectURL(file) }));
    const name = Object.assign(document.createElement("bdi"), { textContent: file.name });
    const button = Object.assign(document.createElement("button"), { type: "button", className: "round", textContent: "✕" });
    button.setAttribute("aria-label", fill(this.composer.dataset.remove, { name: file.name }));
    button.addEventListener("click", () => {
      this.list = this.list.filter((one) => one !== file);
      this.draw();
      this.composer.input.focus();
    });
    row.append(name, button);
    return row;
  }
}
