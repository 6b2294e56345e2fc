"""Names the refused field of a method's form: by its name, and in words."""
from workshop.domain.errors import Refusal
from workshop.domain.methods.checking import BadMethod
from workshop.words import LANGUAGES, N_, _

NAMES = {"name": N_("Name"), "purpose": N_("What it is for"), "advice": N_("Advice"), "title": N_("Title"),
         "instruction": N_("Instruction"), "minutes": N_("Minutes"), "opens": N_("What is open"), "columns": N_("Columns"),
         "rows": N_("Rows"), "lanes": N_("Lanes"), "may": N_("Who may do what"), "see": N_("What people see"),
         "limit": N_("Cards each"), "grace": N_("Seconds of grace"), "labels": N_("Words"), "day": N_("Day"),
         "steps": N_("Steps"), "process": N_("The process"), "board": N_("Board"), "votes": N_("Votes"),
         "layout": N_("Layout of the board"), "axes": N_("Axes"), "scale": N_("Scale of the timeline"),
         "type": N_("Kind of answer"), "fields": N_("What each card asks"), "options": N_("Answers to choose from"),
         "kind": N_("Kind of vote"), "budget": N_("Votes to give"), "budget_of": N_("Who has them"),
         "per": N_("What the vote stands on"), "per_card": N_("Maximum on one card"),
         "from": N_("Lowest number"), "to": N_("Highest number"), "reveal": N_("When the result is seen"),
         "family": N_("Kind of method"), "people": N_("People in a group"), "report": N_("In the report"),
         "section": N_("Section"), "show": N_("What of it is shown"),
         "delegations": N_("Column that each delegation gets for itself")}
COUNTED = {"steps": N_("Step {n}"), "process": N_("Part {n}"), "votes": N_("Vote {n}"), "fields": N_("Question {n}")}


def place_of(refusal: Refusal | None) -> str:
    """Returns the name of the field, as 'steps.0.title.es'; empty where it is about no field."""
    if not isinstance(refusal, BadMethod):
        return ""
    language = refusal.values.get("language")
    return f"{refusal.where}.{language}" if language else refusal.where


def where_said(place: str) -> str:
    """Words the place for people: 'Step 1, Title, Español'."""
    parts, found = place.split("."), []
    while parts:
        part = parts.pop(0)
        if part in COUNTED and parts and parts[0].isdecimal():
            found.append(_(COUNTED[part], n=int(parts.pop(0)) + 1))
        else:
            found.append(_(NAMES[part]) if part in NAMES else LANGUAGES.get(part, part))
    return ", ".join(found)
