"""The thread reaches across rooms: what may be cited by whom, and what becomes of a citation whose card goes."""
import re
import secrets

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support import cast
from workshop.actions.accounts import team
from workshop.actions.people import sessions
from workshop.actions.rooms import workshops
from workshop.domain.visibility import Viewer
from workshop.exports import reader
from workshop.store.models import Account, Room, Workshop
from workshop.words import speaking


@pytest.fixture
def rosa(app, meeting, phone):
    """Rosa in room 1, where she wrote a card."""
    rosa = phone()
    rosa.join(meeting["code"], "Rosa", room=1)
    return rosa


@pytest.fixture
def julio(meeting, phone):
    """Julio in room 2."""
    julio = phone()
    julio.join(meeting["code"], "Julio", room=2)
    return julio


def parts(app, meeting, n: int) -> dict[str, str]:
    return cast.activities(app, meeting["rooms"][n - 1])


def rapporteur(app, meeting, room: int):
    """Somebody who writes the summary of one room."""
    house = app.extensions["house"]
    with house.store.write() as session:
        account = workshops.create_account(session, house.clock(), "saul@example.org", "Saul", "$planted$hash")
        team.grant(session, house.clock(), session.get(Workshop, meeting["workshop"]), account, "rapporteur",
                   meeting["rooms"][room - 1])
        cookie = sessions.sign_in(session, house.clock(), None, session.get(Account, account.id))
    laptop = cast.Phone(app.test_client())
    laptop.http.set_cookie("tinkuy", cookie)
    return laptop


def say(who, summary: str, cites: list[str], **more) -> dict:
    return who.do("summary.item", {"activity": summary, "id": secrets.token_urlsafe(9), "cites": cites,
                                   "body": {"section": "agreement", "text": "Una frase."}} | more, None)


def item_of(who, meeting, key: str) -> dict:
    return who.catch_up(meeting["workshop"])[key]


def test_a_sentence_cites_cards_of_any_room_under_their_whole_number(app, meeting, elena, rosa, julio):
    there = cast.ok(rosa.post(parts(app, meeting, 1)["ideas"], "La feria"))["card"]["id"]
    here = cast.ok(julio.post(parts(app, meeting, 2)["ideas"], "La semilla"))["card"]["id"]
    made = cast.ok(say(elena, parts(app, meeting, 2)["summary"], [there, here]))["card"]
    assert made["cites"] == [there, here] and made["numbers"] == ["R1-001", 1]
    assert item_of(elena, meeting, made["id"])["numbers"] == ["R1-001", 1]


def test_who_writes_for_one_room_cites_what_she_sees_of_the_others_and_no_more(app, meeting, elena, rosa, julio):
    saul = rapporteur(app, meeting, 2)
    board = parts(app, meeting, 1)["ideas"]
    came, stayed = (cast.ok(rosa.post(board, text))["card"]["id"] for text in ("Va a la dos", "Se queda"))
    group = secrets.token_urlsafe(9)
    cast.ok(elena.do("group.make", {"activity": board, "group": group, "name": "Las que van", "cards": [came]}, None))
    summary = parts(app, meeting, 2)["summary"]
    assert say(saul, summary, [came])["code"] == "no_such_card"
    cast.ok(elena.do("contribution.carry", {"activity": parts(app, meeting, 2)["ideas"], "rooms": [meeting["rooms"][0]],
                                            "which": "groups"}, None))
    assert cast.ok(say(saul, summary, [came]))["card"]["numbers"] == ["R1-001"]
    assert say(saul, summary, [stayed])["code"] == "no_such_card"


def test_what_is_private_hidden_or_of_another_workshop_is_not_cited(app, meeting, elena, rosa):
    board, summary = parts(app, meeting, 1)["ideas"], parts(app, meeting, 2)["summary"]
    hidden = cast.ok(rosa.post(board, "Escondida"))["card"]["id"]
    gone = cast.ok(rosa.post(board, "Retirada"))["card"]["id"]
    cast.ok(rosa.do("contribution.withdraw", {"id": gone}))
    cast.ok(elena.do("room.moderate", {"room": meeting["rooms"][0]}, None))
    waits = cast.ok(rosa.post(board, "En espera"))["card"]["id"]
    assert [say(elena, summary, [key])["code"] for key in (gone, waits, "no-such-card")] == ["no_such_card"] * 3
    saul = rapporteur(app, meeting, 2)
    cast.ok(elena.do("contribution.carry", {"activity": parts(app, meeting, 2)["ideas"], "rooms": [meeting["rooms"][0]]},
                     None))
    cast.ok(elena.do("contribution.hide", {"id": hidden, "reason": "hiere"}, None))
    assert say(saul, summary, [hidden])["code"] == "no_such_card"


