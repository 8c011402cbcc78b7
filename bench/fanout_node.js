// The same room on Node: `node fanout_node.js ws|socket.io PORT`, with the packages in NODE_PATH.
const [kind, port] = process.argv.slice(2);
const text = JSON.stringify({ op: "message", text: "x".repeat(174) });

if (kind === "ws") {
  const { WebSocketServer, WebSocket } = require("ws");
  const room = new WebSocketServer({ host: "127.0.0.1", port: Number(port), perMessageDeflate: false });
  room.on("connection", (socket) => {
    socket.on("message", (data) => {
      for (let n = Number(data); n > 0; n--)
        for (const other of room.clients) if (other.readyState === WebSocket.OPEN) other.send(text);
    });
  });
} else {
  const { Server } = require("socket.io");
  const http = require("http").createServer();
  const room = new Server(http, { transports: ["websocket"], perMessageDeflate: false, pingInterval: 3600000 });
  room.on("connection", (socket) => {
    socket.on("go", (count) => {
      for (let n = count; n > 0; n--) room.emit("m", text);
    });
  });
  http.listen(Number(port), "127.0.0.1");
}
