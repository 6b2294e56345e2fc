"""Claims the port that the server listens on before anything else is done, so that a port that is taken is reported at once.
"""
import errno
import os
import socket

from workshop.config import ConfigError

BACKLOG = 1024  # newcomers who wait for their turn
NEAR = 100  # ports above one that is taken, among which a free one is looked for


class Taken(ConfigError):
    """Reports a port that somebody else listens on. `free`: the next port that is free, or None."""

    def __init__(self, host: str, port: int):
        self.free = next_free(host, port)
        free = ConfigError("port {port} of {host} is taken by another program; the next free one: WORKSHOP_PORT={free}",
                           port=port, host=host, free=self.free)
        none = ConfigError("port {port} of {host} is taken by another program", port=port, host=host)
        said = free if self.free else none
        super().__init__(said.message, **said.values)


def claim(host: str, port: int) -> socket.socket:
    """Opens a socket that listens on the port. Raises Taken, or ConfigError where the address cannot be had at all.

    Without SO_REUSEPORT, which eventlet would set: two servers would share the port without a word, and each would get some
    of the people of both.
    """
    try:
        return _listening(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Taken(host, port) from None
        raise _refused(host, port, error) from None
    except UnicodeError:
        raise ConfigError("{host} is no address to listen at", host=repr(host)) from None


def next_free(host: str, port: int) -> int | None:
    """Finds the next port above that nobody listens on; None where there is none near."""
    for other in range(port + 1, min(port + NEAR, 65_535) + 1):
        try:
            _listening(host, other).close()
            return other
        except OSError:
            continue
    return None


def _listening(host: str, port: int) -> socket.socket:
    family, kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    one = socket.socket(family, kind)
    try:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind(address)
        one.listen(BACKLOG)
    except BaseException:
        one.close()
        raise
    return one


def _refused(host: str, port: int, error: OSError) -> ConfigError:
    if error.errno == errno.EACCES:
        return ConfigError("port {port} of {host} cannot be had: ports below 1024 are the system's; take a higher one",
                           port=port, host=host)
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return ConfigError("port {port} of {host} cannot be had: this machine has no such address", port=port, host=host)
    return ConfigError("port {port} of {host} cannot be had: {reason}", port=port, host=host,
                       reason=os.strerror(error.errno or 0))


def url(host: str, port: int) -> str:
    """Builds the address of a host, which may be a number of IPv6."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
