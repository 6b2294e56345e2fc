"""The list of expected people: made, brought in, found at the door, counted day by day, printed."""
import io
import json
import re
from datetime import timedelta
from html import unescape

import openpyxl
import pytest

from tests.pages.facilitator.people import Browser, joined
from tests.support import cast
from workshop.domain.ids import spell
from workshop.domain.limits import NAMES_LOOKED_UP
from workshop.store.models import ExpectedPerson, History, Presence, Seat, Workshop


@pytest.fixture
def at(meeting) -> str:
    return f"/w/{meeting['workshop']}"


@pytest.fixture
def do(app, meeting):
    """Elena does something with the list."""
    elena = cast.facilitator(app, meeting)
    return lambda verb, **payload: elena.do(verb, {"workshop": meeting["workshop"], **payload}, seat=None)


def rows(app, table, *order) -> list:
    with app.extensions["house"].store.read() as session:
        return session.query(table).order_by(*order).all()


def text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.split("</style>")[1])).split())


def expect(app, meeting, do, *names: str, channel: str = "") -> dict[str, ExpectedPerson]:
    """These people are on the list, of the first delegation; {name: row}."""
    here = cast.delegations(app, meeting)[0]
    cast.ok(do("roster.add", people=[{"name": name, "delegation": here, "channel": channel} for name in names]))
    return {one.name: one for one in rows(app, ExpectedPerson)}


def test_people_are_put_on_the_list_and_same_names_in_other_spellings_are_told(app, meeting, do):
    here = cast.delegations(app, meeting)[0]
    long = "María " + "Ñ" * 74
    people = [{"name": "Rosa Mamani"}, {"name": " rosa  mamaní ", "delegation": here}, {"name": "Rosa Mamani"},
              {"name": long, "channel": "remote"}]
    answer = cast.ok(do("roster.add", people=people))
    assert answer["added"] == 4 and answer["alike"] == [["rosa mamaní", "Rosa Mamani"], ["Rosa Mamani", "Rosa Mamani"]]
    found = rows(app, ExpectedPerson)
    assert {one.name for one in found} == {"Rosa Mamani", "rosa mamaní", long} and len({one.code for one in found}) == 4
    for bad, code in (({"name": "\u200b"}, "name_missing"), ({"name": "x" * 81}, "too_long"),
                      ({"name": "Luz", "delegation": "another"}, "no_such_delegation"),
                      ({"name": "Luz", "channel": "pigeon"}, "bad_channel")):
        assert do("roster.add", people=[{"name": "Luz"}, bad])["code"] == code
    assert do("roster.add", people=[{"name": "Luz"}] * 2001)["code"] == "bad_payload"
    assert len(rows(app, ExpectedPerson)) == 4, "all of them or none"


def test_the_list_ends_somewhere(app, meeting, do, monkeypatch):
    monkeypatch.setattr("workshop.actions.people.roster.SEATS_EXPECTED", 2)
    assert do("roster.add", people=[{"name": f"Persona {i}"} for i in range(3)])["code"] == "too_many_expected"


def test_somebody_on_the_list_is_corrected_linked_freed_and_taken_off(app, meeting, do):
    there = cast.delegations(app, meeting)[1]
    rosa, luz = expect(app, meeting, do, "Rosa", "Luz").values()
    phone = cast.Phone(app.test_client())
    seat = cast.ok(phone.join(meeting["code"], "Rosita"))["seats"][0]["id"]
    cast.ok(do("roster.edit", person=rosa.id, name="Rosa Mamani", delegation=there, seat=seat))
    assert do("roster.edit", person=luz.id, seat=seat)["code"] == "place_taken"
    assert do("roster.edit", person=luz.id, seat="another")["code"] == "not_here"
    assert do("roster.edit", person="another", name="X")["code"] == "not_here"
    found = {one.name: one for one in rows(app, ExpectedPerson)}
    assert (found["Rosa Mamani"].seat_id, found["Rosa Mamani"].delegation_id) == (seat, there)
    cast.ok(do("roster.edit", person=rosa.id, seat=None))
    assert do("roster.remove", people=[luz.id, "another"])["code"] == "not_here"
    cast.ok(do("roster.remove", people=[luz.id]))
    [left] = rows(app, ExpectedPerson)
    assert (left.name, left.seat_id, left.taken_at) == ("Rosa Mamani", None, None)
    assert [one.verb for one in rows(app, History, History.id) if one.verb.startswith("roster")] == [
        "roster.add", "roster.edit", "roster.edit", "roster.remove"]


