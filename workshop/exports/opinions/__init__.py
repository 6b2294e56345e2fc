"""Tells opinion groups in words, and gives what people answered to outside analysts."""
