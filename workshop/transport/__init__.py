"""Runs the network of the eventlet server: HTTP, websockets, fan-out; alone in touching the libraries' insides."""
