"""What a workshop, its rooms and its people are called is corrected, and everything that tells of it follows."""
import secrets

from tests.pages.facilitator.people import FIELD, Browser
from tests.support import cast
from tests.support.cast import ok, shown
from workshop.store.models import Activity, Attended, Delegation, History, Room, RoomSeat, Seat, Site, Workshop


def rows(app, table, *order) -> list:
    with app.extensions["house"].store.read() as session:
        return session.query(table).order_by(*order).all()


def record(app, verb: str) -> list[tuple]:
    """[(before, after)] of the acts of this name."""
    return [(one.before, one.after) for one in rows(app, History, History.id) if one.verb == verb]


def test_a_room_gets_another_title_and_question_and_the_screens_get_them(app, meeting, phone, elena):
    rosa, room = phone(), meeting["rooms"][0]
    ok(rosa.join(meeting["code"], "Rosa"))
    before = next(one for one in rows(app, Room, Room.number) if one.id == room)
    ok(elena.do("room.edit", {"room": room, "question": " ¿Qué semillas\nguardamos? "}, None))
    ok(elena.do("room.edit", {"room": room, "title": "Semillas"}, None))
    card = rosa.catch_up(meeting["workshop"])[room]
    assert (card["title"], card["question"]) == ("Semillas", "¿Qué semillas\nguardamos?")
    assert record(app, "room.edit") == [({"question": before.question}, {"question": "¿Qué semillas\nguardamos?"}),
                                        ({"title": before.title}, {"title": "Semillas"})]
    ok(elena.do("room.edit", {"room": room, "title": "Semillas"}, None))
    assert len(record(app, "room.edit")) == 2, "nothing was changed"
    assert elena.do("room.edit", {"room": room, "title": " \u200b"}, None)["code"] == "name_missing"
    assert elena.do("room.edit", {"room": room, "question": "x" * 2001}, None)["code"] == "too_long"


def test_who_was_put_down_for_another_delegation_counts_for_the_right_one_everywhere(app, meeting, phone, do):
    here, there = cast.delegations(app, meeting)[:2]
    rosa, julio, room = phone(), phone(), meeting["rooms"][0]
    ok(rosa.join(meeting["code"], "Rosa", delegation=here))
    ok(julio.join(meeting["code"], "Julio", delegation=there))
    at = cast.activities(app, room)
    card = ok(rosa.post(at["ideas"], "Guardar semilla"))["card"]["id"]
    cast.to_step(app, room, 1)
    for one in (rosa, julio):
        ok(one.do("ballot.cast", {"activity": at["dots"], "choices": {card: 1}, "base_rev": 0}))
    app.extensions["house"].performer.count()
    seat = rosa.place["seats"][0]["id"]

    def counted() -> int:
        [vote] = [one for one in rows(app, Activity) if one.id == at["dots"]]
        return vote.tally["items"][card]["delegations"]
    assert counted() == 2
    ok(do("seat.edit", seat=seat, delegation=there))
    app.extensions["house"].performer.count()
    assert counted() == 1
    assert shown(julio, room)[card]["delegation"] == there
    assert {one.delegation_id for one in rows(app, Attended) if one.seat_id == seat} == {there}
    names = {one.id: one.name for one in rows(app, Delegation)}
    assert record(app, "seat.edit") == [({"delegation_id": names[here]}, {"delegation_id": names[there]})]


def test_name_place_and_channel_are_corrected_and_nothing_that_is_not_of_this_workshop_is_taken(app, meeting, phone, do):
    [hall] = cast.sites(app, meeting, "Pomata")
    rosa = phone()
    ok(rosa.join(meeting["code"], "Rosa"))
    seat = rosa.place["seats"][0]["id"]
    ok(do("seat.edit", seat=seat, name=" Rosa  Mamani", site=hall, channel="phone"))
    one = rows(app, Seat)[0]
    assert (one.name, one.site_id, one.channel) == ("Rosa Mamani", hall, "phone")
    ok(do("seat.edit", seat=seat, site=None))
    assert rows(app, Seat)[0].site_id is None
    for said, code in (({"name": "\u200b"}, "name_missing"), ({"channel": "carta"}, "bad_channel"),
                       ({"delegation": "another"}, "no_such_delegation"), ({"site": "another"}, "no_such_site")):
        assert do("seat.edit", seat=seat, **said)["code"] == code
    assert do("seat.edit", seat="another", name="X")["code"] == "not_here"
    assert rows(app, Seat)[0].name == "Rosa Mamani"


