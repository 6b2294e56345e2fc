"""Lines that fall silent, are cut, or carry no sockets: the place is kept, or what was written arrives once all the same."""
import time
from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from tests.browser.facilitator.test_a_meeting import card, post
from tests.faults.relays.proxy import DOWN, UP, Apart
from workshop.transport.sockets.heartbeat import PING_EVERY, PING_WITHIN

KEPT, LOST = (6.0, 11.0), 21.0  # seconds of silence; after the last the server, too, has given the line up
CUT = 11.0  # seconds: what waits for an answer is given up after 8, and attempts hang


@pytest.fixture
def relay(house):
    """relay() -> a line of one's own to the server, which can be cut."""
    with Apart(house["server"].port) as one, Apart(house["server"].port) as two, Apart(house["server"].port) as three:
        lines = iter((one, two, three))
        yield lambda: next(lines)


def sockets(page) -> list:
    """The sockets that the page will open."""
    opened = []
    page.on("websocket", lambda socket: opened.append(socket))
    page.reload()
    page.wait_for_selector(".chip.line.online")
    return opened


def test_six_and_eleven_silent_seconds_cost_nobody_the_place_and_a_longer_silence_is_resumed(join, relay):
    lines = [relay() for _ in (*KEPT, LOST)]
    pages = [join(f"Persona {n}", base_url=line.url) for n, line in enumerate(lines)]
    luis = join("Luis")
    opened = [sockets(page) for page in pages]
    with opened[1][0].expect_event("framereceived", lambda frame: frame == "2"):
        pass
    pages[0].wait_for_timeout(1000 * (PING_EVERY - 0.5))  # the next ping is due just when nothing passes
    for line in lines:
        line.hold()
    began = time.monotonic()
    post(luis, "Escrita en el silencio")
    for line, silence in zip(lines, (*KEPT, LOST), strict=True):
        pages[0].wait_for_timeout(max(0.0, 1000 * (began + silence - time.monotonic())))
        line.go()
    for page in pages:
        expect(card(page, "Escrita en el silencio")).to_have_count(1, timeout=60_000)
        expect(page.locator(".chip.line.online, .chip.line.slow")).to_be_visible(timeout=60_000)
    assert [len(one) for one in opened[:2]] == [1, 1] and all(not one[0].is_closed() for one in opened[:2])
    assert len(opened[2]) >= 2 and opened[2][0].is_closed()
    post(pages[2], "Después del silencio")
    expect(card(luis, "Después del silencio")).to_have_count(1, timeout=60_000)


def test_the_figures_leave_a_journey_of_two_seconds_beside_eleven_silent_ones_and_notice_a_dead_line_in_twenty():
    assert PING_WITHIN >= 11 + 2 and PING_EVERY + PING_WITHIN <= 20


def test_after_a_cut_all_is_there_once_for_who_waited_who_loaded_the_page_again_and_whose_tab_was_killed(join, relay):
    dead, held = relay(), relay()  # one forgets its connections, one goes on with them
    stays, reloads, dies = pages = [join(name, base_url=line.url) for name, line in (
        ("Rosa", dead), ("Elvira", held), ("Julio", held))]
    luis = join("Luis")
    address = dies.url
    dead.halve(UP, DOWN, new=True)
    held.hold()
    cut = time.monotonic()
    for page in pages:
        for n in range(3):
            post(page, f"En el corte {pages.index(page)}{n}")
    for page in pages:
        expect(page.locator(".chip.line")).to_contain_text("3 por enviar")
    reloads.on("dialog", lambda dialog: dialog.accept())
    with pytest.raises(Exception, match=r"Timeout|ERR_"):
        reloads.reload(timeout=1000)  # the end of the time is what is asked for
    dies.close(run_before_unload=False)
    stays.wait_for_timeout(max(0.0, 1000 * (cut + CUT - time.monotonic())))
    dead.heal()
    held.go()
    again = dies.context.new_page()
    with suppress(Error):  # what it was loading may come by itself now
        reloads.goto(reloads.url, wait_until="commit")
    again.goto(address, wait_until="commit")
    for who in range(3):
        for n in range(3):
            expect(card(luis, f"En el corte {who}{n}")).to_have_count(1, timeout=60_000)
    for page in (stays, reloads, again):
        expect(page.locator(".chip.line")).not_to_contain_text("por enviar", timeout=60_000)


def test_where_no_socket_passes_one_writes_and_reads_over_plain_http(join):
    rosa, luis = join("Rosa"), join("Luis")
    rosa.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    rosa.reload()
    expect(rosa.locator(".chip.line.slow")).to_be_visible(timeout=60_000)  # three sockets have failed
    post(rosa, "Sin conexión directa")
    expect(card(luis, "Sin conexión directa")).to_have_count(1, timeout=60_000)
    expect(card(rosa, "Sin conexión directa")).to_contain_text("Guardado", timeout=60_000)
    post(luis, "A quien no la tiene")
    expect(card(rosa, "A quien no la tiene")).to_have_count(1, timeout=60_000)
