"""A small storm, with the server killed in the middle of it."""
from tests.bench.storm import Storm
from tests.support.apart import apart


def test_ideas_posted_while_the_server_is_killed_are_on_every_screen_once():
    storm = Storm(devices=10, rooms=2, rate=10, seconds=5, kills=1)
    report = apart(storm.run)
    assert report["faults"] == []
    assert (report["ideas"], report["acknowledged"], report["deliveries"]) == (50, 50, 250)
    assert report["connections"] >= 20, "every device came back after the kill"
    assert len(report["restarts"]) == 1
