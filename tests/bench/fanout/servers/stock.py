"""Plain Flask-SocketIO, as its documentation has it: each idea is relayed to the room at once."""
import warnings

warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
import eventlet  # noqa: E402

eventlet.monkey_patch()

import sys  # noqa: E402

from flask import Flask  # noqa: E402
from flask_socketio import SocketIO, emit, join_room  # noqa: E402

app = Flask(__name__)
socketio = SocketIO(app, async_mode="eventlet", ping_interval=10, ping_timeout=600, cors_allowed_origins="*")


@socketio.on("connect")
def connect():
    """Into the room."""
    join_room("room")


@socketio.on("op")
def op(message):
    """To everybody."""
    emit("ops", [message], to="room")
    return {"ok": True}


if __name__ == "__main__":
    socketio.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_output=False, max_size=20_000)
