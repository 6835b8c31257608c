"""What changed in a text, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from ui.models.diff_text import Mark, word_diff


@given(st.text("ab c.", max_size=40), st.text("ab c.", max_size=40))
def test_that_a_diff_holds_both_texts_whole(old, new):
    runs = word_diff(old, new)
    assert "".join(run.text for run in runs if run.mark is not Mark.ADDED) == old
    assert "".join(run.text for run in runs if run.mark is not Mark.REMOVED) == new


def test_that_only_the_words_that_changed_are_marked():
    runs = word_diff("Two rounds of the survey", "Three rounds of the survey")
    assert [(run.text, run.mark) for run in runs] == [
        ("Two", Mark.REMOVED),
        ("Three", Mark.ADDED),
        (" rounds of the survey", Mark.KEPT),
    ]


def test_that_different_values_are_one_removal_and_one_addition():
    assert [run.mark for run in word_diff("Not started", "Drafted")] == [Mark.REMOVED, Mark.ADDED]
    assert [run.mark for run in word_diff("", "Drafted")] == [Mark.ADDED]
    assert word_diff("", "") == ()


def test_that_very_long_texts_are_not_compared_word_by_word():
    long = "word " * 1500
    assert [run.mark for run in word_diff(long, long + "more")] == [Mark.REMOVED, Mark.ADDED]
