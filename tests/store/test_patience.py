"""What the database cannot do now is asked again later; what is our own fault is not called 'later'."""
import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.support import cast
from tests.support.cast import Phone, activities, found
from workshop.domain.errors import RetryLater
from workshop.store.models import Stream
from workshop.store.session import Store


@pytest.fixture
def app(tmp_path, postgres_url):
    app = cast.app(tmp_path, database=postgres_url)
    yield app
    app.extensions["house"].store.close()


@pytest.fixture
def store(app):
    return app.extensions["house"].store


def test_who_waits_too_long_for_another_process_is_told_to_come_again(app, store):
    meeting = found(app)
    rosa = Phone(app.test_client())
    rosa.join(meeting["code"], "Rosa")
    board = activities(app, meeting["rooms"][0])["ideas"]
    with store.write() as session:
        session.get(Stream, meeting["workshop"], with_for_update=True)
        assert rosa.post(board, "Agua para el riego")["retry_after"] > 0
    rosa.n = 0
    assert rosa.post(board, "Agua para el riego")["card"]["number"] == 1


def test_of_two_who_wait_for_each_other_one_goes_on_and_one_comes_again(store):
    with store.write() as session:
        session.add_all([Stream(id="stream-one"), Stream(id="stream-two")])
    both, ends = threading.Barrier(2), []

    def take(*order):
        try:
            with store.write() as session:
                session.get(Stream, order[0], with_for_update=True)
                both.wait(60)
                session.get(Stream, order[1], with_for_update=True)
            ends.append("done")
        except RetryLater:
            ends.append("later")
    threads = [threading.Thread(target=take, args=order) for order in
               (("stream-one", "stream-two"), ("stream-two", "stream-one"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(ends) == ["done", "later"]


def test_a_connection_that_the_server_ends_is_replaced(store):
    with pytest.raises(RetryLater), store.write() as session:
        pid = session.scalar(text("SELECT pg_backend_pid()"))
        with store.engine.connect() as other:
            assert other.scalar(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
        session.add(Stream(id="never-kept"))
    with store.read() as session:
        assert session.get(Stream, "never-kept") is None


def test_a_server_that_is_not_there_is_asked_again_later(store):
    nobody = Store(store.url.replace(f":{store.engine.url.port}/", ":1/"))
    with pytest.raises(RetryLater), nobody.read() as session:
        session.get(Stream, "any")
    nobody.close()


def test_a_fault_of_ours_is_not_called_later(store):
    with pytest.raises(DBAPIError), store.read() as session:
        session.execute(text("SELECT * FROM no_such_table"))


def test_a_reader_sees_one_moment_while_others_write(store):
    with store.read() as session:
        before = session.query(Stream).count()
        with store.write() as other:
            other.add(Stream(id="in-between"))
        assert session.query(Stream).count() == before
    with store.read() as session:
        assert session.query(Stream).count() == before + 1
