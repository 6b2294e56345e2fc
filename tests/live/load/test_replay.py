"""Recorded conversations against a real server, and a simulated device in the situations that it must master."""
import asyncio
import json
import secrets

import pytest
from click.testing import CliRunner

from tests.live.server import Server
from tests.support.apart import apart
from tests.support.real import real
from workshop.cli import main
from workshop.config import Config
from workshop.replay.client.device import Device
from workshop.replay.recording import Act, Recording
from workshop.replay.stage import found

PEOPLE = ("rosa", "julio", "luis")
RECORDING = Recording("prueba", {"0": "Guardar semilla", "1": "Ferias"}, ["0"], [
    Act(0, "rosa", "0", 1), Act(10, "julio", "1"), Act(20, "rosa", "1", -1), Act(30, "luis", "0", 0)])


def replay(folder, tmp_path, *options: str, kind: str = "polis") -> dict:
    """The report of `workshop replay polis` (or of another kind)."""
    report = tmp_path / "report.json"
    done = apart(CliRunner().invoke, main, ["replay", kind, str(folder), "--report", str(report), *options])
    assert done.exit_code == 0, (done.output, done.exception)
    return json.loads(report.read_text()) | {"said": done.output}


def test_a_recorded_conversation_at_full_speed_ends_with_the_recorded_totals(tmp_path):
    folder = real("polis", "london.youth.policing")
    report = replay(folder, tmp_path, "--speed", "max", "--twice")
    said = json.loads((folder / "expected.json").read_text())
    expected = said["per_comment"]
    assert report["totals"] == {idea: counted["final"] for idea, counted in expected.items()}
    assert report["checkpoints"] == list(said["replay_checkpoints"].values()) and report["same_after_twice"]
    assert (report["people"], report["ideas"], report["votes_sent"], report["refused"]) == (26, 39, 640, 0)
    assert report["acknowledged"] == 640 + 24 and report["equal_screens"]


def test_with_a_third_of_the_people_on_recorded_mobile_lines_the_totals_are_right_and_nothing_is_doubled(tmp_path):
    folder, traces = real("polis", "london.youth.policing"), real("traces")
    report = replay(folder, tmp_path, "--speed", "200", "--traces", str(traces))
    expected = json.loads((folder / "expected.json").read_text())["per_comment"]
    assert report["totals"] == {idea: counted["final"] for idea, counted in expected.items()}
    assert report["as_recorded"] and report["equal_screens"] and report["acknowledged"] == 640 + 24
    assert report["lines"] >= 10 and report["connections_on_them"] >= 26 // 3 and report["bytes_down_them"] > 20_000
    assert report["seconds"] >= 990 / 200 and report["level_after_seconds"] >= 0
    assert f"equal after {report['level_after_seconds']} s" in report["said"]


def test_totals_that_are_not_the_recorded_ones_are_said_and_end_the_command_with_1(tmp_path, monkeypatch):
    folder = tmp_path / "dos"
    folder.mkdir()
    (folder / "comments.csv").write_text("comment_id,author_id,timestamp_ms,body\n0,1,1000,Ferias\n")
    (folder / "votes.csv").write_text("timestamp_ms,comment_id,participant_id,vote\n1000,0,1,1\n1000,0,2,1\n")
    monkeypatch.setattr(Recording, "totals", lambda self: {"0": {"agree": 3, "disagree": 0, "pass": 0}})
    done = apart(CliRunner().invoke, main, ["replay", "polis", str(folder), "--report", str(tmp_path / "r.json"),
                                            "--speed", "max"])
    assert done.exit_code == 1 and "totals NOT as recorded;" in done.output and "; screens equal" in done.output


def test_at_its_own_pace_a_conversation_takes_its_time(tmp_path):
    folder = tmp_path / "cuatro segundos"
    folder.mkdir()
    (folder / "comments.csv").write_text("comment_id,author_id,timestamp_ms,body\n0,1,1000,Ferias\n")
    (folder / "votes.csv").write_text("timestamp_ms,comment_id,participant_id,vote\n1000,0,1,1\n5000,0,2,-1\n5000,0,1,0\n")
    report = replay(folder, tmp_path, "--speed", "2")
    assert report["seconds"] >= 2
    assert report["totals"] == {"0": {"agree": 0, "disagree": 1, "pass": 1}}


def test_twenty_groups_that_talk_at_once_each_have_their_own_words_and_no_others(tmp_path):
    folder = real("chat-rooms")
    report = replay(folder, tmp_path, "--speed", "max", kind="chat")
    for name, expected in json.loads((folder / "expected.json").read_text())["rooms"].items():
        assert report["rooms"][name] == {
            "people": expected["people"], "messages": expected["messages"], "per_person": dict(expected["per_person"]),
            "own_in_order": True, "only_own": True}
    assert (report["people"], report["messages"], report["acknowledged"], report["refused"]) == (77, 723, 723, 0)
    assert report["equal_screens"]


@pytest.fixture
def hall(tmp_path):
    """A stage and its server; settings by keyword."""
    servers = []

    def make(**settings):
        stage = found(Config(data=str(tmp_path)), RECORDING)
        servers.append(Server(tmp_path, **settings).start())
        return stage, servers[-1]
    yield make
    for server in servers:
        server.stop()


