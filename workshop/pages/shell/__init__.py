"""What every page stands on: the guard of a request, who visits, rendering, scripts and styles."""
