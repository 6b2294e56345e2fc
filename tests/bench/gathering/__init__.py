"""Measures what gathering costs: draws, moves of many people, the way to the first open room."""
