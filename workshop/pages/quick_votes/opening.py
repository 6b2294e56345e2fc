"""Lets the team open a vote with two taps, in a room, in several or in the plenary, and close it."""
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from flask import Blueprint, g, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from workshop.domain.errors import Refusal
from workshop.domain.kinds import Kind, kinds, votes
from workshop.domain.shapes import Json, Settings
from workshop.domain.voting import CLOSE, LIVE, SECRET, USUAL, is_secret
from workshop.house import house
from workshop.pages.input.commands import do
from workshop.pages.quick_votes import costs, from_cards, set_up
from workshop.pages.shell import visitor
from workshop.pages.shell.render import hours, show
from workshop.pages.shell.visitor import Place
from workshop.pages.votes import rules
from workshop.store.counts import turnout
from workshop.store.models import Activity, Room
from workshop.words import LANGUAGES, N_, _, speaking, spoken
from workshop.words.refusals import sentence

pages = Blueprint("quick_votes", __name__)
PLENARY = "plenary"
MINUTES = (1, 2, 3, 5, 10, 15)
# What one asks most: the answers of a choice.
YES_NO = "yes_no"
ANSWERS = {YES_NO: (N_("Yes or no"), (("yes", N_("Yes")), ("no", N_("No")), ("abstain", N_("I abstain"))))}
OWN, CARDS = "own", "cards"
COSTS, LOOK = "costs", "look"  # a vote on things with costs: open it, or show what a file holds
ENDS = (N_("not at all"), N_("completely"))
MOST = 16 * 1024 * 1024 + 512 * 1024  # bytes of the form with a file


