// Sends chosen photos one by one in their order, shows how far each is, and lets one that failed be tried again.
// The server knows batch and place: what is sent twice is stored once.
import { fill, number } from "../lib/words.js";

customElements.define("album-upload", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.input = this.querySelector("input[type=file]");
    this.place = 0;
    this.queue = [];
    this.input.addEventListener("change", () => this.take([...this.input.files]));
    this.form.addEventListener("submit", (event) => {
      if (!this.list) return; // nothing chosen yet: the server says so
      event.preventDefault();
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
    const list = this.appendChild(Object.assign(document.createElement("ul"), { className: "sending" }));
    list.setAttribute("role", "list");
    this.status = this.appendChild(document.createElement("p"));
    this.status.setAttribute("role", "status");
    this.onward = this.appendChild(Object.assign(document.createElement("a"), { className: "button", href: this.getAttribute("then"), textContent: this.getAttribute("on"), hidden: true }));
    return list;
  }

  add(file) {
    const line = this.list.appendChild(document.createElement("li"));
    const image = line.appendChild(Object.assign(new Image(), { alt: "" }));
    const said = line.appendChild(document.createElement("div"));
    said.append(Object.assign(document.createElement("p"), { textContent: file.name }));
    const bar = said.appendChild(Object.assign(document.createElement("progress"), { max: 1, value: 0 }));
    bar.setAttribute("aria-label", file.name);
    const word = said.appendChild(Object.assign(document.createElement("p"), { className: "detail", textContent: this.getAttribute("waiting") }));
    const again = line.appendChild(Object.assign(document.createElement("button"), { type: "button", className: "button quiet", hidden: true }));
    again.append(this.getAttribute("again"), Object.assign(document.createElement("span"), { className: "unseen", textContent: ` ${file.name}` }));
    const one = { file, place: this.place++, bar, word, again, state: "waiting" };
    again.addEventListener("click", () => this.retry(one));
    const wrong = this.refusal(file);
    if (wrong) return this.refuse(one, wrong, false);
    image.src = URL.createObjectURL(file);
    image.onload = () => URL.revokeObjectURL(image.src);
    this.queue.push(one);
  }

  refusal(file) {
    const kinds = this.input.accept.split(",");
    if (file.type && !kinds.includes(file.type)) return this.getAttribute("wrong-kind");
    if (file.size > Number(this.getAttribute("limit"))) return this.getAttribute("too-large");
  }

  retry(one) {
    this.say(one, "waiting", this.getAttribute("waiting"));
    this.queue.push(one);
    this.queue.sort((a, b) => a.place - b.place);
    this.go();
  }

  async go() {
    if (this.going) return;
    this.going = true;
    this.onward.hidden = true;
    for (let one; (one = this.queue.shift()); ) {
      this.status.textContent = fill(this.getAttribute("busy"), { n: number(this.queue.length + 1) });
      await this.send(one);
    }
    this.going = false;
    this.end();
  }

  send(one) {
    return new Promise((resolve) => {
      const body = new FormData();
      body.append("file", one.file);
      body.append("batch", this.getAttribute("batch"));
      body.append("place", one.place);
      const call = new XMLHttpRequest();
      call.open("POST", this.getAttribute("source"));
      call.setRequestHeader("Accept", "application/json");
      call.upload.onprogress = ({ loaded, total }) => this.move(one, loaded / total);
      call.onload = () => {
        if (call.status < 300) this.say(one, "done", this.getAttribute("done"));
        else this.refuse(one, reason(call), call.status === 429 || call.status >= 500);
        resolve();
      };
      call.onerror = call.ontimeout = () => {
        this.refuse(one, this.getAttribute("lost"), true);
        resolve();
      };
      call.send(body);
    });
  }

  move(one, part) {
    one.bar.value = part;
    one.word.textContent = fill(this.getAttribute("sending"), { percent: number(Math.round(part * 100)) });
  }

  refuse(one, sentence, again) {
    this.say(one, again ? "failed" : "refused", sentence);
  }

  say(one, state, sentence) {
    one.state = state;
    one.word.textContent = sentence;
    one.word.classList.toggle("wrong", state === "failed" || state === "refused");
    one.bar.hidden = state !== "waiting";
    one.again.hidden = state !== "failed";
    (this.all ??= new Set()).add(one);
  }

  // All through: on to the words for them. Else she decides.
  end() {
    const left = [...this.all].filter(({ state }) => state !== "done").length;
    if (!left) {
      this.status.textContent = this.getAttribute("finished");
      location.assign(this.getAttribute("then"));
      return;
    }
    this.status.textContent = fill(this.getAttribute("partly"), { n: number(left) });
    this.onward.hidden = left === this.all.size;
  }
});

function reason(call) {
  try {
    const problem = JSON.parse(call.responseText);
    return problem.errors?.[0]?.message ?? problem.detail ?? problem.title;
  } catch {
    return `${call.status}`;
  }
}