def test_a_delegation_from_which_somebody_is_expected_stays(app, meeting, do):
    there = cast.delegations(app, meeting)
    expect(app, meeting, do, "Rosa")
    answer = do("workshop.edit", delegations=[{"id": key, "name": f"Lugar {n}"} for n, key in enumerate(there)][1:])
    assert answer["code"] == "still_used" and cast.delegations(app, meeting) == there


def test_at_the_door_some_letters_find_a_name_and_a_tap_takes_the_seat(app, meeting, do):
    expect(app, meeting, do, "Rosa Mamani", "Rosalía Quispe", "Julio Rosas")
    came, code = Browser(app), meeting["code"]
    page = came.open(f"/j/{code}?r=2")
    assert "Rosa Mamani" not in page and f'action="/j/{code}/find"' in page
    assert "Mamani" not in came.open(f"/j/{code}/find?q=ro&r=2") and "al menos 3 letras" in text(came.page)
    page = came.open(f"/j/{code}/find?q=ROSA&r=2")
    assert all(name in page for name in ("Rosa Mamani", "Rosalía Quispe", "Julio Rosas"))
    assert "Rosalía" not in came.open(f"/j/{code}/find?q=rosa+mam&r=2")
    tap = re.search(r'name="take" value="([^"]+\|remote)"', came.page)[1]
    came.send(f"/j/{code}/find", "plain", take=tap)
    assert came.path == f"{'/w/' + meeting['workshop']}/r/2"
    [seat] = rows(app, Seat)
    person = next(one for one in rows(app, ExpectedPerson) if one.name == "Rosa Mamani")
    assert (seat.name, seat.channel, seat.delegation_id) == ("Rosa Mamani", "remote", person.delegation_id)
    assert person.seat_id == seat.id and person.taken_at
    other = Browser(app)
    other.open(f"/j/{code}/find?q=rosa+mam")
    assert "Ya está aquí" in text(other.page) and "take" not in other.page
    other.open(f"/j/{code}/find?q=jul")
    other.send(f"/j/{code}/find", "plain", take=tap)
    assert "Rosa Mamani ya está aquí" in other.said, "who takes it a second time is told"
    other.send(f"/j/{code}/find", "plain", take="another|hall")
    assert "ya no está en la lista" in other.said


def test_many_names_are_not_shown_at_once_and_look_ups_are_bounded(app, meeting, do):
    expect(app, meeting, do, *(f"Persona {i}" for i in range(9)))
    came = Browser(app)
    page = came.open(f"/j/{meeting['code']}/find?q=persona")
    assert page.count("<li>") == 5 and "Hay más" in text(page)
    names, key = app.extensions["house"].names, f"{meeting['workshop']} 127.0.0.1"
    import time
    names.spend(key, time.monotonic(), NAMES_LOOKED_UP)
    assert "Persona 1" not in came.open(f"/j/{meeting['code']}/find?q=persona") and came.status == 429


def test_a_contact_code_leads_to_the_seat_before_it_is_taken_and_after(app, meeting, do):
    rosa = expect(app, meeting, do, "Rosa", channel="hall")["Rosa"]
    came, again = Browser(app), Browser(app)
    came.open("/")
    came.send("/", "code", code=rosa.code.lower())
    assert came.path == f"/j/{meeting['code']}/find" and "Rosa" in came.page
    came.send(f"/j/{meeting['code']}/find", "plain", take=f"{rosa.id}|hall")
    [seat] = rows(app, Seat)
    again.open("/")
    again.send("/", "code", code=rosa.code)
    assert [one["id"] for one in again.http.get("/api/me").get_json()["seats"]] == [seat.id]
    third = Browser(app)
    third.open(f"/j/{meeting['code']}/find?q={rosa.code}")
    third.send("/", 'action="/"')
    assert [one["id"] for one in third.http.get("/api/me").get_json()["seats"]] == [seat.id]


