"""The page on which the team enters votes, and the ballots that are printed for it."""
import html
import re
from urllib.parse import urlencode

import pytest

from tests.pages.facilitator.people import Browser
from tests.support import cast
from workshop.store.models import Activity, HandCount, Room, Workshop

OPTIONS = [{"key": key, "title": {"es": es, "fr": fr, "en": en}} for key, es, fr, en in (
    ("si", "A favor", "Pour", "For"), ("no", "En contra", "Contre", "Against"))]


class Table:
    """A vote in room 1 with three people, and the browser of Elena, who leads."""

    def __init__(self, app, meeting, phone, kind="choice", room=None, **settings):
        self.app, self.meeting, self.elena = app, meeting, cast.facilitator(app, meeting)
        self.phones, self.seats = {}, {}
        for name in ("Rosa", "Luis", "Ana"):
            self.phones[name] = phone()
            self.seats[name] = self.phones[name].join(meeting["code"], name)["seats"][0]["id"]
        self.room, self.number = room or meeting["rooms"][0], 0 if room else 1
        given = {"reveal": "live"} | ({"options": OPTIONS} if kind == "choice" else {}) | settings
        asked = {"room": self.room, "kind": kind, "title": "¿Firmamos la carta?", "settings": given}
        self.vote = cast.ok(self.elena.do("vote.open", asked, None))["card"]["id"]
        self.browser = Browser(app)
        self.browser.http = self.elena.http
        self.path = f"/w/{meeting['workshop']}/r/{self.number}/count"

    def open(self, **asked):
        return self.browser.open(f"{self.path}?{urlencode({'vote': self.vote} | asked)}")

    def send(self, **fields):
        self.browser.send(self.path, 'class="sheet count-form"', do="save", **fields)
        return self.browser.page

    def card(self):
        stream = self.room if self.number else self.meeting["workshop"]
        return self.elena.catch_up(stream)[self.vote]

    def counted(self):
        return {key: one["seats"] for key, one in (self.card()["tally"] or {"items": {}})["items"].items()}


@pytest.fixture
def table(app, meeting, phone):
    return Table(app, meeting, phone)


def plenary_of(app, meeting) -> str:
    with app.extensions["house"].store.read() as session:
        return session.query(Room).filter_by(workshop_id=meeting["workshop"], kind="plenary").one().id


def test_hands_are_entered_and_what_stands_there_says_who_did_it(table):
    page = table.open()
    assert "¿Firmamos la carta?" in page
    assert "Aquí pueden votar 3 personas: 0 con su propio aparato, 0 a mano, 3 todavía sin voto" in page
    page = table.send(**{"n:0:": "2", "n:1:": "1"})
    assert table.counted() == {"si": 2, "no": 1}
    assert "Guardado" in page and re.search(r"3 a mano alzada, anotado por Elena Quispe \d\d:\d\d", page)
    for address, who in ((f"/w/{table.meeting['workshop']}/r/1", table.phones["Rosa"]),
                         (f"/w/{table.meeting['workshop']}/report", table.elena)):
        said = who.http.get(address, headers={"Accept-Language": "es"}).get_data(as_text=True)
        assert "3 a mano alzada, anotado por Elena Quispe" in said, address


def test_a_refusal_gives_the_form_back_as_it_was_typed(table):
    table.open()
    page = table.send(**{"n:0:": "3", "n:1:": "1"})
    assert "4 votos, pero de las 3 personas de allí solo 3 no han votado todavía" in html.unescape(page)
    assert 'name="n:0:" value="3"' in page and table.counted() == {}
    assert "Anote al menos un voto" in table.send(**{"n:0:": "", "n:1:": "0"})
    assert 'role="alert"' in table.send(**{"n:0:": "muchas"})


def test_who_is_ticked_is_counted_and_can_be_corrected(table):
    table.open()
    table.send(**{f"who:{table.seats['Rosa']}": "0:", "n:1:": "1"})
    assert table.counted() == {"si": 1, "no": 1}
    cast.ok(table.phones["Rosa"].do("ballot.cast", {"activity": table.vote, "choices": {"no": 1}, "base_rev": 0}))
    assert table.counted() == {"no": 2}
    page = table.open()
    assert table.seats["Rosa"] not in page, "she has voted: nobody ticks her"
    key = re.search(r"count=([A-Za-z0-9_-]+)\">Corregir", page)[1]
    page = table.open(count=key)
    assert 'name="n:1:" value="1"' in page and 'name="n:0:" value="0"' in page, "her hand is not counted again"
    table.send(**{"n:1:": "2", "n:0:": ""})
    assert table.counted() == {"no": 3}
    with table.app.extensions["house"].store.read() as session:
        assert session.query(HandCount).one().rev == 2


