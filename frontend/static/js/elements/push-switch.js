// Whether this browser rings. Of its templates one is shown: off, on, denied, unable, in-app, install, china.
// `rings`: the club knows of it. A browser that holds a subscription the club has forgotten (the push service was away for long)
// tells it again.
// <push-switch key="…" country="CN" rings><p>needs scripts</p><template data-state="off"><button>…</button></template>…</push-switch>
import { call } from "../lib/calls.js";

const inApp = /\bLine\/|MicroMessenger|WhatsApp|FBAN|FBAV|Instagram|KAKAOTALK/;
const apple = /iPhone|iPad|iPod/;
const path = "/me/push-subscriptions";

customElements.define("push-switch", class extends HTMLElement {
  async connectedCallback() {
    this.addEventListener("click", ({ target }) => {
      const act = target.closest("button[data-act]")?.dataset.act;
      if (act) this[act](target.closest("button"));
    });
    this.show(await this.state());
  }

  async state() {
    const agent = navigator.userAgent;
    if (inApp.test(agent)) return "in-app";
    if (this.getAttribute("country") === "CN") return "china";
    const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
    const isApple = apple.test(agent) || (agent.includes("Macintosh") && navigator.maxTouchPoints > 1);
    if (!able) return isApple && !matchMedia("(display-mode: standalone), (display-mode: minimal-ui)").matches ? "install" : "unable";
    if (Notification.permission === "denied") return "denied";
    const held = await (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription();
    if (held && !this.hasAttribute("rings")) await call("POST", path, held.toJSON()).catch(() => {});
    return held ? "on" : "off";
  }

  show(state) {
    const template = this.querySelector(`template[data-state="${state}"]`);
    for (const part of [...this.children]) if (part.localName !== "template") part.remove();
    this.append(template.content.cloneNode(true));
    this.dataset.state = state;
  }

  async start(button) {
    button.disabled = true;
    try {
      if ((await Notification.requestPermission()) !== "granted") return this.show(await this.state());
      const { pushManager } = await navigator.serviceWorker.ready;
      const held = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: this.getAttribute("key") });
      await call("POST", path, held.toJSON());
      location.reload();
    } catch {
      this.show("unable");
    }
  }

  async stop(button) {
    button.disabled = true;
    const { pushManager } = await navigator.serviceWorker.ready;
    const held = await pushManager.getSubscription();
    if (held) {
      await call("DELETE", path, { endpoint: held.endpoint }).catch(() => {});
      await held.unsubscribe();
    }
    location.reload();
  }
});
