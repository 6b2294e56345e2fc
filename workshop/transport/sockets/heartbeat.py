"""Sets the heartbeat of a websocket: how often it is pinged, how long it may be silent, and what counts as slow.

A ping may be due just when a connection goes silent: after eleven seconds and a round trip both ends must still hold it
(here 5 + 11 < 5 + 13, in static/js/line/line.js 5 + 11 < 17), and a dead one must be noticed in twenty.
"""
PING_EVERY, PING_WITHIN = 5, 13  # seconds from a pong to the next ping, and from a ping to the end of a silent connection
SLOW = 2.0  # seconds there and back
