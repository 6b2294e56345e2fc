"""Finds the addresses of this machine in its networks, also where there is no way out."""
import socket
import struct
from contextlib import suppress

GET_ADDRESS = 0x8915  # SIOCGIFADDR of Linux (netdevice(7))


def addresses() -> list[str]:
    """Lists IPv4 addresses that other devices may reach, the likeliest first; empty where there is none."""
    found = [*_way_out(), *_of_interfaces(), *_of_name()]
    return [one for one in dict.fromkeys(found) if not one.startswith(("127.", "169.254.", "0."))]


def _way_out() -> list[str]:
    """Finds the address towards the world; no packet is sent for it. Nothing in a network without a gateway."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))
        return [probe.getsockname()[0]]
    return []


def _of_interfaces() -> list[str]:
    try:
        from fcntl import ioctl
    except ImportError:  # not a Unix
        return []
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        for _number, name in socket.if_nameindex():
            with suppress(OSError):  # no IPv4 on it, or another Unix
                answer = ioctl(asker.fileno(), GET_ADDRESS, struct.pack("256s", name.encode()[:15]))
                found.append(socket.inet_ntoa(answer[20:24]))
    return found


def _of_name() -> list[str]:
    with suppress(OSError):
        return [str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return []
