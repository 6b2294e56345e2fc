"""Every verb by everybody who could send it, and by a participant in every state of a room.

A new verb stands in no row of VERBS and fails here.  `python -m tests.actions.core.test_walk` prints the tables as the
application answers now, to be read and judged, not to be believed.
"""
import secrets

import pytest
from sqlalchemy import func, select

from tests.support import cast
from tests.support.everybody import ROLES, Hall, hall
from workshop.actions.core import registry
from workshop.store.models import History, Room

# What somebody is answered:
CODES = {"+": "ok", "?": "who_are_you", "x": "forbidden", "-": "not_here", "s": "not_your_seat", "n": "not_yours",
         "c": "trial_cleared", "h": "not_your_hand"}
#                     N S H T X R Q O F E A W D
VERBS = """
act.undo              ? - n n s - - - + + - ? -
attachment.remove     ? - + - s x - - + + - ? -
attachment.transcribe ? - x - s + - - + + - ? -
ballot.cast           ? - + - s x - - x x - ? -
block.add             ? - x x s - - - + + - ? -
block.delete          ? - x x s - - - + + - ? -
block.drop            ? - x x s - - - + + - ? -
block.edit            ? - x x s - - - + + - ? -
block.end             ? - x x s - - - + + - ? -
block.move            ? - x x s - - - + + - ? -
block.start           ? - x x s - - - + + - ? -
contribution.add      ? - + - s + - - + + - ? -
contribution.bring    ? - x - s + - - + + - ? -
contribution.carry    ? - x - s x - - + + - ? -
contribution.edit     ? - + - s + - - + + - ? -
contribution.hide     ? - x - s x - - + + - ? -
contribution.merge    ? - + - s + - - + + - ? -
contribution.move     ? - + - s + - - + + - ? -
contribution.read     ? - x - s + - - + + - ? -
contribution.restore  ? - + - s x - - + + - ? -
contribution.send     ? - x - s x - - + + - ? -
contribution.split    ? - + - s + - - + + - ? -
contribution.withdraw ? - + - s x - - + + - ? -
draw.apply            ? - x x s - - - + + - ? -
draw.place            ? - x x s - - - + + - ? -
group.drop            ? - + - s + - - + + - ? -
group.make            ? - + - s + - - + + - ? -
group.name            ? - + - s + - - + + - ? -
group.put             ? - + - s + - - + + - ? -
help.ask              ? - + - s x - - x x - ? -
help.done             ? - + - s + - - + + - ? -
help.seen             ? - x - s + - - + + - ? -
hand.lower            ? - + - s x - - + + - ? -
hand.raise            ? - + - s x - - x x - ? -
inbox.let_out         ? - - - s - - - + + - ? -
message.read          ? - + - s - - - x x - ? -
message.send          ? - x x s - - - + + - ? -
message.take_back     ? - x x s - - - + + - ? -
opinions.bring        ? - x - s x - - + + - ? -
people.summon         ? - x x s - - - + + - ? -
process.begin         ? - x x s - - - + + - ? -
process.onward        ? - - - s - - - + + - ? -
programme.bring       ? - x x s - - - + + - ? -
programme.take_back   ? - x x s - - - + + - ? -
proxy.end             ? - + - s x - - + + - ? -
proxy.give            ? - + - s x - - + + - ? -
proxy.limit           ? - x - s x - - + + - ? -
question.answer       ? - x x s - - - + + - ? -
question.ask          ? - + x s - - - + + - ? -
question.drop         ? - + n s - - - + + - ? -
question.let_out      ? - x x s - - - + + - ? -
question.rule         ? - x x s - - - + + - ? -
question.support      ? - + + s - - - x x - ? -
room.alike            ? - x - s x - - + + - ? -
room.archive          ? - x - s x - - + + - ? -
room.close            ? - x - s x - - + + - ? -
room.create           ? - x x s - - - + + - ? -
room.edit             ? - x - s x - - + + - ? -
room.moderate         ? - x - s x - - + + - ? -
room.nudge            ? - x - s x - - + + - ? -
room.open             ? - x - s x - - + + - ? -
room.pause            ? - x - s x - - + + - ? -
rooms.draw            ? - x x s - - - + + - ? -
rooms.order           ? - x x s - - - + + - ? -
rooms.pause           ? - x x s - - - + + - ? -
rooms.rotate          ? - x x s - - - + + - ? -
roster.add            ? - x x s - - - + + - ? -
roster.edit           ? - x x s - - - + + - ? -
roster.remove         ? - x x s - - - + + - ? -
seat.edit             ? - x x s - - - + + - ? -
seat.enter            ? - + + s x - - x x - ? -
seat.join             ? - x x s - - - + + - ? -
seat.move             ? - x x s - - - + + - ? -
seat.readmit          ? - x x s - - - + + - ? -
seat.remove           ? - x x s - - - + + - ? -
seat.rename           ? - x x s - - - + + - ? -
speaker.close         ? - x x s - - - + + - ? -
speaker.end           ? - x x s - - - + + - ? -
speaker.lower         ? - + h s - - - + + - ? -
speaker.next          ? - x x s - - - + + - ? -
speaker.open          ? - x x s - - - + + - ? -
speaker.place         ? - x x s - - - + + - ? -
speaker.raise         ? - + x s - - - + + - ? -
speaker.rule          ? - x x s - - - + + - ? -
step.clock            ? - x - s x - - + + - ? -
step.extend           ? - x - s x - - + + - ? -
step.go               ? - x - s x - - + + - ? -
step.start            ? - x - s x - - + + - ? -
step.undo             ? - x - s x - - + + - ? -
steps.set             ? - x - s x - - + + - ? -
summary.drop          ? - x - s + - - + + - ? -
summary.item          ? - x - s + - - + + - ? -
summary.publish       ? - x - s + - - + + - ? -
tray.admit            ? - x - s x - - + + - ? -
vote.again            ? - x - s x - - + + - ? -
vote.close            ? - x - s + - - + + - ? -
vote.count            ? - x - s + - - + + - ? -
vote.decide           ? - x - s + - - + + - ? -
vote.open             ? - x - s + - - + + - ? -
vote.rule             ? - x - s x - - + + - ? -
vote.uncount          ? - x - s + - - + + - ? -
video.remove          ? - x x s - - - + + - ? -
wall.add              ? - x x s - - - + + - ? -
wall.back             ? - x x s - - - + + - ? -
wall.blank            ? - x x s - - - + + - ? -
wall.drop             ? - x x s - - - + + - ? -
wall.edit             ? - x x s - - - + + - ? -
wall.show             ? - x x s - - - + + - ? -
wall.turn             ? - x x s - - - + + - ? -
workshop.archive      ? - x x s - - - + + - ? -
workshop.calendar     ? - x x s - - - + + - ? -
workshop.clear        ? - x x s - - - + + - ? -
workshop.close        ? - x x s - - - + + - ? -
workshop.code         ? - x x s - - - + + - ? -
workshop.delete       ? - x x s - - - x + - ? -
workshop.duplicate    ? - x x s - - - + + - ? -
workshop.edit         ? - x x s - - - + + - ? -
workshop.expect       ? - x x s - - - + + - ? -
workshop.lock         ? - x x s - - - + + - ? -
workshop.recover      ? - c c c - - - + + - ? -
workshop.restore      ? - x x s - - - x + - ? -
workshop.wall         ? - x x s - - - + + - ? -
"""
# The same for the participant, where the room is: in its step, in a step that opens nothing, in a private step, with its
# time over, paused, closed, not open yet.
STATES = ("open", "other step", "private", "over", "paused", "closed", "not open")
STATE = """
act.undo              +             +             +             +             +             +             +
attachment.remove     +             +             +             +             room_paused   room_closed   +
ballot.cast           +             step_closed   step_closed   time_over     room_paused   room_closed   room_not_open
contribution.add      +             step_closed   +             time_over     room_paused   room_closed   room_not_open
contribution.edit     +             step_closed   +             time_over     room_paused   room_closed   room_not_open
contribution.merge    +             not_now       not_now       +             room_paused   room_closed   +
contribution.move     +             +             +             +             room_paused   room_closed   +
contribution.restore  +             +             +             +             room_paused   room_closed   +
contribution.split    +             not_now       not_now       +             room_paused   room_closed   +
contribution.withdraw +             +             +             +             room_paused   room_closed   +
group.drop            +             not_now       not_now       +             room_paused   room_closed   +
group.make            +             not_now       not_now       +             room_paused   room_closed   +
group.name            +             not_now       not_now       +             room_paused   room_closed   +
group.put             +             not_now       not_now       +             room_paused   room_closed   +
hand.lower            +             +             +             +             +             +             +
hand.raise            +             +             +             +             +             +             +
help.ask              +             +             +             +             +             +             +
help.done             +             +             +             +             +             +             +
message.read          +             +             +             +             +             +             +
proxy.end             +             +             +             +             +             +             +
proxy.give            +             +             +             +             +             +             +
question.ask          +             +             +             +             +             +             +
question.drop         +             +             +             +             +             +             +
question.support      +             +             +             +             +             +             +
seat.enter            +             +             +             +             +             +             room_not_open
speaker.lower         +             +             +             +             +             +             +
speaker.raise         +             +             +             +             +             +             +
"""
# A payload that is right, in room 1.  {name}: of `Hall.at`; callables make what is new.
PAYLOADS = {
    "act.undo": {"workshop": "{workshop_id}", "act": "{undoable}"},
    "attachment.remove": {"id": "{card}", "file": "{photo}"},
    "attachment.transcribe": {"id": "{card}", "file": "{voice}", "text": "lo que dice"},
    "ballot.cast": {"activity": "{vote}", "choices": {"room": 73501}, "base_rev": 1},
    "block.add": {"workshop": "{workshop_id}", "day": "2026-12-01", "title": "Grupos", "rooms": ["{third}"]},
    "block.delete": {"workshop": "{workshop_id}", "block": "{aside}"},
    "block.drop": {"workshop": "{workshop_id}", "block": "{block}"},
    "block.edit": {"workshop": "{workshop_id}", "block": "{block}", "title": "Otro nombre", "notes": "solo para el equipo"},
    "block.end": {"workshop": "{workshop_id}", "block": "{running}"},
    "block.move": {"workshop": "{workshop_id}", "block": "{block}", "day": "2026-12-02"},
    "block.start": {"workshop": "{workshop_id}", "block": "{block}"},
    "contribution.add": {"activity": "{board}", "id": "{new}", "body": {"text": "algo nuevo"}},
    "contribution.bring": {"activity": "{board}", "items": [{"id": "{new}", "body": {"text": "algo de una lista"}}]},
    "contribution.carry": {"activity": "{board}", "rooms": ["{second}"]},
    "contribution.edit": {"id": "{card}", "body": {"text": "cambiado"}, "base_rev": 1},
    "contribution.hide": {"id": "{card}", "reason": "hiere"},
    "contribution.merge": {"activity": "{board}", "cards": ["{card}"], "into": "{other card}"},
    "contribution.move": {"activity": "{board}", "cards": ["{card}"], "place": {"row": "r1", "column": "c2"}},
    "contribution.read": {"id": "{card}"},
    "contribution.restore": {"id": "{taken back}"},
    "contribution.send": {"id": "{card}", "to": "{third}"},
    "contribution.split": {"id": "{merged}"},
    "contribution.withdraw": {"id": "{card}"},
    "draw.apply": {"workshop": "{workshop_id}", "draw": "{draw}"},
    "draw.place": {"workshop": "{workshop_id}", "draw": "{draw}"},
    "group.drop": {"id": "{group}"},
    "group.make": {"activity": "{board}", "group": "{new}", "name": "Otro grupo", "cards": ["{card}"]},
    "group.name": {"id": "{group}", "name": "Con otro nombre"},
    "group.put": {"activity": "{board}", "group": "{group}", "cards": ["{card}"]},
    "hand.lower": {"room": "{first}", "seat": "{seat of H}"},
    "hand.raise": {"room": "{first}"},
    "inbox.let_out": {"activity": "{third board}", "cards": ["{waiting}"]},
    "process.begin": {"workshop": "{workshop_id}", "method": "sistematizacion"},
    "process.onward": {"room": "{part}"},
    "room.alike": {"room": "{first}", "rooms": ["{third}"]},
    "room.archive": {"room": "{first}"},
    "room.close": {"room": "{first}"},
    "room.create": {"workshop": "{workshop_id}", "title": "Otra sala"},
    "room.moderate": {"room": "{first}"},
    "room.open": {"room": "{first}"},
    "room.pause": {"room": "{first}"},
    "rooms.draw": {"workshop": "{workshop_id}", "rooms": ["{first}", "{second}"]},
    "rooms.order": {"workshop": "{workshop_id}", "rooms": ["{second}", "{first}"]},
    "rooms.pause": {"workshop": "{workshop_id}"},
    "rooms.rotate": {"workshop": "{workshop_id}", "rooms": ["{first}", "{second}"]},
    "seat.enter": {"room": "{first}"},
    "seat.readmit": {"workshop": "{workshop_id}", "seats": ["{removed seat}"]},
    "seat.remove": {"workshop": "{workshop_id}", "seats": ["{spare seat}"]},
    "video.remove": {"workshop": "{workshop_id}", "block": "{block_id}"},
    "room.edit": {"room": "{first}", "title": "Otro título"},
    "seat.edit": {"workshop": "{workshop_id}", "seat": "{spare seat}", "channel": "phone"},
    "seat.join": {"workshop": "{workshop_id}", "seat": "{spare seat}", "into": "{seat of H}"},
    "roster.add": {"workshop": "{workshop_id}", "people": [{"name": "Rosa Mamani"}]},
    "roster.edit": {"workshop": "{workshop_id}", "person": "{expected}", "name": "Otro Nombre"},
    "roster.remove": {"workshop": "{workshop_id}", "people": ["{expected}"]},
    "seat.move": {"workshop": "{workshop_id}", "seats": ["{spare seat}"], "to": "{second}"},
    "question.ask": {"workshop": "{workshop_id}", "text": "¿Quién paga?", "seat": "{seat of H}"},
    "proxy.limit": {"room": "{first}", "most": 3},
    "proxy.give": {"room": "{first}", "giver": "{seat of H}", "holder": "{spare seat}"},
    "proxy.end": {"room": "{first}", "proxy": "{proxy}"},
    "question.answer": {"workshop": "{workshop_id}", "question": "{question}"},
    "question.drop": {"workshop": "{workshop_id}", "question": "{question}"},
    "question.let_out": {"workshop": "{workshop_id}", "questions": ["{question}"]},
    "question.support": {"workshop": "{workshop_id}", "question": "{question}"},
    "question.rule": {"workshop": "{workshop_id}", "queue": True},
    "speaker.raise": {"workshop": "{workshop_id}", "seat": "{seat of H}"},
    "speaker.lower": {"workshop": "{workshop_id}", "speech": "{hand}"},
    "speaker.next": {"workshop": "{workshop_id}"},
    "speaker.end": {"workshop": "{workshop_id}"},
    "speaker.place": {"workshop": "{workshop_id}", "speech": "{hand}", "at": 0},
    "speaker.rule": {"workshop": "{workshop_id}", "rule": "least"},
    "speaker.open": {"workshop": "{workshop_id}"},
    "speaker.close": {"workshop": "{workshop_id}"},
    "seat.rename": {"workshop": "{workshop_id}", "seat": "{spare seat}", "name": "Otro Nombre"},
    "step.extend": {"room": "{first}", "minutes": 5},
    "step.go": {"room": "{first}", "step": 1},
    "step.clock": {"room": "{first}", "minutes": 12},
    "step.start": {"room": "{first}"},
    "step.undo": {"room": "{first}"},
    "steps.set": {"room": "{first}", "steps": [{"key": "todo", "minutes": 0, "opens": ["ideas"]}], "base": "{edition}"},
    "summary.drop": {"id": "{item}"},
    "summary.item": {"activity": "{summary}", "id": "{new}", "cites": [], "body": {"text": "una frase", "section": "idea"}},
    "summary.publish": {"activity": "{summary}"},
    "help.ask": {"room": "{first}", "text": "no sabemos"},
    "help.done": {"room": "{first}", "help": "{help}"},
    "help.seen": {"room": "{first}", "help": "{help}"},
    "message.read": {"workshop": "{workshop_id}", "message": "{message}"},
    "room.nudge": {"room": "{first}"},
    "message.send": {"workshop": "{workshop_id}", "text": "faltan diez minutos", "rooms": ["{first}"]},
    "message.take_back": {"workshop": "{workshop_id}", "message": "{message}"},
    "people.summon": {"workshop": "{workshop_id}"},
    "tray.admit": {"room": "{first}", "tray": "{tray}"},
    "programme.bring": {"workshop": "{workshop_id}", "blocks": [
        {"day": "2021-10-04", "at": "09:00", "minutes": 30, "title": "Bienvenida"}]},
    "programme.take_back": {"workshop": "{workshop_id}"},
    "workshop.calendar": {"workshop": "{workshop_id}"},
    "workshop.close": {"workshop": "{workshop_id}"},
    "workshop.archive": {"workshop": "{workshop_id}"},
    "workshop.delete": {"workshop": "{workshop_id}", "title": "Segundo encuentro andino Perú-Bolivia"},
    "workshop.duplicate": {"workshop": "{workshop_id}", "title": "Tercer encuentro"},
    "workshop.restore": {"workshop": "{workshop_id}"},
    "workshop.clear": {"workshop": "{workshop_id}"},
    "workshop.recover": {"workshop": "{workshop_id}"},
    "workshop.code": {"workshop": "{workshop_id}"},
    "workshop.edit": {"workshop": "{workshop_id}", "title": "Otro taller"},
    "workshop.expect": {"workshop": "{workshop_id}", "people": 90},
    "workshop.lock": {"workshop": "{workshop_id}", "on": True},
    "vote.again": {"activity": "{vote}"},
    "vote.close": {"activity": "{vote}"},
    "vote.rule": {"activity": "{vote}", "rules": {"own": False}, "again": True},
    "vote.decide": {"activity": "{vote}", "text": "Se empieza por el agua."},
    "vote.count": {"activity": "{vote}", "count": "{new}", "how": "hands", "base_rev": 0, "lines": [
        {"choices": {"room": 73510}, "n": 1}]},
    "vote.uncount": {"activity": "{vote}", "count": "counted", "base_rev": 1},
    "opinions.bring": {"activity": "{board}", "title": "De otra parte", "cards": ["{card}"], "rows": ["2"]},
    "vote.open": {"room": "{first}", "kind": "scale", "title": "¿Qué tan de acuerdo?"},
    "wall.add": {"workshop": "{workshop_id}", "name": "Salinas"},
    "wall.back": {"workshop": "{workshop_id}"},
    "wall.blank": {"workshop": "{workshop_id}"},
    "wall.drop": {"workshop": "{workshop_id}", "wall": "{extra wall}"},
    "wall.edit": {"workshop": "{workshop_id}", "wall": "{workshop_id}", "theme": "dark"},
    "wall.show": {"workshop": "{workshop_id}", "blocks": [{"kind": "board", "room": "{first}"}]},
    "wall.turn": {"workshop": "{workshop_id}", "by": 1},
    "workshop.wall": {"workshop": "{workshop_id}"},
}