def test_where_the_door_is_locked_nobody_reads_the_list(app, meeting, do):
    expect(app, meeting, do, "Rosa Mamani")
    cast.ok(do("workshop.lock"))
    assert "Mamani" not in Browser(app).open(f"/j/{meeting['code']}/find?q=rosa")
    stranger = Browser(app)
    assert "Mamani" not in stranger.open("/j/ZZZZZZ/find?q=rosa") and stranger.status == 404


def test_an_alias_stands_where_aliases_are_shown(app, meeting, do):
    rosa = expect(app, meeting, do, "Rosa Mamani")["Rosa Mamani"]
    cast.ok(do("workshop.edit", privacy="alias"))
    came = Browser(app)
    came.open(f"/j/{meeting['code']}/find?q=rosa")
    came.send(f"/j/{meeting['code']}/find", "plain", take=f"{rosa.id}|hall", alias="Flor")
    assert [one.name for one in rows(app, Seat)] == ["Flor"]


def test_a_list_is_pasted_looked_at_and_brought_in(app, meeting, elena, at):
    elena.open(f"{at}/roster/bring")
    elena.send(f"{at}/roster/bring", "bring", do="show", text="Nombre;Delegación;Modalidad\nRosa Mamani;Taraco;presencial\n"
               "Julio;Atlántida;Virtual\nROSA MAMANI;taraco;\n" + "x" * 81 + ";Lima;\n;Lima;\n")
    page = text(elena.page)
    assert "3 personas" in page and "“Atlántida” no es ninguna de las delegaciones" in page
    assert "Se parece a Rosa Mamani, que también está en la lista. Márquelo si es otra persona." in page and "80" in page
    lines = re.findall(r'name="line" value="(\d+)"', elena.page)
    assert lines == ["2", "3", "4"]
    elena.send(f"{at}/roster/bring", "bring", do="bring", line=lines[:2], name_at="0", delegation_at="1", channel_at="2",
               header="yes")
    assert elena.path == f"{at}/roster"
    found = {one.name: one for one in rows(app, ExpectedPerson)}
    assert set(found) == {"Rosa Mamani", "Julio"}
    assert found["Rosa Mamani"].delegation_id == cast.delegations(app, meeting)[0]
    assert (found["Julio"].delegation_id, found["Julio"].channel) == (None, "remote")


def test_a_workbook_without_headings_is_read_and_one_can_choose_the_columns(app, meeting, elena, at):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in (("Taraco", "Rosa Mamani"), ("Salinas", "Julio Condori"), ("Lima", "Luz")):
        book.active.append(row)
    book.save(file)
    elena.open(f"{at}/roster/bring")
    elena.send(f"{at}/roster/bring", "bring", do="show", file=(io.BytesIO(file.getvalue()), "lista.xlsx"))
    assert "Rosa Mamani" in elena.page and "3 personas" in text(elena.page)
    elena.send(f"{at}/roster/bring", "bring", do="show", name_at="0")
    assert re.search(r'class="text"><bdi>Taraco', elena.page), "the other column was chosen"


def test_expected_here_and_missing_are_counted_by_delegation(app, meeting, do, elena, at):
    people = expect(app, meeting, do, "Rosa Mamani", "Julio", "Luz")
    assert "Nadie" not in text(elena.open(f"{at}/roster?is=absent"))
    came = Browser(app)
    came.open(f"/j/{meeting['code']}/find?q=rosa")
    came.send(f"/j/{meeting['code']}/find", "plain", take=f"{people['Rosa Mamani'].id}|hall")
    page = text(elena.open(f"{at}/roster"))
    assert "Taraco 3 1 2" in page
    assert "Rosa Mamani" in elena.open(f"{at}/roster?is=here") and "Julio" not in elena.page.split('id="all"')[1]
    elena.open(f"{at}/roster")
    elena.send(f"{at}/roster", 'class="rows"', name="Otra Persona", delegation="", channel="")
    assert "Otra Persona" in elena.page
    elena.open(f"{at}/roster/{people['Luz'].id}")
    elena.send(f"{at}/roster/{people['Luz'].id}", 'class="sheet"', name="Luz Marina", seat="")
    assert "Luz Marina" in elena.page
    elena.send(f"{at}/roster/remove", "ticked", person=people["Luz"].id)
    assert "¿Quitar a 1 persona de la lista?" in text(elena.page)
    elena.send(f"{at}/roster/remove", "confirm", person=people["Luz"].id)
    assert "Luz Marina" not in {one.name for one in rows(app, ExpectedPerson)}


