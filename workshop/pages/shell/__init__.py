"""Holds what every page needs: the guards of a request, the visitor, rendering, scripts and styles."""
