"""Shows walls, and leads them."""
