"""Checks the rules of a vote against its workshop, and words them for those who vote, in every language, with the names of
the day on which they are set."""
from sqlalchemy import select

from workshop.domain import voting
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json, Settings, Spoken
from workshop.store.models import Delegation, Room, Site
from workshop.store.transaction import Session
from workshop.words import LANGUAGES, N_, _, speaking, spoken

CHANNELS = {"hall": N_("in the hall"), "remote": N_("far away"), "phone": N_("by telephone"), "paper": N_("on paper")}
NAMED = {"all": N_("Everybody can read who chose what.")}
CLOSER = {"rapporteur": N_("The rapporteur can close it."), "deadline": N_("It closes when its time is over.")}


def settled(session: Session, room: Room, settings: Settings) -> Settings:
    """Returns settings of a vote of the room with their rules checked, as they are kept, and in words. Refusals:
    `bad_rules`, those of `voting.check`."""
    if settings.get("reveal") not in (voting.LIVE, voting.VOTED, voting.CLOSE):
        raise Refusal("bad_rules", field="reveal")
    found = voting.checked(settings.get("rules") or {})
    if found.get("one_per") == voting.ROOM and room.kind == "group":
        raise Refusal("bad_rules", field="one_per")  # it has no working groups in it
    who = found.get("who", {})
    named = {"who": {*who.get("delegations", ())}, "mandates": found.get("mandates", {}).keys(),
             "weights": found.get("weights", {}).keys()}
    known = set(session.scalars(select(Delegation.id).where(Delegation.workshop_id == room.workshop_id)))
    sites = set(session.scalars(select(Site.id).where(Site.workshop_id == room.workshop_id)))
    for field, ids in (*named.items(), ("who", None)):
        if not (ids <= known if ids is not None else set(who.get("sites", ())) <= sites):
            raise Refusal("bad_rules", field=field)
    kept = {name: value for name, value in settings.items() if name not in ("rules", "said")}
    if found.get("one_per", voting.SEAT) != voting.SEAT and "budget_of" in kept:
        kept["budget_of"] = voting.SEAT  # its one ballot is its budget
    if found:
        kept["rules"] = found
    voting.check(kept)  # what a secret vote cannot have
    words = said(session, kept)
    return kept | ({"said": words} if words else {})


def said(session: Session, settings: Settings) -> Spoken | None:
    """Returns {language: the rules that are not the usual ones, a sentence each}; None where all are usual."""
    rules = voting.rules(settings)
    names = _names(session, rules)
    found = {}
    for language in LANGUAGES:
        with speaking(language):
            found[language] = " ".join(_sentences(rules, names, settings.get("reveal") == voting.VOTED))
    return found if any(found.values()) else None


def spoken_all(settings: Settings) -> str:
    """Returns the same in the language being spoken, of settings that have it."""
    return spoken(settings.get("said")) or _("The usual rules")


def _names(session: Session, rules: Json) -> dict[str, str]:
    """Finds what delegations and sites of the rules are called, in their order."""
    ids = {*rules["who"].get("delegations", ()), *rules["who"].get("sites", ()), *rules["mandates"], *rules["weights"]}
    return {key: name for table in (Delegation, Site) for key, name in session.execute(
        select(table.id, table.name).where(table.id.in_(ids)).order_by(table.position))}


def _sentences(rules: Json, names: dict[str, str], voted: bool) -> list[str]:
    who = rules["who"]
    found = [*_who(who, names)]
    if not rules["own"]:
        found.append(_("You cannot choose your own ideas."))
    if rules["one_per"] == voting.DELEGATION:
        found.append(_("One vote for each delegation: any of its people can give it or change it."))
    if rules["one_per"] == voting.ROOM:
        found.append(_("One vote for each working group: whoever is in it can give it or change it."))
    if rules["mandates"]:
        found.append(_("Votes of a delegation: {list}; one each for the others.", list=_times(rules["mandates"], names)))
    if rules["weights"]:
        found.append(_("A vote counts as often as this: {list}; once for the others. Reason: {reason}",
                       list=_times(rules["weights"], names), reason=rules["weights_for"]))
    found += [_(of[rules[name]]) for name, of in (("named", NAMED), ("closer", CLOSER)) if rules[name] in of]
    if rules["all_sites"]:
        found.append(_("It stays open until somebody from each place has voted."))
    if voted:
        found.append(_("You see the result once you have voted."))
    return found


def _who(who: Json, names: dict[str, str]) -> list[str]:
    """Words who may vote."""
    lists = [", ".join(name for key, name in names.items() if key in who.get("delegations", ())),
             ", ".join(name for key, name in names.items() if key in who.get("sites", ())),
             ", ".join(_(said) for key, said in CHANNELS.items() if key in who.get("channels", ()))]
    delegations, sites, channels = lists
    return [sentence for there, sentence in (
        (delegations, _("Only these delegations vote: {list}.", list=delegations)),
        (sites, _("Only people in these places vote: {list}.", list=sites)),
        (channels, _("Only those vote who take part: {list}.", list=channels)),
        (not who.get("staff", True), _("The team does not vote."))) if there]


def _times(of: dict[str, int], names: dict[str, str]) -> str:
    return ", ".join(f"{name} {of[key]}" for key, name in names.items() if key in of)
