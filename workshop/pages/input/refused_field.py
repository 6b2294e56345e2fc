"""Points at the refused field of a form: its field and its line are named, marked, in view, and have the focus.

`sentence` finds the field in what was typed, `marked` says it in the page that comes back; both work for every form, with
and without script.
"""
import re
from html import unescape
from typing import NamedTuple, Self

from flask import has_request_context, request
from markupsafe import escape
from werkzeug.datastructures import MultiDict

from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json
from workshop.words import _, refusals

# The field of a refusal that is always about the same one, by its names in the forms.
FIELDS = {"name_missing": ("name",), "bad_email": ("email",), "email_taken": ("email",), "bad_day": ("day",),
          "bad_zone": ("zone",), "bad_privacy": ("privacy",), "bad_role": ("role",), "wrong_password": ("old",),
          "short_password": ("password", "new"), "guessable_password": ("password", "new"), "title_missing": ("title",)}
NOT_TYPED = frozenset(("token", "client", "base", "revision", "html", "header", "from", "held"))
CONTROL = re.compile(r"<(?:input|textarea|select)\b[^>]*>")
LABEL = re.compile(r"<(label|legend)\b([^>]*)>(.*?)</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
DESCRIBED = re.compile(r'\saria-describedby="([^"]*)"')
OURS = re.compile(r'\s(?:id|aria-describedby|aria-invalid)="[^"]*"')
DETAILS = re.compile(r"<details\b[^>]*>|</details>")


class Problem(str):
    """Carries the words of a refusal, and what it is about: the field's name, what was typed there, the line, from 1, or 0.
    """

    __slots__ = ("field", "line", "typed")
    field: str
    line: int
    typed: str

    def __new__(cls, text: str, field: str, typed: str = "", line: int = 0) -> Self:
        """Makes the words with their place."""
        made = super().__new__(cls, text)
        made.field, made.typed, made.line = field, typed, line
        return made


class Place(NamedTuple):
    """Holds a control in a page: where its tag begins and ends, its id, what its label says."""

    start: int
    end: int
    id: str
    label: str


def sentence(refusal: Refusal) -> str:
    """Returns the words of a Refusal; a Problem where it is about a field of the form that has come."""
    text = refusals.sentence(refusal)
    form: MultiDict[str, str] = request.form if has_request_context() else MultiDict()
    for name in FIELDS.get(refusal.code, ()):
        if name in form:
            return Problem(text, name, form[name])
    if refusal.code == "too_long" and (found := _longest(form, refusal.values)):
        return Problem(text, *found)
    return text


def _longest(form: MultiDict[str, str], values: Json) -> tuple[str, str, int] | None:
    """Finds (name of the field, what was typed, line) of what has the refused length: the whole, or one of its lines."""
    for name in form:
        for typed in form.getlist(name) if name not in NOT_TYPED else ():
            if _length(typed, values):
                return name, typed, 0
            lines = typed.splitlines()
            for n, line in enumerate(lines if len(lines) > 1 else (), 1):
                if _length(line, values):
                    return name, typed, n
    return None


def _length(text: str, values: Json) -> bool:
    return values.get("length") in (len(text), len(text.strip()), len(" ".join(text.split())))


def marked(page: str, problem: Problem) -> str:
    """Returns the page with the field marked and named, a sentence at its top that leads there, and the focus on the field.
    """
    place = _find(page, problem)
    if place is None:
        return page
    line = _("line {n}", n=problem.line) if problem.line else ""
    where = ", ".join(filter(None, (place.label, line))) or _("Go there")
    beside = f'<span class="problem" id="refused">{escape(f"{line}: " if line else "")}{escape(problem)}</span>'
    said = f'<p class="problem" role="alert">{escape(problem)} <a href="#{escape(place.id)}">{escape(where)}</a></p>'
    tag = page[place.start:place.end]
    helps = DESCRIBED.search(tag)
    tag = OURS.sub("", tag).replace(" ", f' id="{escape(place.id)}" aria-invalid="true" aria-describedby="'
                                    f'{" ".join(filter(None, ("refused", helps and helps[1])))}" autofocus ', 1)
    before = _opened(page[:place.start])
    top = re.search(r"</h1>", before) or re.search(r"<main\b[^>]*>", before)
    at = top.end() if top else 0
    return f"{before[:at]}{said}{before[at:]}{beside}{tag}{page[place.end:]}"


def _find(page: str, problem: Problem) -> Place | None:
    """Finds the control of this name; where there are several, the one in which stands what was typed."""
    name, typed = f'name="{escape(problem.field)}"', str(escape(problem.typed))
    found = [tag for tag in CONTROL.finditer(page) if name in tag[0] and 'type="hidden"' not in tag[0]]
    held = [tag for tag in found if typed and (
        f'value="{typed}"' in tag[0] or page[tag.end():].lstrip("\n").startswith(typed))]
    for tag in (held or found)[:1]:
        own = re.search(r'\sid="([^"]*)"', tag[0])
        label = next((one[3] for one in LABEL.finditer(page) if own and f'for="{own[1]}"' in one[2]), "")
        around = [one[3] for one in LABEL.finditer(page) if one.start() < tag.start() < one.end()]
        words = " ".join(TAG.sub(" ", label or (around[-1] if around else "")).split())
        return Place(tag.start(), tag.end(), own[1] if own else "refused-field", unescape(words))
    return None


def _opened(before: str) -> str:
    """Returns what stands before the field, with the folds open in which it is."""
    around: list[re.Match[str]] = []
    for tag in DETAILS.finditer(before):
        if tag[0].startswith("</"):
            around.pop()
        else:
            around.append(tag)
    for tag in reversed(around):
        if " open" not in tag[0]:
            before = f"{before[:tag.end() - 1]} open{before[tag.end() - 1:]}"
    return before
