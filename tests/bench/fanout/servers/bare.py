"""The ceiling in Python: picows (a websocket in C) and SQLite, nothing else.

Each idea is a row on disk (synchronous=FULL) before it is acknowledged and told; there are no people, rooms, rights, numbers
or catching up.  As much of Socket.IO as the clients ask for; picows knows no compression.
"""
import asyncio
import json
import secrets
import sqlite3
import sys
import tempfile
from pathlib import Path

from picows import WSListener, WSMsgType, ws_create_server

OPEN = '0{"sid":"%s","upgrades":[],"pingInterval":600000,"pingTimeout":600000,"maxPayload":20000}'


class Line(WSListener):
    """One client."""

    everybody: set = set()
    store: sqlite3.Connection

    def on_ws_connected(self, transport):
        """Engine.IO is open."""
        transport.send(WSMsgType.TEXT, (OPEN % secrets.token_urlsafe(12)).encode())

    def on_ws_frame(self, transport, frame):
        """Into the room, or an idea for everybody in it."""
        if frame.msg_type != WSMsgType.TEXT:
            return
        text = frame.get_payload_as_utf8_text()
        if text == "40":
            transport.send(WSMsgType.TEXT, b'40{"sid":"room"}')
            self.everybody.add(transport)
        elif text.startswith("42"):
            number, _, said = text[2:].partition("[")
            _event, op = json.loads(f"[{said}")
            self.store.execute("INSERT INTO idea VALUES (?, ?)", (op["id"], op["text"]))
            self.store.commit()
            transport.send(WSMsgType.TEXT, f'43{number}[{{"ok":true}}]'.encode())
            told = f'42["ops",[{json.dumps(op, ensure_ascii=False, separators=(",", ":"))}]]'.encode()
            for one in self.everybody:
                one.send(WSMsgType.TEXT, told)

    def on_ws_disconnected(self, transport):
        """Somebody has gone."""
        self.everybody.discard(transport)


async def serve(port: int, folder: str) -> None:
    """Until it is ended."""
    Line.store = sqlite3.connect(Path(folder) / "ideas.db")
    Line.store.executescript("""
        PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE idea (id TEXT PRIMARY KEY, text TEXT)""")
    server = await ws_create_server(lambda _request: Line(), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="tinkuy-bare-") as data:
        asyncio.run(serve(int(sys.argv[1]), data))
