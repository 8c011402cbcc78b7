// <door-desk calls="/api/v1/…/check-ins" …words…>form, .door-said</door-desk>
// Lets people in without loading the page, by code, camera or the name in the list (the forms whose action is `here`);
// what finds no connection waits on the phone and is sent when there is one. Counts along with the other doors.
import { DoorList } from "../lib/door-list.js";
import { QrCamera, canScan } from "../lib/qr-camera.js";
import { Waiting } from "../lib/waiting-codes.js";
import { fill } from "../lib/words.js";

const PAUSE = 5000;

customElements.define("door-desk", class extends HTMLElement {
  connectedCallback() {
    this.calls = this.getAttribute("calls");
    this.waiting = new Waiting(`door ${this.calls}`);
    this.form = this.querySelector("form");
    this.said = this.querySelector(".door-said");
    this.list = new DoorList(this.getAttribute("here"), this.getAttribute("undo"), this.querySelector("template"));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const field = this.form.elements.ticket_code;
      this.take(field.value);
      field.value = "";
      field.focus();
    });
    this.byName = (event) => {
      if (!this.list.lets(event.target)) return;
      event.preventDefault();
      event.target.querySelector("button").disabled = true;
      this.take(event.target.elements.ticket_code.value);
    };
    document.addEventListener("submit", this.byName);
    this.timer = setInterval(() => {
      this.send();
      if (!document.hidden) this.count();
    }, PAUSE);
    this.online = () => this.send();
    addEventListener("online", this.online);
    if (canScan()) this.offerCamera();
    this.send();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    document.removeEventListener("submit", this.byName);
    removeEventListener("online", this.online);
    this.camera?.stop();
  }

  take(code) {
    const plain = code.trim();
    if (plain) this.waiting.add(plain);
    this.send();
  }

  async send() {
    if (this.sending) return;
    this.sending = true;
    try {
      for (let code = this.waiting.first; code; code = this.waiting.first) {
        const answer = await fetch(this.calls, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ ticket_code: code }),
        });
        if (answer.status >= 500 || answer.status === 429) break;
        this.waiting.drop(code);
        await this.tell(answer, code);
        this.count();
      }
    } catch {
      this.say(fill(this.getAttribute("waiting"), { n: this.waiting.codes.length }));
    } finally {
      this.sending = false;
    }
  }

  async count() {
    const shown = document.querySelector("[data-door-count]");
    const answer = await fetch(this.calls).catch(() => null);
    if (!shown || !answer?.ok) return;
    const words = fill(this.getAttribute("count"), await answer.json());
    if (shown.textContent !== words) shown.textContent = words;
  }

  async tell(answer, code) {
    this.list.mark(code, answer.ok);
    if (answer.ok) {
      const { member, already, guests } = await answer.json();
      const words = this.getAttribute(already ? "already" : "let-in");
      this.say(fill(words, { name: member.name }) + (guests ? ` +${guests}` : ""));
    } else {
      this.say(`${code}: ${this.getAttribute(answer.status === 409 ? "not-going" : "unknown")}`);
    }
  }

  say(text) {
    this.said.textContent = text;
  }

  offerCamera() {
    this.camera = new QrCamera(this, (code) => this.take(code));
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "button quiet";
    this.button.textContent = this.getAttribute("scan");
    this.button.addEventListener("click", () => this.toggle());
    this.append(this.button);
  }

  async toggle() {
    if (this.camera.video) this.camera.stop();
    else await this.camera.start().catch(() => {});
    this.button.textContent = this.getAttribute(this.camera.video ? "stop" : "scan");
  }
});
