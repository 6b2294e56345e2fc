"""A program over a socket: it comes with a token, and goes with it."""
import json
import secrets
import socket
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
import websocket

from tests.live.device import idea
from tests.live.server import Server
from tests.pages.facilitator.people import FIELD
from tests.pages.programs.program import joins, token_of
from tests.support import cast
from tests.support.waiting import PATIENCE
from workshop.actions.accounts import team, tokens
from workshop.actions.rooms import workshops
from workshop.store.models import Account, Membership, ProgramToken, Workshop


@pytest.fixture
def database() -> str:
    return ""


@pytest.fixture
def store(tmp_path, meeting):
    """The store beside the server, as another process has it."""
    app = cast.app(tmp_path)
    yield app
    app.extensions["house"].store.close()


@pytest.fixture
def program(server, store, Device):
    """program(role) -> a device that comes with a token in the auth payload and follows the workshop and room 1."""
    def come(role: str = "facilitator", name: str = "Registro", account: str = "", **auth):
        token = token_of(store, account or server.meeting["owner"], server.meeting["workshop"], role, name)
        device = Device(server.url)
        device.place = {"streams": [server.meeting["workshop"], server.meeting["rooms"][0]]}
        device.token = token
        device.knock()
        device.ws.send("40" + json.dumps({"v": 1, "token": token,
                                          "watch": dict.fromkeys(device.place["streams"])} | auth))
        return device
    return come


def board_is_there(device) -> bool:
    return device.pump(lambda: any(card["kind"] == "activity" for card in device.cards.values()))


def said_to(server, auth: dict, **options) -> str:
    """What the server answers to a socket that comes so, after its own `0{...}`."""
    line = websocket.create_connection(server.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket",
                                       timeout=PATIENCE, **options)
    try:
        line.recv()
        line.send("40" + json.dumps({"v": 1, "watch": {server.meeting["workshop"]: None}} | auth))
        return line.recv()
    finally:
        line.close()


def lets_in(told: str) -> bool:
    """Whether the server has let somebody in who was told this first."""
    return told.startswith(("40", '42["hello"'))


def test_it_hears_writes_and_asks_and_an_observers_may_only_hear(server, program):
    writer, eyes = program(), program("observer", "Tablero")
    assert board_is_there(writer) and board_is_there(eyes)
    done = cast.ok(writer.do("contribution.add", idea(server, "del registro"), None))
    assert done["card"]["staff"] is True
    assert eyes.pump(lambda: eyes.ideas()), "who looks on hears it"
    assert eyes.do("contribution.add", idea(server, "de quien mira"), None)["code"] == "not_here"
    frame = eyes.asked_of(server.meeting["rooms"][0])
    assert frame["stream"] == server.meeting["rooms"][0]
    assert eyes.asked_of(server.meeting["rooms"][1])["stream"] == server.meeting["rooms"][1]


def test_the_header_opens_a_socket_too_and_then_the_cookie_does_not_count(server, store):
    token, cookie = token_of(store, server.meeting["owner"], server.meeting["workshop"], "owner"), server.meeting["staff"]
    assert lets_in(said_to(server, {}, header=[f"Authorization: Bearer {token}"]))
    assert lets_in(said_to(server, {"token": token}))
    assert lets_in(said_to(server, {}, cookie=f"tinkuy={cookie}")), "it is a good cookie"
    for auth, options in (({"token": "tinkuy_" + "x" * 43}, {}), ({"token": cookie}, {}), ({"token": ""}, {}),
                          ({"token": None}, {}), ({"token": ["x"]}, {}), ({"token": {"a": 1}}, {}),
                          ({"token": "\u00e9" * 50}, {}), ({"token": "x" * 30_000}, {}),
                          ({}, {"header": ["Authorization: Bearer nothing"]})):
        assert said_to(server, auth, cookie=f"tinkuy={cookie}", **options) == '44{"message":"bad_token"}', auth
    assert said_to(server, {}, cookie=f"tinkuy={token}").startswith("44"), "a token is no cookie"


def end_on_the_page(server, row: str) -> None:
    """Elena ends a token in her browser."""
    cookie = {"Cookie": f"tinkuy={server.meeting['staff']}"}
    with urllib.request.urlopen(urllib.request.Request(server.url + "/account", headers=cookie), timeout=PATIENCE) as page:
        form = dict(FIELD.findall(page.read().decode()))
    body = urllib.parse.urlencode({"token": form["token"], "program": row}).encode()
    with urllib.request.urlopen(urllib.request.Request(server.url + "/account/programs/end", body, cookie),
                                timeout=PATIENCE) as done:
        assert done.url.endswith("?done=over")


