"""The product's own transport without the product: its guard and fan-out, relaying ideas to a room with a leading edge."""
import warnings

warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
import eventlet  # noqa: E402

eventlet.monkey_patch()

import sys  # noqa: E402
import time  # noqa: E402
from types import SimpleNamespace  # noqa: E402

from flask import Flask, request  # noqa: E402
from flask_socketio import SocketIO  # noqa: E402

from workshop import ports  # noqa: E402
from workshop.config import Config  # noqa: E402
from workshop.transport.http.connections import Connections, serve  # noqa: E402
from workshop.transport.sockets.fanout import Fanout  # noqa: E402
from workshop.transport.sockets.gateway import Gateway  # noqa: E402
from workshop.transport.sockets.socketio_json import Wire  # noqa: E402

BATCH = 0.05  # seconds between two frames
app = Flask(__name__)
socketio = SocketIO(app, async_mode="eventlet", ping_interval=10, ping_timeout=600, cors_allowed_origins="*", json=Wire,
                    async_handlers=False, transports=["websocket"], manage_session=False, cookie=None)
guard = Gateway(SimpleNamespace(config=Config(rate=1e6, burst=10**6)), socketio.server)
guard.stand()
fanout = Fanout(socketio.server, guard, lambda sid: socketio.server.disconnect(sid))
held, due = [], []
sent = 0.0


@socketio.on("connect")
def connect():
    """Into the room."""
    fanout.enter(request.sid, "room")


def op(_sid, message):
    """To everybody: at once after a quiet time, else with what comes within the rest of 50 ms."""
    held.append(message)
    wait = sent + BATCH - time.monotonic()
    if wait <= 0:
        flush()
    elif not due:
        due.append(socketio.start_background_task(flush_later, wait))
    return {"ok": True}


def flush_later(wait: float) -> None:
    """Wait out the rest of the 50 ms."""
    socketio.sleep(wait)
    due.clear()
    flush()


def flush() -> None:
    """Send what is held."""
    global sent
    if held:
        ops, held[:], sent = held.copy(), [], time.monotonic()
        fanout.tell("room", "ops", ops)


socketio.server.on("op", op)
socketio.server.on("disconnect", lambda sid, *_: fanout.leave(sid))

if __name__ == "__main__":
    serve(app, ports.claim("127.0.0.1", int(sys.argv[1])), Connections(spare=guard.end_stranger))
