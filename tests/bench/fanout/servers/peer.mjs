// A socket.io relay: node peer.mjs PORT [--batch] [--deflate].  --batch: the leading edge of 50 ms that the product has.
import { Server } from "socket.io";

const [port, ...flags] = process.argv.slice(2);
const BATCH = 50; // ms between two frames
const io = new Server(Number(port), {
  transports: ["websocket"], serveClient: false, pingInterval: 10_000, pingTimeout: 600_000,
  perMessageDeflate: flags.includes("--deflate") ? { threshold: 48 } : false,
});
let held = [];
let sent = 0;
let due = null;

const flush = () => {
  due = null;
  sent = performance.now();
  const ops = held;
  held = [];
  io.to("room").emit("ops", ops);
};

const relay = flags.includes("--batch")
  ? (op) => {
      held.push(op);
      const wait = sent + BATCH - performance.now();
      if (wait <= 0 && !due) flush();
      else due ??= setTimeout(flush, wait);
    }
  : (op) => io.to("room").emit("ops", [op]);

io.on("connection", (socket) => {
  socket.join("room");
  socket.on("op", (op, answer) => {
    relay(op);
    answer({ ok: true });
  });
});
