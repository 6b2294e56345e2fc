"""Draws the board of a method from its own settings: small, as SVG, in the reader's words and the page's colours.

A drawing is W units wide and as many high as it needs (H at least). Each layout has its hand in DRAWN.
"""
from collections.abc import Mapping

from markupsafe import Markup

from workshop.domain.kinds import kinds
from workshop.domain.methods.checking import BOARD
from workshop.domain.methods.shape import Board, Method, Vote
from workshop.pages.methods.drawing import Drawing, common
from workshop.words import _, language

Box = tuple[float, float, float, float]  # left, top, right, bottom
W, H = 320, 188
NOTES = ((0.08, 0.10), (0.55, 0.22), (0.22, 0.52), (0.62, 0.62))  # where notes lie in a free field, as parts of it
CLOUD = ((.05, .1), (.37, .06), (.7, .13), (.14, .42), (.46, .38), (.74, .5), (.06, .72), (.4, .7))


def picture(method: Method, known: Mapping[str, Method], title: str) -> Markup:
    """Draws the board of a method, the chain of a process; `known` has the names of its parts, `title` is read aloud."""
    drawing = Drawing(W)
    if method.process:
        _chain(drawing, method, known)
    elif method.board is None:
        _circle(drawing)
    else:
        words = {key: getattr(said, language()) for key, said in method.labels.items()}
        board, right = method.board, W - 8
        if board.fields and board.layout != "list":
            right = 208
            _card(drawing, board, words, (216, 8, W - 8, H - 8))
        if board.layout == "list" and not board.fields:
            _plain(drawing, method)
        else:
            DRAWN[board.layout](drawing, board, words, (8, 8, right, H - 8))
    return drawing.svg(title, H)