def test_a_citation_says_that_its_card_is_gone_and_the_sentence_can_still_be_changed(app, meeting, elena, rosa):
    card = cast.ok(rosa.post(parts(app, meeting, 1)["ideas"], "La feria"))["card"]["id"]
    summary = parts(app, meeting, 2)["summary"]
    made = cast.ok(say(elena, summary, [card]))["card"]
    assert "lost" not in item_of(elena, meeting, made["id"])
    cast.ok(elena.do("contribution.hide", {"id": card, "reason": "hiere"}, None))
    assert item_of(elena, meeting, made["id"])["lost"] == [card]
    changed = cast.ok(say(elena, summary, [card], id=made["id"], base_rev=1))["card"]
    assert changed["lost"] == [card] and changed["numbers"] == ["R1-001"]
    cast.ok(elena.do("contribution.hide", {"id": card, "reason": None}, None))
    assert "lost" not in item_of(elena, meeting, made["id"])
    cast.ok(rosa.do("contribution.withdraw", {"id": card}))
    assert item_of(elena, meeting, made["id"])["lost"] == [card]
    cast.ok(rosa.do("contribution.restore", {"id": card}))
    assert "lost" not in item_of(elena, meeting, made["id"])


def test_an_idea_grows_out_of_what_its_writer_sees_in_another_room(app, meeting, elena, rosa, julio):
    first, second = parts(app, meeting, 1)["ideas"], parts(app, meeting, 2)["ideas"]
    origin = cast.ok(rosa.post(first, "La feria"))["card"]["id"]
    assert julio.post(second, "De la feria", origins=[origin])["code"] == "no_such_card"
    cast.ok(elena.do("contribution.carry", {"activity": second, "rooms": [meeting["rooms"][0]]}, None))
    grown = cast.ok(julio.post(second, "De la feria", origins=[origin]))["card"]["id"]
    page = julio.http.get(f"/w/{meeting['workshop']}/card/{origin}").get_data(as_text=True)
    assert "De la feria" in page and f"/card/{grown}" in page


def test_the_thread_of_a_card_is_shown_from_the_idea_to_the_sentence_and_back(app, meeting, elena, rosa, julio):
    first, second = parts(app, meeting, 1)["ideas"], parts(app, meeting, 2)
    card = cast.ok(rosa.post(first, "La feria sostuvo el precio"))["card"]["id"]
    cast.ok(elena.do("contribution.carry", {"activity": second["ideas"], "rooms": [meeting["rooms"][0]]}, None))
    copy = next(key for key, one in cast.shown(elena, meeting["rooms"][1]).items() if one.get("copy_of") == card)
    made = cast.ok(elena.do("summary.item", {
        "activity": second["summary"], "id": secrets.token_urlsafe(9), "cites": [copy],
        "body": {"section": "agreement", "text": "Lo que la sala dos acordó."}}, None))["card"]
    address = f"/w/{meeting['workshop']}/card/"
    assert "Lo que la sala dos acordó" not in rosa.http.get(address + card).get_data(as_text=True), "a draft of another room"
    assert "Lo que la sala dos acordó" in julio.http.get(address + copy).get_data(as_text=True)
    cast.ok(elena.do("summary.publish", {"activity": second["summary"]}, None))
    page = rosa.http.get(address + card).get_data(as_text=True)
    assert "La feria sostuvo el precio" in page and "Lo que la sala dos acordó" in page
    board = rosa.http.get(f"/w/{meeting['workshop']}/r/1").get_data(as_text=True)
    assert "Copia" not in board and "Copia: viene de la sala 1" in julio.http.get(
        f"/w/{meeting['workshop']}/r/2").get_data(as_text=True)
    assert f"{address}{card}" in board, "the board says where its idea went"
    scribe = elena.http.get(f"/w/{meeting['workshop']}/r/2/scribe").get_data(as_text=True)
    assert f"{address}{copy}" in scribe and made["id"] in scribe


