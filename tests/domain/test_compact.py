"""What is written is what the standard library would write, in fewer letters than it writes by itself."""
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.json_codec import dumps, loads, utf8

PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4))


@given(VALUES)
def test_it_is_the_standard_librarys(value):
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    assert json.dumps(json.loads(dumps(value))) == json.dumps(json.loads(plain))
    assert len(dumps(value)) <= len(plain) + 2 * plain.count("e")  # 1e16 and 1e+16


@pytest.mark.parametrize("value", [
    "mañana", {"a": [1, 2.5, None, True, "\x00\x1f\x7f\u2028</script>"]}, (1, (2,)), 2**70, -0.1, {1: 2}, [], ""])
def test_it_is_letter_for_letter_the_same(value):
    assert dumps(value) == utf8(value) == json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize("half", ["\ud83c", "a\udfffb", {"\ud800": ["\udc00"]}])
def test_half_an_emoji_stays_what_it_was(half):
    assert json.loads(dumps(half)) == json.loads(utf8(half)) == half
    assert utf8(half).isascii()


def test_what_is_nested_too_deeply_for_one_is_left_to_the_other():
    deep = []
    for _ in range(400):
        deep = [deep]
    assert dumps(deep) == utf8(deep) == json.dumps(deep)


@pytest.mark.parametrize("text", [
    '["\\ud800",1]', "[NaN]", "[1e999]", '{"a":1,"a":2}', " [1] ", "[1] x", "[1,]", '"\n"', "123456789012345678901234567890",
    "[01]", "-0", "", "nul", "\ufeff[]", "1" * 5000, "[" * 150 + "]" * 150, "[" * 400 + "]" * 400])
def test_it_is_read_as_the_standard_library_reads_it(text):
    def said(read):
        try:
            return json.dumps(read(text))
        except ValueError:
            return "no JSON"
    assert said(loads) == said(json.loads)


def test_thousands_within_each_other_end_by_themselves():
    with pytest.raises(RecursionError):
        loads("[" * 50_000)
