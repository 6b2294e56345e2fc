"""Addresses from which requests come."""
import pytest

from workshop.domain.people.addresses import mark_of, network_of


@pytest.mark.parametrize(("address", "network"), [
    ("203.0.113.7", "203.0.113.7"), ("::ffff:203.0.113.7", "203.0.113.7"), ("2001:db8:1:2:a:b:c:d", "2001:db8:1:2::"),
    ("2001:db8:1:2::9", "2001:db8:1:2::"), ("fe80::1%eth0", "fe80::"), ("unix", "unix"), (None, ""), ("", "")])
def test_a_house_is_one_place_whatever_address_its_devices_take(address, network):
    assert network_of(address) == network


def test_a_mark_says_whether_it_is_the_same_place_and_not_which():
    assert mark_of(b"key", "203.0.113.7") == mark_of(b"key", "203.0.113.7") != mark_of(b"key", "203.0.113.8")
    assert mark_of(b"key", "203.0.113.7") != mark_of(b"other", "203.0.113.7")
