"""Identifies the asker of a request, queues costly requests by its key, and drops those for which nobody waits any more."""
import socket
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress

from flask import Flask, Response, g, make_response, request

from workshop.domain.errors import Refusal, RetryLater
from workshop.domain.limits import Buckets
from workshop.house import house
from workshop.pages.shell.bearer import bearer
from workshop.pages.shell.security import secret
from workshop.store.rate_limit_keys import address_key
from workshop.time_slices import watched
from workshop.work_queue import Asker, Gone, TooMany, WorkQueue

AGAIN = 3  # seconds after which a browser reloads a page for which too many of its device wait
BEHIND_ADDRESS = 60  # requests more than of a device that may wait of an address: a hall has one, and no cookies at first
# What is made in threads and processes beside the event loop, and may take seconds.
BESIDE = {("GET", "report.download"), ("GET", "alike.alike"), ("POST", "bring.bring")}
SMALL = {"desk.qr", "plenary.screen_qr"}  # pictures in pages: a browser asks for a dozen at once
WITHOUT_STORE = {"assets", "health"}  # blueprints that answer while there is none
DRAWN = {"bring", "process"}  # blueprints whose forms are answered by pages


def plug_in(app: Flask) -> None:
    """Queues before all that a request costs; answers those who cannot wait, or have hung up."""
    app.before_request(begin)
    app.register_error_handler(TooMany, too_many)
    app.register_error_handler(Gone, lambda _gone: Response(status=503))  # nobody reads it


def begin() -> None:
    """Waits until this request may begin. Of those that a device, or strangers, sent at once few begin before the loop looks
    who else has something to say; devices do not wait for strangers, from however many addresses these come. Raises Gone."""
    h, line, here = house(), _socket(), address_key(request.remote_addr)
    device = h.rate_limit_keys.remembered(secret())
    tried = (token := bearer()) is None or h.may_try(token, request.remote_addr)
    if device is None and tried and request.blueprint not in WITHOUT_STORE:
        with suppress(RetryLater):  # without the store everybody is a stranger
            device = h.rate_limit_keys.device(secret())
    turn = (h.beginning if device else h.strangers).take(device or here, lambda: _hung_up(line), group=here)
    turn.__enter__()
    h.live.soon(lambda: turn.__exit__(None, None, None))


def of_request() -> AbstractContextManager[None]:
    """Wraps the answering of the request: a costly one waits for its turn here. Raises TooMany, Gone."""
    method = "GET" if request.method == "HEAD" else request.method
    if (method, request.endpoint) in BESIDE:
        return turn(house().beside)
    page = (request.view_args or {}).keys() & {"workshop_id", "key"}
    if page and request.endpoint not in SMALL and (method == "GET" or request.blueprint in DRAWN):
        return turn(house().drawing)
    return nullcontext()


@contextmanager
def turn(turns: WorkQueue) -> Iterator[None]:
    """Takes a turn for this request's device. Raises TooMany, Gone."""
    mine = asker()

    def look() -> None:
        if mine.gone():
            raise Gone
    with turns.take(mine.key, mine.gone, BEHIND_ADDRESS * (mine.key == mine.group), group=mine.group), watched(look):
        yield


def asker() -> Asker:
    """Identifies the asker of this request (store/rate_limit_keys.py), and whether it has hung up."""
    if "asker" not in g:
        line, address = _socket(), request.remote_addr
        key = house().rate_limit_keys.key(secret(), address, request.args.get("screen"))
        g.asker = Asker(key, address_key(address), lambda: _hung_up(line))
    mine: Asker = g.asker
    return mine


def wait_for(buckets: Buckets, behind: int = BEHIND_ADDRESS) -> float:
    """Returns 0.0 if the asker may go on, else the seconds until then; `behind`: how many more an address has at once."""
    mine = asker()
    return buckets.take(mine.key, time.monotonic(), burst=buckets.burst + behind * (mine.key == mine.group))


def too_many(_too_many: TooMany) -> Response:
    """Answers 429, and when to come again; a page does so by itself."""
    from workshop.pages.shell.errors import said
    answer = make_response(said(Refusal("too_many_pages"), 429, {"retry_after": AGAIN}))
    answer.headers["Retry-After"] = str(AGAIN)
    if request.method == "GET":
        answer.headers["Refresh"] = str(AGAIN)
    return answer


def _socket() -> socket.socket | None:
    """Returns the request's connection as the system knows it, where the server lets it be seen."""
    body = request.environ.get("eventlet.input")
    line: socket.socket | None = body.get_socket().fd if body is not None else request.environ.get("werkzeug.socket")
    return line


def _hung_up(line: socket.socket | None) -> bool:
    """Tells whether the other side has ended the connection; what it has sent meanwhile stays there to be read."""
    if line is None:
        return False
    try:
        return line.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except (BlockingIOError, InterruptedError):
        return False
    except OSError:
        return True
