"""Serves the plenary's speakers and questions to people without a script, and their settings to the team."""
