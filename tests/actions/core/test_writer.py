"""Commands that arrive together are written together, and no one's trouble becomes another's."""
import dataclasses
import logging
import secrets
import threading
from contextlib import contextmanager

import pytest
from sqlalchemy import event, text

from tests.support.cast import activities
from tests.support.waiting import wait_for
from workshop.actions.core import writer as writer_module
from workshop.actions.core.registry import VERBS
from workshop.actions.core.writer import BATCH, HOLD, Writer, in_time
from workshop.store.models import Answer, Contribution


def together(writer: Writer, jobs) -> list:
    """Run the jobs, each in a thread, so that all of them wait for the pen before the first is written."""
    answers = [None] * len(jobs)

    def run(i):
        answers[i] = jobs[i]()
    threads = []
    with writer._pen:
        for i in range(len(jobs)):
            threads.append(threading.Thread(target=run, args=(i,)))
            threads[-1].start()
            wait_for(lambda i=i: len(writer._waiting) > i, "the job waits", 0.001)
    for thread in threads:
        thread.join(60)
    return answers


def test_what_waits_is_written_in_one_go_in_the_order_of_arrival_and_not_more_than_a_batch():
    batches = []

    def run(jobs):
        batches.append(jobs)
        return [job * 10 for job in jobs]
    writer = Writer(run)
    assert together(writer, [lambda i=i: writer.submit(i) for i in range(BATCH + 6)]) == [i * 10 for i in range(BATCH + 6)]
    assert batches == [list(range(BATCH)), list(range(BATCH, BATCH + 6))]


def test_a_batch_takes_no_more_than_there_is_time_for_and_before_the_next_the_others_have_their_turn(monkeypatch):
    now, batches, turns = [0.0], [], []
    monkeypatch.setattr(writer_module.time, "monotonic", lambda: now[0])

    def run(jobs):
        done = []
        for job in in_time(jobs):
            now[0] += HOLD / 3 + 1e-6
            done.append(job)
        batches.append(done)
        return done
    writer = Writer(run)
    writer.breathe = lambda: turns.append(len(batches))
    assert together(writer, [lambda i=i: writer.submit(i) for i in range(7)]) == list(range(7))
    assert batches == [[0, 1, 2], [3, 4, 5], [6]]
    assert {1, 2} <= set(turns), "somebody breathed after each batch that was cut"