def test_who_was_there_is_told_by_day_on_the_screen_on_paper_and_as_a_table(app, meeting, do, elena, at):
    joined(app, meeting, "=Rosa")
    expect(app, meeting, do, "Julio Condori")
    page = text(elena.open(f"{at}/attendance"))
    [row] = rows(app, Presence)
    assert row.arrived_at.second == 0 and "=Rosa" in page and "Faltan 1" in page and "Aquí, en el encuentro 1" in page
    paper = text(elena.open(f"{at}/attendance/print"))
    assert "Firma" in paper and "=Rosa" in paper and "Julio Condori" in paper
    table = elena.http.get(f"{at}/attendance.csv").get_data(as_text=True)
    memoria = json.loads(elena.http.get(f"{at}/report.json").data)["tables"]
    assert [one["seat_id"] for one in memoria["presence"]] == [row.seat_id]
    [expected] = memoria["expected_person"]
    assert expected["name"] == "Julio Condori" and "code" not in expected
    assert "'=Rosa" in table and ",=Rosa" not in table and "Julio Condori" in table


def test_where_nobody_is_to_see_who_wrote_the_minute_does_not_tell(app, meeting, do):
    cast.ok(do("workshop.edit", privacy="anonymous"))
    phone = cast.Phone(app.test_client())
    cast.ok(phone.join(meeting["code"], "Rosa"))
    app.extensions["house"].performer.days.write()
    assert [one.last_at.minute % 15 for one in rows(app, Presence)] == [0]


def test_a_seat_is_written_down_once_in_five_minutes(app, meeting):
    house, phone = app.extensions["house"], cast.Phone(app.test_client())
    cast.ok(phone.join(meeting["code"], "Rosa"))
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    assert house.performer.days.write() == 1
    cast.ok(phone.post(board, "Guardar semilla"))
    assert house.performer.days.write() == 0, "it is known that she is here"
    later = house.clock().replace(hour=17, minute=0) + timedelta(days=2)  # noon in Lima
    house.performer.days.heard(ids := [one.id for one in rows(app, Seat)], later)
    house.performer.days.heard(ids, later + timedelta(minutes=4))
    assert house.performer.days.write() == 1
    assert len({one.day for one in rows(app, Presence)}) == 2, "each day is one row"
    house.performer.days.heard(ids, later + timedelta(minutes=6))
    house.performer.days.write()
    last = rows(app, Presence, Presence.day)[1]
    assert last.last_at - last.arrived_at == timedelta(minutes=6)


def test_what_people_say_of_themselves_is_asked_only_where_it_is_wanted_and_shown_to_nobody(app, meeting, do, elena, at):
    code = meeting["code"]
    assert "said_gender" not in Browser(app).open(f"/j/{code}")
    elena.open(f"{at}/edit")
    elena.send(f"{at}/edit", f'action="{at}/edit"', title="Encuentro", day=[], zone=["America/Lima"], language=["es"],
               ask=["gender", "role"])
    assert rows(app, Workshop)[0].asks == ["gender", "role"]
    came = Browser(app)
    came.open(f"/j/{code}?r=1")
    assert "said_language" not in came.page and "Prefiero no decirlo" in came.page
    delegation = cast.delegations(app, meeting)[0]
    came.send(f"/j/{code}", 'method="post"', name="Rosa", delegation=delegation, channel="hall", said_gender="f",
              said_role="Partera", said_language="qu")
    other = joined(app, meeting, "Julio")
    seats = {one.name: one for one in rows(app, Seat)}
    assert seats["Rosa"].declared == {"gender": "f", "role": "Partera"} and seats["Julio"].declared is None
    everything = "".join(other.open(f"{at}{path}") for path in ("", "/r/1", "/plenary"))
    everything += other.http.get(f"/api/changes?stream={meeting['rooms'][0]}&since=0&epoch=").get_data(as_text=True)
    everything += elena.http.get(f"{at}/report.json").get_data(as_text=True)
    assert "Partera" not in everything
    elena.open(f"{at}/people/{seats['Rosa'].id}")
    assert 'value="Partera"' in elena.page
    elena.send(f"{at}/people/{seats['Rosa'].id}/edit", "/edit", name="Rosa", said_gender="", said_role="Lideresa")
    assert {one.name: one.declared for one in rows(app, Seat)}["Rosa"] == {"role": "Lideresa"}
    assert "Partera" not in str([(one.before, one.after) for one in rows(app, History)])
    assert do("workshop.edit", asks=["income"])["code"] == "bad_ask"
    assert do("seat.edit", seat=seats["Rosa"].id, declared={"gender": "?"})["code"] == "bad_declared"


