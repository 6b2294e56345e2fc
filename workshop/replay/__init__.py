"""Replays recorded conversations with simulated people over real sockets.

`client` is a whole client of the protocol (docs/protocol.md) on asyncio and nothing else; it imports none of the server.
"""
