"""A whole client of the protocol (docs/protocol.md) on asyncio; it imports none of the server."""
