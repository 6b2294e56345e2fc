"""The kinds of blocks that a wall can show: one module for each, found here by itself.

A module has KIND (store/walls/kind.py), and its drawing is `templates/wall/blocks/<name>.html`; nothing else names it.
"""