def filled(said, known: dict):
    """The payload with the ids of this copy of the meeting."""
    if isinstance(said, dict):
        return {name: filled(value, known) for name, value in said.items()}
    if isinstance(said, list):
        return [filled(value, known) for value in said]
    if said == "{undoable}":
        return known["undoable"]  # a number
    return said.format_map(known) if isinstance(said, str) else said


def known(here: Hall) -> dict:
    """What payloads name."""
    first, second, third = here.at["rooms"]
    boards = {"third board": cast.activities(here.app, third)["ideas"], "edition": cast.edition(here.app, first)}
    made = dict.fromkeys(("part", "draw", "help", "message", "extra wall", "hand", "question", "proxy"), "")
    return {**made, "seat of H": here.at["seats"]["H"][0], "first": first, "second": second, "third": third,
            "new": secrets.token_urlsafe(9), **boards, **here.at}


def send(here: Hall, role: str, verb: str) -> str:
    """The code of the answer that somebody gets ('ok' where it is carried out)."""
    phone = here.phone(role)
    seat = 0 if phone.place["seats"] else None
    answer = phone.do(verb, filled(PAYLOADS[verb], known(here)), seat)
    return "ok" if answer.get("ok") else answer["code"]


def begun(here: Hall, verb: str, who: str = "E") -> None:
    """What a verb stands on: a process that is at its first part, a step that has just begun, an act of somebody's."""
    if verb == "act.undo":
        taken = ("summary.drop", None) if who == "E" else ("contribution.withdraw", 0)
        cast.ok(here.phone(who).do(taken[0], filled(PAYLOADS[taken[0]], known(here)), taken[1]))
        with here.app.extensions["house"].store.read() as session:
            here.at = here.at | {"undoable": session.scalar(select(func.max(History.id)))}
    if verb.startswith("vote."):  # the facilitators have let rapporteurs open votes
        cast.ok(here.phone("E").do("room.edit", {"room": here.at["rooms"][0], "lets_vote": True}, None))
    if verb == "vote.decide":
        cast.ok(here.phone("E").do("vote.close", filled(PAYLOADS["vote.close"], known(here)), None))
    if verb == "room.open":
        cast.ok(here.phone("E").do("room.close", filled(PAYLOADS["room.close"], known(here)), None))
    if verb == "room.alike":  # a room without cards takes everything
        made = cast.ok(here.phone("E").do("room.create", filled(PAYLOADS["room.create"], known(here)), None))
        here.at = here.at | {"third": made["card"]["id"]}
        cast.ok(here.phone("E").do("steps.set", filled(PAYLOADS["steps.set"], known(here)), None))
    if verb == "contribution.read":  # it was read before, and is unread now
        cast.ok(here.phone("E").do(verb, filled(PAYLOADS[verb], known(here)) | {"on": False}, None))
    if verb == "step.undo":
        elena = here.phone("E")  # the second change shows nothing that was not seen before
        for step in (1, 2):
            cast.ok(elena.do("step.go", {"room": here.at["rooms"][0], "step": step}, None))
    if verb.startswith("draw."):
        elena = here.phone("E")
        made = cast.ok(elena.do("rooms.draw", filled(PAYLOADS["rooms.draw"], known(here)), None))["draw"]["id"]
        if verb == "draw.place":
            cast.ok(elena.do("draw.apply", {"workshop": here.at["workshop_id"], "draw": made}, None))
            late = {"workshop": here.at["workshop_id"], "seats": here.at["seats"]["H"]}
            cast.ok(elena.do("seat.move", late, None))
        here.at = here.at | {"draw": made}
    if verb in ("help.done", "help.seen"):
        asked = cast.ok(here.phone("H").do("help.ask", filled(PAYLOADS["help.ask"], known(here)), 0))["card"]["id"]
        here.at = here.at | {"help": asked}
    if verb in ("message.read", "message.take_back"):
        sent = cast.ok(here.phone("E").do("message.send", filled(PAYLOADS["message.send"], known(here)), None))
        here.at = here.at | {"message": sent["card"]["id"]}
    if verb in ("proxy.give", "proxy.end"):
        cast.ok(here.phone("E").do("proxy.limit", filled(PAYLOADS["proxy.limit"], known(here)), None))
    if verb == "proxy.end":
        made = cast.ok(here.phone("E").do("proxy.give", filled(PAYLOADS["proxy.give"], known(here)), None))["proxy"]
        here.at = here.at | {"proxy": made}
    if verb == "vote.uncount":
        counted = filled(PAYLOADS["vote.count"], known(here)) | {"count": "counted"}
        cast.ok(here.phone("E").do("vote.count", counted, None))
    if verb == "wall.back":
        cast.ok(here.phone("E").do("wall.show", filled(PAYLOADS["wall.show"], known(here)), None))
    if verb == "wall.drop":
        made = cast.ok(here.phone("E").do("wall.add", filled(PAYLOADS["wall.add"], known(here)), None))["wall"]
        here.at = here.at | {"extra wall": made}
    if verb == "programme.take_back":
        cast.ok(here.phone("E").do("programme.bring", filled(PAYLOADS["programme.bring"], known(here)), None))
    if verb == "workshop.recover":
        cast.ok(here.phone("E").do("workshop.clear", filled(PAYLOADS["workshop.clear"], known(here)), None))
    if verb.startswith(("speaker.", "question.")):
        in_the_plenary(here, verb)
    if verb == "process.onward":
        elena = here.phone("E")
        made = cast.ok(elena.do("process.begin", filled(PAYLOADS["process.begin"], known(here)), None))["card"]["id"]
        cast.ok(elena.do("room.open", {"room": made}, None))
        here.at = here.at | {"part": made}


