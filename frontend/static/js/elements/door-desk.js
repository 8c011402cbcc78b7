// <door-desk calls="/api/v1/…/check-ins" here="/…/door" whole …words…>[data-door-count], .door-said, .door-find, names, .door-code</door-desk>
// Lets people in and out without loading the page, by name, code or camera; what finds no connection waits on the phone and is
// sent when there is one. Counts along with the other doors. `whole`: all names are here, and are looked for without the club.
import { Closed, DoorCalls } from "../lib/door-calls.js";
import { DoorList } from "../lib/door-list.js";
import { canScan, offerCamera } from "../lib/qr-camera.js";
import { Waiting } from "../lib/waiting-codes.js";
import { fill } from "../lib/words.js";

const PAUSE = 5000;

customElements.define("door-desk", class extends HTMLElement {
  connectedCallback() {
    this.calls = new DoorCalls(this.getAttribute("calls"));
    this.waiting = new Waiting(`wished at ${this.calls.calls}`);
    this.said = this.querySelector(".door-said");
    this.list = new DoorList(this);
    this.addEventListener("submit", (event) => this.submitted(event));
    this.sought = this.querySelector("input[type=search]");
    if (this.list.whole) this.sought.addEventListener("input", () => this.list.find(this.sought.value));
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
    removeEventListener("online", this.online);
    this.camera?.stop();
  }

  submitted(event) {
    const form = event.target;
    const wish = this.list.wish(form);
    if (wish) this.want(wish);
    else if (form.matches(".door-code")) this.typed(form.elements.ticket_code);
    else if (!(form.matches(".door-find") && this.list.whole)) return;
    event.preventDefault();
  }

  typed(field) {
    const code = field.value.trim();
    if (code) this.want({ code, act: "in" });
    field.value = "";
    field.focus();
  }

  want(wish) {
    if (this.list.pressed(wish.code)) return;
    this.waiting.add(wish);
    this.list.press(wish.code);
    this.send();
  }

  async send() {
    if (this.sending || !this.waiting.first) return;
    this.sending = true;
    try {
      for (let wish = this.waiting.first; wish; wish = this.waiting.first) {
        const answer = await this.calls.settle(wish);
        this.waiting.drop(wish);
        await this.tell(answer, wish);
        this.count();
      }
    } catch (reason) {
      this.hold(reason instanceof Closed ? "closed" : "waiting");
    } finally {
      this.sending = false;
    }
  }

  hold(words) {
    for (const wish of this.waiting.wishes) this.list.show(wish, "waits");
    this.say(fill(this.getAttribute(words), { n: this.waiting.wishes.length }));
  }

  async count() {
    const shown = this.querySelector("[data-door-count]");
    const arrived = await this.calls.arrivals();
    if (!arrived) return;
    const words = fill(this.getAttribute("count"), arrived);
    if (shown.textContent !== words) shown.textContent = words;
  }

  async tell(answer, wish) {
    const { code, act } = wish;
    if (!answer.ok) {
      this.list.show({ code, act: "out" });
      this.say(`${code}: ${this.getAttribute(answer.status === 409 ? "not-going" : "unknown")}`);
    } else if (act === "out") {
      this.list.show(wish);
      this.say(fill(this.getAttribute("out"), { name: this.list.name(code) }));
    } else {
      const { member, already, guests } = await answer.json();
      this.list.show(wish, "here");
      this.say(fill(this.getAttribute(already ? "already" : "let-in"), { name: member.name }) + (guests ? ` +${guests}` : ""));
    }
  }

  say(text) {
    if (this.said.textContent !== text) this.said.textContent = text;
  }

  offerCamera() {
    const words = { scan: this.getAttribute("scan"), stop: this.getAttribute("stop") };
    const found = (code) => this.want({ code: code.trim(), act: "in" });
    this.camera = offerCamera(this.querySelector(".door-code"), words, found, () => this.say(this.getAttribute("blind")));
  }
});
