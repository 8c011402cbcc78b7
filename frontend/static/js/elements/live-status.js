// Says when the connection is gone for longer than a moment, and when one is signed out here.
import { live } from "../lib/live.js";

const patience = 5000;

customElements.define("live-status", class extends HTMLElement {
  connectedCallback() {
    this.setAttribute("role", "status");
    live.on("state", ({ state }) => this.heard(state));
  }

  heard(state) {
    if (state === "online") {
      clearTimeout(this.timer);
      this.timer = undefined;
      if (this.firstChild) this.gone();
    } else if (state === "signed-out") this.signedOut();
    else this.timer ??= setTimeout(() => this.say("offline"), patience);
  }

  say(name) {
    const line = Object.assign(document.createElement("p"), { className: "notice-line", textContent: this.getAttribute(name) });
    this.replaceChildren(line);
    return line;
  }

  gone() {
    this.say("back");
    setTimeout(() => live.state === "online" && this.replaceChildren(), 2500);
  }

  signedOut() {
    const next = encodeURIComponent(location.pathname);
    const link = Object.assign(document.createElement("a"), { href: `/sign-in?next=${next}`, textContent: this.getAttribute("sign-in") });
    this.say("signed-out").append(" ", link);
  }
});