@pages.url_value_preprocessor
def _larger(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Allows a file on these pages, if it comes from the team."""
    if request.method == "POST" and request.mimetype == "multipart/form-data":
        with suppress(Refusal), visitor.staff(**{name: (values or {})[name] for name in ("workshop_id", "number")
                                                 if name in (values or {})}):
            request.max_content_length = request.max_form_memory_size = MOST


@pages.get("/w/<workshop_id>/vote")
def vote(workshop_id: str, problem: str = "") -> ResponseReturnValue:
    """Shows the votes that are open by themselves, and what a new one asks (?room=2: first there)."""
    with visitor.staff(workshop_id, leads=True) as here:
        return _show(here, problem)


@pages.post("/w/<workshop_id>/vote")
def set_vote(workshop_id: str) -> ResponseReturnValue:
    """Opens a vote, closes one, or says in which rooms rapporteurs may."""
    if g.token_right and _brings():
        with visitor.staff(workshop_id, leads=True):
            read = costs.brought(request.files["file"])
        with visitor.staff(workshop_id, leads=True) as here:
            return _show(here, "", read)
    with visitor.staff(workshop_id, leads=True) as here:
        problem, said = _done(here)
    return vote(workshop_id, problem) if problem else redirect(said or f"/w/{workshop_id}/vote", 303)


@pages.get("/w/<workshop_id>/r/<int:number>/vote")
def vote_in(workshop_id: str, number: int, problem: str = "") -> ResponseReturnValue:
    """Shows the same for the team of one room."""
    with visitor.staff(workshop_id, number) as here:
        return _show(here, problem)


@pages.post("/w/<workshop_id>/r/<int:number>/vote")
def set_vote_in(workshop_id: str, number: int) -> ResponseReturnValue:
    """Opens a vote in the room, or closes one."""
    if g.token_right and _brings():
        with visitor.staff(workshop_id, number):
            read = costs.brought(request.files["file"])
        with visitor.staff(workshop_id, number) as here:
            return _show(here, "", read)
    with visitor.staff(workshop_id, number) as here:
        problem, said = _done(here)
    return vote_in(workshop_id, number, problem) if problem else redirect(said or f"/w/{workshop_id}/r/{number}/vote", 303)


def _brings() -> bool:
    """Tells whether a file came: what it holds is shown before anything is opened."""
    file = request.files.get("file")
    return request.form.get("ready") in (COSTS, LOOK) and bool(file and file.filename)


def _show(here: Place, problem: str, read: costs.Read | None = None) -> ResponseReturnValue:
    form = MultiDict(request.form)
    for name, value in read.fields.items() if read else ():
        form[name] = form.get(name, "") if name == "title" and form.get(name, "").strip() else value or form.get(name, "")
    rooms = [here.room] if here.room else [room for room in here.rooms if not room.closed_at]
    chosen = form.getlist("room") or ([str(here.room.number)] if here.room else request.args.getlist("room")) or [PLENARY]
    may = here.viewer.leads or bool(here.room and here.room.lets_vote)
    back = (f"/w/{here.workshop.id}/r/{here.room.number}" if here.room else
            f"/w/{here.workshop.id}/plenary" if request.values.get("from") == PLENARY else f"/w/{here.workshop.id}/desk")
    return show("votes/open.html", styles=("door", "quick-page"), workshop=here.workshop, delegations=here.delegations,
                viewer=here.viewer, room=here.room, rooms=rooms, chosen=chosen, problem=problem, form=form, back=back,
                may=may, rules=USUAL | (rules.read(here)["rules"] if "ruled" in form else {}), usual=USUAL,
                few="few" in form or is_secret({"rules": rules.read(here)["rules"]} if "ruled" in form else {}),
                read=read, of=form.get("of") or "",
                of_title=_(kinds()[form["of"]].title) if form.get("of") in kinds() else "",
                ready=ready(), own=[(name, _(kind.title)) for name, kind in votes().items() if _named(kind)],
                minutes=MINUTES, kinds=[kind for kind in votes().values() if kind.alone], open=_open(here), plenary=PLENARY,
                sources=from_cards.sources(here), **_rule_choices(here))


def _rule_choices(here: Place) -> Json:
    """Lists what the rules of a new vote can be; when its result is seen is asked beside them."""
    offered = rules.choices(here, on_cards=False, ends=True, groups=not here.room)
    return {name: of for name, of in offered.items() if name != "delegations"} | {"reveals": {}}


def ready() -> list[Json]:
    """Lists the votes that can be opened with a tap: {key, kind, title, answers, settings}."""
    found = [{"key": key, "kind": "choice", "title": _(title), "answers": [_(word) for _key, word in answers],
              "settings": {"options": [{"key": one, "title": _in_all(word)} for one, word in answers]}}
             for key, (title, answers) in ANSWERS.items()]
    for name, kind in votes().items():
        usual = kind.options.settings() if kind.options else []
        own = kind.is_alone(kind.settings) or "room" in kind.stands
        if own or (usual and "choice" in kinds() and not kind.alone):
            found.append({"key": name, "kind": name if own else "choice", "title": _(kind.title),
                          "answers": [spoken(one["title"]) for one in usual] or _numbers(kind.settings),
                          "settings": _alone(kind) if own else {"options": usual}})
    return found


def _alone(kind: Kind) -> Settings:
    """Returns what a vote of the kind asks of the room as a whole, with what the ends of a scale mean."""
    marks = [{"key": str(n), "title": _in_all(word)} for n, word in enumerate(ENDS)]
    return ({"marks": marks} if kind.marks else {}) | ({"per": "room"} if kind.stands and kind.per != "room" else {})


def _numbers(settings: Settings) -> list[str]:
    return [f"{settings['from']}–{settings['to']}"] if "from" in settings else []


def _named(kind: Kind) -> bool:
    """Tells whether it asks between named things that are typed."""
    return bool(kind.alone and kind.options and kind.options.instead)


def _in_all(word: str) -> dict[str, str]:
    said = {}
    for language in LANGUAGES:
        with speaking(language):
            said[language] = _(word)
    return said


def _open(here: Place) -> list[Json]:
    """Lists the votes that are open by themselves, as the page tells of them."""
    rooms = {room.id: room for room in ([here.room] if here.room else here.session.scalars(
        select(Room).where(Room.workshop_id == here.workshop.id)))}
    running: Sequence[Activity] = here.session.scalars(select(Activity).where(
        Activity.room_id.in_(rooms), Activity.opened_at.is_not(None), Activity.closed_at.is_(None))
        .order_by(Activity.opened_at)).all()
    known, now = turnout.of_votes(here.session, list(running)), house().clock()
    return [{"id": one.id, "title": spoken(one.settings.get("title")) or one.title, "room": rooms[one.room_id].number,
             "voted": known[one.id].of[0], "could": known[one.id].of[1],
             "until": one.closes_at and one.closes_at > now and hours(one.closes_at, here.workshop.zones)}
            for one in running]


def _done(here: Place) -> tuple[str, str]:
    """Carries out the button; returns what is wrong, in words, and the address to go on to."""
    form = request.form
    client, what = form.get("client", ""), form.get("do", "")
    try:
        if what == "close":
            commands: list[tuple[str, Json]] = [("vote.close", {"activity": form.get("vote", "")})]
        elif what == "let" and not here.room:
            let = set(form.getlist("let"))
            commands = [("room.edit", {"room": room.id, "lets_vote": str(room.number) in let}) for room in here.rooms
                        if room.lets_vote != (str(room.number) in let)]
        else:
            asked, wanted = _asked(here, form), _rooms(here, form)
            if few := next(filter(None, (rules.too_few(here, here.session.get_one(Room, room), asked["settings"])
                                         for room in wanted if "few" not in form)), ""):
                return few, ""
            commands = [("vote.open", {"room": room} | asked) for room in wanted]
    except Refusal as refusal:
        return sentence(refusal), ""
    for n, (verb, payload) in enumerate(commands, 1):
        answer = do(client, n, verb, payload)
        if not answer.get("ok"):
            return sentence(Refusal(answer.get("code", "later"), **answer.get("values", {}))), ""
    return "", "" if what in ("close", "let") else form.get("back", "") if form.get("back", "") in _ways(here) else ""


def _ways(here: Place) -> set[str]:
    """Lists where one may have come from."""
    base = f"/w/{here.workshop.id}"
    return {f"{base}/r/{here.room.number}"} if here.room else {f"{base}/desk", f"{base}/plenary"}


def _rooms(here: Place, form: MultiDict[str, str]) -> list[str]:
    """Finds the ids of the rooms that are meant. Refusal `no_room_chosen`."""
    if here.room:
        return [here.room.id]
    chosen = set(form.getlist("room"))
    found = [room.id for room in here.rooms if str(room.number) in chosen]
    if PLENARY in chosen and not found:
        found += here.session.scalars(select(Room.id).where(
            Room.workshop_id == here.workshop.id, Room.kind == "plenary")).all()
    if not found:
        raise Refusal("no_room_chosen")
    return found


def _asked(here: Place, form: MultiDict[str, str]) -> Json:
    """Reads what is asked: {kind, title, settings, minutes?}. Refusals: `no_question`, `bad_payload`, those of
    `costs.asked` and `from_cards.things`."""
    title = form.get("title", "").strip()
    if not title:
        raise Refusal("no_question")
    key, minutes = form.get("ready", ""), form.get("minutes", "")
    settings: dict[str, Any] = {"reveal": CLOSE if form.get("reveal") == CLOSE else LIVE}
    if key == LOOK:
        raise Refusal("empty")  # no file
    if key == COSTS:
        kind, more = costs.asked(form)
        settings |= more
    elif key == CARDS:
        kind, first = form.get("kind_of_cards", ""), form.get("first", "").strip()
        if kind not in votes():
            raise Refusal("no_such_kind")
        settings["options"], follows = from_cards.things(
            here, form.get("source", ""), int(first) if first.isdecimal() and len(first) < 4 else None, votes()[kind])
        settings |= {"follows": follows} if follows else {}
    elif key == OWN:
        kind = form.get("kind", "")
        lines = [line.strip() for line in form.get("options", "").splitlines() if line.strip()]
        settings["options"] = [{"key": f"o{n}", "title": line} for n, line in enumerate(lines, 1)]
    else:
        one = next((one for one in ready() if one["key"] == key), None)
        if one is None:
            raise Refusal("bad_payload", field="ready")
        kind, settings = one["kind"], settings | one["settings"]
    settings |= set_up.read(form, kinds()[kind]) if kind in kinds() else {}
    if chosen := rules.read(here)["rules"] if "ruled" in form else {}:
        settings |= {"rules": chosen} | ({"reveal": CLOSE} if chosen.get("named") == SECRET else {})
    return {"kind": kind, "title": title, "settings": settings} | (
        {"minutes": int(minutes)} if minutes.isdecimal() and len(minutes) < 5 and int(minutes) else {})