async def enter(stage, server, *names: str) -> list[Device]:
    """Devices that have joined and are connected."""
    devices = [Device(server.url) for _ in names]
    for device, name in zip(devices, names, strict=True):
        await device.join(stage.code, name, room=stage.room)
        await device.start().up.wait()
    return devices


async def until(condition) -> None:
    """Wait for something that must come; the test fails when it does not within half a minute."""
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.02)


def tally(device: Device, stage) -> dict:
    return (device.copy.cards[stage.vote].get("tally") or {"items": {}})["items"]


def test_votes_given_just_before_the_server_is_killed_are_counted_on_every_screen(hall):
    stage, server = hall(tally_every=3600)
    card = stage.cards["0"]

    async def act():
        rosa, julio, luis = devices = await enter(stage, server, *PEOPLE)
        for device in (rosa, julio, luis):
            assert (await device.vote(stage.vote, {card: 1}))["ok"]
        await until(lambda: all(tally(device, stage) for device in devices))
        assert [tally(device, stage)[card]["agree"] for device in devices] == [1, 1, 1]
        server.kill()
        await asyncio.to_thread(server.start)
        await until(lambda: all(tally(device, stage)[card]["agree"] == 3 for device in devices))
        for device in devices:
            await device.stop()
    apart(asyncio.run, act())


def test_two_tabs_of_one_person_change_one_ballot_and_lose_nothing(hall):
    stage, server = hall()

    async def act():
        [one] = await enter(stage, server, "Rosa")
        other = Device(server.url)
        other.cookie, other.place = one.cookie, one.place
        await other.start().up.wait()
        cards = [stage.cards["0"], stage.cards["1"]]
        item = one.write("contribution.add", {"activity": stage.board, "id": cards[1], "body": {"text": "Ferias"}})
        assert (await item.answer)["ok"]
        for i in range(10):
            await asyncio.gather(one.vote(stage.vote, {cards[0]: i % 2}), other.vote(stage.vote, {cards[1]: -(i % 2)}))
        assert one.counts["stale"] + other.counts["stale"] > 0, "they met at least once"
        await until(lambda: one.ballots == other.ballots)
        assert [*one.ballots.values()] == [{"choices": {cards[0]: 1, cards[1]: -1}, "rev": 20}]
        await one.stop()
        await other.stop()
    apart(asyncio.run, act())


def test_a_device_that_is_too_fast_is_slowed_down_and_loses_nothing(hall):
    stage, server = hall(rate=20, burst=3)

    async def act():
        rosa, julio = await enter(stage, server, "Rosa", "Don Julio")
        items = [rosa.write("contribution.add", {"activity": stage.board, "id": secrets.token_urlsafe(9),
                                                 "body": {"text": f"Idea {i}"}}) for i in range(20)]
        answers = await asyncio.gather(*(item.answer for item in items))
        assert all(answer["ok"] for answer in answers) and rosa.counts["retries"] > 0
        await until(lambda: len(julio.copy.shown("idea")) == 21)
        texts = [card["body"]["text"] for card in sorted(julio.copy.shown("idea").values(), key=lambda card: card["number"])]
        assert texts[1:] == [f"Idea {i}" for i in range(20)], "in the order in which they were written"
        await rosa.stop()
        await julio.stop()
    apart(asyncio.run, act())


def test_an_outbox_that_the_server_knows_less_of_counts_anew(hall):
    stage, server = hall()

    async def act():
        [rosa] = await enter(stage, server, "Rosa")
        rosa.outbox.last = 7  # as after a restored database: the server has never heard of 1 to 7
        items = [rosa.write("contribution.add", {"activity": stage.board, "id": secrets.token_urlsafe(9),
                                                 "body": {"text": f"Idea {i}"}}) for i in range(3)]
        assert [(await item.answer)["ok"] for item in items] == [True, True, True]
        assert [item.n for item in items] == [1, 2, 3] and rosa.counts["wants"] > 0
        await rosa.stop()
    apart(asyncio.run, act())


def test_the_ballots_of_a_pb_file_are_counted_as_published_and_the_same_twice(tmp_path):
    for name, kind, part in (("Netherlands_Assen_2024", "budget", "times_chosen"),
                             ("Switzerland_Zurich_D10", "points", "points")):
        file, said = real("pb", f"{name}.pb"), json.loads(real("pb", f"{name}.expected.json").read_text())
        report = replay(file, tmp_path, "--twice", kind="pb")
        assert report["totals"] == said[part] and report["kind"] == kind
        assert (report["ballots"], report["acknowledged"], report["refused"]) == (said["ballots"], 2 * said["ballots"], 0)
        assert report["winners"] and all(len(tied) > 1 for tied in report["ties"])
    assert report["rows_a_second"] > 0


def test_a_pb_file_that_makes_no_vote_is_refused_in_words(tmp_path):
    (tmp_path / "x.pb").write_text("META\nbudget;5\nPROJECTS\nproject_id;cost\na;1\n")
    done = CliRunner().invoke(main, ["replay", "pb", str(tmp_path / "x.pb"), "--report", str(tmp_path / "r.json")])
    assert done.exit_code == 1 and "makes no vote here" in done.output and "vote_type" in done.output
