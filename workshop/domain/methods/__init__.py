"""Describes methods: their shape, what is checked of them, the draft that the editor changes."""
