"""Runs the websockets: what comes in is checked and counted, what goes out is framed once for all who receive it."""
