"""A child that hangs, dies, eats or lies costs one answer: the others go on, and the pool is whole again."""
import os
import signal
import threading
from pathlib import Path

import pytest

from tests.sandbox.conftest import children
from workshop.domain.errors import Refusal
from workshop.sandbox import TASKS, Failed
from workshop.sandbox.child import PROCESSOR
from workshop.sandbox.messages import MOST

HARM = ("hang", "sleep", "crash", "eat", "stumble", "deep", "chatter", "huge")
LIES = ('{"said":1}', "[]", "1", "", "{", '{"said":1,"sizes":[-1]}', '{"said":1,"sizes":["x"]}', '{"said":1,"sizes":[1e9]}',
        '{"said":1,"sizes":[true]}', f'{{"said":1,"sizes":[{MOST},1]}}', '{"sizes":{}}', "\xff\xfe", "null",
        '{"code":7,"values":{},"sizes":[]}', '{"code":"x","values":{"self":1},"sizes":[]}',
        '{"code":"bad","values":[],"sizes":[]}')


@pytest.fixture
def quick(pool):
    """A pool that waits for three seconds."""
    return pool(seconds=3.0)


def whole(pool) -> None:
    """Both children answer as they should."""
    for number in range(4):
        assert pool.ask("echo", {"n": number}, b"\0" * 70_000) == ({"n": number}, [b"\0" * 70_000])
    assert len(children()) <= 2


def test_bytes_go_there_and_back_whole(quick):
    content = bytes(range(256)) * 40_000
    said, parts = quick.ask("echo", {"words": "ñandú \ud800 \u2028"}, content)
    assert said == {"words": "ñandú \ud800 \u2028"} and parts == [content]


@pytest.mark.parametrize("task", HARM)
def test_who_sends_harm_is_told_so_and_the_pool_is_whole_again(quick, task):
    for _ in range(2):
        with pytest.raises(Failed):
            quick.ask(task)
    whole(quick)


@pytest.mark.parametrize("raw", LIES)
def test_an_answer_that_is_none_is_not_believed(quick, raw):
    with pytest.raises(Failed):
        quick.ask("lie", {"raw": raw})
    whole(quick)


def test_an_answer_for_the_next_one_is_not_heard(quick):
    assert quick.ask("twice", device="mallory") == ("mine", [])
    whole(quick)


def test_a_refusal_is_one_of_those_that_the_task_has(quick):
    with pytest.raises(Refusal, match="bad_photo"):
        quick.ask("refuse", {"code": "bad_photo"}, refuses=frozenset({"bad_photo"}))
    with pytest.raises(Failed):
        quick.ask("refuse", {"code": "who_are_you"}, refuses=frozenset({"bad_photo"}))


def test_others_are_answered_while_one_hangs(pool):
    pool, told = pool(seconds=60.0), []

    def hang():
        with pytest.raises(Failed):
            pool.ask("hang", device="mallory")
        told.append("over")
    pool.ask("echo", {}, device="rosa")
    thread = threading.Thread(target=hang)
    thread.start()
    for number in range(20):
        assert pool.ask("echo", {"n": number}, device="rosa")[0] == {"n": number}
    assert not told
    for child in children():
        os.kill(child, signal.SIGKILL)
    thread.join()
    assert told == ["over"]
    whole(pool)


def test_a_child_that_was_killed_while_it_waited_is_replaced_without_a_word(quick):
    whole(quick)
    for child in children():
        os.kill(child, signal.SIGKILL)
    for child in children():
        while Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
            pass
    whole(quick)


def test_a_child_is_replaced_after_so_many_answers(pool):
    pool = pool(jobs=3, children=1)
    seen = set()
    for _ in range(9):
        pool.ask("echo")
        seen |= set(children())
    assert len(seen) == 4 and len(children()) == 1


def test_a_child_reaches_neither_files_nor_network_nor_secrets(quick, monkeypatch):
    monkeypatch.setenv("WORKSHOP_SECRET", "not for anybody at all, ever")
    monkeypatch.setenv("WORKSHOP_DATABASE", "postgresql://u:p@h/d")
    held = os.open("/etc/hostname", os.O_RDONLY)
    os.set_inheritable(held, True)
    try:
        said, _ = quick.ask("reach")
    finally:
        os.close(held)
    assert said["found"] == [] and said["descriptors"] == [0, 1, 2]
    assert not [name for name in said["environment"] if name.startswith("WORKSHOP")]


def test_a_task_spends_no_more_of_the_processor_than_it_says(pool):
    pool = pool(seconds=600.0)
    for _ in range(3):  # of each request, not of the child
        assert 0 < pool.ask("little_bound")[0] <= 2 < PROCESSOR - 1 <= pool.ask("bound")[0] <= PROCESSOR + 1
    with pytest.raises(Failed, match="ended"):
        pool.ask("little_hang")
    whole(pool)


def test_what_phones_send_by_the_dozen_is_bounded_more_closely_than_tables():
    bounds = {name: int([*task.split(":"), PROCESSOR][2]) for name, task in TASKS.items()}
    assert bounds["photo"] == bounds["voice"] == 5 and bounds["table"] == bounds["proposal"] == PROCESSOR


def test_a_pool_that_was_closed_leaves_nobody_also_where_one_was_at_work(pool):
    pool, over = pool(seconds=2.0), []

    def work():
        with pytest.raises(Failed):
            pool.ask("sleep")
        over.append(True)
    thread = threading.Thread(target=work)
    thread.start()
    while not children():
        pass
    pool.close()
    thread.join()
    assert over and children() == []
