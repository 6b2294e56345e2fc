"""A programme is brought in from a file: many blocks in one act, and the same file again changes what is otherwise."""
from datetime import UTC, datetime

import pytest

from tests.support import cast
from tests.support.cast import ok
from workshop.store.models import Block, History, Workshop

DAY, NEXT = "2021-10-04", "2021-10-05"


@pytest.fixture
def bring(app, meeting):
    """Elena brings blocks in."""
    elena = cast.facilitator(app, meeting)
    return lambda *blocks: elena.do("programme.bring", {"workshop": meeting["workshop"], "blocks": list(blocks)}, seat=None)


def one(title, at="09:00", day=DAY, minutes=30, **more):
    return {"day": day, "at": at, "minutes": minutes, "title": title} | more


def blocks(app) -> list[Block]:
    with app.extensions["house"].store.read() as session:
        return session.query(Block).order_by(Block.day, Block.position).all()


def workshop(app) -> Workshop:
    with app.extensions["house"].store.read() as session:
        return session.query(Workshop).one()


def acts(app) -> list[History]:
    with app.extensions["house"].store.read() as session:
        return session.query(History).filter_by(verb="programme.bring").all()


def test_blocks_come_in_as_one_act_each_pinned_to_its_start_and_their_days_become_the_workshop_s(app, meeting, bring):
    before = workshop(app).days
    answer = ok(bring(one("Almuerzo", "13:00", kind="break"),
                      one("Bienvenida", aim="Saber quiénes\nestamos", leader="Elena"),
                      one("Cierre", "2021-10-05T23:30:00+00:00", NEXT, call="https://meet.example/a")))
    assert (answer["added"], answer["changed"]) == (3, 0)
    rows = blocks(app)
    assert [(row.day, row.position, row.title, row.kind, row.pinned) for row in rows] == [
        (DAY, 0, "Bienvenida", "plenary", True), (DAY, 1, "Almuerzo", "break", True), (NEXT, 0, "Cierre", "plenary", True)]
    assert [row.starts_at for row in rows] == [datetime(2021, 10, 4, 14, tzinfo=UTC), datetime(2021, 10, 4, 18, tzinfo=UTC),
                                               datetime(2021, 10, 5, 23, 30, tzinfo=UTC)]
    assert (rows[0].aim, rows[0].leader, rows[2].call) == ("Saber quiénes\nestamos", "Elena", "https://meet.example/a")
    assert workshop(app).days == sorted({*before, DAY, NEXT})
    [act] = acts(app)
    assert sorted(act.after["added"]) == sorted(row.id for row in rows) and act.before == {"days": before}


def test_the_same_file_again_changes_what_is_otherwise_and_doubles_nothing(app, bring):
    ok(bring(one("Feria", uid="a"), one("Grupos", "10:00", uid="b", kind="groups", aim="Pensar")))
    assert [ok(bring(one("Feria", uid="a"), one("Grupos", "10:00", uid="b")))[key] for key in ("added", "changed")] == [0, 0]
    assert len(acts(app)) == 1, "nothing was otherwise, so there is nothing to remember"
    again = ok(bring(one("Feria", "11:00", uid="a"), one("Grupos", "10:00", uid="b"), one("Nuevo", "12:00", uid="c")))
    assert (again["added"], again["changed"]) == (1, 1)
    assert [(row.title, row.kind, row.aim) for row in blocks(app)] == [
        ("Grupos", "groups", "Pensar"), ("Feria", "plenary", ""), ("Nuevo", "plenary", "")]
    ok(bring(one("La feria", uid=blocks(app)[1].id + "@tinkuy")))  # as our own calendar calls it
    assert [row.title for row in blocks(app)] == ["La feria", "Grupos", "Nuevo"]


def test_what_was_put_aside_comes_back_with_the_file(app, bring):
    ok(bring(one("Feria", uid="a")))
    with app.extensions["house"].store.write() as session:
        session.query(Block).one().dropped_at = app.extensions["house"].clock()
    assert ok(bring(one("Feria", uid="a")))["changed"] == 1
    assert blocks(app)[0].dropped_at is None


