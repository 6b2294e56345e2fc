"""Free ports."""
import random
import socket
from contextlib import suppress

# Below the ports that systems give to outgoing connections: a device that tries to reach a server which is being started
# again would else be given, now and then, the server's own port.
BELOW = range(20_000, 32_000)


def free_port() -> int:
    """A port that nobody holds now."""
    while True:
        with suppress(OSError), socket.socket() as s:
            s.bind(("127.0.0.1", port := random.choice(BELOW)))
            return port
