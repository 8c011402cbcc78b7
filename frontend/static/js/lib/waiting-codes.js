// Codes that wait for a connection, in the order in which they were taken: on the phone, over a reload too.
export class Waiting {
  constructor(key) {
    this.key = key;
  }

  get codes() {
    try {
      return this.kept ?? JSON.parse(localStorage.getItem(this.key)) ?? [];
    } catch {
      return [];
    }
  }

  set codes(codes) {
    try {
      localStorage.setItem(this.key, JSON.stringify(codes));
      this.kept = undefined;
    } catch {
      this.kept = codes; // no room on the phone: as long as the page is open
    }
  }

  get first() {
    return this.codes[0];
  }

  add(code) {
    if (!this.codes.includes(code)) this.codes = [...this.codes, code];
  }

  drop(code) {
    this.codes = this.codes.filter((one) => one !== code);
  }
}