def test_a_count_that_goes_back_is_said_where_its_scribe_sees_it(table):
    table.open()
    table.send(**{"n:0:": "3"})
    cast.ok(table.phones["Rosa"].do("ballot.cast", {"activity": table.vote, "choices": {"no": 1}, "base_rev": 0}))
    page = table.open()
    wrong = "No cuenta: allí solo quedan 2 personas que no votaron de otra manera"
    assert wrong in page and table.counted() == {"no": 1}
    room = table.browser.open(f"/w/{table.meeting['workshop']}/r/1")
    assert wrong in room and 'class="problem"' in room
    key = table.card()["hands"][0]["id"]
    assert f"count={key}" in page
    table.open(count=key)
    table.send(**{"n:0:": "2"})
    assert table.counted() == {"si": 2, "no": 1} and wrong not in table.open()


def test_a_ballot_of_paper_comes_with_its_number_once(table):
    page = table.open(how="one", sheet=17)
    assert 'name="sheet" type="number" inputmode="numeric" min="1" max="99999" value="17"' in page
    page = table.send(chosen="1:", sheet="17")
    assert table.counted() == {"no": 1} and "La papeleta 17 está anotada. Ahora la siguiente" in page
    assert 'max="99999" value=""' in page
    page = table.send(chosen="0:", sheet="17")
    assert "La papeleta 0017 ya está anotada, por Elena Quispe" in html.unescape(page)
    assert 'value="17"' in page
    table.send(chosen="0:", sheet="18")
    assert table.counted() == {"si": 1, "no": 1}
    page = table.open()
    back = re.search(r'value="(back:[^"]+)"', page)[1]
    answer = table.elena.http.post(table.path, data={"vote": table.vote, "do": back, "client": "c" * 20,
                                                     "token": re.search(r'name="token" value="([^"]+)"', page)[1]})
    assert answer.status_code == 303 and sum(table.counted().values()) == 1


def test_a_telephone_call_is_of_somebody(table):
    assert table.seats["Ana"] in table.open(how="telephone")
    assert "Elija" in table.send(chosen="0:", seat="")
    table.send(chosen="0:", seat=table.seats["Ana"])
    assert table.counted() == {"si": 1}
    assert table.card()["hands"][0]["how"] == "telephone"


def test_dots_are_entered_ballot_by_ballot(app, meeting, phone):
    table = Table(app, meeting, phone, kind="dots", budget=4, per_item=3)
    card = table.phones["Rosa"].post(cast.activities(app, table.room)["ideas"], "Semillas")["card"]["id"]
    page = table.open()
    assert "Manos alzadas" not in page and 'max="3"' in page
    table.send(**{f"p:{card}": "3"})
    assert table.card()["tally"]["items"][card]["points"] == 3


def test_hands_for_each_card_have_a_row_for_each(app, meeting, phone):
    table = Table(app, meeting, phone, kind="opinions")
    board = cast.activities(app, table.room)["ideas"]
    one, other = (table.phones["Rosa"].post(board, text)["card"]["id"] for text in ("Semillas", "Agua"))
    page = table.open()
    assert page.count('class="row-of"') == 2 and "R1-001 Semillas" in page and table.seats["Rosa"] not in page
    table.send(**{f"n:0:{one}": "2", f"n:1:{one}": "1", f"n:2:{other}": "3"})
    assert table.card()["tally"] == {"items": {one: {"agree": 2, "disagree": 1, "pass": 0},
                                               other: {"agree": 0, "disagree": 0, "pass": 3}}, "ballots": 3}


def test_in_an_anonymous_workshop_no_name_that_was_ticked_is_shown(table):
    cast.ok(table.elena.do("vote.count", {"activity": table.vote, "count": "c1", "how": "hands", "base_rev": 0, "lines": [
        {"choices": {"si": 1}, "n": 1, "seats": [table.seats["Ana"]]}]}, None))
    with table.app.extensions["house"].store.write() as session:
        session.get(Workshop, table.meeting["workshop"]).privacy = "anonymous"
    page = table.open()
    assert "who:" not in page and "count=c1" not in page and "back:c1:1" in page
    page = table.open(count="c1")
    assert "who:" not in page


