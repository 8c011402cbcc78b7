// Who of these is here now, as far as they show it: <presence-note handles="a b" direct here="Here now" today="Was here today" some="{n} here now">
import { live } from "../lib/live.js";
import { fill, number } from "../lib/words.js";

customElements.define("presence-note", class extends HTMLElement {
  connectedCallback() {
    this.handles = this.getAttribute("handles").split(" ").filter(Boolean);
    this.here = new Set();
    this.wasHere = this.hasAttribute("was-here");
    live.on("presence", ({ handle, online }) => this.heard(handle, online));
    live.on("welcome", () => this.here.clear());
    if (this.handles.length) live.act("watch", { handles: this.handles });
    live.on("state", ({ state }) => state === "online" && this.handles.length && live.act("watch", { handles: this.handles }));
  }

  heard(handle, online) {
    if (!this.handles.includes(handle)) return;
    if (online) this.here.add(handle);
    else this.here.delete(handle);
    const direct = this.hasAttribute("direct");
    const n = this.here.size;
    this.wasHere ||= direct && online;
    const note = this.querySelector("[data-part=presence]");
    note.classList.toggle("was", !n);
    note.textContent = n ? (direct ? this.getAttribute("here") : fill(this.getAttribute("some"), { n: number(n) })) : this.wasHere ? this.getAttribute("today") : "";
  }
});
