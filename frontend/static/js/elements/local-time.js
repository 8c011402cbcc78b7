// <local-time zone="Asia/Tokyo" yours="({time} for you)"><time datetime="…Z">…</time></local-time>
// Adds the reader's own clock where it reads differently from what the page already says.
import { DAY_AND_MINUTE, fill, locale } from "../lib/words.js";

customElements.define("local-time", class extends HTMLElement {
  connectedCallback() {
    const time = this.querySelector("time[datetime]");
    const instant = time && new Date(time.dateTime);
    if (!instant || Number.isNaN(instant.getTime()) || this.querySelector(".yours")) return;
    const shown = this.getAttribute("zone");
    const mine = new Intl.DateTimeFormat(locale, DAY_AND_MINUTE).format(instant);
    let theirs = "";
    try {
      theirs = new Intl.DateTimeFormat(locale, { ...DAY_AND_MINUTE, timeZone: shown }).format(instant);
    } catch {
      // A zone this browser does not know: the reader's clock is worth saying all the same.
    }
    if (mine === theirs) return;
    const yours = document.createElement("span");
    yours.className = "yours";
    yours.textContent = fill(this.getAttribute("yours"), { time: mine });
    this.append(" ", yours);
  }
});
