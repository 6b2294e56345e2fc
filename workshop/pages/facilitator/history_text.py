"""An act of the record in words."""
from workshop.store.models import Contribution, History
from workshop.words import _, count, spoken
from workshop.words.apart import isolate


def told(one: History, row: Contribution | None, calls: dict[str, str], who: str, room) -> dict | None:
    """{id, at, text, said?, back?} of an act; None for what needs no telling.

    `calls`: how cards and groups are called; `said`: an earlier text; `back`: the button that brings something back.
    """
    before, after = one.before or {}, one.after or {}
    card = calls.get(one.target_id, _("a card"))
    text, said, back = None, "", ""
    match one.verb:
        case "contribution.add" | "contribution.bring":
            text = _("{who} wrote {card}.") if row is not None and row.kind == "idea" else _("{who} commented.")
        case "contribution.edit":
            text, said, back = _("{who} changed {card}. Before:"), _text(before), _("Bring this text back")
        case "contribution.withdraw":
            text, said = _("{who} took {card} back:"), _text(before)
            back = _("Put it on the board again") if row is not None and row.withdrawn_at else ""
        case "contribution.restore":
            text = _("{who} put {card} on the board again.")
        case "contribution.hide" if after.get("hidden") is not None:
            text, said = _("{who} hid {card}. Reason:"), after["hidden"] or "–"
            back = _("Show again") if row is not None and row.hidden_at else ""
        case "contribution.hide":
            text = _("{who} showed {card} again.")
        case "contribution.move":
            text = _("{who} moved {card}.")
        case "contribution.send":
            text = _("{who} sent {card} to another room.")
        case "contribution.merge":
            text = _("{who} put {card} together with {other}.")
            back = _("Take apart") if row is not None and row.merged_into else ""
        case "contribution.split":
            text = _("{who} took {card} apart.")
        case "group.make" if "name" in after:
            text, card = _("{who} made the group «{card}»: {n}."), after.get("name", "")
        case "group.name":
            text, card = _("{who} called the group «{card}»."), after.get("name", "")
        case "group.drop" if "name" in before:
            text, card = _("{who} dissolved the group «{card}»."), before.get("name", "")
        case "group.put":
            put = after.get("group")
            text = _("{who} put {card} into the group «{other}».") if put else _("{who} took {card} out of its group.")
        case "summary.item" if before:
            text, said = _("{who} changed a sentence of the summary. Before:"), _text(before)
            back = _("Bring this text back")
        case "summary.item":
            text, said = _("{who} wrote in the summary:"), _text(after)
        case "summary.drop":
            text, said = _("{who} took out of the summary:"), _text(before)
            back = _("Put it into the summary again") if row is not None and row.withdrawn_at else ""
        case "summary.publish":
            text = _("{who} published the summary.") if after.get("published") else _("{who} took the summary back.")
        case "step.go":
            text, card = _("{who} went on to the step «{card}»."), step_called(room, after.get("step"))
        case "step.undo":
            text, card = _("{who} went back to the step «{card}»."), step_called(room, after.get("step"))
        case "step.extend":
            text = _("{who} gave more time.")
        case "step.clock":
            text = _("{who} set the clock.") if after.get("deadline") else _("{who} took the clock away.")
        case "steps.set":
            text = _("{who} changed the steps.")
        case "room.pause" | "rooms.pause":
            text = _("{who} paused the room.") if after.get("paused") else _("{who} let the room go on.")
        case "contribution.carry" | "process.onward" if "carried" in after:
            carried = count("{n} card", "{n} cards", after["carried"])
            text = _("{who} brought cards of room {other} onto this board: {n}.").format(
                who="{who}", other=after.get("from"), n=carried)
        case "room.open":
            text = _("{who} opened the room.")
        case "room.close":
            text = _("{who} closed the room.")
    if text is None:
        return None
    n = count("{n} card", "{n} cards", len(after.get("cards") or ()))
    other = calls.get(after.get("into") or after.get("group"), "…")
    text = text.format(who=isolate(who), card=isolate(card), other=isolate(other), n=n)
    return {"id": one.id, "at": one.at, "text": text, "said": said, "back": back,
            "target": one.target_id if row is not None and row.kind == "idea" else None}


def _text(state: dict) -> str:
    return (state.get("body") or {}).get("text", "")


def step_called(room, number) -> str:
    """What a step is called, as far as it is still there."""
    if not isinstance(number, int) or number >= len(room.steps):
        return "…"
    step = room.steps[number]
    usual = {"ideas": _("Ideas"), "vote": _("Vote"), "summary": _("Summary")}
    return spoken(step.get("title")) or usual.get(step["key"], step["key"])
