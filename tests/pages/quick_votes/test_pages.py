"""The pages of votes that stand by themselves: opened with two taps, voted on one after the other, without script too."""
import re

import pytest
from sqlalchemy import select

from tests.bench.quick_vote import bill
from tests.support import cast
from workshop.domain.kinds import votes as kinds_of_vote
from workshop.pages.quick_votes.opening import ready
from workshop.store.models import Activity, Room

ok = cast.ok


def token(page: str) -> str:
    return re.search(r'name="token" value="([^"]+)"', page)[1]


def send(phone, path: str, **fields) -> tuple[int, str]:
    """Fills the form of a page in and sends it; (status, where it leads or what the page says)."""
    page = phone.http.get(path).get_data(as_text=True)
    answer = phone.http.post(path, data={"token": token(page), "client": re.search(
        r'name="client" value="([^"]+)"', page)[1]} | fields)
    return answer.status_code, answer.headers.get("Location") or answer.get_data(as_text=True)


def open_votes(app) -> list[Activity]:
    with app.extensions["house"].store.read() as session:
        return session.scalars(select(Activity).where(Activity.opened_at.is_not(None)).order_by(Activity.opened_at)).all()


@pytest.fixture
def elena(app, meeting):
    return cast.facilitator(app, meeting)


@pytest.fixture
def base(meeting) -> str:
    return f"/w/{meeting['workshop']}"


def test_two_taps_open_a_vote_of_the_plenary_and_lead_back_to_where_one_was(app, meeting, elena, base):
    for start, back in (("", "desk"), ("?from=plenary", "plenary")):
        status, to = send(elena, f"{base}/vote{start}", ready="yes_no", room="plenary", back=f"{base}/{back}",
                          title="¿Seguimos?")
        assert (status, to) == (303, f"{base}/{back}")
    one, _other = open_votes(app)
    answers = [option["title"]["es"] for option in one.settings["options"]]
    assert one.kind == "choice" and answers == ["Sí", "No", "Me abstengo"]
    assert send(elena, f"{base}/vote", ready="yes_no", room="plenary", title="¿Seguimos?",
                back="https://evil.example/")[1] == f"{base}/vote"


def test_each_of_several_rooms_gets_a_vote_of_its_own(app, meeting, elena, base):
    send(elena, f"{base}/vote", ready="yes_no", room=["1", "3"], title="¿Seguimos?", minutes="5", reveal="close")
    assert [one.room_id for one in open_votes(app)] == [meeting["rooms"][0], meeting["rooms"][2]]
    assert all(one.closes_at and one.settings["reveal"] == "close" and one.title == "¿Seguimos?" for one in open_votes(app))


@pytest.mark.parametrize("one", ready(), ids=lambda one: one["key"])
def test_whatever_is_ready_made_can_be_opened_and_answered_without_script(app, meeting, elena, base, phone, one):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    assert send(elena, f"{base}/vote", ready=one["key"], room="plenary", title="¿Seguimos?")[0] == 303
    [vote] = open_votes(app)
    page = rosa.http.get(f"{base}/vote/{vote.id}").get_data(as_text=True)
    value = re.search(r'name="cast"\s+value="([^"]+)"', page)[1]
    posts = {action for action in re.findall(r'<form[^>]* action="([^"]+)"', page) if action.startswith("/w/")}
    assert posts == {f"{base}/vote/{vote.id}"}
    status, to = send(rosa, f"{base}/vote/{vote.id}", cast=value, seat=rosa.place["seats"][0]["id"], said="riego")
    assert status == 303
    answered = rosa.http.get(to).get_data(as_text=True)
    assert 'aria-pressed="true"' in answered or 'value="riego"' in answered


def test_what_kinds_declare_is_what_can_be_asked_without_a_board():
    ready_made = {one["key"] for one in ready()} - {"yes_no"}
    named = {name for name, kind in kinds_of_vote().items() if kind.alone and kind.options and kind.options.instead}
    alone = {name for name, kind in kinds_of_vote().items() if kind.alone}
    assert {"light", "consent", "scale"} <= ready_made and "choice" in named and alone <= ready_made | named


def test_own_answers_and_what_is_wrong_with_them_keeps_what_was_typed(app, meeting, elena, base):
    status, page = send(elena, f"{base}/vote", ready="own", kind="choice", room="plenary", title="¿Dónde?",
                        options="Oruro\nPuno\n oruro ")
    assert status == 200 and 'role="alert"' in page and "Puno" in page and "¿Dónde?" in page and not open_votes(app)
    assert send(elena, f"{base}/vote", ready="own", kind="choice", room="plenary", title="¿Dónde?",
                options="Oruro\nPuno\n\n")[0] == 303
    assert send(elena, f"{base}/vote", ready="yes_no", title="nowhere", room="99")[0] == 200
    [vote] = open_votes(app)
    assert [option["title"] for option in vote.settings["options"]] == ["Oruro", "Puno"]


