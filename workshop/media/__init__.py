"""Handles photos and voice notes as bytes: what is taken, how a photo is re-encoded, where the files stand."""