def test_a_job_that_takes_longer_than_a_batch_may_is_done_nevertheless(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(writer_module.time, "monotonic", lambda: now[0])

    def run(jobs):
        return [(job, now.__setitem__(0, now[0] + 9 * HOLD))[0] for job in in_time(jobs)]
    writer = Writer(run)
    assert together(writer, [lambda i=i: writer.submit(i) for i in range(3)]) == [0, 1, 2]


def test_somebody_alone_does_not_wait_for_a_hall_and_each_keeps_their_order():
    batches = []

    def run(jobs):
        batches.append(jobs)
        return jobs
    writer = Writer(run, lambda job: job[0])
    jobs = [*(("hall", i) for i in range(BATCH + 20)), *(("other", i) for i in range(3))]
    assert together(writer, [lambda job=job: writer.submit(job) for job in jobs]) == jobs
    assert {("other", i) for i in range(3)} <= set(batches[0]) and len(batches[0]) == BATCH
    for party in ("hall", "other"):
        assert [i for batch in batches for who, i in batch if who == party] == sorted(i for who, i in jobs if who == party)


def test_who_waits_hears_of_a_failure_and_the_next_one_is_written():
    def run(jobs):
        if "bad" in jobs:
            raise OSError("no")
        return jobs
    writer = Writer(run)
    with pytest.raises(OSError, match="no"):
        writer.submit("bad")
    assert writer.submit("good") == "good"


@pytest.fixture
def people(meeting, phone):
    """Five phones in the first room."""
    made = [phone() for _ in range(5)]
    for i, one in enumerate(made):
        one.join(meeting["code"], f"Persona {i}")
    return made


def test_commands_that_arrive_together_share_one_commit(app, meeting, people, monkeypatch):
    board, house, reached = activities(app, meeting["rooms"][0])["ideas"], app.extensions["house"], []
    real = house.performer._transaction
    monkeypatch.setattr(writer_module, "HOLD", float("inf"))
    monkeypatch.setattr(house.performer, "_transaction", lambda commands: reached.append(len(commands)) or real(commands))
    answers = together(house.performer.writer, [lambda p=p: p.post(board, "Agua") for p in people])
    assert [a["card"]["number"] for a in answers] == [1, 2, 3, 4, 5]
    assert reached == [5]


def test_a_fault_of_ours_in_one_command_harms_no_other(app, meeting, people, monkeypatch, caplog):
    board, house = activities(app, meeting["rooms"][0])["ideas"], app.extensions["house"]
    add = VERBS["contribution.add"]

    def stumble(work, payload):
        row = add.run(work, payload)
        work.session.flush()
        return 1 / len(payload.body["text"].strip("x")) and row
    monkeypatch.setitem(VERBS, "contribution.add", dataclasses.replace(add, run=stumble))
    with caplog.at_level(logging.ERROR):
        answers = together(house.performer.writer,
                           [lambda p=p, i=i: p.post(board, "xx" if i == 2 else "Agua") for i, p in enumerate(people)])
    assert [a.get("code") for a in answers] == [None, None, "our_fault", None, None]
    assert [a["card"]["number"] for a in answers if a["ok"]] == [1, 2, 3, 4]
    assert [record.message for record in caplog.records] == ["the verb contribution.add failed"]
    monkeypatch.undo()
    assert people[2].do("contribution.add", {"activity": board, "id": secrets.token_urlsafe(9), "body": {"text": "Ya"}},
                        n=1)["card"]["number"] == 5


@contextmanager
def nothing_can_be_written(store):
    """The disk is full (SQLite), or only a standby is left that cannot write (PostgreSQL)."""
    def fill(connection, _record, _proxy):
        cursor = connection.cursor()
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages}")
    name = store.engine.url.database
    if store.is_sqlite:
        event.listen(store.engine, "checkout", fill)
        store.pen.lay_down()  # the limit is the connection's, and the writer keeps its own
    else:
        _say(store, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    yield
    if store.is_sqlite:
        event.remove(store.engine, "checkout", fill)
        store.pen.lay_down()
        event.listen(store.engine, "checkout", lambda c, _r, _p: c.execute("PRAGMA max_page_count=1000000"))
    else:
        _say(store, f"ALTER DATABASE {name} RESET default_transaction_read_only")


def _say(store, statement: str) -> None:
    with store.engine.connect() as connection:
        connection.execute(text("SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE"))
        connection.commit()
        connection.execute(text(statement))
        connection.commit()
    store.close()  # the setting is for new connections


def test_while_nothing_can_be_written_nothing_is_acknowledged_and_afterwards_all_of_it_is(app, meeting, people):
    board, house = activities(app, meeting["rooms"][0])["ideas"], app.extensions["house"]
    payloads = [{"activity": board, "id": secrets.token_urlsafe(9), "body": {"text": "Agua " * 700}} for _ in people]
    with nothing_can_be_written(house.store):
        answers = together(house.performer.writer, [lambda p=p, x=x: p.do("contribution.add", x) for p, x in
                                                    zip(people, payloads, strict=True)])
        assert answers == [{"n": 1, "retry_after": answers[0]["retry_after"]}] * 5
        with house.store.read() as session:
            assert (session.query(Contribution).count(), session.query(Answer).count()) == (0, 0)
    answers = [p.do("contribution.add", x, n=1) for p, x in zip(people, payloads, strict=True)]
    assert [a["card"]["number"] for a in answers] == [1, 2, 3, 4, 5]


def test_a_listener_that_stumbles_takes_no_answer_away(app, meeting, people, caplog):
    house, told = app.extensions["house"], []

    def stumble(news):
        with house.store.read() as session:
            told.append(session.query(Contribution).count())
        raise RuntimeError("no ears")
    house.performer.announce = stumble
    with caplog.at_level(logging.ERROR):
        assert people[0].post(activities(app, meeting["rooms"][0])["ideas"], "Agua")["ok"]
    assert told == [1], "what is announced is committed"
    assert "could not be told" in caplog.text
