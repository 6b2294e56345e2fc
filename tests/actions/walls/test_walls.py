"""What stands on a wall is what the desk sends, from any device; who sends over another's act is told."""
import secrets

import pytest

from tests.support import cast
from tests.support.cast import ok
from tests.support.everybody import SECRETS, hall
from workshop.store.models import History, Wall
from workshop.store.walls.kind import kinds


@pytest.fixture(scope="module", params=["named", "anonymous"])
def here(request):
    one = hall(request.param)
    yield one
    one.close()


def send(here, *blocks, who: str = "E", verb: str = "wall.show", **more) -> dict:
    said = {"blocks": list(blocks)} if verb == "wall.show" else {}
    return here.phone(who).do(verb, {"workshop": here.at["workshop_id"]} | said | more, None)


def asked(here, stream: str, key: str | None = None):
    return here.browser("N").get("/api/changes", query_string={
        "screen": key or here.at["screen"], "stream": stream, "since": "0", "epoch": ""})


def now(here, key: str | None = None) -> dict:
    return here.browser("N").get(f"/s/{key or here.at['screen']}/now").get_json()


def board(here, n: int = 0) -> dict:
    return {"kind": "board", "room": here.at["rooms"][n]}


def text(words: str) -> dict:
    return {"kind": "text", "text": words}


def rev(here) -> int:
    with here.app.extensions["house"].store.read() as session:
        row = session.get(Wall, here.at["workshop_id"])
        return row.rev if row else 0


def test_a_wall_gets_the_cards_of_a_board_only_while_that_stands_there(here):
    first, second = here.at["rooms"][:2]
    ok(send(here, text("nada")))
    assert asked(here, first).get_json()["code"] == "not_here"
    ok(send(here, board(here)))
    said = asked(here, first).get_json()
    assert "texto de la sala uno" in {card["body"]["text"] for card in said["cards"] if "body" in card}
    for stream in (second, here.at["rooms"][2], here.at["circle"], here.at["inbox"], here.at["foreign"], "x" * 16):
        assert asked(here, stream).get_json()["code"] == "not_here", stream
    assert asked(here, first, "no-es-una-llave").get_json()["code"] == "not_here"
    ok(send(here, board(here, 1)))
    assert asked(here, first).get_json()["code"] == "not_here" and asked(here, second).status_code == 200
    ok(send(here, verb="wall.blank"))
    assert asked(here, second).get_json()["code"] == "not_here"
    ok(send(here, verb="wall.back"))
    assert asked(here, second).status_code == 200


def test_no_wall_shows_what_the_hall_does_not_see_nor_any_name(here):
    everything = [
        [board(here)], [board(here, 1)], [board(here, 2)], [{"kind": "summaries", "rooms": here.at["rooms"][:3]}],
        [{"kind": "vote", "vote": here.at["vote"]}, {"kind": "result", "vote": here.at["vote"]}],
        [{"kind": "card", "card": here.at["card"]}, {"kind": "clock"}, {"kind": "programme"}, {"kind": "join"}]]
    names = ("Rosa Mamani", "Julio Quispe", "Ana Tercera", "nota privada", "Elena")
    own = {"texto de la sala uno", "texto de la sala dos"}  # they stand on the boards that are sent
    for blocks in everything:
        ok(send(here, *blocks))
        page = here.browser("N").get(f"/s/{here.at['screen']}").get_data(as_text=True)
        frames = "".join(asked(here, room).get_data(as_text=True) for room in here.at["rooms"])
        for said in (page, frames, now(here)["html"]):
            assert not [word for word in (*names, *(SECRETS.keys() - own)) if word in said], blocks
        assert here.at["privacy"] != "anonymous" or '"delegation"' not in frames


def test_hidden_private_waiting_and_foreign_cards_cannot_be_sent(here):
    for name in ("hidden", "private", "waiting", "taken back"):
        assert send(here, {"kind": "card", "card": here.at[name]})["code"] == "bad_wall_block", name
    for wrong in ({"kind": "nada"}, {"kind": "board"}, board(here) | {"more": 1}, board(here) | {"size": 9},
                  {"kind": "board", "room": here.at["foreign"]}, text(" \u200b"),
                  {"kind": "summaries", "rooms": [here.at["rooms"][0]] * 2}, {"kind": "vote", "vote": here.at["board"]}):
        assert send(here, wrong)["code"] == "bad_wall_block", wrong
    assert send(here, {"kind": "summaries", "rooms": []})["code"] == "no_room_chosen"
    assert send(here, text("x" * 601))["code"] == "too_long"
    three = {"kind": "summaries", "rooms": here.at["rooms"][:3]}
    assert send(here, three, text("a"), text("b"))["code"] == "too_many_on_wall"
    assert send(here, text("a"), wall="no-such")["code"] == "no_such_wall"


