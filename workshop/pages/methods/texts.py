"""Words what the pages say of a method, in the reader's language."""
from collections.abc import Mapping

from workshop.domain.kinds import votes
from workshop.domain.methods.checking import BOARD, SUMMARY
from workshop.domain.methods.shape import Method, Step, Vote, Words
from workshop.domain.shapes import Json
from workshop.pages.methods.board_picture import picture
from workshop.words import N_, _, count, language

FAMILIES = {"ideas": N_("Gather ideas"), "analyse": N_("Understand what happens"),
            "systematise": N_("Learn from experience"), "dialogue": N_("Talk with each other"), "decide": N_("Decide"),
            "report": N_("Tell and evaluate")}
LAYOUTS = {"columns": N_("Board of columns"), "matrix": N_("Board of columns and rows"), "timeline": N_("Timeline"),
           "tree": N_("Tree of levels"), "plane": N_("Field between two axes"), "list": N_("List of cards")}
SECTIONS = {
    "portada": N_("Cover"), "resumen": N_("What matters most"), "antecedentes": N_("Background"),
    "participantes": N_("Participants"), "metodologia": N_("How we worked"), "desarrollo": N_("What the groups worked out"),
    "feria": N_("Fair of experiences"), "plenaria": N_("Plenary"), "votaciones": N_("Votes"),
    "aprendizajes": N_("What we learned"), "disensos": N_("Where we did not agree"), "acuerdos": N_("Agreements"),
    "evaluacion": N_("Evaluation"), "anexos": N_("Annexes")}
SHOWN = {"summary": N_("the summary"), "board": N_("the whole board"),
         "sheets": N_("a sheet for each delegation"), "top_cards": N_("the cards with most votes"),
         "dissent": N_("what was not agreed"), "vote": N_("the result of the vote")}
RIGHTS = {"add": N_("add cards"), "edit": N_("change them"), "move": N_("move them"), "group": N_("group them"),
          "comment": N_("comment"), "react": N_("react"), "vote": N_("vote"), "attach": N_("attach photos and voice notes")}
WHO = {"all": N_("Everybody"), "own": N_("Each with their own cards"), "staff": N_("Only facilitators and rapporteurs"),
       "nobody": N_("Nobody")}
SEES = {"own": N_("Each person sees only their own cards."), "pair": N_("Two people see their cards together."),
        "four": N_("Four people see their cards together."), "room": N_("Everybody sees all cards.")}


def said(words: Words) -> str:
    """Returns the words in the reader's language."""
    mine: str = getattr(words, language())
    return mine


def short(method: Method, known: Mapping[str, Method]) -> Json:
    """Returns what a list shows: {key, name, purpose, family, people, minutes, parts, picture}."""
    return {"key": method.key, "name": said(method.name), "purpose": said(method.purpose), "family": method.family,
            "people": _("{least} to {most} people", least=method.people[0], most=method.people[1]),
            "minutes": minutes(method, known), "picture": picture(method, known, told(method, known)),
            "parts": (count("{n} method", "{n} methods", len(method.process)) if method.process
                      else count("{n} step", "{n} steps", len(method.steps)))}


def minutes(method: Method, known: Mapping[str, Method]) -> str:
    """Returns how long it takes in all: '65 min', '6 h 30 min'."""
    hours, rest = divmod(total(method, known, {}), 60)
    if not hours or (hours == 1 and rest):
        return _("{n} min", n=hours * 60 + rest)
    return _("{hours} h {n} min", hours=hours, n=rest) if rest else _("{hours} h", hours=hours)


def total(method: Method, known: Mapping[str, Method], found: dict[str, int]) -> int:
    """Adds up the minutes of all steps, and of the methods of a process as far as they are known. `found` remembers, because
    processes of processes would else be gone through again and again."""
    if method.key not in found:
        found[method.key] = 0
        parts = (known[part.method] for part in method.process if part.method in known)
        found[method.key] = sum(step.minutes for step in method.steps) + sum(total(part, known, found) for part in parts)
    return found[method.key]


