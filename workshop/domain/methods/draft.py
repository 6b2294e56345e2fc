"""Edits a method in a form as a draft: plain data which need not be complete.

A draft has every part of workshop/domain/methods/shape.py in plain dicts, lists and text. The form's fields are named by the
places that checking.check names in its refusals (`steps.0.title.es`), so that what is wrong is said beside its field.
"""
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from workshop.domain.methods import yaml_text
from workshop.domain.methods.checking import LANGUAGES
from workshop.domain.methods.choices import TITLED, fill_choices, shaped_choices
from workshop.domain.methods.shape import May, Method
from workshop.domain.shapes import Draft, Form, Json, Spoken, Step

NUMBERS = ("minutes", "limit", "grace")
RIGHTS = tuple(May.model_fields)
CELLS = 20  # steps of a method, columns of a board


def draft_of(method: Method) -> Json:
    """Makes the draft with which editing begins."""
    return shaped(method.model_dump(mode="json", by_alias=True))


def shaped(data: Mapping[str, Any]) -> Json:
    """Reads a draft that came back from a browser: every part that the form shows has its type; other parts stay for check.
    """
    draft = dict(data)
    for part in ("name", "purpose", "advice"):
        draft[part] = _words(draft.get(part))
    draft["labels"] = {str(key): _words(words) for key, words in _dict(draft.get("labels")).items()}
    draft["steps"] = [_step(_dict(step)) for step in _list(draft.get("steps"))]
    draft["process"] = [dict(part) | {"title": _words(part.get("title"))}
                        for part in _list(draft.get("process")) if isinstance(part, dict)]
    draft["votes"] = [vote for vote in _list(draft.get("votes")) if isinstance(vote, dict)]
    draft["board"] = board = _dict(draft.get("board"))
    if board:
        board |= {part: [str(key) for key in _list(board.get(part))] for part in TITLED} | {"axes": _dict(board.get("axes"))}
        for key in (key for part in TITLED for key in board[part]):
            draft["labels"].setdefault(key, _words(None))
    shaped_choices(draft)
    return draft


def _step(step: Step) -> Json:
    shown = {name: "" if step.get(name) is None else str(step[name]) for name in ("key", "see", *NUMBERS)}
    rights = May().model_dump() | _dict(step.get("may"))
    return step | shown | {
        "see": shown["see"] or "room", "title": _words(step.get("title")), "instruction": _words(step.get("instruction")),
        "opens": [str(key) for key in _list(step.get("opens"))], "columns": [str(key) for key in _list(step.get("columns"))],
        "may": {right: str(rights[right]) for right in rights}, "closes": str(step.get("closes", False)).lower() == "true"}


def _words(value: object) -> Json:
    value = _dict(value)
    return {language: value[language] if isinstance(value.get(language), str) else "" for language in LANGUAGES} | {
        key: said for key, said in value.items() if key not in LANGUAGES}


def _dict(value: object) -> Json:
    return dict(value) if isinstance(value, dict) else {}


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else []


def filled(draft: Draft, form: Form) -> Json:
    """Fills the draft with what the form's fields say; `form` has `get` and `getlist`, as Werkzeug's. A field that was not
    sent leaves its part as it is."""
    for part in ("name", "purpose", "advice"):
        _fill(draft[part], form, part)
    for key, words in draft["labels"].items():
        _fill(words, form, f"labels.{key}")
    for number, part in enumerate(draft["process"]):
        _fill(part["title"], form, f"process.{number}.title")
        part["day"] = form.get(f"process.{number}.day", str(part.get("day", ""))).strip()
    for number, step in enumerate(draft["steps"]):
        where = f"steps.{number}"
        _fill(step["title"], form, f"{where}.title")
        _fill(step["instruction"], form, f"{where}.instruction")
        for name in ("see", *NUMBERS):
            step[name] = form.get(f"{where}.{name}", step[name]).strip()
        for right in step["may"]:
            step["may"][right] = form.get(f"{where}.may.{right}", step["may"][right])
        if f"{where}.minutes" in form:  # a box that is not ticked sends nothing
            step["opens"] = _ticked(step["opens"], form.getlist(f"{where}.opens"))
            step["columns"] = _ticked(step["columns"], form.getlist(f"{where}.columns"))
            step["closes"] = f"{where}.closes" in form
    fill_choices(draft, form)
    return shaped(draft)


def _ticked(before: list[str], sent: list[str]) -> list[str]:
    """Lists what is ticked now, in the order that it had."""
    return [key for key in before if key in sent] + [key for key in sent if key not in before]


def _fill(words: Json, form: Form, where: str) -> None:
    for language in LANGUAGES:
        words[language] = form.get(f"{where}.{language}", words[language]).replace("\r\n", "\n")


def lent(draft: Draft, first: str) -> Json:
    """Fills words that are missing in a language with those of another one, `first` before all."""
    draft, order = deepcopy(draft), (first, *LANGUAGES)
    for words in _all_words(draft):
        found = next((words[language] for language in order if words[language].strip()), "")
        words |= {language: words[language] if words[language].strip() else found for language in LANGUAGES}
    return draft


def bare(draft: Draft) -> str:
    """Writes the YAML of a draft without its words, which travel in fields of their own."""
    empty = deepcopy(draft)
    for words in _all_words(empty):
        words |= dict.fromkeys(LANGUAGES, "")
    return text_of(empty)


def _all_words(draft: Draft) -> Iterator[Spoken]:
    yield from (draft["name"], draft["purpose"], draft["advice"], *draft["labels"].values())
    for step in draft["steps"]:
        yield from (step["title"], step["instruction"])
    yield from (part["title"] for part in draft["process"])


def text_of(draft: Draft) -> str:
    """Writes the YAML of a draft; parts that are empty and may be missing are left out."""
    plain = {key: value for key, value in draft.items() if value not in (None, [], (), {})}
    plain["steps"] = [{key: value for key, value in step.items() if value not in (None, "", [])} for step in draft["steps"]]
    for part in ("steps", "labels"):
        if not plain.get(part):
            plain.pop(part, None)
    for part in ("votes", "process"):
        if part in plain:
            plain[part] = [_bare(one, ("",)) for one in plain[part]]
    if report := _bare(draft["report"], ("",)):
        plain["report"] = {"show": [], **report}
    else:
        plain.pop("report", None)
    if board := plain.get("board"):
        plain["board"] = _bare(board, ("", {}, False))
        if fields := [_bare(one, (False,)) for one in board["fields"]]:
            plain["board"]["fields"] = fields
    if not any(draft["people"]):
        plain.pop("people", None)
    return yaml_text.write(plain)


def task(values: Json, _content: bytes) -> tuple[Json, list[bytes]]:
    """Returns what yaml_text.read finds in the text of a draft, for a child process. Raises BadMethod."""
    return yaml_text.read(text_of(values["draft"])), []


def _bare(one: Json, more: tuple[object, ...] = ()) -> Json:
    """Returns the object without what is empty."""
    return {key: value for key, value in one.items() if value not in (None, [], *more)}
