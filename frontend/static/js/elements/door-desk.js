// <door-desk calls="/api/v1/…/check-ins" …words…>form, .door-said</door-desk>
// Lets people in without loading the page; what finds no connection waits on the phone and is sent when there is one.
import { fill } from "../lib/words.js";

const PAUSE = 5000;

customElements.define("door-desk", class extends HTMLElement {
  connectedCallback() {
    this.calls = this.getAttribute("calls");
    this.key = `door ${this.calls}`;
    this.form = this.querySelector("form");
    this.said = this.querySelector(".door-said");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const field = this.form.elements.ticket_code;
      this.take(field.value);
      field.value = "";
      field.focus();
    });
    this.timer = setInterval(() => this.send(), PAUSE);
    this.online = () => this.send();
    addEventListener("online", this.online);
    if ("BarcodeDetector" in window && navigator.mediaDevices) this.offerCamera();
    this.send();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    removeEventListener("online", this.online);
    this.stop();
  }

  get waiting() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? [];
    } catch {
      return [];
    }
  }

  set waiting(codes) {
    try {
      localStorage.setItem(this.key, JSON.stringify(codes));
    } catch {
      this.kept = codes; // no room on the phone: as long as the page is open
    }
  }

  take(code) {
    const plain = code.trim();
    if (plain && !this.waiting.includes(plain)) this.waiting = [...this.waiting, plain];
    this.send();
  }

  async send() {
    if (this.sending) return;
    this.sending = true;
    try {
      for (let code = this.waiting[0]; code; code = this.waiting[0]) {
        const answer = await fetch(this.calls, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ ticket_code: code }),
        });
        if (answer.status >= 500 || answer.status === 429) break;
        this.waiting = this.waiting.filter((one) => one !== code);
        await this.tell(answer, code);
      }
    } catch {
      this.say(fill(this.getAttribute("waiting"), { n: this.waiting.length }));
    } finally {
      this.sending = false;
    }
  }

  async tell(answer, code) {
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
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "button quiet";
    this.button.textContent = this.getAttribute("scan");
    this.button.addEventListener("click", () => (this.video ? this.stop() : this.scan()));
    this.append(this.button);
  }

  async scan() {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    this.video = document.createElement("video");
    Object.assign(this.video, { srcObject: stream, muted: true, playsInline: true });
    this.append(this.video);
    this.button.textContent = this.getAttribute("stop");
    await this.video.play();
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    const look = async () => {
      if (!this.video) return;
      const [found] = await detector.detect(this.video).catch(() => []);
      if (found && found.rawValue !== this.last) {
        this.last = found.rawValue;
        this.take(found.rawValue);
      }
      setTimeout(look, 250);
    };
    look();
  }

  stop() {
    this.video?.srcObject.getTracks().forEach((track) => track.stop());
    this.video?.remove();
    this.video = null;
    if (this.button) this.button.textContent = this.getAttribute("scan");
  }
});
