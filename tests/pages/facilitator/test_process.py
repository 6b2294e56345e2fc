"""The steps of a room are changed on a page that works without script; each can be looked at before."""
import re

import pytest

from tests.support import cast
from workshop.store.models import Room


@pytest.fixture
def desk(app, meeting):
    """Elena's browser, with the address of the first room's process."""
    elena = cast.facilitator(app, meeting)
    return elena.http, f"/w/{meeting['workshop']}/r/1/process"


def form_of(page: str) -> dict:
    """The fields of the page's form as a browser would send them."""
    main = page[page.index('<form method="post" novalidate>'):]
    found: dict[str, list] = {}
    for tag in re.findall(r"<input[^>]*>", main):
        name, kind = re.search(r'name="([^"]*)"', tag), re.search(r'type="([^"]*)"', tag)
        if name and not (kind and kind[1] == "checkbox" and " checked" not in tag):
            value = re.search(r'value="([^"]*)"', tag)
            found.setdefault(name[1], []).append(value[1] if value else "")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)</textarea>', main):
        found[name] = [text]
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', main, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = [chosen[1] if chosen else re.search(r'value="([^"]*)"', options)[1]]
    return found


def press(http, address: str, page: str, do: str, **changed) -> str:
    """The page after a button of the form."""
    data = form_of(page) | {name.replace("__", "."): value for name, value in changed.items()} | {"do": do}
    return http.post(address, data=data, follow_redirects=True).get_data(as_text=True)


def steps_of(app, meeting) -> list[dict]:
    """The steps of the first room as the store has them."""
    with app.extensions["house"].store.read() as session:
        return session.get(Room, meeting["rooms"][0]).steps


def test_steps_are_added_repeated_moved_removed_and_only_kept_when_saved(app, meeting, desk):
    http, address = desk
    before = steps_of(app, meeting)
    page = http.get(address).get_data(as_text=True)
    page = press(http, address, page, "add")
    page = press(http, address, page, "0.repeat")
    page = press(http, address, page, "4.up")
    page = press(http, address, page, "4.remove")
    assert steps_of(app, meeting) == before, "nothing is kept yet"
    page = press(http, address, page, "save",
                 **{"1__title__es": "Otra vuelta", "1__see": "own", "1__limit": "3", "1__grace": "20"})
    assert "✓" in page
    kept = steps_of(app, meeting)
    assert [step["key"] for step in kept] == ["ideas", "ideas_2", "vote", "paso_2"]
    assert kept[1] | {"may": {}} == {"key": "ideas_2", "minutes": 15, "opens": ["ideas"], "title": {"es": "Otra vuelta"},
                                     "see": "own", "limit": 3, "grace": 20, "may": {}}


def test_words_stand_in_each_language_and_can_be_emptied(app, meeting, desk):
    http, address = desk
    page = http.get(address).get_data(as_text=True)
    page = press(http, address, page, "save", **{"0__title__es": "Solos", "0__title__fr": "Seuls", "0__title__en": "Alone",
                                                 "0__instruction__es": "Piensen"})
    assert steps_of(app, meeting)[0]["title"] == {"es": "Solos", "fr": "Seuls", "en": "Alone"}
    page = press(http, address, page, "save", **{"0__title__en": " ", "0__instruction__es": ""})
    assert steps_of(app, meeting)[0]["title"] == {"es": "Solos", "fr": "Seuls"}
    assert "instruction" not in steps_of(app, meeting)[0]
    assert page.index('name="0.title.es"') < page.index("En los otros idiomas") < page.index('name="0.title.fr"')
    french = http.get(f"{address}?lang=fr").get_data(as_text=True)
    assert french.index('name="0.title.fr"') < french.index('name="0.title.es"')


def test_what_cannot_be_kept_is_said_and_what_was_typed_is_there(app, meeting, desk):
    http, address = desk
    page = http.get(address).get_data(as_text=True)
    gone = press(http, address, page, "0.remove")
    said = press(http, address, gone, "save", **{"0__title__es": "Mi título nuevo"})
    assert "El paso que está en marcha no se puede quitar." in said and "Mi título nuevo" in said


