"""Says what a wall is: what stands on it at most, how large its text is for the last row, which colours it has."""
from workshop.domain.shapes import Json

WALLS = 12  # of a workshop
CELLS = 4  # that stand beside each other on a wall, at most
THEMES = ("", "light", "dark")  # "": as the machine at the wall has it
FAR, NEAREST, FARTHEST = 60, 20, 120  # how far the last row is, in tenths of the height of the picture
SIZES = range(-2, 4)  # steps by which the text of a block is smaller or larger
TEXT = 600  # characters of a free text
READ, LEAST, LINES = 44, 28, 1080  # px of what one reads at FAR, the least on any wall, and the lines of the picture


def letter(far: int, size: int = 0) -> int:
    """Returns the px, on a picture of LINES, of what one reads from so far: a letter takes the same angle everywhere."""
    return max(LEAST, round(READ * far / FAR * 1.15 ** size))


def cells(block: Json) -> int:
    """Counts the places that a block takes beside others: one for each of several rooms."""
    return max(1, len(block.get("rooms") or ()))
