"""What somebody may see: rows as cards, one's own, circles, copies, threads."""