def test_the_workshop_is_corrected_and_what_is_used_stays(app, meeting, phone, do):
    rosa, first = phone(), cast.delegations(app, meeting)[0]
    ok(rosa.join(meeting["code"], "Rosa", delegation=first))
    known = rows(app, Delegation, Delegation.position)
    wanted = [{"id": known[1].id, "name": "Salinas de Garci Mendoza"}, {"id": first, "name": known[0].name},
              {"name": "Coata"}]
    ok(do("workshop.edit", title="Encuentro", days=["2026-12-02", "2026-12-01"], zones=["America/La_Paz"],
          languages=["fr", "es"], delegations=wanted, sites=[{"name": "Pomata"}],
          axes=[{"name": "Agua"}, {"name": "Suelo"}]))
    [it] = [one for one in rows(app, Workshop) if one.id == meeting["workshop"]]
    assert (it.title, it.days, it.zones) == ("Encuentro", ["2026-12-01", "2026-12-02"], ["America/La_Paz"])
    found = rows(app, Delegation, Delegation.position)
    assert [one.name for one in found] == [one["name"] for one in wanted]
    assert found[0].label == "SDG" and len({one.weave for one in found}) == 3 == len({one.label for one in found})
    assert [one.name for one in rows(app, Site)] == ["Pomata"]
    before = len(record(app, "workshop.edit"))
    for said, code in (
            ({"delegations": wanted[:1] + wanted[2:]}, "still_used"),
            ({"delegations": [{"id": "another", "name": "X"}]}, "not_here"),
            ({"axes": [{"name": "\u200b"}]}, "name_missing"), ({"title": " "}, "name_missing"),
            ({"days": ["mañana"]}, "bad_day"),
            ({"zones": ["Lima"]}, "bad_zone"), ({"zones": []}, "bad_zone"), ({"languages": ["qu"]}, "bad_language"),
            ({"privacy": "secret"}, "bad_privacy")):
        answer = do("workshop.edit", **said)
        assert answer["code"] == code, said
    assert [one.name for one in rows(app, Delegation, Delegation.position)] == [one["name"] for one in wanted]
    assert len(record(app, "workshop.edit")) == before


def test_whether_names_are_shown_is_settled_with_the_first_card(app, meeting, phone, do):
    rosa = phone()
    ok(rosa.join(meeting["code"], "Rosa"))
    ok(do("workshop.edit", privacy="alias"))
    ok(rosa.post(cast.activities(app, meeting["rooms"][0])["ideas"], "Una idea"))
    assert do("workshop.edit", privacy="named")["code"] == "privacy_stands"
    ok(do("workshop.edit", privacy="alias", title="Otro"))


def test_the_column_that_a_board_has_for_a_delegation_is_called_as_the_delegation_is(app, meeting, elena, do):
    made = ok(elena.do("room.create", {"workshop": meeting["workshop"], "title": "Mesa", "method": "comparativa"}, None))
    board = cast.activities(app, made["card"]["id"])["ideas"]
    wanted = [{"id": one.id, "name": one.name} for one in rows(app, Delegation, Delegation.position)]
    wanted[0]["name"] = "Otro nombre"
    ok(do("workshop.edit", delegations=wanted))
    [settings] = [one.settings for one in rows(app, Activity) if one.id == board]
    titles = {column["key"]: column["title"] for column in settings["columns"]}
    assert titles[wanted[0]["id"]] == "Otro nombre"
    assert do("workshop.edit", delegations=wanted[1:])["code"] == "still_used", "its column stands"


