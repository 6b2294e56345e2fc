"""Groups the addresses from which requests come into networks."""
import hashlib
import hmac
import ipaddress

OF_ONE_HOUSE = 64  # bits of an IPv6 address that are a whole network's; the rest anybody in it changes at will


def network_of(address: str | None) -> str:
    """Returns what counts as one place for rate limits: an IPv4 address, or the network of an IPv6 one; other texts as they
    are."""
    try:
        found = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return address or ""
    if found.version == 6 and found.ipv4_mapped:
        return str(found.ipv4_mapped)
    if found.version == 6:
        return str(ipaddress.ip_network((found, OF_ONE_HOUSE), strict=False).network_address)
    return str(found)


def mark_of(key: bytes, network: str) -> str:
    """Hashes a network to 16 hex digits: the same for the same one, and nobody without the key finds it out."""
    return hmac.new(key, network.encode(), hashlib.sha256).hexdigest()[:16]
