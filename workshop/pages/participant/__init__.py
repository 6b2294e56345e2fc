"""Pages that everybody in a workshop meets, from the code at the door to the plenary."""
