"""Files of Pabulib, as they are and as they should not be."""
