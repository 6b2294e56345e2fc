"""Lists the votes of a workshop with their rules in words; sets the rules of one, and begins it again."""
from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from workshop.actions.votes import voters
from workshop.actions.votes.rule_words import CHANNELS, spoken_all
from workshop.actions.votes.ruling import ballots
from workshop.domain import voting
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Json
from workshop.pages.input.commands import do
from workshop.pages.input.numbers import whole
from workshop.pages.input.refused_field import sentence
from workshop.pages.quick_votes import set_up
from workshop.pages.shell import visitor
from workshop.pages.shell.render import show
from workshop.pages.shell.visitor import Place
from workshop.store.counts import hands
from workshop.store.counts.breakdown import FEW
from workshop.store.models import Activity, Room
from workshop.store.visibility import results
from workshop.words import N_, _, spoken

pages = Blueprint("vote_rules", __name__)
REVEALS = {"live": N_("At once, while people vote"), "voted": N_("Once one has voted"),
           "close": N_("When the vote is over")}
NAMED = {"staff": N_("Nobody on a screen: sums alone are shown"), "all": N_("Everybody"),
         "secret": N_("Nobody, ever: the vote is secret, and who chose what is not kept")}
CLOSERS = {"staff": N_("The facilitators"), "rapporteur": N_("The rapporteur too"), "deadline": N_("Its time alone")}
PER = {"seat": N_("Each person’s"), "delegation": N_("Each delegation’s: one vote, whoever of it gives it")}
GROUPS = {"room": N_("Each working group’s: one vote, whoever is in it gives it")}  # in the plenary
CALLED = {"who": N_("Who votes"), "own": N_("Own ideas"), "one_per": N_("Whose a vote is"), "mandates": N_("Votes each"),
          "weights": N_("How often a vote counts"), "weights_for": N_("Reason"), "named": N_("Who can read who chose what"),
          "closer": N_("Who closes it"), "all_sites": N_("Places"), "reveal": N_("When the result is seen")}


@pages.get("/w/<workshop_id>/votes")
def listed(workshop_id: str) -> ResponseReturnValue:
    """Lists the votes of all rooms and of the plenary."""
    with visitor.staff(workshop_id, leads=True) as here:
        rooms = here.session.scalars(select(Room).where(
            Room.workshop_id == workshop_id, Room.archived_at.is_(None)).order_by(Room.position, Room.number)).all()
        inside = {room.id: [one for one in here.session.scalars(select(Activity).where(
            Activity.room_id == room.id).order_by(Activity.position)) if kinds()[one.kind].decides] for room in rooms}
        votes = [(room, [told(here, vote) | {
            "state": _(_state(room, vote)), "earlier": [(one.id, one.round) for one in before]}
            for vote, before in results.newest(inside[room.id], lambda one: True)]) for room in rooms]
        return show("votes/list.html", styles=("door", "seldom"), workshop=here.workshop,
                    votes=[(room, of) for room, of in votes if of])


def _state(room: Room, vote: Activity) -> str:
    """Says whether people vote now."""
    if not results.is_over(room, vote):
        return N_("Vote open") if room.kind != "group" or room.opened_at else N_("Comes later")
    return N_("Vote closed") if vote.closed_at or room.closed_at or vote.tally else N_("Comes later")


@pages.get("/w/<workshop_id>/votes/<vote_id>/rules")
def form(workshop_id: str, vote_id: str, problem: str = "", refused: str = "") -> ResponseReturnValue:
    """Shows the rules of a vote, to be changed; after a refusal (`refused`: its code) with what was chosen. Where there are
    ballots, the next button begins again; where somebody else has set rules meanwhile, it means these."""
    with visitor.staff(workshop_id, leads=True) as here:
        vote, room = find(here, vote_id)
        kept: Json = {"rules": voting.rules(vote.settings), "reveal": vote.settings.get("reveal")}
        said = read(here) if request.form else kept
        rules, base = voting.USUAL | said["rules"], voting.edition(vote.settings)
        base = base if refused == "stale_rules" else request.form.get("base") or base
        return show("votes/rules.html", styles=("door", "seldom"), workshop=here.workshop, room=room, vote=told(here, vote),
                    rules=rules, reveal=said["reveal"], base=base,
                    kind=kinds()[vote.kind], own=request.form or _own(vote), problem=problem,
                    begins=refused == "votes_cast", few=refused == "secret_few" or "few" in request.form,
                    **choices(here, kinds()[vote.kind].on_cards(vote.settings), bool(vote.closes_at),
                              room.kind == "plenary"))


def choices(here: Place, on_cards: bool, ends: bool, groups: bool) -> Json:
    """Lists what a form of rules offers: only what can be of use for a vote `on_cards`, one that `ends` by itself;
    `groups`: whether working groups can vote."""
    return {"delegations": here.delegations, "sites": here.sites, "channels": CHANNELS, "reveals": REVEALS, "named": NAMED,
            "closers": {key: said for key, said in CLOSERS.items() if ends or key != "deadline"},
            "per": PER | (GROUPS if groups else {}), "most": voting.MOST, "on_cards": on_cards}