def test_everything_is_corrected_on_pages(app, meeting, phone, elena):
    browser, at = Browser(app), f"/w/{meeting['workshop']}"
    browser.http.set_cookie("tinkuy", elena.http.get_cookie("tinkuy").value)
    rosa = phone()
    ok(rosa.join(meeting["code"], "Rosa"))
    assert f"{at}/edit" in browser.open(f"{at}/desk")
    browser.open(f"{at}/edit")
    known = {one.id: one.name for one in rows(app, Delegation, Delegation.position)}
    names = list(known.values())
    assert all(name in browser.page for name in names)
    with app.extensions["house"].store.write() as session:  # a second facilitator, meanwhile
        session.add(Delegation(workshop_id=meeting["workshop"], name="Tilali", label="TIL", weave=7, position=90))
    fields = {"title": "Encuentro de semillas", "day": ["2026-12-01", ""], "zone": ["America/Lima", ""], "language": ["es"],
              "privacy": "named", "delegations": "Coata\n", f"delegations.{list(known)[-1]}": ""}
    browser.send(f"{at}/edit", f'action="{at}/edit"', **fields)
    assert "Guardado" in browser.page and "Encuentro de semillas" in browser.page
    assert [one.name for one in rows(app, Delegation, Delegation.position)] == [*names[:-1], "Tilali", "Coata"]
    browser.send(f"{at}/edit", f'action="{at}/edit"', **fields | {"title": " ", "sites": "Pomata"})
    assert browser.said and "Pomata" in browser.page, "what was typed stays"
    other = Browser(app)  # a second facilitator, who opened the page before
    other.http.set_cookie("tinkuy", elena.http.get_cookie("tinkuy").value)
    shown_before = {path: other.open(path) for path in (f"{at}/edit", f"{at}/r/1/edit")}
    browser.open(f"{at}/r/1/edit")
    browser.send(f"{at}/r/1/edit", f'action="{at}/r/1/edit"', title="Semillas", question="¿Cuáles?")
    assert "Guardado" in browser.page and "¿Cuáles?" in browser.page
    old = next(one.title for one in rows(app, Room, Room.number) if one.number == 1)
    other.page = shown_before[f"{at}/r/1/edit"]
    other.send(f"{at}/r/1/edit", f'action="{at}/r/1/edit"', title="Covid-19 y el programa", question="¿Y cuáles no?")
    [room] = [one for one in rows(app, Room, Room.number) if one.number == 1]
    assert (room.title, room.question) == (old, "¿Y cuáles no?"), "what another has corrected meanwhile stays"
    browser.open(f"{at}/edit")
    browser.send(f"{at}/edit", f'action="{at}/edit"', **fields | {"title": "Otra vez", "delegations": "Puno\nCoata"})
    other.page = shown_before[f"{at}/edit"]
    other.send(f"{at}/edit", f'action="{at}/edit"', **fields | {"delegations": "Puno\nAcora"})
    [it] = [one for one in rows(app, Workshop) if one.id == meeting["workshop"]]
    assert it.title == "Otra vez"
    assert sorted(one.name for one in rows(app, Delegation)) == sorted([*names[:-1], "Tilali", "Coata", "Puno", "Acora"])
    seat = rosa.place["seats"][0]["id"]
    browser.open(f"{at}/people/{seat}")
    before = other.open(f"{at}/people/{seat}")
    browser.send(f"{at}/people/{seat}/edit", "/edit", name="Rosa", delegation=rows(app, Delegation)[0].id, channel="phone")
    assert rows(app, Seat)[0].channel == "phone" and "por teléfono" in browser.page.lower()
    other.page = before  # what the first has corrected meanwhile stays
    other.send(f"{at}/people/{seat}/edit", "/edit", name="Rosa Mamani", delegation="", channel="hall")
    assert (rows(app, Seat)[0].name, rows(app, Seat)[0].channel) == ("Rosa Mamani", "phone")
    for was in ("[" * 9_000, "[]", "no", '{"title": 5}'):
        answer = browser.http.post(f"{at}/people/{seat}/edit", data=dict(FIELD.findall(browser.page)) | {
            "was": was, "name": "Rosa Mamani"})
        assert answer.status_code == 303, was[:9]
    said = browser.open(f"{at}/history")
    assert "cambió el título de la sala" in said and "corrigió el taller" in said


def test_people_are_moved_by_hand_and_none_into_a_room_that_is_not_open(app, meeting, phone, elena, do):
    rosa, julio, mallory = phone(), phone(), phone()
    first, second, third = meeting["rooms"]
    ok(rosa.join(meeting["code"], "Rosa", "Wara"))
    ok(julio.join(meeting["code"], "Julio", room=None))
    ok(mallory.join(meeting["code"], "Mallory"))
    rosa_, wara, julio_ = (one["id"] for one in (*rosa.place["seats"], *julio.place["seats"]))
    removed = mallory.place["seats"][0]["id"]
    ok(do("seat.remove", seats=[removed]))
    idea = {"activity": cast.activities(app, first)["ideas"], "text": "Lo que ya escribía"}

    def where() -> dict[str, str]:
        with app.extensions["house"].store.read() as session:
            return dict(session.query(RoomSeat.seat_id, RoomSeat.room_id).filter(RoomSeat.left_at.is_(None)).all())
    ok(do("seat.move", seats=[rosa_, julio_], to=second))
    assert where() == {rosa_: second, wara: first, julio_: second}
    assert len(record(app, "seat.move")) == 2
    assert rosa.post(**idea)["code"] == "left_room" and ok(rosa.post(**idea, seat=1))
    ok(do("seat.move", seats=[rosa_, julio_], to=second))
    assert len(record(app, "seat.move")) == 2, "they are there"
    ok(do("seat.move", seats=[julio_], to=None))
    assert julio_ not in where()
    ok(elena.do("room.close", {"room": third}, None))
    for seats, to, code in (([rosa_], third, "room_closed"), ([rosa_], "another", "not_here"),
                            ([removed], second, "not_here"), ([wara, "another"], second, "not_here")):
        assert do("seat.move", seats=seats, to=to)["code"] == code
    assert where() == {rosa_: second, wara: first}


