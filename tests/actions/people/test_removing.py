"""Participants are removed, kept out, let back in, and called by another name."""
import pytest

from tests.support.cast import activities, facilitator, ok, shown
from workshop.actions.rooms import workshops
from workshop.store.models import BarredDevice, History, Membership, RoomSeat, Seat, Workshop


def joined(phone, meeting, *names):
    somebody = phone()
    ok(somebody.join(meeting["code"], *names))
    return somebody, [seat["id"] for seat in somebody.place["seats"]]


def comes_back(phone, code: str):
    """Somebody on a new phone, with the code for coming back."""
    other = phone()
    page = other.http.get("/").get_data(as_text=True)
    token = page.split('name="token" value="')[1].split('"')[0]
    other.http.post("/", data={"token": token, "code": code})
    return other.http.get("/api/me").status_code


def test_a_device_from_which_somebody_was_removed_for_good_makes_no_seat_more(meeting, phone, do):
    mallory, seats = joined(phone, meeting, "Mallory")
    code = mallory.place["seats"][0]["code"]
    ok(do("seat.remove", seats=seats, bar=True))
    assert mallory.join(meeting["code"], "Otra vez")["code"] == "device_barred"
    assert comes_back(phone, code) == 401, "the code for coming back is worth nothing"
    assert phone().join(meeting["code"], "Rosa")["ok"], "other devices are not meant"


def test_who_was_removed_without_that_sits_down_anew_and_has_a_voice_less_each_time(meeting, phone, do):
    mallory, seats = joined(phone, meeting, "Mallory")
    for i in range(11):
        ok(do("seat.remove", seats=seats))
        seats = [seat["id"] for seat in ok(mallory.join(meeting["code"], f"Mallory {i}"))["seats"]]
    ok(do("seat.remove", seats=seats))
    assert mallory.join(meeting["code"], "La decimotercera")["code"] == "too_many_seats"


def test_the_seats_of_other_workshops_are_no_burden_for_a_device(app, meeting, phone):
    house, shared = app.extensions["house"], phone()
    with house.store.write() as session:
        codes = [workshops.create_workshop(session, house.clock(), None, f"Taller {i}").code for i in range(2)]
    for code in (*codes, meeting["code"]):
        assert ok(shared.join(code, *(f"Persona {i}" for i in range(7)), room=None))
    assert shared.join(meeting["code"], *(f"Más {i}" for i in range(6)))["code"] == "too_many_seats"


def test_the_others_on_a_shared_phone_stay_but_nobody_new_comes_by_it(app, meeting, phone, do):
    family, (_rosa, julio) = joined(phone, meeting, "Rosa", "Don Julio")
    board = activities(app, meeting["rooms"][0])["ideas"]
    ok(do("seat.remove", seats=[julio], bar=True))
    assert family.post(board, "De Rosa", 0)["ok"]
    assert family.post(board, "De Julio", 1)["code"] == "not_your_seat"
    assert family.join(meeting["code"], "Julio otra vez")["code"] == "device_barred"


def test_many_are_removed_with_one_command_or_none_of_them(app, meeting, phone, do):
    _crowd, seats = joined(phone, meeting, *(f"Persona {i}" for i in range(12)))
    assert do("seat.remove", seats=[*seats, "nobody-of-here"])["code"] == "not_here"
    with app.extensions["house"].store.read() as session:
        assert session.query(Seat).filter(Seat.revoked_at.is_not(None)).count() == 0
    ok(do("seat.remove", seats=seats, bar=True))
    with app.extensions["house"].store.read() as session:
        assert session.query(Seat).filter(Seat.revoked_at.is_(None)).count() == 0
        assert session.query(BarredDevice).count() == 12
        assert session.query(RoomSeat).filter(RoomSeat.left_at.is_(None)).count() == 0
        told = session.query(History).filter_by(verb="seat.remove").all()
        assert [one.account_id for one in told] == [meeting["owner"]] * 12
        assert told[0].after == {"removed": True, "barred": True}


@pytest.mark.parametrize("seats", [[], ["x" * 300] * 201, "Rosa"])
def test_what_is_no_list_of_seats_is_refused(do, seats):
    assert do("seat.remove", seats=seats)["code"] == do("seat.readmit", seats=seats)["code"] == "bad_payload"