def too_few(here: Place, room: Room, said: Json) -> str:
    """Warns, where a vote of the room is to be secret and so few can vote that each can guess the others'; else ''."""
    if not voting.is_secret(said):
        return ""
    n = voters.present(here.session, room, said["rules"].get("who", {}))
    return str(sentence(Refusal("secret_few", n=n, least=FEW))) if n < FEW else ""


@pages.post("/w/<workshop_id>/votes/<vote_id>/rules")
def change(workshop_id: str, vote_id: str) -> ResponseReturnValue:
    """Sets the rules, with a new round where that is meant; or opens the next round as things are."""
    with visitor.staff(workshop_id, leads=True) as here:
        vote, room = find(here, vote_id)
        kind, held = kinds()[vote.kind], _own(vote)
        said, wanted = read(here), request.form.get("do", "save")
        few = "" if "few" in request.form or wanted == "round" else too_few(here, room, said)
    if few:
        return form(workshop_id, vote_id, few, "secret_few")
    client = request.form.get("client", "")
    try:
        own = set_up.read(request.form, kind) if kind.picks else {}
    except Refusal as wrong:
        return form(workshop_id, vote_id, sentence(wrong), wrong.code)
    if kind.picks:
        said |= {"set": {name: own.get(name, False if name in {one.name for one in kind.switches} else None)
                         for name in kind.settable() if f"{kind.name}.{name}" in held or name in own}}
    if wanted == "round":
        answer = do(client, 1, "vote.again", {"activity": vote_id})
    else:
        answer = do(client, 1, "vote.rule", {"activity": vote_id, "again": wanted == "again"} | said | (
            {"base": request.form["base"][:40]} if request.form.get("base") else {}))
    if not answer.get("ok"):
        values = answer.get("values", {})
        if answer.get("code") == "bad_rules":
            values = values | {"field": _(CALLED.get(values.get("field", ""), values.get("field", "")))}
        refusal = Refusal(answer.get("code", "later"), **values)
        return form(workshop_id, vote_id, sentence(refusal), refusal.code)
    return redirect(f"/w/{workshop_id}/votes/{answer['card']['id']}/rules?saved=1", 303)


def find(here: Place, vote_id: str) -> tuple[Activity, Room]:
    """Finds a vote of the workshop and its room. Refusal `not_here`."""
    vote = here.session.get(Activity, vote_id)
    room = here.session.get(Room, vote.room_id) if vote else None
    if vote is None or room is None or room.workshop_id != here.workshop.id or not kinds()[vote.kind].decides:
        raise Refusal("not_here")
    return vote, room


def told(here: Place, vote: Activity) -> Json:
    """Prepares {id, title, round, closed, said, voted, later} of a vote."""
    terms = kinds()[vote.kind].terms(vote.settings, vote.round)
    return {"id": vote.id, "title": spoken(vote.settings.get("title")) or vote.title or _(kinds()[vote.kind].title),
            "round": vote.round, "closed": vote.closed_at is not None, "said": " ".join(
                filter(None, (terms, spoken_all(vote.settings)))),
            "reveal": _(REVEALS.get(vote.settings.get("reveal", ""), "")), "later": results.later(here.session, vote),
            "voted": max(ballots(here.session, vote) + hands.people(vote), (vote.tally or {}).get("ballots", 0))}


def read(here: Place) -> Json:
    """Returns {rules, reveal} as the form has them; what it leaves usual is left out."""
    sent, delegations = request.form, [one["id"] for one in here.delegations]
    chosen = {name: sent.getlist(name) for name in ("delegations", "channels", "sites")}
    rules: Json = {
        "who": {name: of for name, of in chosen.items() if of} | ({} if "staff" in sent else {"staff": False}),
        "own": "own" in sent, "one_per": sent.get("one_per", "seat"), "mandates": _times("mandates", delegations),
        "weights": _times("weights", delegations), "weights_for": sent.get("weights_for", "")[:800].strip(),
        "named": sent.get("named", "staff"), "closer": sent.get("closer", "staff"), "all_sites": "all_sites" in sent}
    if rules["one_per"] != voting.DELEGATION:
        rules["mandates"] = {}
    return {"rules": voting.shortened(rules), "reveal": sent.get("reveal", "")}


def _own(vote: Activity) -> Json:
    """Returns the settings of the vote's kind as fields of the form have them."""
    kind = kinds()[vote.kind]
    stored = {one.name: one.stored or one.name for one in kind.numbers} | {one.name: one.name for one in kind.picks} | {
        one.name: one.name for one in kind.switches}
    return {f"{kind.name}.{name}": vote.settings[key] for name, key in stored.items() if key in vote.settings}


def _times(field: str, delegations: list[str]) -> dict[str, int]:
    """Reads a number for each delegation; 1, or nothing, is usual. What is no number is left to the rules to refuse."""
    found = {}
    for key in delegations:
        try:
            n = whole(request.form.get(f"{field}.{key}", "").strip() or "1")
        except ValueError:
            n = 0
        if n != 1:
            found[key] = n
    return found
