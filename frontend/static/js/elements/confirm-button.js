// Asks before the form in it is sent: <confirm-button question detail yes no><form>…<button></form></confirm-button>
customElements.define("confirm-button", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      if (this.sure) return;
      event.preventDefault();
      this.ask(event.target, event.submitter);
    });
  }

  ask(form, submitter) {
    this.dialog ??= this.build(submitter);
    this.dialog.returnValue = "";
    this.dialog.onclose = () => {
      if (this.dialog.returnValue !== "yes") return;
      this.sure = true;
      form.requestSubmit(submitter);
      this.sure = false;
    };
    this.dialog.showModal();
  }

  build(submitter) {
    const dialog = document.createElement("dialog");
    const title = dialog.appendChild(Object.assign(document.createElement("h2"), { textContent: this.getAttribute("question") }));
    title.id = `question-${Math.random().toString(36).slice(2)}`;
    dialog.setAttribute("aria-labelledby", title.id);
    const detail = this.getAttribute("detail");
    if (detail) dialog.appendChild(Object.assign(document.createElement("p"), { textContent: detail }));
    const actions = dialog.appendChild(Object.assign(document.createElement("div"), { className: "actions" }));
    actions.append(
      this.choice(dialog, "no", "button quiet"),
      this.choice(dialog, "yes", submitter?.classList.contains("danger") ? "button danger" : "button"),
    );
    return this.appendChild(dialog);
  }

  choice(dialog, answer, className) {
    const button = Object.assign(document.createElement("button"), { type: "button", className, textContent: this.getAttribute(answer) });
    button.addEventListener("click", () => dialog.close(answer));
    return button;
  }
});
