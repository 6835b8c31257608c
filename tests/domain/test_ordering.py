"""One order made of two, and ranks that give it."""

from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.ordering import reranked, woven
from readiness.domain.ranks import spread

ids = st.lists(st.sampled_from("abcdefghijklmnop"), unique=True, max_size=12)
ranks = st.text("019AZaz", max_size=3)


@given(ids, ids)
def test_that_weaving_keeps_the_first_order_and_loses_nothing(base, others):
    made = woven(base, others)
    assert [id_ for id_ in made if id_ in base] == base
    assert sorted(made) == sorted({*base, *others})


@given(ids, st.data())
def test_that_what_is_only_in_the_second_stands_behind_its_neighbour(others, data):
    base = data.draw(st.permutations([id_ for id_ in others if data.draw(st.booleans())]))
    made = woven(base, others)
    for place, id_ in enumerate(others):
        if id_ not in base:
            before = next((each for each in reversed(others[:place]) if each in base), None)
            known = [each for each in made[: made.index(id_)] if each in base]
            assert (known[-1] if known else None) == before


def test_that_a_woven_order_reads_as_people_expect():
    assert woven("abc", "axbyc") == list("axbyc")
    assert woven("cba", "xaybz") == list("xcbzay")
    assert woven("", "ab") == ["a", "b"]


@given(ids, st.dictionaries(st.sampled_from("abcdefghijklmnop"), ranks))
def test_that_new_ranks_give_the_order(order, known):
    made = reranked(order, known)
    now = [made.get(id_, known.get(id_, "")) for id_ in order]
    assert now == sorted(set(now))
    assert all(now)
    assert set(made) <= set(order)


@given(ids)
def test_that_an_order_that_stands_changes_no_rank(order):
    assert reranked(order, dict(zip(order, spread(len(order)), strict=True))) == {}


@given(ids.filter(bool), st.data())
def test_that_one_that_is_moved_changes_one_rank(order, data):
    known = dict(zip(order, spread(len(order)), strict=True))
    moved = data.draw(st.sampled_from(order))
    rest = [id_ for id_ in order if id_ != moved]
    rest.insert(data.draw(st.integers(0, len(rest))), moved)
    assert len(reranked(rest, known)) <= 1


def test_that_ranks_of_many_new_ones_stay_short():
    order = ["first", *(f"n{number}" for number in range(1_800)), "last"]
    made = reranked(order, {"first": "V", "last": "W"})
    assert len(made) == 1_800
    assert max(map(len, made.values())) <= 6


def test_that_ranks_nothing_fits_between_are_all_made_again():
    assert reranked(["a", "b", "c"], {"a": "a", "c": "a0"}) == dict(zip("abc", spread(3), strict=True))
