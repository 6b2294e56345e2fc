"""Pages for leading a workshop: desk, steps, people, team, history."""
