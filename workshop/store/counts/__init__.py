"""How many: people, cards, votes, and who was there; counted in one place."""