def in_the_plenary(here: Hall, verb: str) -> None:
    """A hand that is up and a question, both of H."""
    rosa, elena, of = here.phone("H"), here.phone("E"), {"workshop": here.at["workshop_id"]}
    if verb == "speaker.open":
        cast.ok(elena.do("speaker.close", of, None))
    elif verb.startswith("speaker.") and verb != "speaker.raise":
        here.at = here.at | {"hand": cast.ok(rosa.do("speaker.raise", of))["card"]["id"]}
    if verb == "speaker.end":
        cast.ok(elena.do("speaker.next", of, None))
    if verb.startswith("question.") and verb not in ("question.ask", "question.rule"):
        if verb == "question.let_out":
            cast.ok(elena.do("question.rule", of | {"queue": True}, None))
        here.at = here.at | {"question": cast.ok(rosa.do("question.ask", of | {"text": "¿Cuándo?"}))["card"]["id"]}


def rows(table: str, width: int) -> dict[str, str]:
    """{verb: a code for each column}."""
    found = {}
    for line in table.strip().splitlines():
        verb, *codes = line.split()
        assert verb not in found and len(codes) == width, line
        found[verb] = "".join(codes)
    return found


def sign(code: str) -> str:
    """The code as the tables have it."""
    return next((sign for sign, name in CODES.items() if name == code), code)


