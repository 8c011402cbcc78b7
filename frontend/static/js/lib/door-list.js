// The names at the door: one form for each, which lets its person in. Who is in can be sent out again.
export class DoorList {
  constructor(here, undo, sign) {
    Object.assign(this, { here, undo, sign });
  }

  // Not the form for typed codes, which is an element's own, nor the one that says whom one knows.
  lets(form) {
    return form.method === "post" && form.getAttribute("action") === this.here && !form.elements.known && !form.closest("door-desk");
  }

  // `isIn` false: she was not taken, and can be tried once more.
  mark(code, isIn) {
    const form = [...document.forms].find((one) => this.lets(one) && one.elements.ticket_code.value === code);
    if (!form) return;
    const button = form.querySelector("button");
    button.disabled = false;
    if (!isIn) return;
    form.action = `${this.here}/undo`;
    button.classList.add("quiet");
    button.firstChild.textContent = this.undo;
    form.closest("li")?.querySelector(".name")?.append(" ", this.sign.content.cloneNode(true));
  }
}