def test_a_token_that_is_ended_on_the_page_is_cut_off_and_comes_back_no_more(server, store, program):
    one, other = program(name="uno"), program(name="otro")
    assert board_is_there(one) and board_is_there(other)
    with store.extensions["house"].store.read() as session:
        row = session.query(ProgramToken).filter_by(name="uno").one().id
    end_on_the_page(server, row)
    assert one.is_cut()
    assert said_to(server, {"token": one.token}) == '44{"message":"bad_token"}'
    assert cast.ok(other.do("contribution.add", idea(server, "sigo aquí"), None))


@pytest.mark.parametrize("how", ["ended", "lowered", "removed", "over"])
def test_what_changes_elsewhere_cuts_it_off(server, store, program, how):
    luis = joins(store, server.meeting, "Luis", "facilitator")
    if how == "lowered":
        give(store, server, luis, "rapporteur", server.meeting["rooms"][0])
    device = program("facilitator", account=luis)
    assert board_is_there(device)
    house = store.extensions["house"]
    with house.store.write() as session:
        row = session.query(ProgramToken).one()
        if how == "ended":
            tokens.end(session, house.clock(), luis, row.id)
        elif how == "over":
            row.expires_at = house.clock()
        else:
            workshop = session.get(Workshop, server.meeting["workshop"])
            held = session.query(Membership).filter_by(account_id=luis, role="facilitator").one().id
            team.withdraw(session, house.clock(), workshop, held)
    assert device.is_cut()
    told = said_to(server, {"token": device.token})
    assert lets_in(told) if how == "lowered" else told == '44{"message":"bad_token"}'


def give(app, server, account: str, role: str, room: str) -> None:
    """One more role for an account."""
    house = app.extensions["house"]
    with house.store.write() as session:
        team.grant(session, house.clock(), session.get(Workshop, server.meeting["workshop"]),
                   session.get(Account, account), role, room)


def test_the_command_that_comes_before_the_line_is_cut_is_refused_too(server, store, program):
    device = program()
    assert board_is_there(device)
    cast.ok(device.do("contribution.add", idea(server, "antes"), None))  # the writer knows the token now
    house = store.extensions["house"]
    with house.store.write() as session:
        tokens.end(session, house.clock(), server.meeting["owner"], session.query(ProgramToken).one().id)
    n = device.send("contribution.add", idea(server, "después"), None)
    device.pump(lambda: n in device.acks)
    assert device.acks.get(n, {"code": "cut"})["code"] in ("who_are_you", "cut")


def test_a_token_of_one_workshop_hears_nothing_of_another(server, store, Device):
    house = store.extensions["house"]
    with house.store.write() as session:
        owner = session.get(Account, server.meeting["owner"])
        other = workshops.create_workshop(session, house.clock(), owner, "Otro encuentro").id
    token = token_of(store, server.meeting["owner"], other, "owner")
    assert said_to(server, {"token": token}).startswith("44")
    assert lets_in(said_to(server, {"token": token, "watch": {other: None}}))


@pytest.mark.parametrize("head", [
    b"Authorization: Bearer tinkuy_\n x\r\n", b"Authorization: Bearer\r\n tinkuy_x\r\n", b"Authorization : Bearer x\r\n",
    b"Authorization: Bearer " + b"x" * 100_000 + b"\r\n", b"Authorization: Bearer \xff\xfe\r\n",
    b"Authorization: Bearer a\r\nAuthorization: Bearer b\r\n", b"Authorization: Bearer a\0b\r\n"])
def test_a_head_that_is_none_is_refused_and_the_server_goes_on(long_server, head):
    server = long_server
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as line:
        line.sendall(b"GET /api/me HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + head + b"\r\n")
        said = b""
        try:
            while piece := line.recv(65536):
                said += piece
        except ConnectionError:
            pass  # it hung up on what it had not read
    assert said.split(b" ")[1:2] in ([b"400"], [b"401"], [b"414"], [b"431"]) or not said, said[:200]
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(server.url + "/api/me", timeout=PATIENCE)


def test_no_token_stands_in_the_log(server, store, serve, tmp_path):
    with (tmp_path / "log").open("wb") as log:
        second = Server(tmp_path, async_="eventlet")
        second.errors, second.meeting = log, server.meeting
        second.start()
        good = token_of(store, server.meeting["owner"], server.meeting["workshop"], "owner")
        bad = "tinkuy_" + secrets.token_urlsafe(32)
        for token in (good, bad):
            said_to(second, {"token": token})
            for path, method in (("/api/me", "GET"), ("/account", "GET"), ("/no-such-page", "POST")):
                asked = urllib.request.Request(second.url + path, method=method)
                asked.add_header("Authorization", f"Bearer {token}")
                try:
                    urllib.request.urlopen(asked, timeout=PATIENCE).close()
                except urllib.error.HTTPError as error:
                    assert error.code in (401, 403, 404, 405)
        second.stop()
    told = Path(tmp_path / "log").read_text(encoding="utf-8")
    assert good not in told and bad not in told
