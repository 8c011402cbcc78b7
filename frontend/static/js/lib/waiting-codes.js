// What is wished at a door and waits for a connection: {code, act}, in the order in which it was wished, of each code the last
// alone; on the phone, over a reload too.
export class Waiting {
  constructor(key) {
    this.key = key;
  }

  get wishes() {
    try {
      return this.kept ?? JSON.parse(localStorage.getItem(this.key)) ?? [];
    } catch {
      return [];
    }
  }

  set wishes(wishes) {
    try {
      localStorage.setItem(this.key, JSON.stringify(wishes));
      this.kept = undefined;
    } catch {
      this.kept = wishes; // no room on the phone: as long as the page is open
    }
  }

  get first() {
    return this.wishes[0];
  }

  add(wish) {
    this.wishes = [...this.wishes.filter(({ code }) => code !== wish.code), wish];
  }

  // Not what was wished of the same code since.
  drop(wish) {
    this.wishes = this.wishes.filter(({ code, act }) => code !== wish.code || act !== wish.act);
  }
}
