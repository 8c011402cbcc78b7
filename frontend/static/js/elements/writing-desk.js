// <writing-desk keep="…/typed" look="…/look" failed="…"><p data-part="also"> <p data-part="kept"> <form>…</form> <div data-part="look"></writing-desk>
// Keeps what is typed, one call at a time; shows how it reads; says who else is at it. Without it, Save and Look do the same.
const PAUSE = 1200;
const SEEN = 45_000;

customElements.define("writing-desk", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.form.addEventListener("input", () => this.typed());
    this.form.addEventListener("submit", () => this.stop());
    this.seen = setInterval(() => document.hidden || this.keep("seen"), SEEN);
    if ([...this.form.elements].some((one) => one.defaultValue !== undefined && one.value !== one.defaultValue)) this.typed(); // before this came
  }

  disconnectedCallback() {
    this.stop();
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.waiting);
    clearInterval(this.seen);
    this.running?.abort();
  }

  typed() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.keep("typed"), PAUSE);
  }

  async keep(act) {
    if (this.busy) {
      this.again = act === "typed" || this.again;
      return;
    }
    this.busy = true;
    this.running = new AbortController();
    const body = new FormData(this.form);
    body.set("act", act);
    try {
      const answer = await this.post("keep", body);
      this.say(await answer.json(), act);
      if (act === "typed") this.part("look").innerHTML = await (await this.post("look", body)).text();
    } catch (error) {
      if (error.name !== "AbortError") this.part("kept").textContent = this.getAttribute("failed");
    }
    this.busy = false;
    if (this.again && !this.stopped) {
      this.again = false;
      this.keep("typed");
    }
  }

  async post(name, body) {
    const answer = await fetch(this.getAttribute(name), { method: "POST", body, signal: this.running.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer;
  }

  say(told, act) {
    this.part("also").textContent = [told.also, told.stale].filter(Boolean).join(" ");
    if (act === "typed") this.part("kept").textContent = told.kept;
  }

  part(name) {
    return this.querySelector(`[data-part=${name}]`);
  }
});
