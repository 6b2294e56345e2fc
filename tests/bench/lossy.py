"""A relay with planted faults, of which the fan-out bench must speak: python -m tests.bench.lossy PORT.

Every third idea is kept from whoever came last; the fourth is sent twice; the fifth loses its last word.
"""
import warnings

warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
import eventlet  # noqa: E402

eventlet.monkey_patch()

import sys  # noqa: E402

from flask import Flask, request  # noqa: E402
from flask_socketio import SocketIO, emit, join_room  # noqa: E402

app = Flask(__name__)
socketio = SocketIO(app, async_mode="eventlet", async_handlers=False)

came, count = [], 0


@socketio.on("connect")
def connect():
    """Into the room."""
    came.append(request.sid)
    join_room("room")


@socketio.on("op")
def op(message):
    """To everybody, more or less."""
    global count
    count += 1
    if count == 5:
        message["text"] = message["text"].rpartition(" ")[0]
    for _ in range(2 if count == 4 else 1):
        emit("ops", [message], to="room", skip_sid=came[-1] if count % 3 == 0 else None)
    return {"ok": True}


if __name__ == "__main__":
    socketio.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_output=False)