def test_of_two_who_change_the_steps_the_later_one_is_told_and_loses_no_text(app, meeting, desk):
    http, address = desk
    page = http.get(address).get_data(as_text=True)
    assert "✓" in press(http, address, page, "save", **{"0__title__es": "De la primera"})
    late = press(http, address, page, "save", **{"0__title__es": "De la segunda", "1__instruction__fr": "Lisez d'abord"})
    assert "Otra persona cambió los pasos" in late and "De la segunda" in late and "Lisez d" in late
    assert steps_of(app, meeting)[0]["title"] == {"es": "De la primera"}
    more = press(http, address, press(http, address, page, "add"), "save")
    assert "Otra persona cambió los pasos" in more, "also when it is about the order"
    assert "✓" in press(http, address, late, "save"), "whoever saves again means it"
    assert steps_of(app, meeting)[0]["title"] == {"es": "De la segunda"}


def test_each_step_can_be_seen_as_participants_will_and_nothing_is_sent_from_there(meeting, desk):
    http, address = desk
    page = http.get(address).get_data(as_text=True)
    press(http, address, page, "save", **{"0__instruction__es": "Piensen a solas", "0__see": "own"})
    seen = http.get(f"{address}/0").get_data(as_text=True)
    assert "Piensen a solas" in seen and "Solo usted ve" in seen and "<script" not in seen
    assert http.get(f"{address}/9").status_code == 404


def test_the_look_at_a_step_is_a_participants_with_groups_and_votes_and_without_what_is_hidden(app, meeting, phone, desk):
    http, address = desk
    elena, rosa, kinds = cast.facilitator(app, meeting), phone(), cast.activities(app, meeting["rooms"][0])
    rosa.join(meeting["code"], "Rosa")
    ids = [cast.ok(rosa.post(kinds["ideas"], text))["card"]["id"] for text in ("Semillas", "Semilla", "Nombra a alguien")]
    for verb, payload in (("contribution.hide", {"id": ids[2], "reason": "Nombra"}),
                          ("group.make", {"activity": kinds["ideas"], "group": "grupo-uno", "name": "Lo propio",
                                          "cards": ids}),
                          ("contribution.merge", {"activity": kinds["ideas"], "cards": ids[1:2], "into": ids[0]}),
                          ("room.pause", {"room": meeting["rooms"][0]})):
        cast.ok(elena.do(verb, payload, seat=None))
    voting = http.get(f"{address}/1").get_data(as_text=True)
    assert "Lo propio" in voting and "Nombra a alguien" not in voting and "Síntesis" not in voting.split("<main")[0]
    assert f'value="{kinds["dots"]}:{ids[0]}:1"' in voting and f'value="{kinds["dots"]}:{ids[1]}:1"' not in voting
    assert re.search(r'<p class="under">.*Semilla</p>', voting)
    writing, form = http.get(f"{address}/0").get_data(as_text=True), '<form id="composer"'
    assert form in writing and "hidden>" not in writing[writing.index(form):][:200] and "Raise" not in writing
    assert writing.count("<div inert>") == 2, "everything is there to be seen, nothing to be sent"
    assert "hidden>" in voting[voting.index(form):][:200]
    with app.extensions["house"].store.read() as session:
        assert session.get(Room, meeting["rooms"][0]).step == 0


def test_one_set_up_for_all_rooms_and_the_page_says_what_each_has_taken(app, meeting, phone, desk):
    http, address = desk
    page = http.get(address).get_data(as_text=True)
    rosa = phone()
    rosa.join(meeting["code"], "Rosa", room=2)
    cast.ok(rosa.post(cast.activities(app, meeting["rooms"][1])["ideas"], "Ya hay una"))
    kept = press(http, address, page, "alike", **{"0__title__es": "Para todos", "every": "1"})
    assert "tomaron los pasos: 2" in kept and "votaciones de esta: 3" in kept
    with app.extensions["house"].store.read() as session:
        assert [session.get(Room, room).steps[0]["title"]["es"] for room in meeting["rooms"]] == ["Para todos"] * 3


def test_only_facilitators_come_here(meeting, phone, desk):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    assert rosa.http.get(desk[1]).status_code == 403


def test_a_step_without_a_title_and_each_vote_are_called_what_people_see(desk):
    http, address = desk
    page = http.get(address, headers={"Accept-Language": "es"}).get_data(as_text=True)
    for name in ("Ideas", "Votar", "Resumen"):
        assert f'placeholder="{name}"' in page
    assert "<span>Puntos</span>" in page and "<span>De acuerdo, en desacuerdo, paso</span>" in page
    again = press(http, address, page, "add")
    assert "Project-Id" not in again, "a new step has no name yet"