def test_two_seats_are_joined_on_a_page_that_says_what_will_happen(app, meeting, elena, at):
    for name in ("Rosa Mamani", "rosa mamaní", "Julio"):
        joined(app, meeting, name)
    seats = {one.name: one.id for one in rows(app, Seat)}
    elena.open(f"{at}/people/{seats['rosa mamaní']}")
    assert "/same" in elena.page
    page = text(elena.open(f"{at}/people/{seats['rosa mamaní']}/same"))
    assert page.index("Rosa Mamani") < page.index("Julio"), "likely ones first"
    page = text(elena.open(f"{at}/people/{seats['rosa mamaní']}/same?as={seats['Rosa Mamani']}"))
    assert "Qué pasará" in page and "No se puede deshacer" in page
    elena.send(f"{at}/people/{seats['rosa mamaní']}/same", "confirm")
    assert elena.path == f"{at}/people/{seats['Rosa Mamani']}"
    assert "unió a rosa mamaní con Rosa Mamani" in text(elena.page)
    assert {one.id: one.joined_id for one in rows(app, Seat) if one.joined_id} == {
        seats["rosa mamaní"]: seats["Rosa Mamani"]}


def test_of_two_with_one_name_the_code_tells_which_stays(app, meeting, elena, at):
    for _n in range(2):
        joined(app, meeting, "Juan Condori")
    one, other = rows(app, Seat)
    page = text(elena.open(f"{at}/people/{one.id}/same?as={other.id}"))
    assert page.index(spell(one.reentry_code)) < page.index(spell(other.reentry_code))


def test_for_who_telephones_somebody_of_the_staff_writes(app, meeting, elena, at, do):
    phone = cast.Phone(app.test_client())
    seat = cast.ok(phone.join(meeting["code"], "Doña Justa"))["seats"][0]["id"]
    elena.open(f"{at}/people/{seat}")
    assert "/write" not in elena.page
    cast.ok(do("seat.edit", seat=seat, channel="phone"))
    elena.open(f"{at}/people/{seat}")
    elena.send(f"{at}/people/{seat}/write", "/write")
    assert elena.path == f"{at}/r/1"
    assert "Doña Justa" in elena.page


def test_badges_are_printed_for_each_delegation(app, meeting, do, elena, at):
    assert elena.http.get(f"{at}/badges.pdf").status_code == 400, "there is nobody yet"
    joined(app, meeting, "Julio")
    expect(app, meeting, do, "Rosa Mamani", "María " + "Ñ" * 74, "Wolfeschlegelsteinhausenbergerdorff #set [x] $y$")
    answer = elena.http.get(f"{at}/badges.pdf")
    assert answer.status_code == 200 and answer.data.startswith(b"%PDF")
    assert elena.http.get(f"{at}/badges.pdf?of=-").status_code == 400


