"""Keeps the groups of people who answer alike in a vote, and says where somebody stands."""