def test_a_copy_comes_from_the_first_card_and_not_from_another_copy(app, meeting, elena, rosa):
    card = cast.ok(rosa.post(parts(app, meeting, 1)["ideas"], "La feria sostuvo el precio"))["card"]["id"]
    for number in (2, 3):
        cast.ok(elena.do("contribution.carry", {
            "activity": parts(app, meeting, number)["ideas"], "rooms": [meeting["rooms"][0]]}, None))
    second, third = (next(key for key, one in cast.shown(elena, room).items() if one.get("copy_of") == card)
                     for room in meeting["rooms"][1:3])
    page = elena.http.get(f"/w/{meeting['workshop']}/card/{third}").get_data(as_text=True)
    came, others = page.index("De dónde viene"), page.index("Sus otras copias")
    assert came < page.index(f"/card/{card}") < others < page.index(f"/card/{second}")
    first = elena.http.get(f"/w/{meeting['workshop']}/card/{card}").get_data(as_text=True)
    assert "Sus otras copias" not in first and f"/card/{second}" in first and f"/card/{third}" in first


def test_the_thread_tells_nobody_what_they_may_not_see(app, meeting, elena, rosa, julio):
    card = cast.ok(rosa.post(parts(app, meeting, 1)["ideas"], "Solo en la sala uno"))["card"]["id"]
    address = f"/w/{meeting['workshop']}/card/{card}"
    assert rosa.http.get(address).status_code == 200
    assert julio.http.get(address).status_code == 404
    second = parts(app, meeting, 2)["summary"]
    cast.ok(say(elena, second, [card]))
    assert julio.http.get(address).status_code == 200, "he reads the sentence that cites it"
    assert "Solo en la sala uno" not in julio.http.get(address).get_data(as_text=True)
    cast.ok(elena.do("contribution.hide", {"id": card, "reason": "hiere"}, None))
    assert "Solo en la sala uno" not in rosa.http.get(address).get_data(as_text=True)


def token_of(page: str) -> str:
    return page.split('name="token" value="')[1].split('"')[0]


def test_without_script_a_card_of_another_room_is_looked_for_and_cited(app, meeting, elena, rosa, julio):
    card = cast.ok(rosa.post(parts(app, meeting, 1)["ideas"], "La feria sostuvo el precio"))["card"]["id"]
    cast.ok(julio.post(parts(app, meeting, 2)["ideas"], "La semilla"))
    address = f"/w/{meeting['workshop']}/r/2/scribe"
    page = elena.http.get(address).get_data(as_text=True)
    form = {"token": token_of(page), "client": "c" * 20, "section": "agreement", "text": "Feria y semilla.", "numbers": "1"}
    page = elena.http.post(address, data=form | {"do": "search", "search": "precio"}).get_data(as_text=True)
    assert f'value="{card}"' in page and "Feria y semilla." in page and "R1-001" in page
    assert elena.http.post(address, data=form | {"do": "save", "cite": card}).status_code == 303
    page = elena.http.get(address).get_data(as_text=True)
    assert "Feria y semilla." in page and page.count("R1-001") and "R2-001" in page
    wrong = elena.http.post(address, data=form | {"client": "d" * 20, "numbers": "R1-077"}).get_data(as_text=True)
    assert "R1-077" in wrong and "Feria y semilla." in wrong, "what was typed stays"
    item = next(one for one in elena.catch_up(meeting["workshop"]).values() if one["kind"] == "item")
    assert item["numbers"] == [1, "R1-001"]
    edit = elena.http.get(f"{address}?edit={item['id']}").get_data(as_text=True)
    assert 'value="R2-001"' in edit and f'value="{card}" checked' in edit
    form |= {"client": "e" * 20, "edit": item["id"], "rev": "1", "text": "Cambiada.", "numbers": "R1-001"}
    assert elena.http.post(address, data=form).status_code == 303
    assert item_of(elena, meeting, item["id"])["numbers"] == ["R1-001"]
    for act, said in (("publish", "En plenaria"), (f"drop:{item['id']}", None)):
        elena.http.post(address, data={"token": form["token"], "client": secrets.token_urlsafe(16), "do": act})
        page = elena.http.get(address).get_data(as_text=True)
        assert (said or "Cambiada.") in page if said else "Cambiada." not in page


