"""A room as a page and plain forms: what was grouped and put together is there, and people do with a card what they do."""
import io
import re
from html import unescape

from tests.browser.boards import FIELDS, LAYOUTS
from tests.media.pictures import jpeg
from tests.pages.facilitator.people import Browser, joined
from tests.pages.shell.attacks.test_guard import signed_in
from tests.support import cast
from workshop.pages.participant.room import FIRST
from workshop.store.models import Activity, Contribution, Room
from workshop.store.streams import numbering


def settle(app, meeting, steps=None, **settings) -> str:
    """Give room 1 other settings of its board and one step; the board's id."""
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        session.get(Activity, board).settings = {"columns": []} | settings
        room = session.get(Room, meeting["rooms"][0])
        room.steps = [{"key": "juntar", "minutes": 0, "opens": ["ideas"]} | (steps or {})]
    return board


def ideas(app) -> dict[str, Contribution]:
    """The cards by what they say."""
    with app.extensions["house"].store.read() as session:
        return {row.body["text"]: row for row in session.query(Contribution)}


def send(person: Browser, meeting, form: str, **fields) -> None:
    person.send(f"/w/{meeting['workshop']}/r/1/say", form, **fields)


def write(person: Browser, meeting, *texts: str, **place) -> None:
    for text in texts:
        send(person, meeting, 'id="composer"', text=text, **place)
        assert text in person.page, person.said


