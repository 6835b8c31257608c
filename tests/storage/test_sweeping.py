"""The sweep: what nothing has named for a month goes, never sooner."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.storage import sweeping
from readiness.storage.files import FileStore
from readiness.storage.sweeping import sweep

NOW = datetime(2021, 6, 1, 12, tzinfo=UTC)
DAYS = timedelta(days=1)


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path)


def kept(store, text, age):
    """Store a text as if that had been so long ago; return its hash."""
    hash_ = store.keep(text.encode()).sha256
    made = (NOW - age).timestamp()
    os.utime(store.path_of(hash_), (made, made))
    return hash_


def test_that_only_what_was_unnamed_for_30_days_is_deleted(store):
    named, lately, long_ago, orphan, young = (
        kept(store, text, age)
        for text, age in (("a", 90 * DAYS), ("b", 90 * DAYS), ("c", 90 * DAYS), ("d", 31 * DAYS), ("e", 29 * DAYS))
    )
    since = {lately: NOW - 10 * DAYS, long_ago: NOW - 31 * DAYS, named: NOW - 80 * DAYS}
    swept = sweep(store, {named}, since, NOW)
    assert set(swept.copies) == {long_ago, orphan}
    assert (swept.size, swept.leftovers, swept.waiting) == (2, 0, 2)
    assert store.hashes() == {named, lately, young}


def test_that_what_was_stored_again_is_safe_though_it_was_unnamed_long_ago(store):
    again = kept(store, "a", DAYS)
    assert sweep(store, set(), {again: NOW - 400 * DAYS}, NOW).copies == ()
    assert store.holds(again)


def test_that_leftovers_of_copying_go_after_a_day(store):
    for name, hours in (("old.part", 25), ("new.part", 23)):
        store.folder.mkdir(exist_ok=True)
        (store.folder / name).write_bytes(b"half")
        made = (NOW - timedelta(hours=hours)).timestamp()
        os.utime(store.folder / name, (made, made))
    swept = sweep(store, set(), {}, NOW)
    assert (swept.leftovers, swept.size) == (1, 4)
    assert [path.name for path in store.unfinished()] == ["new.part"]


def test_that_what_cannot_be_deleted_now_waits(store, monkeypatch):
    old = kept(store, "a", 90 * DAYS)

    def held(_):
        raise PermissionError

    monkeypatch.setattr(sweeping, "let_go", held)
    swept = sweep(store, set(), {}, NOW)
    assert (swept.copies, swept.waiting, swept.size) == ((), 1, 0)
    assert store.holds(old)


def test_that_an_empty_or_missing_store_is_swept_too(store):
    assert sweep(store, {"a" * 64}, {}, NOW) == sweeping.Swept((), 0, 0, 0)


@given(
    st.dictionaries(
        st.integers(0, 9), st.tuples(st.booleans(), st.none() | st.integers(0, 60), st.integers(-2, 60)), max_size=6
    )
)
def test_that_nothing_is_ever_deleted_too_soon(tmp_path_factory, told):
    store = FileStore(tmp_path_factory.mktemp("s"))
    named, since, safe = set(), {}, set()
    for text, (is_named, unnamed, stored) in told.items():
        hash_ = kept(store, str(text), stored * DAYS)
        if is_named:
            named.add(hash_)
        if unnamed is not None:
            since[hash_] = NOW - unnamed * DAYS
        if is_named or stored < 30 or (unnamed is not None and unnamed < 30):
            safe.add(hash_)
    sweep(store, named, since, NOW)
    assert store.hashes() == safe
