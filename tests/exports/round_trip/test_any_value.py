"""Whatever one value of a good file is replaced by: it is refused whole with the place, or its report can be written."""
import json
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exports.round_trip.test_round_trip import filled, written  # noqa: F401
from workshop.domain.errors import Refusal
from workshop.domain.visibility import Viewer
from workshop.exports import everything, read_back, reader
from workshop.exports.clean_texts import fitting
from workshop.exports.formats import docx, markdown, pdf, xlsx
from workshop.exports.model import Report
from workshop.store.session import Store

HOSTILE = [5, -5, 10**30, 1.5, True, None, "", "x", "qq", "!!", "\u200b", "<script>", "2026-99-99",
           "9999-12-31T23:59:59+00:00", "Mars/Phobos", "a\ud800b", "a\v\0\ufffeb", "\u202eabc", {}, [], {"a": 1}, [1],
           ["\0"], [{}], {"es": 5}, "ñ" * 50_000]


class Undone(Exception):
    """What was read in is not kept."""


@pytest.fixture
def bring(app, meeting, filled, tmp_path):  # noqa: F811
    """bring(path, value, write): read the file with another value; what `write(report)` gives, None where it was refused."""
    house = app.extensions["house"]
    before = json.loads(written(house.store, meeting["workshop"]))
    other = Store(f"sqlite:///{tmp_path / 'other.sqlite'}")
    other.migrate()

    def read(path, value, write=markdown.write):
        content = json.loads(json.dumps(before))
        at = content["tables"]
        for part in path[:-1]:
            at = at[part]
        at[path[-1]] = value
        found = []
        try:
            with other.write() as session:
                workshop = read_back.bring_in(session, house.clock(), content)
                assert everything.write(session, workshop.id)
                report = reader.read(session, workshop, Viewer(workshop.id, workshop.privacy, "owner"), house.clock())
                found.append(write(fitting(report)))
                raise Undone
        except Undone:
            return found[0]
        except Refusal as refusal:
            assert refusal.code == "bad_file" and refusal.values["where"]
            return None
    read.paths = list(_paths(before["tables"]))
    read.tables = before["tables"]
    yield read
    other.close()


def _paths(value, at=()):
    if len(at) > 1:
        yield at
    for part, one in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _paths(one, (*at, part))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_any_value_is_refused_or_leads_to_a_report(bring, data):
    bring(data.draw(st.sampled_from(bring.paths)), data.draw(st.sampled_from(HOSTILE)))


@pytest.mark.parametrize(("column", "values"), [
    (("workshop", 0, "privacy"), ["xx", 5]), (("workshop", 0, "code"), ["!!", "", "tky"]),
    (("workshop", 0, "title"), ["\u200b", ""]), (("workshop", 0, "languages"), [["qq"], [], "es"]),
    (("workshop", 0, "zones"), [["Mars/Phobos"], []]), (("workshop", 0, "days"), [["2026-99-99"], [5]]),
    (("room", 1, "number"), [-5, 10**30, 1.5]), (("room", 1, "kind"), ["<script>"]), (("room", 1, "steps"), [[], [{}]]),
    (("contribution", 0, "body"), [5, {}, {"text": "\u200b"}, {"text": 5}]), (("contribution", 0, "kind"), ["<script>"]),
    (("activity", 0, "settings"), [5, {}, {"columns": [5]}]), (("seat", 0, "channel"), ["<script>"])])
def test_what_no_door_takes_is_refused(bring, column, values):
    assert [value for value in values if bring(column, value) is not None] == []


def test_texts_are_cleaned_as_they_are_at_every_door(bring):
    title = bring(("workshop", 0, "title"), "Semi\u202ella\v y\0 agua", lambda report: report.title)
    assert title == "Semilla y agua"
    at = next(i for i, row in enumerate(bring.tables["contribution"]) if row["kind"] == "idea")
    text = bring(("contribution", at, "body", "text"), "uno\vdos\0\ufffe\ud800", markdown.write)
    assert "uno  \ndos\ufffd\ufffd" in text.decode()


@pytest.mark.parametrize("form", [docx, xlsx, markdown, pdf], ids=lambda form: form.__name__.rpartition(".")[2])
def test_no_writer_dies_of_a_text_that_is_stored(bring, form):
    def spoiled(report: Report) -> bytes:
        for room in report.rooms:
            room.question = room.title = "a\0b\v\f\x1b\ufffe\ud800\udc00\u2028" * 3
            for card in room.cards:
                card.text, card.comments = "x\0\ud800\ufffe\v" * 9, ["c\x01" * 40_000]
        return form.write(fitting(report))
    assert bring(("workshop", 0, "title"), "Otro", spoiled)


def test_a_number_without_end_is_refused_in_words(bring):
    assert bring(("stream", 0, "seq"), 10**30) is None
    assert bring(("workshop", 0, "created_at"), datetime.max.isoformat() + "+00:00") is None