def look(person: Browser, meeting, query: str = "") -> str:
    """The words of the room's page, without markup."""
    page = person.open(f"/w/{meeting['workshop']}/r/1{query}").split("</style>")[1].split('id="facts"')[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_groups_and_what_was_put_together_are_on_paper(app, meeting):
    settle(app, meeting, {"may": {"group": "all"}})
    rosa = joined(app, meeting)
    write(rosa, meeting, "Uno llueve", "Dos llueve", "Tres hiela")
    ids = {text: row.id for text, row in ideas(app).items()}
    look(rosa, meeting, "?arrange=1")
    send(rosa, meeting, 'id="arrange"', put=cast.activities(app, meeting["rooms"][0])["ideas"], name="El clima",
         card=[ids["Uno llueve"], ids["Tres hiela"]])
    assert "arrange=1" not in rosa.said and "Elegir R1-001" in look(rosa, meeting, "?arrange=1")
    send(rosa, meeting, 'id="arrange"', merge=cast.activities(app, meeting["rooms"][0])["ideas"],
         card=[ids["Uno llueve"], ids["Dos llueve"]])
    said = look(rosa, meeting)
    assert re.search(r"El clima 2 tarjetas R1-001 .* Uno llueve R1-002 Dos llueve .* R1-003 .* Tres hiela", said), said
    assert rosa.page.count('<li class="card') == 2
    look(rosa, meeting, "?arrange=1")
    send(rosa, meeting, 'id="arrange"', split=ids["Dos llueve"])
    assert rosa.page.count('<li class="card') == 3
    look(rosa, meeting, "?arrange=1")
    send(rosa, meeting, 'class="naming"', rename=re.search(r'name="rename" value="([^"]+)"', rosa.page)[1],
         name="Cómo está el tiempo")
    assert "Cómo está el tiempo 2" in look(rosa, meeting, "?arrange=1")
    send(rosa, meeting, 'class="naming"', drop=re.search(r'name="drop" value="([^"]+)"', rosa.page)[1])
    assert "Cómo está" not in look(rosa, meeting) and rosa.page.count('<li class="card') == 3


def test_the_first_view_counts_a_card_that_went_into_another_with_that_one(app, meeting):
    board = settle(app, meeting)
    rosa, luis, elena = joined(app, meeting), joined(app, meeting, "Luis"), cast.facilitator(app, meeting)
    write(rosa, meeting, *(f"Idea número {n}" for n in range(12)))
    ids = [row.id for row in ideas(app).values()]
    for into, card in ((ids[11], ids[0]), (ids[1], ids[2])):
        assert elena.do("contribution.merge", {"activity": board, "cards": [card], "into": into}, seat=None)["ok"]
    said = look(luis, meeting)
    assert luis.page.count('<li class="card') == FIRST and f"Ver {10 - FIRST} ideas anteriores" in said
    assert "R1-001 Idea número 0" in said and "Idea número 2" not in said


def test_who_may_not_group_is_not_offered_it(app, meeting):
    settle(app, meeting, columns=LAYOUTS["columns"]["columns"])
    rosa = joined(app, meeting)
    write(rosa, meeting, "Uno llueve")
    assert "arrange" not in rosa.page.split("</style>")[1].split('id="facts"')[0]
    elena = signed_in(app)
    assert "Ordenar" in look(elena, meeting)
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    look(elena, meeting, "?arrange=1")
    send(elena, meeting, 'id="arrange"', move=board, column="falto", card=ideas(app)["Uno llueve"].id)
    assert ideas(app)["Uno llueve"].place == {"column": "falto"} and elena.said == ""


def test_an_own_card_is_changed_moved_and_gets_a_photo(app, meeting):
    settle(app, meeting, **LAYOUTS["timeline"])
    rosa = joined(app, meeting)
    write(rosa, meeting, "Helada en mayo", at="2021", lane="contexto")
    card = ideas(app)["Helada en mayo"].id
    look(rosa, meeting, f"?edit={card}")
    send(rosa, meeting, 'class="editor"', edit=card, text="Helada en junio")
    look(rosa, meeting, f"?move={card}")
    send(rosa, meeting, 'class="editor"', move=cast.activities(app, meeting["rooms"][0])["ideas"], at="2020-06", lane="")
    assert ideas(app)["Helada en junio"].place == {"at": "2020-06"}
    look(rosa, meeting, f"?move={card}")
    send(rosa, meeting, 'class="editor"', move=cast.activities(app, meeting["rooms"][0])["ideas"], at="ayer", lane="logros")
    assert "fecha" in rosa.said and 'id="to-at" name="at" value="ayer"' in rosa.page and rosa.page.count('"ayer"') == 1
    look(rosa, meeting, f"?photo={card}")
    rosa.send(f"/w/{meeting['workshop']}/r/1/photo", 'class="editor"', photo=(io.BytesIO(jpeg(1600, 1200)), "foto.jpg"))
    assert rosa.said == "" and f"#{card}" and '<img src="/media/' in rosa.page
    look(rosa, meeting, f"?photo={card}")
    rosa.send(f"/w/{meeting['workshop']}/r/1/photo", 'class="editor"', photo=(io.BytesIO(b"<svg/>"), "foto.svg"))
    assert rosa.said and rosa.page.count('<img src="/media/') == 1


def test_a_refused_change_keeps_what_was_typed_in_the_cards_own_form(app, meeting):
    settle(app, meeting, layout="list", fields=FIELDS)
    rosa = joined(app, meeting)
    write(rosa, meeting, "", **{"field-que_hay": "Libro de actas", "field-quien": "Don Julio"})
    card = ideas(app)["Libro de actas"].id
    look(rosa, meeting, f"?edit={card}")
    send(rosa, meeting, 'class="editor"', edit=card, **{"field-que_hay": "Libro nuevo", "field-quien": "Ana",
                                                       "field-fecha": "un día"})
    assert rosa.said and ">Libro nuevo</textarea>" in rosa.page and 'value="un día"' in rosa.page
    send(rosa, meeting, 'class="editor"', edit=card, **{"field-que_hay": "Libro nuevo", "field-quien": "Ana",
                                                       "field-fecha": "2015"})
    assert ideas(app)["Libro nuevo"].body["fields"] == {"que_hay": "Libro nuevo", "quien": "Ana", "fecha": "2015"}


def test_nobody_puts_a_photo_on_anothers_card(app, meeting):
    settle(app, meeting)
    rosa, luis = joined(app, meeting), joined(app, meeting, "Luis")
    write(rosa, meeting, "Helada en mayo")
    write(luis, meeting, "Otra")
    mine = ideas(app)["Otra"].id
    look(luis, meeting, f"?photo={mine}")
    luis.send(f"/w/{meeting['workshop']}/r/1/photo", 'class="editor"', card=ideas(app)["Helada en mayo"].id,
              photo=(io.BytesIO(jpeg(400, 300)), "foto.jpg"))
    assert luis.said and '<img src="/media/' not in luis.page


def test_a_form_that_is_too_large_is_refused_and_a_strangers_is_not_read_at_all(app, meeting):
    settle(app, meeting)
    rosa = joined(app, meeting)
    write(rosa, meeting, "Helada en mayo")
    look(rosa, meeting, f"?photo={ideas(app)['Helada en mayo'].id}")
    for person, size in ((rosa, 20_000_000), (Browser(app), 100_000)):
        answer = person.http.post(f"/w/{meeting['workshop']}/r/1/photo", data=b"--x", environ_overrides={
            "CONTENT_LENGTH": str(size)}, content_type="multipart/form-data; boundary=x")
        assert answer.status_code == 413


def test_a_tree_of_problems_is_read_as_one_of_objectives_on_paper(app, meeting):
    settle(app, meeting, **LAYOUTS["tree"])
    rosa = joined(app, meeting)
    write(rosa, meeting, "La tierra da menos", column="problema")
    write(rosa, meeting, "Llueve menos", column="causas", under=ideas(app)["La tierra da menos"].id)
    said = look(rosa, meeting)
    assert "cuelga de R1-001" in said and "Objetivo" not in said.split("Lugar")[0]
    write(rosa, meeting, "Las familias guardan agua", column="medios", under=ideas(app)["Llueve menos"].id)
    said = look(rosa, meeting, "?read=objectives").split("Lugar")[0]
    assert re.search(r"Fines .* Objetivo .* La tierra da menos .* Medios .* Las familias guardan agua", said), said
    assert "todavía escrita como problema" in said and "Llueve menos" not in said
    assert "Causas" not in said


def test_what_others_wrote_is_seen_with_a_tap_and_on_the_wall_by_itself(app, meeting):
    rosa = joined(app, meeting)
    assert re.search(r"<noscript>.*Ver lo nuevo", look(rosa, meeting) and rosa.page, re.S)
    for path in (f"/w/{meeting['workshop']}/plenary", f"/s/{meeting['screen']}"):
        assert '<noscript><meta http-equiv="refresh" content="30"></noscript>' in rosa.open(path)
