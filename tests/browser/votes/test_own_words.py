"""What people say in their own words in a vote: words, another answer, a reason; and named things in place of cards."""
import pytest
from playwright.sync_api import expect

from tests.browser.facilitator.test_a_meeting import card, post
from tests.live.server import Server
from tests.support import cast
from tests.support.waiting import wait_for
from workshop.actions.rooms.building import build_room
from workshop.house import utc_now
from workshop.store.models import Activity, Ballot, Workshop
from workshop.store.session import Store
from workshop.store.streams import numbering

THINGS = [{"key": "agua", "title": "El agua"}, {"key": "feria", "title": "La <b>feria</b>"}]
SET_UP = {"words": ("words", {"most": 3}), "own": ("choice", {"options": THINGS, "own": True}), "consent": ("consent", {}),
          "dots": ("dots", {"options": THINGS}), "scale": ("scale", {"options": THINGS})}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server with a room for each of SET_UP: {url, meeting, server, data, rooms, at: {name: id of the vote}}."""
    data = tmp_path_factory.mktemp("own_words")
    app = cast.app(data)
    meeting, at, numbers = cast.found(app), {}, {}
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        for name, (kind, settings) in SET_UP.items():
            room = build_room(session, session.get(Workshop, meeting["workshop"]), name, votes=(kind,))
            room.opened_at, room.steps = utc_now(), [{"key": "all", "minutes": 0, "opens": ["ideas", kind]}]
            session.flush()
            vote = session.query(Activity).filter_by(room_id=room.id, kind=kind).one()
            vote.settings = vote.settings | settings
            numbers[name], at[name] = room.number, vote.id
    app.extensions["house"].store.close()
    server = Server(data).start()
    yield {"url": server.url, "meeting": meeting, "server": server, "data": data, "at": at, "rooms": numbers}
    server.stop()


def held(house, name: str) -> list[dict]:
    """The ballots of a vote that are in the database."""
    store = Store(f"sqlite:///{house['data'] / 'tinkuy.sqlite'}")
    try:
        with store.read() as session:
            return [row.choices for row in session.query(Ballot).filter_by(activity_id=house["at"][name])]
    finally:
        store.close()


def test_words_are_put_in_taken_out_and_stand_in_the_cloud_and_in_the_list(join, house):
    rosa = join("Rosa", room=house["rooms"]["words"])
    field = rosa.locator("#bar input[name=said]")
    for text in ("Agua <i>limpia</i>", "aguas, ¡LIMPIAS!", "semilla"):
        field.fill(text)
        field.press("Enter")
        wait_for(lambda: held(house, "words"), "the first word")
    wait_for(lambda: held(house, "words") == [{"words": ["Agua <i>limpia</i>", "semilla"]}], "two different words")
    expect(rosa.locator("#bar .said li")).to_have_count(2)
    expect(rosa.locator(".cloud span")).to_have_count(2)
    expect(rosa.locator(".result.words li").first).to_contain_text("<i>limpia</i>")
    assert rosa.locator(".cloud").get_attribute("aria-hidden") == "true" and rosa.locator(".cloud i").count() == 0
    field.fill("maíz")
    field.press("Enter")
    wait_for(lambda: len(held(house, "words")[0]["words"]) == 3, "the third")
    expect(field).to_be_hidden()
    rosa.locator("#bar .said button").first.click()
    wait_for(lambda: len(held(house, "words")[0]["words"]) == 2, "one was taken out")
    expect(field).to_be_visible()


def test_another_answer_takes_the_place_of_an_option_and_is_taken_back(join, house):
    rosa = join("Ana", room=house["rooms"]["own"])
    rosa.get_by_text("El agua", exact=True).click()
    wait_for(lambda: held(house, "own") == [{"agua": 1}], "the option")
    rosa.locator("#bar .own-words input").fill("  El   bosque ")
    rosa.locator("#bar .own-words button").click()
    wait_for(lambda: held(house, "own") == [{"+": "El bosque"}], "own words instead")
    expect(rosa.locator(".result")).to_contain_text("«El bosque»")
    rosa.locator("#bar .own-words button").click()
    wait_for(lambda: held(house, "own") == [{}], "taken back")


def test_whoever_has_a_reservation_is_asked_for_the_reason_and_the_change(join, house):
    rosa = join("Luz", room=house["rooms"]["consent"])
    post(rosa, "Guardar semilla propia")
    one = card(rosa, "Guardar semilla")
    expect(one).to_contain_text("Guardado")
    one.locator(".graded label").nth(0).click()
    wait_for(lambda: [[*choices.values()] for choices in held(house, "consent")] == [["si"]], "yes")
    assert one.locator(".why").count() == 0
    one.locator(".graded label").nth(1).click()
    one.locator("[name=why]").fill("Falta <b>agua</b>")
    one.locator("[name=change]").fill("Un canal")
    one.locator(".why button").click()
    wait_for(lambda: [[*choices.values()] for choices in held(house, "consent")] == [
        [{"is": "con_reserva", "why": "Falta <b>agua</b>", "change": "Un canal"}]], "the reason")
    one.locator(".reasons summary").click()
    expect(one.locator(".reasons li")).to_contain_text("Falta <b>agua</b>")
    one.locator(".graded label").nth(2).click()
    wait_for(lambda: [[*choices.values()] for choices in held(house, "consent")] == [["no"]], "an answer, no reason")


@pytest.mark.parametrize(("name", "button", "ballot"), [
    ("dots", ".thing:last-child .pair button:last-child", {"feria": 1}),
    ("scale", ".thing:last-child label:last-of-type", {"feria": 5})])
def test_named_things_are_voted_on_in_place_of_cards(join, house, name, button, ballot):
    rosa = join("Juan", room=house["rooms"][name])
    post(rosa, "Una idea")
    expect(card(rosa, "Una idea")).to_contain_text("Guardado")
    expect(rosa.locator(".thing .named")).to_have_text(["El agua", "La <b>feria</b>"])
    assert card(rosa, "Una idea").locator(".vote").count() == 0
    rosa.locator(button).click()
    wait_for(lambda: held(house, name) == [ballot], "the ballot in the database")
    expect(rosa.locator(".thing:last-child .edge rect")).to_have_count(1)