def test_the_team_sees_how_many_have_voted_and_closes_it_from_the_page(app, meeting, elena, base, phone):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa", "Julio")
    send(elena, f"{base}/vote", ready="yes_no", room="plenary", title="¿Diez minutos más?")
    [vote] = open_votes(app)
    ok(rosa.do("ballot.cast", {"activity": vote.id, "choices": {"yes": 1}, "base_rev": 0}))
    page = elena.http.get(f"{base}/vote", headers={"Accept-Language": "es"}).get_data(as_text=True)
    assert "votaron 1 de 2" in page
    numbers = elena.http.get(f"{base}/progress").get_json()
    assert numbers["votes"] == {vote.id: [1, 2]}
    assert send(elena, f"{base}/vote", do="close", vote=vote.id)[0] == 303
    assert open_votes(app)[0].closed_at


def test_a_facilitator_lets_the_rapporteurs_of_a_room_open_votes(app, meeting, elena, base):
    send(elena, f"{base}/vote", do="let", let=["2"])
    with app.extensions["house"].store.read() as session:
        assert [room.number for room in session.scalars(select(Room)) if room.lets_vote] == [2]
    send(elena, f"{base}/vote", do="let")
    with app.extensions["house"].store.read() as session:
        assert not [room for room in session.scalars(select(Room)) if room.lets_vote]


@pytest.fixture
def shared(app, meeting, elena, base, phone):
    """A phone of two, and the page of a vote that is open."""
    both = phone()
    both.join(meeting["code"], "Julio Mamani", "Rosa Choque", delegation=cast.delegations(app, meeting)[0])
    send(elena, f"{base}/vote", ready="yes_no", room="plenary", title="¿Diez minutos más?")
    return both, f"{base}/vote/{open_votes(app)[0].id}"


def test_people_who_share_a_phone_vote_one_after_the_other_and_see_nothing_of_each_other(app, meeting, shared):
    phone, path = shared
    julio, rosa = (seat["id"] for seat in phone.place["seats"])

    def read(where: str) -> str:
        return phone.http.get(where, headers={"Accept-Language": "es"}).get_data(as_text=True)
    assert "Pase el teléfono a" in read(path) and "Julio Mamani" in read(path) and 'name="cast"' not in read(path)
    value = re.search(r'name="cast" value="([^"]+:yes:[^"]+)"', read(f"{path}?seat={julio}&go=1"))[1]
    _status, to = send(phone, f"{path}?seat={julio}&go=1", cast=value, seat=julio)
    assert "Listo, pasar a Rosa Choque" in read(to)
    hers = read(f"{path}?seat={rosa}")
    assert "Soy Rosa Choque, empezar" in hers and "aria-pressed=\"" not in hers and "Sí" not in hers
    assert 'aria-pressed="true"' not in read(f"{path}?seat={rosa}&go=1")
    send(phone, f"{path}?seat={rosa}&go=1", cast=value, seat=rosa)
    assert "Todos los votos de este aparato están guardados." in read(path)


def test_pages_without_script_have_the_vote_in_sight(app, meeting, shared, base):
    phone, path = shared
    for page in ("", "/r/1", "/plenary"):
        assert f'href="{path}"' in phone.http.get(base + page).get_data(as_text=True), page


def test_a_vote_of_a_room_is_for_its_people(app, meeting, elena, base, phone):
    inside, outside, stranger = phone(), phone(), phone()
    inside.join(meeting["code"], "Rosa")
    outside.join(meeting["code"], "Luis", room=2)
    send(elena, f"{base}/r/1/vote", ready="yes_no", title="¿Seguimos?")
    [vote] = open_votes(app)
    path = f"{base}/vote/{vote.id}"
    assert [one.http.get(path).status_code for one in (inside, outside, stranger)] == [200, 404, 404]
    refused = outside.do("ballot.cast", {"activity": vote.id, "choices": {"yes": 1}, "base_rev": 0})
    assert refused["code"] == "not_here"
    assert f'href="{path}"' not in outside.http.get(f"{base}/r/2").get_data(as_text=True)


def test_after_the_close_the_ballot_page_and_the_plenary_show_what_came_of_it(app, meeting, elena, shared, base):
    phone, path = shared
    vote = open_votes(app)[0]
    ok(phone.do("ballot.cast", {"activity": vote.id, "choices": {"yes": 1}, "base_rev": 0}))
    assert "Votaciones del plenario" not in phone.http.get(
        f"{base}/plenary", headers={"Accept-Language": "es"}).get_data(as_text=True)
    ok(elena.do("vote.close", {"activity": vote.id}, None))
    for page in (path, f"{base}/plenary"):
        shown = phone.http.get(page, headers={"Accept-Language": "es"}).get_data(as_text=True)
        assert 'class="result outcome' in shown and "¿Diez minutos más?" in shown and 'name="cast"' not in shown
    late = phone.http.post(path, headers={"Accept-Language": "es"}, data={
        "token": token(elena.http.get(f"{base}/vote").get_data(as_text=True)), "client": "c" * 20,
        "seat": phone.place["seats"][0]["id"], "cast": f"{vote.id}:no:1:only"})
    assert late.status_code != 303


def test_a_quick_vote_costs_a_phone_few_bytes(tmp_path):
    *line, (_part, n) = bill(tmp_path).items()
    assert sum(each for _name, each in line) <= 1000 and n <= 3500