def test_a_card_that_is_hidden_leaves_the_wall(here):
    card = here.at["other card"]
    ok(send(here, {"kind": "card", "card": card}, board(here)))
    assert now(here)["html"].count("otra idea") == 2
    ok(here.phone("E").do("contribution.hide", {"id": card, "reason": "x"}, None))
    assert "otra idea" not in now(here)["html"]
    ok(here.phone("E").do("contribution.hide", {"id": card, "reason": None}, None))


def test_who_sends_over_what_another_has_sent_meanwhile_is_told_who_and_what(here):
    it, saw = here.at["workshop_id"], rev(here)
    ok(send(here, text("de Elena"), saw={it: saw}))
    refused = send(here, text("de Luis"), who="F", saw={it: saw})
    assert refused["code"] == "wall_changed"
    assert refused["values"]["who"] == "Elena Quispe" and "de Elena" in refused["values"]["what"]
    for verb in ("wall.blank", "wall.back"):
        assert send(here, verb=verb, who="F", saw={it: saw})["code"] == "wall_changed"
    ok(send(here, text("de Luis"), who="F", saw={it: saw + 1}))
    with here.app.extensions["house"].store.read() as session:
        acts = session.query(History).filter(History.verb == "wall.show").order_by(History.id).all()[-2:]
        assert len({act.account_id for act in acts}) == 2 and all("de " in act.after["shown"] for act in acts)


def test_what_stood_there_comes_back_with_one_act(here):
    ok(send(here, text("primero")))
    ok(send(here, text("segundo")))
    ok(send(here, verb="wall.back"))
    assert "primero" in now(here)["html"]
    ok(send(here, verb="wall.blank"))
    assert now(here)["state"] == "blank"
    ok(send(here, verb="wall.back"))
    assert "primero" in now(here)["html"]
    ok(send(here))
    assert now(here)["state"] == "own"


def test_each_wall_has_its_own_address_and_shows_its_own(here):
    it = here.at["workshop_id"]
    made = ok(here.phone("E").do("wall.add", {"workshop": it, "name": "Salinas", "far": 90, "theme": "dark"}, None))["wall"]
    with here.app.extensions["house"].store.read() as session:
        key = session.get(Wall, made).key
    ok(send(here, text("en la principal"), wall=it))
    ok(send(here, board(here), wall=made))
    assert "en la principal" in now(here)["html"] and "en la principal" not in now(here, key)["html"]
    assert asked(here, here.at["rooms"][0], key).status_code == 200
    assert asked(here, here.at["rooms"][0]).get_json()["code"] == "not_here", "it stands on the other wall"
    assert (now(here, key)["theme"], now(here, key)["letter"], now(here)["letter"]) == ("dark", 66, 44)
    ok(send(here, text("en las dos")))
    assert "en las dos" in now(here)["html"] and "en las dos" in now(here, key)["html"]
    edit = {"workshop": it, "wall": made}
    assert here.phone("E").do("wall.edit", edit | {"far": 5}, None)["code"] == "bad_wall"
    assert here.phone("E").do("wall.edit", edit | {"name": ""}, None)["code"] == "name_missing"
    ok(here.phone("E").do("workshop.wall", edit, None))
    assert here.browser("N").get(f"/s/{key}/now").status_code == 404 and now(here)["rev"]
    ok(here.phone("E").do("wall.drop", edit, None))
    assert here.phone("E").do("wall.drop", edit, None)["code"] == "no_such_wall"
    assert here.phone("E").do("wall.drop", {"workshop": it, "wall": it}, None)["code"] == "first_wall"
    made = [here.phone("E").do("wall.add", {"workshop": it, "name": f"P{n}"}, None) for n in range(12)]
    assert made[-1]["code"] == "too_many_walls"


def test_nothing_stood_on_a_wall_before_the_first_act():
    one = hall()
    assert send(one, verb="wall.back")["code"] == "nothing_before"
    one.close()


def test_without_script_one_sends_and_takes_back(here):
    it = here.at["workshop_id"]
    page = cast.Phone(here.browser("E")).http
    path = f"/w/{it}/walls"

    def post(**fields) -> int:
        fields = {name.replace("__", "."): value for name, value in fields.items()}
        return page.post(path, data=fields | {"token": here.token("E"), "client": secrets.token_urlsafe(16)},
                         headers={"X-Workshop": "1"}).status_code
    assert post(act="show", kind__1="text", text__text__1="Sin guion", kind__2="board", board__room__2=here.at["rooms"][0],
                size__1="2") == 303
    said = now(here)
    assert "Sin guion" in said["html"] and said["streams"] == [here.at["rooms"][0]] and "z4" in said["html"]
    assert post(act="show", kind__1="card", card__card__1="R1-001") == 303
    assert "texto de la sala uno" in now(here)["html"]
    assert post(**{"act": "blank", f"saw.{it}": str(rev(here) - 1)}) == 200, "the page says that somebody was quicker"
    assert post(act="back") == 303 and "Sin guion" in now(here)["html"]


def test_every_kind_of_block_has_its_drawing(here):
    for kind in kinds().values():
        assert here.app.jinja_env.get_template(f"wall/blocks/{kind.name}.html")
