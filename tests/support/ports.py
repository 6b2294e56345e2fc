"""Free ports."""
import os
import random
import socket
import threading
from contextlib import suppress

# Below the ports that systems give to outgoing connections: a device that tries to reach a server which is being started
# again would else be given, now and then, the server's own port.  Each process of a test run draws from ports of its own: a
# port is drawn a second before anybody listens there.
MOST = 16  # processes
BELOW = range(20_000 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % MOST, 32_000, MOST)


GIVEN: set[int] = set()  # of those, what this process gave last: two servers that start at once would else draw the same
LOCK = threading.Lock()


def free_port() -> int:
    """A port that nobody holds now, nor was given a while ago."""
    while True:
        with LOCK:
            port = random.choice([one for one in BELOW if one not in GIVEN])
            GIVEN.add(port)
            if len(GIVEN) > len(BELOW) // 2:
                GIVEN.clear()
        with suppress(OSError), socket.socket() as s:
            s.bind(("127.0.0.1", port))
            return port