def test_whoever_chooses_rooms_asks_them_alone(app, meeting, elena, base):
    send(elena, f"{base}/vote", ready="yes_no", room=["plenary", "3"], title="¿Seguimos?")
    assert [one.room_id for one in open_votes(app)] == [meeting["rooms"][2]]
    shut = cast.ok(cast.facilitator(app, meeting).do("room.close", {"room": meeting["rooms"][1]}, None))
    assert shut and 'name="room" value="2"' not in elena.http.get(f"{base}/vote").get_data(as_text=True)


def test_who_may_not_vote_gets_no_ballot_and_who_may_reads_the_rules(app, meeting, elena, base, phone):
    lead, (first, second, *_more) = cast.facilitator(app, meeting), cast.delegations(app, meeting)
    with app.extensions["house"].store.read() as session:
        plenary = session.scalar(select(Room.id).where(Room.workshop_id == meeting["workshop"], Room.kind == "plenary"))
    rules = {"who": {"delegations": [first]}, "named": "secret"}
    vote = cast.ok(lead.do("vote.open", {"room": plenary, "kind": "scale", "title": "¿Seguimos?",
                                    "settings": {"reveal": "close", "rules": rules}}, None))["card"]["id"]
    said = {}
    for name, of in (("Rosa", first), ("Carla", second)):
        one = phone()
        one.join(meeting["code"], name, delegation=of)
        said[name] = one.http.get(f"{base}/vote/{vote}", headers={"Accept-Language": "es"}).get_data(as_text=True)
    assert "No toma parte" in said["Carla"] or "no participa" in said["Carla"], said["Carla"][-900:]
    assert 'name="cast"' not in said["Carla"] and 'name="cast"' in said["Rosa"]
    assert "Votan solo" in said["Rosa"] and "Voto secreto" in said["Rosa"]


def test_without_a_question_nothing_opens_and_what_was_typed_stays(app, elena, base):
    status, page = send(elena, f"{base}/vote", ready="own", kind="choice", room="plenary", title="  ", options="Puno\nOruro")
    assert status == 200 and "Escriba primero la pregunta" in page and "Puno\nOruro</textarea>" in page
    assert not open_votes(app)


def test_the_rules_are_set_before_it_opens(app, meeting, elena, base):
    second = cast.delegations(app, meeting)[1]
    asked = {"ready": "yes_no", "room": "plenary", "title": "¿Firmamos?", "ruled": "1", "own": "1", "staff": "1",
             "delegations": second, "one_per": "delegation", "named": "all", "closer": "rapporteur"}
    assert "Solo estas delegaciones" not in send(elena, f"{base}/vote", **asked)[1]
    [vote] = open_votes(app)
    assert vote.settings["rules"] == {"who": {"delegations": [second]}, "one_per": "delegation", "named": "all",
                                      "closer": "rapporteur"}
    wrong = send(elena, f"{base}/vote", **asked | {f"weights.{second}": "3"})
    assert wrong[0] == 200 and f'name="weights.{second}"' in wrong[1] and 'value="3"' in wrong[1], "kept as it was chosen"
    assert re.search(rf'name="delegations"\s+value="{second}" checked', wrong[1])
    assert len(open_votes(app)) == 1


def test_a_secret_vote_of_few_warns_before_it_opens(app, meeting, elena, base, phone):
    phone().join(meeting["code"], "Rosa", "Julio", "Ana")
    asked = {"ready": "yes_no", "room": "1", "title": "¿Firmamos?", "ruled": "1", "own": "1", "staff": "1",
             "named": "secret"}
    status, page = send(elena, f"{base}/vote", **asked)
    assert status == 200 and not open_votes(app) and "Aquí solo pueden votar 3 ahora" in page and 'name="few"' in page
    assert send(elena, f"{base}/vote", few="1", **asked)[0] == 303
    [vote] = open_votes(app)
    assert vote.settings["reveal"] == "close"
    usual = {name: value for name, value in asked.items() if name not in ("named", "ready", "room", "title", "ruled")}
    send(elena, f"{base}/vote", **asked | {"named": "staff"})
    rules = f"{base}/votes/{open_votes(app)[-1].id}/rules"
    status, page = send(elena, rules, do="save", one_per="seat", closer="staff", reveal="close", named="secret", **usual)
    assert status == 200 and "Aquí solo pueden votar 3 ahora" in page and 'name="few"' in page
    phone().join(meeting["code"], "Luis", "Elvira")
    assert send(elena, rules, do="save", one_per="seat", closer="staff", reveal="close", named="secret", **usual)[0] == 303


def test_the_ends_of_a_scale_have_words_and_only_useful_rules_are_offered(app, elena, base):
    send(elena, f"{base}/vote", ready="scale", room="plenary", title="¿Qué tan lejos estamos?")
    [vote] = open_votes(app)
    assert [mark["title"]["es"] for mark in vote.settings["marks"]] == ["nada", "del todo"]
    page = elena.http.get(f"{base}/votes/{vote.id}/rules").get_data(as_text=True)
    assert 'type="checkbox" name="own"' not in page and 'value="deadline"' not in page
