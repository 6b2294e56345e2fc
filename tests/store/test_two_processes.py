"""Two processes on one PostgreSQL: both write at once, and the numbers stay in order."""
import secrets
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.cast import Phone, activities, found, to_step
from workshop.store.models import Activity, Ballot, Contribution, Room, RoomSeat, Stream


@pytest.fixture
def meeting(apps):
    return found(apps[0])


def insist(phone: Phone, verb: str, payload: dict) -> dict:
    """Send until there is an answer that is not `later`, as an outbox does."""
    for _ in range(50):
        answer = phone.do(verb, payload, n=phone.n + 1)
        if "retry_after" not in answer:
            phone.n += 1
            return answer
    raise AssertionError("never answered")


def people(apps, meeting, rooms=(1,)) -> list[Phone]:
    """Four people at each application."""
    made = []
    for i in range(8):
        made.append(Phone(apps[i % 2].test_client()))
        made[-1].join(meeting["code"], f"Persona {i}", room=rooms[i // 2 % len(rooms)])
    return made


def at_once(jobs) -> list:
    """Run the jobs in parallel; their results."""
    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(job) for job in jobs]]


def test_ideas_that_come_in_at_both_get_numbers_without_gap_or_double(apps, meeting):
    board, before = activities(apps[0], meeting["rooms"][0])["ideas"], seq(apps[0], meeting["rooms"][0])
    everybody = people(apps, meeting)
    joined = seq(apps[0], meeting["rooms"][0])
    assert joined == before + len(everybody)

    def write(phone):
        return [insist(phone, "contribution.add", {"activity": board, "id": secrets.token_urlsafe(9),
                                                   "body": {"text": f"Idea {i}"}}) for i in range(15)]
    answers = [a for some in at_once([lambda p=p: write(p) for p in everybody]) for a in some]
    assert all(a["ok"] for a in answers)
    assert sorted(a["card"]["number"] for a in answers) == list(range(1, 121))
    assert sorted(a["seq"] for a in answers) == list(range(joined + 1, joined + 121))
    assert seq(apps[0], meeting["rooms"][0]) == joined + 120
    with apps[0].extensions["house"].store.read() as session:
        assert session.get(Room, meeting["rooms"][0]).next_number == 121


def test_people_who_change_rooms_while_others_vote_and_raise_hands_upset_no_count(apps, meeting):
    first, second = (activities(apps[0], room) for room in meeting["rooms"][:2])
    everybody = people(apps, meeting, rooms=(1, 2))
    cards = [insist(p, "contribution.add", {"activity": (first, second)[i // 2 % 2]["ideas"], "id": secrets.token_urlsafe(9),
                                            "body": {"text": "Semilla"}})["card"]["id"] for i, p in enumerate(everybody)]
    for room in meeting["rooms"]:
        to_step(apps[0], room, 1)

    def wander(i):
        phone, answers = everybody[i], []
        for turn in range(6):
            here = (i // 2 + turn) % 2
            answers += [insist(phone, "seat.enter", {"room": meeting["rooms"][here]}),
                        insist(phone, "hand.raise", {"room": meeting["rooms"][here]}),
                        insist(phone, "ballot.cast", {"activity": (first, second)[here]["dots"], "base_rev": turn // 2,
                                                      "choices": {cards[2 * here]: 1 + turn // 2}})]
        return answers
    answers = [a for some in at_once([lambda i=i: wander(i) for i in range(8)]) for a in some]
    assert [a for a in answers if not a["ok"]] == []
    with apps[1].extensions["house"].store.read() as session:
        for room, ids in zip(meeting["rooms"][:2], (first, second), strict=True):
            rows = [row.seq for table in (Activity, RoomSeat, Contribution) for row in session.query(table)
                    .filter_by(stream_id=room)]
            assert len(rows) == len(set(rows)) and max(rows) == session.get(Stream, room).seq
            ballots = session.query(Ballot).filter_by(activity_id=ids["dots"]).all()
            tally = session.get(Activity, ids["dots"]).tally
            assert (tally["ballots"], [b.rev for b in ballots]) == (8, [3] * 8)
            assert sum(item["points"] for item in tally["items"].values()) == sum(sum(b.choices.values()) for b in ballots)
        here = session.query(RoomSeat).filter(RoomSeat.left_at.is_(None)).all()
        assert len(here) == len({row.seat_id for row in here}) == 8


def test_one_command_that_arrives_at_both_is_carried_out_once(apps, meeting):
    rosa = Phone(apps[0].test_client())
    rosa.join(meeting["code"], "Rosa")
    other = Phone(apps[1].test_client(), client=rosa.client, place=rosa.place)
    other.http.set_cookie("tinkuy", rosa.http.get_cookie("tinkuy").value)
    board = activities(apps[0], meeting["rooms"][0])["ideas"]
    for n in range(1, 21):
        payload = {"activity": board, "id": secrets.token_urlsafe(9), "body": {"text": f"Idea {n}"}}
        answers = at_once([lambda p=p, n=n, x=payload: p.do("contribution.add", x, n=n) for p in (rosa, other)])
        assert answers[0] == answers[1] and answers[0]["card"]["number"] == n


def seq(app, stream: str) -> int:
    """The number that a stream has reached."""
    with app.extensions["house"].store.read() as session:
        return session.get(Stream, stream).seq
