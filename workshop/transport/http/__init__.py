"""What comes over HTTP: the connections, how many there may be, and what is no clear request."""
