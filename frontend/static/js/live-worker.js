// One for all tabs of a member. Its name is her handle, so that nobody else's tabs share it.
import { Hub } from "./lib/hub.js";

const ports = new Set();
const hub = new Hub(self.name, (frame) => ports.forEach((port) => port.postMessage(frame)));

self.onconnect = ({ ports: [port] }) => {
  ports.add(port);
  port.onmessage = ({ data }) => {
    if (data.act === "part") ports.delete(port);
    else hub.act(data, (frame) => port.postMessage(frame));
  };
};
