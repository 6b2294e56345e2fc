"""The desk as a facilitator works with it: what is done seldom stands behind the three dots of a room's tile."""


def seldom(tile):
    """The tile, with what is done seldom open."""
    tile.locator(".seldom > summary").click()
    return tile