def test_who_types_the_name_on_the_list_is_that_person(app, meeting, do):
    expect(app, meeting, do, "Braulio Apaza", "Rosa Quispe", "Rosa Quispe")
    here, there = cast.delegations(app, meeting)[:2]
    for name, delegation in (("Braulio Apaza", there), ("Rosa Quispe", here), ("Braulio  Apaza", here)):
        cast.ok(cast.Phone(app.test_client()).join(meeting["code"], name, delegation=delegation))
    taken = [(one.name, one.seat_id is not None) for one in rows(app, ExpectedPerson, ExpectedPerson.name)]
    assert taken == [("Braulio Apaza", True), ("Rosa Quispe", False), ("Rosa Quispe", False)], (
        "not from another delegation, not one of two of the same name")
    assert len(rows(app, Seat)) == 3


def test_a_phone_that_chooses_its_language_first_comes_in_all_the_same(app, meeting):
    phone = app.test_client()
    page = phone.get(f"/j/{meeting['code']}?lang=fr").get_data(as_text=True)
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    answer = phone.post(f"/j/{meeting['code']}", data={"token": token, "name": "Wara", "channel": "hall"})
    assert answer.status_code in (200, 303) and len(rows(app, Seat)) == 1


def test_names_with_commas_between_are_people_and_who_is_on_the_list_already_is_not_ticked(app, meeting, do, elena, at):
    expect(app, meeting, do, "Rosa Mamani")
    elena.open(f"{at}/roster/bring")
    elena.send(f"{at}/roster/bring", "bring", do="show",
               text="Ana Quispe, Rosa Mamani\nCondori, Julio\nWara Choque, Taraco")
    said = text(elena.page)
    assert "Estaba en una línea con Rosa Mamani" in said
    lines = re.findall(r'name="line" value="(\d+)"( checked)?>.*?<bdi>([^<]+)</bdi>', elena.page, re.S)
    assert [(name, bool(checked)) for _n, checked, name in lines][:3] == [
        ("Ana Quispe", True), ("Rosa Mamani", False), ("Condori, Julio", True)]
    assert "Taraco" not in [name for _n, _c, name in lines], "a delegation is nobody's name"


def test_a_program_seats_somebody_by_the_code_of_the_list_with_what_they_say_of_themselves(app, meeting, do, phone):
    code = expect(app, meeting, do, "Rosa Mamani")["Rosa Mamani"].code
    cast.ok(do("workshop.edit", asks=["gender"]))

    def join(one, **said):
        return one.http.post("/api/join", headers={"X-Workshop": "1"}, json={
            "code": meeting["code"], "seats": [{"name": "Rosa", "channel": "hall"} | said], "room": None}).get_json()
    assert join(phone(), expected="ABCDEFGH")["code"] == "wrong_code"
    assert join(phone(), declared={"gender": "q"})["code"] == "bad_declared"
    cast.ok(join(phone(), expected=spell(code), declared={"gender": "f", "role": "not asked"}))
    [seat], [person] = rows(app, Seat), rows(app, ExpectedPerson)
    assert person.seat_id == seat.id and seat.declared == {"gender": "f"}
    assert join(phone(), expected=code)["code"] == "place_taken"


def test_each_person_on_a_phone_is_asked_what_the_workshop_asks(app, meeting, do):
    cast.ok(do("workshop.edit", asks=["gender"]))
    family = Browser(app)
    family.open(f"/j/{meeting['code']}")
    assert 'name="said_gender_1"' in family.page
    here = cast.delegations(app, meeting)[0]
    family.send(f"/j/{meeting['code']}", 'method="post"', name=["Rosa", "Julio"], delegation=[here, ""], channel="hall",
                said_gender="f", said_gender_1="m")
    assert {one.name: one.declared for one in rows(app, Seat)} == {"Rosa": {"gender": "f"}, "Julio": {"gender": "m"}}


def test_attendance_is_a_workbook_too_and_no_name_in_it_is_a_formula(app, meeting, phone, at):
    cast.ok(phone().join(meeting["code"], "=1+1", "Rosa Mamani"))
    answer = cast.facilitator(app, meeting).http.get(f"{at}/attendance.xlsx", headers={"Accept-Language": "es"})
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    lines = list(book.worksheets[0].iter_rows(values_only=True))
    assert {line[1] for line in lines[1:]} == {"=1+1", "Rosa Mamani"}
    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row} <= {"s", "n"}
    assert list(book.worksheets[1].iter_rows(values_only=True))[1][1] == 2
