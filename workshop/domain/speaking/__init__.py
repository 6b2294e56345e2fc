"""Decides who speaks next, and which questions stand for everybody: pure, from what is there alone."""
