"""Every line by everybody: who may follow which stream over a socket, what its events do, and that no other is answered."""
import json

import pytest

from tests.support.everybody import ROLES, SECRETS, hall
from workshop.actions.accounts import team
from workshop.store.identity import identify
from workshop.store.models import Workshop

# Who may follow: + the cards of the stream, - not.
STREAMS = """
workshop  - - + + - + + + + + - + -
room1     - - + - - + - + + + - - -
room2     - - - + - - + + + + - - -
circle    - - - + - - - - - - - - -
inbox     - - - - - - - - + + - - -
foreign   - - - - - - - - - - + - -
"""
EVENTS = {"connect", "disconnect", "do", "ask", "line"}


def streams(here) -> dict[str, str]:
    """{name in the table: id}."""
    return {"workshop": here.at["workshop_id"], "room1": here.at["rooms"][0], "room2": here.at["rooms"][1],
            "circle": here.at["circle"], "inbox": here.at["inbox"], "foreign": here.at["foreign"]}


def told(role: str) -> dict[str, bool]:
    """{stream: whether the role may follow it} of the table."""
    found = {}
    for line in STREAMS.strip().splitlines():
        name, *signs = line.split()
        assert len(signs) == len(ROLES)
        found[name] = signs[list(ROLES).index(role)] == "+"
    return found


def connect(here, role: str, watch):
    """A socket of somebody's, which asks to follow streams."""
    auth = {"watch": {stream: ["", 0] for stream in watch}} | ({"screen": here.at["screen"]} if role == "W" else {})
    socketio = here.app.extensions["house"].live.socketio
    return socketio.test_client(here.app, auth=auth, flask_test_client=here.browser(role))


def heard(client) -> list[tuple[str, object]]:
    """[(event, what it says)] that came on a line until now."""
    return [(one["name"], one["args"][0]) for one in client.get_received()]


@pytest.mark.parametrize("role", ROLES)
def test_a_line_follows_what_its_holder_may_see_and_nothing_more(role):
    here = hall()
    known, may = streams(here), told(role)
    client = connect(here, role, known.values())
    assert client.is_connected() == any(may.values())
    said = heard(client) if client.is_connected() else []
    followed = {event["stream"] for name, event in said if name == "cards"}
    assert followed == {known[name] for name, yes in may.items() if yes}
    if client.is_connected():
        for name, stream in known.items():
            answer = client.emit("ask", {"stream": stream, "epoch": "", "since": 0} | (
                {"screen": here.at["screen"]} if role == "W" else {}), callback=True)
            assert ("cards" in answer) == may[name] and (may[name] or answer["code"] == "not_here"), name
        said += [("ask", answer)]
    text = json.dumps(said, ensure_ascii=False).replace('": ', '":')
    assert not [secret for secret, who in SECRETS.items() if role not in who and secret in text]
    here.close()


def test_the_events_of_a_socket_are_these_and_no_other_is_answered():
    here = hall()
    server = here.app.extensions["house"].live.socketio.server
    assert set(server.handlers["/"]) == EVENTS
    client = connect(here, "H", [here.at["workshop_id"]])
    heard(client)
    before = here.rows()
    for name in ("__class__", "message", "json", "tell_ballot", "cut", "room.close", "cards"):
        client.emit(name, {"room": here.at["rooms"][0]})
    client.emit("line", {"waiting": "many"}), client.emit("line", None), client.emit("do", None), client.emit("ask", None)
    assert heard(client) == [] and client.is_connected() and here.rows() == before
    here.close()


@pytest.mark.parametrize(("role", "code"), [("O", "not_here"), ("Q", "not_here"), ("R", "forbidden"), ("H", "forbidden")])
def test_a_command_on_a_line_is_refused_as_over_http(role, code):
    here = hall()
    client = connect(here, role, [here.at["workshop_id"]])
    seat = (here.at["seats"].get(role) or [None])[0]
    answer = client.emit("do", {"client": "a" * 20, "n": 1, "verb": "room.close", "seat": seat,
                                "payload": {"room": here.at["rooms"][0]}}, callback=True)
    assert answer["code"] == code
    here.close()


@pytest.mark.parametrize("role", "RF")
def test_who_loses_a_role_is_cut_off_with_the_next_look_at_the_lines_and_refused_before(role):
    here = hall()
    live, client = here.app.extensions["house"].live, connect(here, role, [here.at["workshop_id"], here.at["rooms"][0]])
    house = here.app.extensions["house"]
    live.door.call_roll()
    assert client.is_connected()
    with house.store.write() as session:
        who = identify(session, here.cookies[role])
        workshop = session.get(Workshop, here.at["workshop_id"])
        team.withdraw(session, house.clock(), workshop, who.memberships[0].id)
    answer = client.emit("do", {"client": "a" * 20, "n": 1, "verb": "summary.publish", "seat": None,
                                "payload": {"activity": here.at["summary"]}}, callback=True)
    assert answer["code"] == "not_here"
    live.door.call_roll_if_needed()
    assert not client.is_connected()
    here.close()


def test_the_wall_may_look_and_do_nothing():
    here = hall()
    client = connect(here, "W", [here.at["workshop_id"]])
    assert client.is_connected()
    answer = client.emit("do", {"client": "a" * 20, "n": 1, "verb": "room.close", "seat": None,
                                "payload": {"room": here.at["rooms"][0]}}, callback=True)
    assert answer["code"] == "who_are_you"
    here.close()
