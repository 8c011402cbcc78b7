// On the page that says there is no connection: what was visited lately and is still there. <kept-pages words="…">
customElements.define("kept-pages", class extends HTMLElement {
  async connectedCallback() {
    const found = await this.find();
    if (!found.length) return;
    const lead = Object.assign(document.createElement("p"), { textContent: this.getAttribute("words") });
    const list = Object.assign(document.createElement("ul"), { className: "plain" });
    for (const { path, title } of found) {
      const link = Object.assign(document.createElement("a"), { href: path, textContent: title });
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    this.replaceChildren(lead, list);
  }

  async find() {
    const found = new Map();
    for (const name of (await caches.keys()).filter((one) => one.startsWith("kept-"))) {
      const cache = await caches.open(name);
      for (const request of (await cache.keys()).reverse()) {
        const answer = await cache.match(request);
        if (!answer.headers.get("content-type")?.startsWith("text/html")) continue;
        const title = new DOMParser().parseFromString(await answer.text(), "text/html").title;
        const { pathname, search } = new URL(request.url);
        if (!found.has(title)) found.set(title, { path: pathname + search, title: title.replace(/^\(\d+\) /, "").split(" · ")[0] });
      }
    }
    return [...found.values()].slice(0, 12);
  }
});
