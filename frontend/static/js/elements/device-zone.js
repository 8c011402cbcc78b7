// <device-zone><input type="hidden" name="time_zone"></device-zone> fills in the zone of this device's clock.
// Around a select, with words="Your device's clock: {place}. Use it", it offers that zone where another is chosen.
import { fill } from "../lib/words.js";

customElements.define("device-zone", class extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input, select");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!field || !zone) return;
    if (field.type === "hidden") field.value = zone;
    else this.offer(field, zone);
  }

  // A browser may call the zone by a former name, which is in no list; the server knows it.
  offer(select, zone) {
    if (select.value === zone || alike(select.value, zone) || this.querySelector("button")) return;
    const place = zone.split("/").at(-1).replaceAll("_", " ");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet";
    button.textContent = fill(this.getAttribute("words"), { place });
    button.addEventListener("click", () => {
      if (![...select.options].some((each) => each.value === zone)) select.append(new Option(place, zone));
      select.value = zone;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      select.focus();
      button.remove();
    });
    this.append(button);
  }
});

// Whether both clocks show the same now and half a year on.
function alike(one, other) {
  const half = 182 * 24 * 60 * 60 * 1000;
  return [Date.now(), Date.now() + half].every((at) => shown(one, at) === shown(other, at));
}

function shown(timeZone, at) {
  try {
    return new Intl.DateTimeFormat("en", { timeZone, dateStyle: "short", timeStyle: "short" }).format(at);
  } catch {
    return timeZone;
  }
}