def test_who_is_let_back_in_is_there_as_before_with_the_same_phone_and_code(app, meeting, phone, do):
    rosa, seats = joined(phone, meeting, "Rosa")
    board = activities(app, meeting["rooms"][0])["ideas"]
    ok(do("seat.remove", seats=seats, bar=True))
    assert rosa.post(board, "Antes")["code"] == "not_your_seat"
    ok(do("seat.readmit", seats=seats))
    assert rosa.post(board, "Después")["ok"], "in the room in which she was"
    assert ok(rosa.join(meeting["code"], "Su hermana")), "and her phone brings others again"
    assert comes_back(phone, rosa.place["seats"][0]["code"]) == 200
    ok(do("seat.readmit", seats=seats))  # twice does no harm


def test_who_typed_for_somebody_is_not_kept_out_with_them(app, meeting, do, elena):
    helped = ok(elena.join(meeting["code"], "Doña Justa", channel="paper"))["seats"][0]["id"]
    ok(do("seat.remove", seats=[helped], bar=True))
    assert ok(elena.join(meeting["code"], "Don Pedro", channel="paper")), "the facilitator's laptop stays good for it"


def test_another_name_stands_on_every_card_of_the_person(app, meeting, phone, do):
    mallory, seats = joined(phone, meeting, "Equipo facilitador")
    rosa, _seats = joined(phone, meeting, "Rosa")
    room = meeting["rooms"][0]
    board = activities(app, room)["ideas"]
    ok(mallory.post(board, "Todos voten por mí"))
    assert [card["name"] for card in shown(rosa, room).values()] == ["Equipo facilitador"]
    ok(do("seat.rename", seat=seats[0], name=" Luis\u202e  Mamani "))
    assert [card["name"] for card in shown(rosa, room).values()] == ["Luis Mamani"]
    assert do("seat.rename", seat=seats[0], name="\u200b")["code"] == "name_missing"
    with app.extensions["house"].store.read() as session:
        assert session.query(History).filter_by(verb="seat.rename").one().after == {"name": "Luis Mamani"}


def test_where_nobody_sees_who_wrote_another_name_moves_no_card(app, meeting, phone, elena):
    with app.extensions["house"].store.write() as session:
        session.get(Workshop, meeting["workshop"]).privacy = "anonymous"
    rosa, seats = joined(phone, meeting, "Rosa")
    julio, _seats = joined(phone, meeting, "Julio")
    room = meeting["rooms"][0]
    ok(rosa.post(activities(app, room)["ideas"], "Una idea"))
    before = shown(julio, room)
    ok(elena.do("seat.rename", {"workshop": meeting["workshop"], "seat": seats[0], "name": "Otra"}, seat=None))
    after = shown(julio, room)
    assert before and {key: card["seq"] for key, card in before.items()} == {key: card["seq"] for key, card in after.items()}


@pytest.mark.parametrize(("verb", "payload"), [
    ("seat.remove", {"seats": ["{seat}"]}), ("seat.readmit", {"seats": ["{seat}"]}),
    ("seat.rename", {"seat": "{seat}", "name": "X"}), ("workshop.lock", {}), ("workshop.code", {}), ("workshop.wall", {}),
    ("workshop.expect", {"people": 9})])
def test_only_who_facilitates_this_workshop_does_any_of_it(app, meeting, phone, verb, payload):
    rosa, seats = joined(phone, meeting, "Rosa")
    filled = {key: [seats[0]] if isinstance(value, list) else seats[0] if value == "{seat}" else value
              for key, value in payload.items()} | {"workshop": meeting["workshop"]}
    assert rosa.do(verb, filled)["code"] == "forbidden"
    assert rosa.do(verb, filled, seat=None)["code"] == "not_here"
    rapporteur = facilitator(app, meeting)
    with app.extensions["house"].store.write() as session:
        session.query(Membership).filter_by(workshop_id=meeting["workshop"]).one().role = "rapporteur"
    assert rapporteur.do(verb, filled, seat=None)["code"] == "forbidden"
    foreign = filled | {"workshop": "another-one-of-them"}
    assert rapporteur.do(verb, foreign, seat=None)["code"] == "not_here"
