"""A page of somebody else's opens no line and sends no form here: handshakes and requests with each kind of Origin."""
import base64
import http.client
import secrets

import pytest

HOST = "taller.example"
FOREIGN = ("https://evil.example", "null", "https://app.taller.example", "https://taller.example.evil.example", "file://",
           "https://taller.example:8443", "https://evil.example/https://taller.example")


def handshake(server, **heads: str) -> int:
    """The status with which the server answers somebody who wants a line."""
    key = base64.b64encode(secrets.token_bytes(16)).decode()
    return asked(server, "GET", "/socket.io/?EIO=4&transport=websocket", None, heads | {
        "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": key})


def sent(server, path: str, **heads: str) -> int:
    """The status of the answer to a command, or to a form."""
    kind = "application/json" if path.startswith("/api/") else "application/x-www-form-urlencoded"
    return asked(server, "POST", path, b"{}", heads | {"Content-Type": kind, "X-Workshop": "1"})


def asked(server, method: str, path: str, body, heads: dict) -> int:
    """The status of one answer."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    try:
        line.request(method, path, body, {"Host": HOST} | {name.replace("_", "-"): value for name, value in heads.items()})
        return line.getresponse().status
    finally:
        line.close()


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_foreign_page_opens_no_line_and_sends_nothing(long_server, origin):
    assert handshake(long_server, Origin=origin) == 400
    assert [sent(long_server, path, Origin=origin) for path in ("/api/do", "/api/join", "/login", "/")] == [403] * 4


def test_our_own_page_and_programs_without_one_get_in(long_server):
    for heads in ({"Origin": f"http://{HOST}"}, {}):
        assert handshake(long_server, **heads) == 101
        assert sent(long_server, "/api/do", **heads) == 200


def test_behind_a_proxy_that_speaks_https_a_page_that_came_in_the_clear_is_a_foreign_one(serve):
    server = serve(proxies=1)
    behind = {"X_Forwarded_Proto": "https", "X_Forwarded_Host": HOST, "X_Forwarded_For": "203.0.113.7"}
    assert (handshake(server, Origin=f"https://{HOST}", **behind), handshake(server, Origin=f"http://{HOST}", **behind)) == \
        (101, 400)
    assert [sent(server, "/api/do", Origin=f"{scheme}://{HOST}", **behind) for scheme in ("https", "http")] == [200, 403]


def test_of_further_origins_those_that_are_named_get_in(serve):
    server = serve(origins="https://otro.example", base_url=f"https://{HOST}")
    origins = [f"https://{host}" for host in ("otro.example", HOST, "evil.example")]
    assert [handshake(server, Origin=origin) for origin in origins] == [101, 101, 400]
    assert [sent(server, "/api/do", Origin=origin) for origin in origins] == [200, 200, 403]
