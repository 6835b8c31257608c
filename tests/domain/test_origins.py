"""Where a commitment was made, as one line and in its parts."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readiness.domain.origins import Origin, read_origin, written_origin

WORDS = st.from_regex(r"[A-Z][a-z]{2,8}( [a-z]{2,8}){0,3}", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Scrutiny commission, 12 Mar 2021, minute 45", Origin("Scrutiny commission", date(2021, 3, 12), "45")),
        ("Children, Families and Schools, 12/3/2021", Origin("Children, Families and Schools", date(2021, 3, 12))),
        ("Scrutiny commission,  Minute 45 b", Origin("Scrutiny commission", None, "45 b")),
        ("minute by minute", Origin("minute by minute")),
        ("12 Mar 2021, minute b", Origin("", date(2021, 3, 12), "b")),
        ("minute 45", Origin("", None, "45")),
        ("", Origin()),
    ],
)  # fmt: skip
def test_that_an_origin_is_read_in_its_parts(text, parts):
    assert read_origin(text) == parts


@given(
    st.just("") | WORDS, st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(["", "45", "12.3 b"])
)
def test_that_written_parts_are_read_again(meeting, held, minute):
    origin = Origin(meeting, held, minute)
    assert read_origin(written_origin(origin)) == origin


PARTS = st.sampled_from(["Commission", "minute 4", "minute b", "min. 5", "12 Mar 2021", "13/3/2021", ",", "x,y", ""])


@example(", MIN :")
@given(st.text(max_size=60) | st.lists(PARTS, max_size=6).map(", ".join))
def test_that_no_words_are_lost(text):
    read = read_origin(text)
    assert read_origin(written_origin(read)) == read