def test_what_follows_the_block_before_it_keeps_its_time_when_something_comes_between(app, meeting, bring):
    at = datetime(2021, 10, 4, 14, tzinfo=UTC)
    with app.extensions["house"].store.write() as session:
        for position, title in enumerate(("Presencia", "Feria", "Pausa")):
            session.add(Block(workshop_id=meeting["workshop"], day=DAY, position=position, kind="plenary", title=title,
                              starts_at=at.replace(hour=14 + position), minutes=60, pinned=position == 0))
    ok(bring(one("Radio", "09:30", minutes=10)))
    rows = {row.title: row for row in blocks(app)}
    assert list(rows) == ["Presencia", "Radio", "Feria", "Pausa"]
    assert [(rows[title].starts_at.hour, rows[title].pinned) for title in ("Presencia", "Feria", "Pausa")] == [
        (14, True), (15, True), (16, False)]


@pytest.mark.parametrize(("wrong", "code"), [
    ({"title": " \u200b"}, "name_missing"), ({"title": "x" * 201}, "too_long"), ({"kind": "party"}, "bad_block"),
    ({"minutes": -1}, "bad_minutes"), ({"minutes": 1441}, "bad_minutes"), ({"at": "25:00"}, "bad_time"),
    ({"at": "2021-10-04T09:00:00"}, "bad_time"), ({"at": "2021-11-04T09:00:00+00:00"}, "bad_time"),
    ({"day": "2021-02-30"}, "bad_date"), ({"day": "9999-12-31"}, "bad_date"), ({"call": "javascript:alert(1)"}, "bad_call"),
    ({"leader": "x" * 81}, "too_long"), ({"aim": "x" * 4001}, "too_long")])
def test_one_that_cannot_be_is_named_and_then_none_is_written(app, bring, wrong, code):
    answer = bring(one("Feria"), one("Grupos") | wrong)
    assert (answer["code"], answer["values"]["item"]) == (code, 1)
    assert blocks(app) == [] and acts(app) == []


def test_a_programme_has_an_end(app, bring):
    many = [one(f"Bloque {n}", "00:00", minutes=1, uid=str(n)) for n in range(600)]
    assert bring(*[one("Uno", day=f"2021-{n // 28 + 1:02}-{n % 28 + 1:02}") for n in range(61)])["code"] == "bad_date"
    assert ok(bring(*many))["added"] == 600
    assert bring(one("Uno más"))["code"] == "too_many_blocks"
    assert len(blocks(app)) == 600


def test_what_was_brought_in_is_taken_back_as_a_whole_and_what_stood_there_is_as_before(app, meeting, bring):
    elena = cast.facilitator(app, meeting)

    def do(verb, **said):
        return elena.do(verb, {"workshop": meeting["workshop"]} | said, None)
    ok(bring(one("Bienvenida", uid="a")))
    for title in ("Rueda", "Cierre"):
        ok(do("block.add", day=DAY, title=title, minutes=20))
    before, days = {row.title: (row.starts_at, row.pinned, row.minutes) for row in blocks(app)}, workshop(app).days
    ok(bring(one("Saludo", "08:00", uid="a", minutes=45), one("Nueva", "08:50", uid="b"), one("Otra", day=NEXT, uid="c")))
    assert len(blocks(app)) == 5 and workshop(app).days != days
    ok(do("programme.take_back"))
    assert {row.title: (row.starts_at, row.pinned, row.minutes) for row in blocks(app)} == before
    assert workshop(app).days == days
    ok(do("programme.take_back"))  # the one before it
    assert {row.title for row in blocks(app)} == {"Rueda", "Cierre"}
    assert do("programme.take_back")["code"] == "nothing_brought"


def test_what_has_begun_meanwhile_stays(app, meeting, bring):
    elena = cast.facilitator(app, meeting)
    ok(bring(one("Bienvenida"), one("Grupos", "10:00")))
    begun = next(row.id for row in blocks(app) if row.title == "Bienvenida")
    ok(elena.do("block.start", {"workshop": meeting["workshop"], "block": begun}, None))
    ok(elena.do("programme.take_back", {"workshop": meeting["workshop"]}, None))
    assert [row.title for row in blocks(app)] == ["Bienvenida"]
