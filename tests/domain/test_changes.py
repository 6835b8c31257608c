"""The canonical form of changes: these vectors hold for as long as the format does."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.changes import (
    ID_BYTES,
    Change,
    StepRecord,
    change_id,
    decode,
    encode,
    normal,
    packed,
    stamp_of,
    unpacked,
)

P1, P2 = bytes(range(12)), bytes(range(12, 24))
PLAIN = StepRecord("0123456789ab", "0011223344556677", "Head of SEND", "2021-03-01T09:30:00.000Z", "Set", "", None)
WELSH = StepRecord(
    "ba9876543210",
    "ffeeddccbbaa9988",
    "Pennaeth Addysg ŷ",
    "2026-10-25T01:59:59.999Z",
    "Golygu",
    "rheswm",
    "0123456789ab",
)


def made(
    field: str, old: object, new: object, *, seq: int = 1, stamp: int = 105_904_570_368_000_000, parents=()
) -> Change:
    return Change(
        b"",
        "0011223344556677",
        seq,
        "0123456789ab",
        stamp,
        "item",
        "e" * 32,
        field,
        encode(old),
        encode(new),
        parents,
        1,
    )


VECTORS = {
    "text": (PLAIN, made("status", "not_started", "drafted")),
    "none": (PLAIN, made("due", "2021-09-13", None, seq=2)),
    "bool": (PLAIN, made("deleted", True, False, seq=3)),
    "number": (PLAIN, made("extent", 0, 7, seq=4)),
    "parents": (PLAIN, made("status", "drafted", "checked", seq=5, stamp=105_904_570_368_000_001, parents=(P1, P2))),
    "welsh": (WELSH, made("position", "", "Mae'r tŷ yn dda", seq=6, parents=(P1,))),
    "polish": (WELSH, made("gap", "", "Zażółć gęślą jaźń", seq=7)),
    "emoji": (WELSH, made("impact", 'a\n"b"\\', "👩‍👧 better\u2028", seq=8)),
    "before 1970": (PLAIN, made("title", "", "x", seq=9, stamp=-1)),
}
IDS = {
    "text": "f91d33d8bac90ff981ebe40c",
    "none": "caa1b30e5a83b6081672edfa",
    "bool": "3ad870423ee40f5416660bbc",
    "number": "6fa56f10b402b57d41a3ef48",
    "parents": "4d059ab08c4debb507e14344",
    "welsh": "fc2d60e108a4d2adc374bf9c",
    "polish": "c3212534bf298d8dd733a958",
    "emoji": "321e04254c1c0509a8ba11eb",
    "before 1970": "8dbd9c098f66675935c71025",
}


@pytest.mark.parametrize("name", VECTORS)
def test_that_a_change_comes_to_the_id_it_always_had(name):
    step, change = VECTORS[name]
    assert change_id(step, change).hex() == IDS[name]


def test_that_the_order_of_parents_does_not_matter():
    step, change = VECTORS["parents"]
    assert change_id(step, change._replace(parents=(P2, P1))) == change_id(step, change)


@pytest.mark.parametrize("name", [name for name in Change._fields if name != "id"])
def test_that_every_part_of_a_change_counts(name):
    step, change = VECTORS["parents"]
    value = getattr(change, name)
    other = (P1,) if name == "parents" else value + 1 if isinstance(value, int) else f"{value}x"
    assert change_id(step, change._replace(**{name: other})) != change_id(step, change)


@pytest.mark.parametrize("name", ["actor", "at", "undo_of"])
def test_that_who_when_and_what_is_undone_count(name):
    step, change = VECTORS["text"]
    assert change_id(replace(step, **{name: "x"}), change) != change_id(step, change)


@given(st.none() | st.booleans() | st.integers() | st.text())
def test_that_a_value_reads_back_as_it_is_kept(value):
    assert decode(encode(value)) == normal(value)
    assert type(decode(encode(value))) is type(value)
    assert encode(decode(encode(value))) == encode(value)


@given(st.text(st.characters(codec=None, min_codepoint=0xD000, max_codepoint=0xE000)))
def test_that_halves_of_characters_are_replaced(text):
    encode(text).encode("utf-8")


def test_that_one_letter_has_one_form():
    assert encode("tŷ") == encode("ty\u0302") == '"tŷ"'


def test_that_floats_are_refused():
    with pytest.raises(TypeError, match="float"):
        encode(1.0)  # type: ignore[arg-type]


@given(st.lists(st.binary(min_size=ID_BYTES, max_size=ID_BYTES), max_size=5))
def test_that_parents_are_packed_in_order(parents):
    assert unpacked(packed(parents)) == tuple(sorted(parents))


@given(st.integers(-(2**40), 2**42), st.lists(st.integers(0, 2**58)))
def test_that_a_stamp_is_later_than_its_parents_whatever_the_clock_says(now, parents):
    stamp = stamp_of(now, parents)
    assert all(stamp > parent for parent in parents)
    assert stamp >= now << 16
    assert stamp < 2**63
