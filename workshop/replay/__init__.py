"""Simulated people over real sockets, and recorded conversations given to them to live again.

`client` is a whole client of the protocol (docs/protocol.md) on asyncio and nothing else; it imports none of the server.
"""