def _columns(drawing: Drawing, board: Board, words: Mapping[str, str], box: Box) -> None:
    """Draws one field for each column, at most four beside each other; without columns all notes lie in one."""
    keys, (left, top, right, bottom) = board.columns, box
    if not keys:
        drawing.rect(left, top, right, bottom, "field", 6)
        for number, (x, y) in enumerate(CLOUD):
            drawing.note(left + x * (right - left), top + y * (bottom - top), 64, 36, number)
        return
    across = len(keys) if len(keys) <= 4 else -(-len(keys) // (-(-len(keys) // 4)))
    rows = -(-len(keys) // across)
    width, height = (right - left + 4) / across, max((bottom - top + 4) / rows, 44)
    size = common((words[key] for key in keys), width - 10, 2)
    for number, key in enumerate(keys):
        x, y = left + number % across * width, top + number // across * height
        drawing.rect(x, y, x + width - 4, y + height - 4, "field", 4)
        drawing.rect(x, y, x + width - 4, y + 5, f"thread t{number % 8}")
        used = drawing.words(words[key], x + 3, y + 8, width - 10, 2, most=size)
        if key == board.delegations:
            drawing.weave(x + 4, y + height - 14, width - 14)
        for line in range(int((height - 16 - used) // 20)):
            drawing.note(x + 5, y + 14 + used + line * 20, (width - 16) * (.9 if line % 2 else .7), 15, number + line)


def _matrix(drawing: Drawing, board: Board, words: Mapping[str, str], box: Box) -> None:
    """Draws columns across, rows down; rows that the group names have an empty line for their name."""
    left, top, right, bottom = box
    rows = [words[key] for key in board.rows] or ["", "", ""]
    aside = left + (84 if board.rows else 44)
    width, head = (right - aside) / len(board.columns), 34
    height = max((bottom - top - head) / len(rows), 24)
    size, aside_size = common((words[key] for key in board.columns), width - 6, 2), common(rows, aside - left - 4, 2)
    for number, key in enumerate(board.columns):
        x = aside + number * width
        drawing.rect(x + 1, top, x + width - 1, top + 4, f"thread t{number % 8}")
        drawing.words(words[key], x + 3, top + 6, width - 6, 1 if key == board.delegations else 2, most=size)
        if key == board.delegations:
            drawing.weave(x + 3, top + head - 5, width - 6)
    for line, said in enumerate(rows):
        y = top + head + line * height
        for number in range(len(board.columns)):
            x = aside + number * width
            drawing.rect(x + 1, y + 1, x + width - 1, y + height - 1, "field", 3)
            if (line + number) % 3 != 2:
                drawing.note(x + 5, y + 5, min(width - 12, 46), min(height - 10, 16), line + number)
        if said:
            drawing.words(said, left, y + 3, aside - left - 4, 2 if height > 24 else 1, most=aside_size)
        else:
            drawing.line(left, y + height - 7, aside - 6, y + height - 7, "blank")
    if board.open_rows and board.rows:
        drawing.line(left, top + head + len(rows) * height + 2, right, top + head + len(rows) * height + 2, "blank")


def _timeline(drawing: Drawing, board: Board, words: Mapping[str, str], box: Box) -> None:
    """Draws a lane for each thread of the story over an axis of days, months or years."""
    left, top, right, bottom = box
    aside, low = left + 78, bottom - 24
    height = max((low - top) / len(board.lanes), 20)
    low, size = top + height * len(board.lanes), common((words[key] for key in board.lanes), aside - left - 10, 2)
    for number, key in enumerate(board.lanes):
        y = top + number * height
        drawing.rect(aside, y + 1, right, y + height - 2, "field", 3)
        drawing.rect(left, y + 1, left + 4, y + height - 2, f"thread t{number % 8}")
        drawing.words(words[key], left + 8, y + 2, aside - left - 10, 2 if height > 26 else 1, most=size)
        for mark in range(3):
            x = aside + 8 + (number * 37 + mark * 74) % int(right - aside - 40)
            drawing.note(x, y + height / 2 - 6, 26, 12, number + mark)
    drawing.line(aside, low + 6, right, low + 6, "axis")
    drawing.tip(right, low + 6, 0)
    ticks, scale = {"day": (7, _("days")), "month": (5, _("months")), "year": (4, _("years"))}[board.scale or "year"]
    for tick in range(ticks + 1):
        x = aside + 8 + tick * (right - aside - 24) / ticks
        drawing.line(x, low + 2, x, low + 10, "axis")
    drawing.words(scale, aside, low + 10, right - aside, 1)


def _tree(drawing: Drawing, board: Board, words: Mapping[str, str], box: Box) -> None:
    """Draws the levels of a tree, three branches over one trunk over three roots, and so on."""
    left, top, right, bottom = box
    aside, height = left + 92, max((bottom - top) / len(board.columns), 26)
    middle, size = (aside + right) / 2, common((words[key] for key in board.columns), aside - left - 12, 2)
    before: list[float] = []
    for number, key in enumerate(board.columns):
        y = top + number * height
        spots = [middle] if number % 3 == 1 else [aside + 32, middle, right - 32]
        for x in before:
            for to in spots if len(before) == 1 else [middle] if len(spots) == 1 else [x]:
                drawing.line(x, y - 8, to, y + 4, "branch")
        for x in spots:
            drawing.note(x - 28, y + 3, 56, height - 11, number)
        drawing.rect(left, y + 3, left + 4, y + height - 8, f"thread t{number % 8}")
        drawing.words(words[key], left + 8, y + 3, aside - left - 12, 2 if height > 26 else 1, most=size)
        before = spots


def _plane(drawing: Drawing, board: Board, words: Mapping[str, str], box: Box) -> None:
    """Draws two axes from little to much, and notes between them."""
    left, top, right, bottom = box
    x0, y0 = left + 20, bottom - 20
    drawing.rect(x0, top, right, y0, "field", 0)
    drawing.line((x0 + right) / 2, top, (x0 + right) / 2, y0, "blank")
    drawing.line(x0, (top + y0) / 2, right, (top + y0) / 2, "blank")
    drawing.line(x0, y0, right, y0, "axis")
    drawing.line(x0, y0, x0, top, "axis")
    drawing.tip(right, y0, 0)
    drawing.tip(x0, top, -90)
    for number, (x, y) in enumerate(NOTES):
        drawing.note(x0 + x * (right - x0), top + y * (y0 - top), 46, 24, number)
    if board.axes is None:  # checking.py asks for them
        return
    drawing.words(words[board.axes.x], x0, y0 + 3, right - x0, 1, "middle")
    drawing.words(words[board.axes.y], left, y0, y0 - top, 1, "middle", upright=True)


def _list(drawing: Drawing, board: Board, words: Mapping[str, str], box: Box) -> None:
    """Draws cards with fields: one of them large."""
    _card(drawing, board, words, box)


def _plain(drawing: Drawing, method: Method) -> None:
    """Draws one card under the other; before them how many share what they write, where that changes from step to step; on
    them how the method votes."""
    circles = list(dict.fromkeys(step.see for step in method.steps if BOARD in step.opens))
    left = 60 if len(circles) > 2 else 8
    for number in range(4):
        y, right = 8 + number * 44, W - 8
        if left > 8 and number < len(circles):
            _people(drawing, circles[number], 30, y + 18)
        drawing.note(left, y, right - left, 36, number)
        drawing.line(left + 12, y + 13, right - 110 - number % 2 * 40, y + 13, "said")
        drawing.line(left + 12, y + 24, left + 70 + number % 3 * 30, y + 24, "said")
        for vote in method.votes[:1]:
            if _on_cards(vote):
                _marks(drawing, vote, right - 16, y + 18, number)
    for vote in method.votes[:1]:
        if not _on_cards(vote):
            _marks(drawing, vote, W - 24, 200, 0)


def _on_cards(vote: Vote) -> bool:
    """Tells whether people vote on the cards of the board."""
    return kinds()[vote.kind].on_cards({"options": vote.options, "per": vote.per})


def _people(drawing: Drawing, see: str, x: float, y: float) -> None:
    """Draws so many who see each other's cards; a whole room is a ring of them."""
    spots = {"own": [(0, 0)], "pair": [(-8, 0), (8, 0)], "four": [(-8, -8), (8, -8), (-8, 8), (8, 8)]}.get(see, [
        (0, -14), (10, -10), (14, 0), (10, 10), (0, 14), (-10, 10), (-14, 0), (-10, -10)])
    for across, down in spots:
        drawing.dot(x + across, y + down, 6 if len(spots) < 8 else 4.5, "option")


def _marks(drawing: Drawing, vote: Vote, x: float, y: float, number: int) -> None:
    """Draws what a card has been given, to the left of x, in the signs of the kind; where there are options, as many as
    those."""
    mark = kinds()[vote.kind].mark
    if mark is None:
        return
    given = mark.cards[number % len(mark.cards)]
    there = range(len(vote.options) or len(mark.signs)) if mark.all else given
    for place, one in enumerate(reversed(there)):
        sign, tone = mark.signs[one % len(mark.signs)], mark.tones[one % len(mark.tones)]
        drawing.sign(sign, x - 20 * place, y, f"t{tone}" if one in given else "pale")


def _card(drawing: Drawing, board: Board, words: Mapping[str, str], box: Box) -> None:
    """Draws a card with its fields: a line to write on, a date, options to choose from, a link."""
    left, top, right, bottom = box
    across = 2 if right - left > 200 and len(board.fields) > 4 else 1
    down = -(-len(board.fields) // across)
    height, width = max((bottom - top - 12) / down, 22), (right - left) / across
    size = common((words[field.key] for field in board.fields), width - 16, 1)
    drawing.rect(left, top, right, top + 12 + down * height, "card", 6)
    drawing.rect(left, top, right, top + 5, "thread t1")
    for number, field in enumerate(board.fields):
        x, y = left + number // down * width + 8, top + 9 + number % down * height
        drawing.words(words[field.key], x, y, width - 16, 1, most=size)
        under = y + min(height - 5, 24)
        if field.type == "choice":
            for option in range(min(len(field.options), int((width - 16) // 14))):
                drawing.dot(x + 5 + option * 14, under - 4, 4, "option")
        elif field.type == "date":
            for part in range(3):
                drawing.rect(x + part * 20, under - 8, x + part * 20 + 16, under, "option", 2)
        else:
            drawing.line(x, under, x + width - 18, under, "link" if field.type == "link" else "blank")


def _chain(drawing: Drawing, method: Method, known: Mapping[str, Method]) -> None:
    """Draws the methods of a process as beads, a thread for each day; a long day goes on below."""
    y, number = 12, 0
    for day in sorted({part.day for part in method.process}):
        parts = [part for part in method.process if part.day == day]
        across = min(len(parts), 4)
        drawing.words(_("Day {n}", n=day), 8, y, 80, 1)
        y += 18
        for begin in range(0, len(parts), 4):
            row = parts[begin:begin + 4]
            width = (W - 16) / across
            drawing.line(8 + width / 2, y + 9, 8 + width * (len(row) - .5), y + 9, f"strand t{day % 8}")
            for place, part in enumerate(row):
                number += 1
                middle = 8 + width * (place + .5)
                drawing.dot(middle, y + 9, 9, f"bead t{day % 8}")
                drawing.figure(str(number), middle, y + 13)
                name = known[part.method].name if part.method in known else part.title
                drawing.words(getattr(name, language()), middle - width / 2 + 2, y + 20, width - 4, 2, "middle", most=9.8)
            y += 48
        y += 4


def _circle(drawing: Drawing) -> None:
    """Draws people who talk in a circle, where there is no board."""
    for x, y in ((160, 28), (216, 51), (239, 94), (216, 137), (160, 160), (104, 137), (81, 94), (104, 51)):
        drawing.dot(x, y, 12, "option")
    drawing.line(130, 88, 190, 88, "said")
    drawing.line(138, 100, 182, 100, "said")


DRAWN = {"columns": _columns, "matrix": _matrix, "timeline": _timeline, "tree": _tree, "plane": _plane, "list": _list}
