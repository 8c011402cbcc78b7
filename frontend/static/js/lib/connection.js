// One connection to the club: a socket, or where sockets are blocked long polling. It comes back by itself.
// `have()` says up to which rev of each thread we know, `bell()` how many new notices; `receive` gets every frame, `changed` every new state:
// connecting, online, offline, signed-out.
import { call } from "./calls.js";

const blockedAfter = 2; // sockets that never opened, before polling is tried
const longestPause = 30000;
const socketAgain = 300000;

export class Connection {
  constructor({ have, bell, receive, changed }) {
    Object.assign(this, { have, bell, receive, changed, state: "offline", failures: 0, neverOpened: 0, beat: 25000 });
  }

  // Called too when a tab comes, the network is back, or somebody signed in again.
  wake() {
    this.asleep = false;
    if (this.state === "online" || this.state === "connecting") return;
    clearTimeout(this.timer);
    this.open();
  }

  send(frame) {
    if (this.socket?.readyState !== WebSocket.OPEN || this.state !== "online") return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  get polling() {
    return this.state === "online" && !this.socket;
  }

  become(state) {
    if (state === this.state) return;
    this.state = state;
    this.changed(state);
  }

  open() {
    this.become("connecting");
    const address = new URL("/api/v1/live", location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = (this.socket = new WebSocket(address));
    let opened = false;
    socket.onopen = () => {
      opened = true;
      this.neverOpened = 0;
      socket.send(JSON.stringify({ op: "hello", have: this.have() }));
      this.watch();
    };
    socket.onmessage = ({ data }) => this.heard(JSON.parse(data));
    socket.onclose = ({ code }) => this.closed(socket, code, opened);
  }

  heard(frame) {
    this.heardAt = Date.now();
    if (frame.op === "bye") this.told = frame.retry_after_s * 1000;
    if (frame.op === "welcome") {
      this.failures = 0;
      if (frame.heartbeat_s) this.beat = frame.heartbeat_s * 1000;
      this.watch();
    }
    this.receive(frame);
    if (frame.op === "welcome") this.become("online");
  }

  // We speak at every beat, and who hears nothing for two of them hangs on a dead line.
  watch() {
    clearInterval(this.pulse);
    this.heardAt = Date.now();
    this.pulse = setInterval(() => {
      if (Date.now() - this.heardAt > 2 * this.beat) this.lost();
      else if (this.socket?.readyState === WebSocket.OPEN) this.socket.send('{"op":"ping"}');
    }, this.beat);
  }

  // The browser says that there is no network. It errs at times, so now and then it is tried all the same.
  sleep() {
    this.asleep = true;
    this.lost();
  }

  // A close on a dead line may take a minute to be noticed by the browser.
  lost() {
    const socket = this.socket;
    if (!socket) return;
    socket.onclose = socket.onmessage = null;
    socket.close();
    this.closed(socket, 1006, true);
  }

  closed(socket, code, opened) {
    if (socket !== this.socket) return;
    clearInterval(this.pulse);
    this.socket = undefined;
    if (code === 4401) return this.become("signed-out");
    if (!opened) this.neverOpened += 1;
    this.become("offline");
    if (this.neverOpened >= blockedAfter && !this.asleep) return void this.poll();
    this.later(code);
  }

  later(code) {
    const least = { 1012: 1000, 1013: 2000, 4408: 100 }[code] ?? 0;
    const pause = this.asleep ? longestPause : this.told ?? Math.max(least, Math.min(longestPause, 500 * 2 ** this.failures));
    this.told = undefined;
    this.failures += 1;
    this.timer = setTimeout(() => this.open(), pause * (0.5 + Math.random()));
  }

  async poll() {
    const until = Date.now() + socketAgain;
    let wait = 0;
    try {
      while (Date.now() < until) {
        const have = Object.entries(this.have()).map(([thread, rev]) => `${thread}:${rev}`).slice(0, 300).join(",");
        const { frames } = await call("GET", `/updates?have=${have}&bell=${this.bell()}&wait=${wait}`);
        frames.forEach(this.receive);
        this.failures = 0;
        this.become("online");
        wait = 25;
        if (frames.length) await new Promise((go) => setTimeout(go, 500));
      }
      this.open();
    } catch (refused) {
      if (refused.status === 401) return this.become("signed-out");
      this.become("offline");
      this.later();
    }
  }
}
