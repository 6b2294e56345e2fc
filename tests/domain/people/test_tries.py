"""Wrong tries wait longer and longer, and nobody prolongs another's wait."""
import pytest

from workshop.domain.errors import Refusal
from workshop.domain.people.tries import REST, SignInTries, Tries


@pytest.fixture
def tries():
    return Tries(free=3, first=10, longest=60)


def test_a_few_are_free_then_each_waits_twice_as_long_up_to_the_longest(tries):
    now, waits = 0.0, []
    for _ in range(8):
        waits.append(tries.wait("elena", now))
        now += waits[-1]
        tries.begin("elena", now)
    assert waits == [0, 0, 0, 10, 20, 40, 60, 60]
    assert tries.wait("rosa", now) == 0


def test_who_tries_while_waiting_prolongs_nothing(tries):
    for _ in range(3):
        tries.begin("elena", 0)
    for second in range(10):
        assert tries.wait("elena", second) == 10 - second
    assert tries.wait("elena", 10) == 0


def test_many_that_begin_together_count_together(tries):
    """A try counts when it begins: none of forty gets through before the first has been found wrong."""
    begun = 0
    for _ in range(40):
        if not tries.wait("elena", 0):
            tries.begin("elena", 0)
            begun += 1
    assert begun == 3


def test_a_right_one_is_taken_back(tries):
    for _ in range(3):
        tries.begin("elena", 0)
    tries.take_back("elena")
    assert tries.wait("elena", 0) == 0
    tries.begin("elena", 0)
    assert tries.wait("elena", 0) == 10


def test_after_a_rest_all_is_forgotten(tries):
    for _ in range(3):
        tries.begin("elena", 0)
    assert tries.wait("elena", REST) == 0
    tries.begin("elena", REST)
    assert tries.wait("elena", REST) == 0


def test_what_is_remembered_is_bounded():
    tries = Tries(free=1, first=10, longest=10, most=100)
    for n in range(1000):
        tries.begin(str(n), n / 1000)
    assert len(tries._of) == 100


def begun(tries: SignInTries, email: str, address: str, mark: str | None, now: float) -> bool:
    try:
        tries.begin(email, address, mark, now)
    except Refusal as refusal:
        assert refusal.code == "sign_in_later" and refusal.values["seconds"] > 0
        return False
    return True


def test_ten_an_account_and_address_in_a_quarter_of_an_hour():
    tries = SignInTries()
    assert sum(begun(tries, "elena", "hall", None, second) for second in range(900)) == 10


def test_all_addresses_together_try_an_account_about_once_a_minute():
    tries = SignInTries()
    through = sum(begun(tries, "elena", f"phone-{second}", None, second) for second in range(3600))
    assert 60 <= through <= 100


def test_one_address_tries_all_accounts_together_about_twice_a_minute():
    tries = SignInTries()
    assert 120 <= sum(begun(tries, f"person-{second}", "hall", None, second) for second in range(3600)) <= 190


def test_a_known_device_is_not_held_up_by_anybody_but_has_a_bound_of_its_own():
    tries = SignInTries()
    for n in range(500):
        begun(tries, "elena", "hall", None, n / 100)
    assert not begun(tries, "elena", "hall", None, 6)
    assert sum(begun(tries, "elena", "hall", "her-laptop", 6) for _ in range(100)) == 5
    assert begun(tries, "elena", "hall", "her-phone", 6)
