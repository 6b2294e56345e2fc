"""What comes from outside as a form or an address: read, bounded, and turned into commands."""
