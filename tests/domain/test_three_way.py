"""Three-way: both changes stand in the proposal, or there is none."""

from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.three_way import clean_merge

texts = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=6).map("\n".join)
BEFORE = "Therapies stop at 19.\n\nNursing has no lead.\n\nThe panel meets monthly."


def test_that_changes_of_different_paragraphs_are_joined():
    mine = BEFORE.replace("stop at 19", "go on to 25")
    theirs = BEFORE.replace("monthly", "weekly")
    assert clean_merge(BEFORE, mine, theirs) == mine.replace("monthly", "weekly")


def test_that_changes_of_one_line_are_for_people():
    assert clean_merge(BEFORE, BEFORE.replace("19", "25"), BEFORE.replace("19", "18")) is None


@given(texts, texts, texts)
def test_that_it_does_not_matter_whose_is_whose(before, mine, theirs):
    assert clean_merge(before, mine, theirs) == clean_merge(before, theirs, mine)


@given(texts, texts)
def test_that_where_one_changed_nothing_the_other_stands(before, mine):
    assert clean_merge(before, mine, before) == mine
    assert clean_merge(before, mine, mine) == mine
