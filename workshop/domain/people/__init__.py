"""Names, passwords, addresses and pairs of people."""
