"""Websockets that get lost in a proxy: what is written goes over plain requests before a socket has been given up."""
import pytest
from playwright.sync_api import expect

from tests.browser.facilitator.test_a_meeting import card, post
from tests.browser.way_in.test_way_in import fill_in, send
from tests.faults.relays.swallowing import DEAF, MUTE, Swallowing

GIVEN_UP = 3  # sockets: so many failed before anything went over plain requests


@pytest.fixture
def behind(open_page, house):
    """behind(proxy, name) -> the page of somebody whose line goes through the proxy."""
    def enter(proxy: Swallowing, name: str = "Rosa"):
        page = open_page("phone", base_url=proxy.url)
        fill_in(page, f"/j/{house['meeting']['code']}?r=1", name)
        send(page)
        page.wait_for_selector("#composer:not([hidden])")
        page.wait_for_selector(".scripted")
        return page
    return enter


@pytest.mark.parametrize("how", [MUTE, DEAF])
def test_the_first_idea_is_saved_and_others_are_seen_while_the_first_sockets_are_still_waited_for(behind, join, house, how):
    luis = join("Luis")
    with Swallowing(house["server"].port, how) as proxy:
        rosa = behind(proxy)
        post(rosa, f"Sin enchufe, {how}")
        expect(card(rosa, f"Sin enchufe, {how}")).to_contain_text("Guardado")
        assert 0 < proxy.upgrades < GIVEN_UP
        expect(card(luis, f"Sin enchufe, {how}")).to_have_count(1)
        post(luis, f"De Luis, {how}")
        expect(card(rosa, f"De Luis, {how}")).to_have_count(1)
        assert proxy.upgrades < GIVEN_UP
        expect(rosa.locator(".chip.line.slow")).to_be_visible()


@pytest.mark.parametrize("how", [MUTE, DEAF])
def test_a_socket_that_swallows_in_the_middle_of_a_meeting_holds_nothing_up(behind, join, house, how):
    luis = join("Luis")
    with Swallowing(house["server"].port, "") as proxy:
        rosa = behind(proxy)
        rosa.wait_for_selector(".chip.line.online")
        proxy.turn(how)
        post(rosa, f"A media reunión, {how}")
        expect(card(rosa, f"A media reunión, {how}")).to_contain_text("Guardado")
        assert proxy.upgrades == 0, "no new socket was needed for it"
        post(luis, f"Lo que sigue, {how}")
        expect(card(rosa, f"Lo que sigue, {how}")).to_have_count(1)
        assert proxy.upgrades < GIVEN_UP