def told(method: Method, known: Mapping[str, Method]) -> str:
    """Returns the board in words, for whoever does not see its picture."""
    if method.process:
        names = [said(known[part.method].name) if part.method in known else said(part.title) for part in method.process]
        return _("A process: {parts}", parts=", ".join(names))
    board = method.board
    if board is None:
        return _("No board")
    words = {key: said(label) for key, label in method.labels.items()}
    parts = [[words[key] for key in keys] for keys in (
        board.columns, board.rows, board.lanes, [board.axes.x, board.axes.y] if board.axes else (),
        [field.key for field in board.fields])]
    if board.open_rows:
        parts.append([_("rows that the group names")])
    return ": ".join(filter(None, [_(LAYOUTS[board.layout]), "; ".join(", ".join(part) for part in parts if part)]))


def whole(method: Method, known: Mapping[str, Method]) -> Json:
    """Returns what the page of a method shows, besides `short`."""
    words = {key: said(label) for key, label in method.labels.items()}
    parts = [{"name": said(known[part.method].name) if part.method in known else part.method, "title": said(part.title),
              "key": part.method, "there": part.method in known, "day": part.day,
              "minutes": minutes(known[part.method], known) if part.method in known else ""} for part in method.process]
    report = method.report and {"section": _(SECTIONS[method.report.section]),
                                "show": ", ".join(_(SHOWN[one]) for one in method.report.show)}
    return short(method, known) | {
        "advice": said(method.advice), "source": method.source, "family_name": _(FAMILIES[method.family]),
        "votes": [vote_said(vote, words) for vote in method.votes], "report": report,
        "days": sorted({one.day for one in method.process}), "process": parts,
        "steps": [step_said(step, words) for step in method.steps]}


def step_said(step: Step, words: Mapping[str, str]) -> Json:
    """Returns a step: {title, instruction, minutes, opens, columns, may: [(who, what)], sees, limit, closes}."""
    rights: dict[str, list[str]] = {}
    for right, who in step.may.model_dump().items():
        if right != "vote" or set(step.opens) - {BOARD, SUMMARY}:
            rights.setdefault(who, []).append(_(RIGHTS[right]))
    opens = [{BOARD: _("the board"), SUMMARY: _("the summary")}.get(key) or words[key] for key in step.opens]
    return {"title": said(step.title), "instruction": said(step.instruction), "minutes": _("{n} min", n=step.minutes),
            "opens": ", ".join(opens), "columns": ", ".join(words[key] for key in step.columns),
            "may": [(_(WHO[who]), ", ".join(rights[who])) for who in WHO if who in rights] if step.opens else [],
            "sees": _(SEES[step.see]), "limit": count("At most {n} card each.", "At most {n} cards each.", step.limit)
            if step.limit else "", "closes": _("It closes by itself when the time is over.") if step.closes else ""}


def vote_said(vote: Vote, words: Mapping[str, str]) -> Json:
    """Returns a vote: {title, kind, how}."""
    how = [words[key] for key in vote.options]
    kind, given = votes()[vote.kind], vote.numbers
    for number in kind.numbers:
        if number.name in given:
            told = _(number.said, n=given[number.name])
            shared = number.shareable and vote.budget_of == "delegation"
            how.append(_("{n}, which a delegation shares", n=told) if shared else told)
    how += [words[key] for key in vote.marks]
    weights = vote.weights or (1,) * len(vote.criteria)
    how += [words[key] if weight == 1 else f"{words[key]} ×{weight}" for key, weight in zip(
        vote.criteria, weights, strict=True)]
    how += [_(pick.options[vote.picks.get(pick.name, pick.usual)]) for pick in kind.picks]
    how += [_(switch.said) for switch in kind.switches if switch.name in vote.switches]
    if vote.per == "card" and kind.per != "card":
        how.append(_("on each card"))
    if vote.per == "group":
        how.append(_("on each group, and on each card in none"))
    if vote.per == "row":
        how.append(_("on each row of the board"))
    how.append({"live": _("the result is seen at once"), "voted": _("the result is seen once one has voted"),
                "close": _("the result is seen when it closes")}[vote.reveal])
    return {"title": words[vote.key], "kind": _(kind.title), "how": " · ".join(how)}