def test_what_was_written_without_a_line_stands_in_the_room_in_which_it_was_written(app, meeting, phone, do):
    rosa, julio, (first, second, _third) = phone(), phone(), meeting["rooms"]
    ok(rosa.join(meeting["code"], "Rosa"))
    ok(julio.join(meeting["code"], "Julio"))
    board, seat = cast.activities(app, first)["ideas"], rosa.place["seats"][0]["id"]
    ok(do("seat.move", seats=[seat], to=second))

    def said(text: str, age_ms: int) -> dict:
        return rosa.do("contribution.add", {"activity": board, "id": secrets.token_urlsafe(9), "body": {"text": text}},
                       age_ms=age_ms)
    ok(said("Antes de que me llevaran", 60_000))
    late = said("Después", 0)
    assert late["code"] == "left_room" and late["tray"]
    texts = [card["body"]["text"] for card in julio.catch_up(first).values() if card.get("kind") == "idea"]
    assert texts == ["Antes de que me llevaran"]
    mallory = phone()
    ok(mallory.join(meeting["code"], "Mallory", room=2))
    stranger = mallory.do("contribution.add", {"activity": board, "id": secrets.token_urlsafe(9), "body": {"text": "Ajeno"}},
                          age_ms=60_000)
    assert stranger["code"] == "not_here", "who was never inside writes nothing there"


def test_a_workshop_that_is_over_is_read_keeps_what_comes_late_and_can_be_opened_again(app, meeting, phone, elena, do):
    rosa, room = phone(), meeting["rooms"][0]
    ok(rosa.join(meeting["code"], "Rosa"))
    at = cast.activities(app, room)
    ok(rosa.post(at["ideas"], "Antes"))
    ok(do("workshop.close"))
    ok(do("workshop.close"))
    assert record(app, "workshop.close") == [({"open": True}, {"open": False})] * 3 + [({"over": False}, {"over": True})]
    assert [one.closed_at is not None for one in rows(app, Room, Room.number) if one.kind == "group"] == [True] * 3
    assert phone().join(meeting["code"], "Julio")["code"] == "workshop_closed"
    late = rosa.post(at["ideas"], "Escrita sin señal")
    assert late["code"] == "room_closed" and late["tray"]
    for verb, payload in (("room.open", {"room": room}), ("room.create", {"workshop": meeting["workshop"], "title": "Otra"}),
                          ("summary.item", {"activity": at["summary"], "id": "x" * 20, "cites": [],
                                            "body": {"text": "Una frase", "section": "idea"}})):
        assert elena.do(verb, payload, None)["code"] == "workshop_closed"
    ok(elena.do("room.edit", {"room": room, "title": "Semillas"}, None))
    assert [card["body"]["text"] for card in shown(rosa, room).values()] == ["Antes"]
    ok(do("workshop.close", on=False))
    ok(elena.do("room.open", {"room": room}, None))
    ok(elena.do("tray.admit", {"room": room, "tray": late["tray"]}, None))
    ok(rosa.post(at["ideas"], "Después"))


def test_a_room_has_a_call_outside_that_only_those_inside_are_told(app, meeting, phone, elena):
    room = meeting["rooms"][0]
    rosa, julio = phone(), phone()
    ok(rosa.join(meeting["code"], "Rosa"))
    ok(julio.join(meeting["code"], "Julio", room=2))
    assert elena.do("room.edit", {"room": room, "call": "javascript:alert(1)"}, None)["code"] == "bad_call"
    ok(elena.do("room.edit", {"room": room, "call": " https://meet.example.org/sala-1 "}, None))
    assert rosa.catch_up(meeting["workshop"])[room]["call"] == "https://meet.example.org/sala-1"
    assert "call" not in julio.catch_up(meeting["workshop"])[room]
    link = 'href="https://meet.example.org/sala-1" rel="noreferrer" target="_blank"'
    for path in ("", "/r/1"):
        page = rosa.http.get(f"/w/{meeting['workshop']}{path}").get_data(as_text=True)
        assert link in page, path
        assert link not in julio.http.get(f"/w/{meeting['workshop']}").get_data(as_text=True)
    desk = Browser(app)
    desk.http = elena.http
    desk.open(f"/w/{meeting['workshop']}/r/1/edit")
    desk.send(f"/w/{meeting['workshop']}/r/1/edit", "/edit", call="", title="Covid")
    assert "call" not in rosa.catch_up(meeting["workshop"])[room]