def test_the_rapporteur_of_a_table_counts_it_in_the_plenary(app, meeting, phone):
    from tests.actions.hands.test_hands import rapporteur
    table = Table(app, meeting, phone, room=plenary_of(app, meeting))
    rita = rapporteur(app, meeting, meeting["rooms"][0])
    assert table.phones["Rosa"].http.get(table.path).status_code == 403
    page = rita.http.get(f"/w/{meeting['workshop']}/r/1/count", headers={"Accept-Language": "es"}).get_data(as_text=True)
    there = html.unescape(re.search(r'href="([^"]+)">Para la plenaria', page)[1])
    scribe = Browser(app)
    scribe.http = rita.http
    page = scribe.open(there)
    assert f'<option value="room:{meeting["rooms"][0]}" selected' in page and meeting["rooms"][1] not in page
    scribe.send(table.path, 'class="sheet count-form"', do="save", place=f"room:{meeting['rooms'][0]}",
                **{"n:0:": "2"})
    assert table.card()["hands"][0] | {"at": ""} == {"how": "hands", "n": 2, "by": "Rita", "room": 1, "at": ""}
    assert "2 a mano alzada en la sala 1, anotado por Rita" in scribe.page


def test_ballots_are_printed_eight_on_a_sheet_each_with_its_number_and_code(table):
    path = f"/w/{table.meeting['workshop']}/r/1/ballots"
    with table.app.extensions["house"].store.write() as session:
        session.get(Workshop, table.meeting["workshop"]).languages = ["es", "fr"]
    page = table.elena.http.get(f"{path}?vote={table.vote}&from=9&each=20", headers={"Accept-Language": "es"}).get_data(
        as_text=True)
    sheets = page.split('class="sheet-of-paper ballots"')[1:]
    assert [sheet.count("<article>") for sheet in sheets] == [8, 8, 4]
    assert re.findall(r'<p class="mono">(\d+)</p>', page) == [f"{n:04d}" for n in range(9, 29)]
    assert page.count("<svg") >= 20 and "A favor · Pour" in page, "in the languages of the workshop"
    assert table.phones["Rosa"].http.get(f"{path}?vote={table.vote}").status_code == 403
    assert table.elena.http.get(f"{path}?vote=nowhere").status_code == 404
    assert "0001" in table.elena.http.get(f"{path}?vote={table.vote}&from=x&each=-3").get_data(as_text=True)


def test_where_no_vote_is_open_the_page_says_so(table):
    cast.ok(table.elena.do("vote.close", {"activity": table.vote}, None))
    page = table.browser.open(table.path)
    assert "no hay ninguna votación abierta" in page
    assert "Esta votación ya terminó" in table.open()
    with table.app.extensions["house"].store.read() as session:
        assert session.get(Activity, table.vote).closed_at


def test_the_sum_of_the_page_is_right_whatever_was_entered_and_wherever_people_are(app, meeting, phone):
    hall, far = phone(), phone()
    hall.join(meeting["code"], "Julia", "Pedro")
    far.join(meeting["code"], "Nilda", "Teo", channel="remote")
    table = Table(app, meeting, phone)
    cast.ok(hall.do("ballot.cast", {"activity": table.vote, "choices": {"si": 1}, "base_rev": 0}))
    table.open()
    table.send(**{"n:0:": 2})
    page = html.unescape(table.open())
    assert "Aquí pueden votar 7 personas: 1 con su propio aparato, 2 a mano, 4 todavía sin voto." in page
    assert "De esas 4, 2 están en el salón y 2 lejos." in page
    assert "en el salón" in table.send(**{"n:0:": 3}) or table.browser.said, "no more than the page has said are left"
    table.open()
    table.send(**{"n:1:": 2})
    page = html.unescape(table.open())
    assert "1 con su propio aparato, 4 a mano, 2 todavía sin voto. De esas 2, 0 están en el salón y 2 lejos." in page


@pytest.mark.parametrize("number", ["0", "-3", "100000", "doce"])
def test_a_number_that_no_sheet_has_is_refused_in_words(table, number):
    table.open(how="one")
    page = table.send(sheet=number, chosen="0:")
    assert "El número de una hoja va de 1 a 99" in page and f'value="{number}"' in page
    assert table.counted() == {}
