"""What a device may ask, however many lines it opens."""
from tests.live.device import ASKED


def test_questions_of_all_lines_of_a_device_share_one_limit_and_others_are_answered(server, Device):
    rosa = Device(server.url).join(server.meeting["code"], "Rosa").connect()
    tabs = [rosa.tab().connect() for _ in range(4)]
    assert all(tab.pump(lambda tab=tab: tab.cursor) for tab in tabs)
    for tab in tabs:
        for _ in range(25):
            tab.ask(server.meeting["rooms"][0])
    answers = []
    for tab in tabs:
        assert tab.pump(lambda tab=tab: ASKED + 25 in tab.acks)
        answers += [answer for n, answer in tab.acks.items() if n > ASKED]
        tab.close()
    assert len(answers) == 100 and 0 < sum("retry_after" in answer for answer in answers) <= 40
    julio = Device(server.url).join(server.meeting["code"], "Don Julio").connect()
    assert "cards" in julio.asked_of(server.meeting["rooms"][0])
