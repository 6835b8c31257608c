"""Keys that order children: there is always room for one more."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.ranks import DIGITS, between, following, spread

places = st.lists(st.floats(0, 1, exclude_max=True), max_size=80)


def inserted(fractions: list[float]) -> list[str]:
    """Return the keys of a list that grew by inserting at places given as fractions of its length."""
    keys: list[str] = []
    for fraction in fractions:
        at = int(fraction * (len(keys) + 1))
        low = keys[at - 1] if at else ""
        high = keys[at] if at < len(keys) else ""
        keys.insert(at, between(low, high))
    return keys


@given(places)
def test_that_a_key_lies_strictly_between_its_neighbours(fractions):
    keys = inserted(fractions)
    assert keys == sorted(set(keys))
    assert all(set(key) <= set(DIGITS) and not key.endswith("0") for key in keys)


@given(st.integers(0, 400), st.integers(0, 400))
def test_that_spread_keys_are_in_order_with_room_between_any_two(count, at):
    keys = spread(count)
    assert len(keys) == count
    assert keys == sorted(set(keys))
    if keys:
        low = keys[at % count]
        high = keys[at % count + 1] if at % count + 1 < count else ""
        assert low < between(low, high)
        assert not high or between(low, high) < high


@pytest.mark.parametrize("side", ["first", "last", "after the first", "before the last"])
def test_that_many_inserts_at_one_place_stay_in_order(side):
    keys = spread(2)
    for _ in range(500):
        at = {"first": 0, "last": len(keys), "after the first": 1, "before the last": len(keys) - 1}[side]
        low = keys[at - 1] if at else ""
        keys.insert(at, between(low, keys[at] if at < len(keys) else ""))
    assert keys == sorted(set(keys))
    assert max(map(len, keys)) < 130


@pytest.mark.parametrize(("low", "high"), [("b", "a"), ("a", "a"), ("", "0"), ("a", "a0"), ("a", "a00"), ("", "000")])
def test_that_where_no_key_fits_it_says_so(low, high):
    with pytest.raises(ValueError, match="no key lies between"):
        between(low, high)


@given(st.text(DIGITS, max_size=4), st.text(DIGITS, max_size=4))
def test_that_any_two_keys_have_one_between_or_are_refused(low, high):
    try:
        key = between(low, high)
    except ValueError:
        assert high
        assert high.rstrip("0") <= low
        return
    assert low < key
    assert not high or key < high


@given(st.text(DIGITS, max_size=6))
def test_that_what_follows_sorts_after(last):
    assert following(last) > last


def test_that_thousands_added_at_the_end_stay_short():
    keys, last = [], ""
    for _ in range(5_000):
        last = following(last)
        keys.append(last)
    assert keys == sorted(set(keys))
    assert max(map(len, keys)) <= 4
    assert all(between(low, high) for low, high in pairwise(keys))
