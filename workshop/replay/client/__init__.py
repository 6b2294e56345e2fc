"""Speaks the whole protocol (docs/protocol.md) as a client on asyncio; it imports none of the server."""
