// Sends chosen photos one by one in their order, shows how far each is, and lets one that failed be tried again.
// The server knows batch and place: what is sent twice is stored once.
import { sent } from "../lib/sending.js";
import { fill, number } from "../lib/words.js";

customElements.define("album-upload", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.querySelector("input[type=file]");
    this.all = [];
    this.input.addEventListener("change", () => this.take([...this.input.files]));
    this.form.addEventListener("submit", (event) => {
      if (this.list) event.preventDefault(); // nothing chosen yet: the server says so
    });
    this.addEventListener("dragover", (event) => event.preventDefault());
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      this.take([...event.dataTransfer.files]);
    });
  }

  take(files) {
    if (!files.length) return;
    this.list ??= this.begin();
    for (const file of files) this.add(file);
    this.input.value = "";
    this.go();
  }

  begin() {
    this.form.querySelector(".actions").hidden = true;
    const list = this.appendChild(made("ul", { className: "sending" }));
    list.setAttribute("role", "list");
    this.status = this.appendChild(made("p"));
    this.status.setAttribute("role", "status");
    this.onward = this.appendChild(made("a", { className: "button", href: this.getAttribute("then"), textContent: this.getAttribute("on"), hidden: true }));
    return list;
  }

  add(file) {
    const line = this.list.appendChild(made("li"));
    const image = line.appendChild(made("img", { alt: "" }));
    const said = line.appendChild(made("div"));
    said.append(made("p", { textContent: file.name }));
    const bar = said.appendChild(made("progress", { max: 1, value: 0 }));
    bar.setAttribute("aria-label", file.name);
    const word = said.appendChild(made("p", { className: "detail" }));
    const again = line.appendChild(made("button", { type: "button", className: "button quiet", hidden: true }));
    again.append(this.getAttribute("again"), made("span", { className: "unseen", textContent: ` ${file.name}` }));
    const one = { file, bar, word, again, place: this.all.length };
    again.addEventListener("click", () => {
      this.say(one, "waiting");
      this.go();
    });
    this.all.push(one);
    const wrong = this.refusal(file);
    if (wrong) return this.say(one, "refused", wrong);
    image.src = URL.createObjectURL(file);
    image.onload = () => URL.revokeObjectURL(image.src);
    this.say(one, "waiting");
  }

  refusal(file) {
    const kinds = this.input.accept.split(",");
    if (file.type && !kinds.includes(file.type)) return this.getAttribute("wrong-kind");
    if (file.size > Number(this.getAttribute("limit"))) return this.getAttribute("too-large");
  }

  async go() {
    if (this.going) return;
    this.going = true;
    this.onward.hidden = true;
    for (let one; (one = this.all.find(({ state }) => state === "waiting")); ) {
      this.status.textContent = fill(this.getAttribute("busy"), { n: number(this.all.filter(({ state }) => state === "waiting").length) });
      await this.send(one);
    }
    this.going = false;
    this.end();
  }

  async send(one) {
    one.word.textContent = this.getAttribute("sending");
    const fields = { file: one.file, batch: this.getAttribute("batch"), place: one.place };
    const { status, reason } = await sent(this.getAttribute("source"), fields, (part) => (one.bar.value = part));
    if (status >= 200 && status < 300) this.say(one, "done");
    else this.say(one, !status || status === 429 || status >= 500 ? "failed" : "refused", reason || this.getAttribute("lost"));
  }

  say(one, state, sentence = this.getAttribute(state)) {
    const wrong = state === "failed" || state === "refused";
    one.state = state;
    one.word.textContent = sentence;
    one.word.classList.toggle("wrong", wrong);
    one.bar.hidden = state !== "waiting";
    one.again.hidden = state !== "failed";
  }

  // All through: on to the words for them. Else she decides.
  end() {
    const left = this.all.filter(({ state }) => state !== "done").length;
    this.status.textContent = left ? fill(this.getAttribute("partly"), { n: number(left) }) : this.getAttribute("finished");
    this.onward.hidden = left === this.all.length;
    if (!left) location.assign(this.getAttribute("then"));
  }
});

function made(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}