def test_who_is_asked_for_cards_of_other_rooms_tells_what_the_asker_sees(app, meeting, elena, rosa):
    card = cast.ok(rosa.post(parts(app, meeting, 1)["ideas"], "La feria sostuvo el precio"))["card"]["id"]
    address = f"/w/{meeting['workshop']}/r/2/others"
    found = elena.http.get(address, query_string={"text": "feria"}).get_json()["cards"]
    assert [(one["id"], one["number"], one["room"]) for one in found] == [(card, "R1-001", 1)]
    assert elena.http.get(address, query_string={"ids": card}).get_json()["cards"] == found
    saul = rapporteur(app, meeting, 2)
    assert saul.http.get(address, query_string={"text": "feria"}).get_json()["cards"] == []
    assert rosa.http.get(address, query_string={"text": "feria"}).status_code in (403, 404)


def test_a_board_has_a_card_once_whichever_way_it_comes(app, meeting, elena, rosa):
    first, second, third = meeting["rooms"]
    boards = [parts(app, meeting, n)["ideas"] for n in (1, 2, 3)]
    cast.ok(rosa.post(boards[0], "La feria"))

    def carry(to: str, *rooms: str) -> int:
        return cast.ok(elena.do("contribution.carry", {"activity": to, "rooms": list(rooms)}, None))["carried"]
    assert carry(boards[1], first) == 1
    assert carry(boards[2], first, second) == 1, "the original and its copy are one card"
    assert carry(boards[0], second, third) == 0, "it stands there itself"
    copy = next(iter(cast.shown(elena, second)))
    for to in (first, third):
        assert elena.do("contribution.send", {"id": copy, "to": to}, None)["code"] == "card_is_there"


def test_a_copy_takes_no_idea_of_its_author_from_a_step_with_a_limit(app, meeting, elena, rosa):
    boards = [parts(app, meeting, n)["ideas"] for n in (1, 2)]
    with app.extensions["house"].store.write() as session:
        room = session.get(Room, meeting["rooms"][1])
        room.steps, room.step_at = [{"key": "una", "minutes": 0, "opens": ["ideas"], "limit": 1}], room.opened_at
    cast.ok(rosa.post(boards[0], "La feria"))
    cast.ok(elena.do("contribution.carry", {"activity": boards[1], "rooms": [meeting["rooms"][0]]}, None))
    cast.ok(rosa.do("seat.enter", {"room": meeting["rooms"][1]}))
    cast.ok(rosa.post(boards[1], "La mía"))
    assert rosa.post(boards[1], "Una más")["code"] == "over_limit"


@settings(max_examples=5, deadline=None, phases=(Phase.generate,),
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(carries=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=6), written=st.integers(1, 3))
def test_ideas_are_counted_once_whoever_carries_what_how_often(tmp_path_factory, carries, written):
    """Find, report and "who took part" count the cards that are no copies."""
    app = cast.app(tmp_path_factory.mktemp("carried"), rate=1e6, burst=10**6)
    meeting = cast.found(app)
    elena, boards = cast.facilitator(app, meeting), [parts(app, meeting, n)["ideas"] for n in (1, 2, 3)]
    people = []
    for n, board in enumerate(boards, 1):
        phone = cast.Phone(app.test_client())
        phone.join(meeting["code"], f"De la {n}", room=n, delegation=cast.delegations(app, meeting)[0])
        people.append(phone)
        for i in range(written):
            cast.ok(phone.post(board, f"Idea {i} de la sala {n}"))
    for source, to in carries:
        if source != to:
            cast.ok(elena.do("contribution.carry", {"activity": boards[to], "rooms": [meeting["rooms"][source]]}, None))
    cards = [card for room in meeting["rooms"] for card in cast.shown(elena, room).values()]
    assert sum("copy_of" not in card for card in cards) == 3 * written
    house = app.extensions["house"]
    with house.store.read() as session, speaking("es"):
        report = reader.read(session, session.get(Workshop, meeting["workshop"]),
                             Viewer(meeting["workshop"], "named", "owner"), house.clock())
    assert [len(room.cards) for room in report.rooms] == [written] * 3
    assert sum(one.cards for one in report.delegations) == 3 * written
    assert sum(len(room.copies) for room in report.rooms) == len(cards) - 3 * written
    found = elena.http.get(f"/w/{meeting['workshop']}/find").get_data(as_text=True)
    assert f'<p role="status">{3 * written} tarjetas' in found
    page = elena.http.get(f"/w/{meeting['workshop']}/report").get_data(as_text=True)
    assert [int(n) for n in re.findall(r"(\d+) tarjetas?</p>", page)] == [written] * 3
    for board in boards:
        held = [card for card in cards if card["activity"] == board]
        assert len({card.get("copy_of", card["id"]) for card in held}) == len(held), "a board has a card once"
    house.store.close()