def test_every_verb_has_its_rows():
    assert set(rows(VERBS, len(ROLES))) == set(registry.VERBS) == set(PAYLOADS), "say who may use a new verb"


@pytest.mark.parametrize("verb", registry.VERBS)
def test_everybody_gets_what_the_table_says_and_a_refusal_changes_nothing(verb):
    told = dict(zip(ROLES, rows(VERBS, len(ROLES))[verb], strict=True))
    here = hall()
    begun(here, verb)
    before = here.rows()
    for role in ROLES:
        if told[role] != "+":
            assert sign(send(here, role, verb)) == told[role], ROLES[role]
    assert here.rows() == before, "a refusal left something"
    here.close()
    for role in ROLES:
        if told[role] == "+":  # what one has done may be in the way of the other
            here = hall()
            begun(here, verb)
            assert send(here, role, verb) == "ok", ROLES[role]
            here.close()


def put(here: Hall, state: str) -> None:
    """Bring room 1 into a state."""
    house = here.app.extensions["house"]
    if state in ("other step", "private"):
        cast.to_step(here.app, here.at["rooms"][0], {"other step": 1, "private": 2}[state])
    with house.store.write() as session:
        room = session.get(Room, here.at["rooms"][0])
        if state == "over":
            room.deadline = room.opened_at
        elif state == "paused":
            room.paused_at = house.clock()
        elif state == "closed":
            room.closed_at = house.clock()
        elif state == "not open":
            room.opened_at = None


def in_state(verb: str, state: str) -> str:
    """What the participant is answered."""
    here = hall()
    begun(here, verb, "H")
    put(here, state)
    try:
        return sign(send(here, "H", verb))
    finally:
        here.close()


@pytest.mark.parametrize("verb", [verb for verb, roles in registry.MAY.items() if "participant" in roles])
def test_a_participant_gets_what_the_state_of_the_room_allows(verb):
    told = next(line.split()[1:] for line in STATE.strip().splitlines() if line.split()[0] == verb)
    assert dict(zip(STATES, told, strict=True)) == {state: in_state(verb, state) for state in STATES}


def show() -> None:
    """Print the tables as the application answers now."""
    print(" " * 21, *ROLES)
    for verb in sorted(registry.VERBS):
        said = []
        for role in ROLES:
            here = hall()
            begun(here, verb)
            said.append(sign(send(here, role, verb)))
            here.close()
        print(f"{verb:<21}", *said)
    for verb in sorted(verb for verb, roles in registry.MAY.items() if "participant" in roles):
        print(f"{verb:<21}", *(f"{in_state(verb, state):<13}" for state in STATES))


if __name__ == "__main__":
    show()
