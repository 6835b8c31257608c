"""What somebody types for a field of an action or a finding, and the sentences when it cannot be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.action_editing import DAYS, LONG_TEXTS, WORDS, checked_action, checked_value, parse_value
from readiness.domain.errors import BadValue
from readiness.domain.evidence import ActionDraft, FindingDraft
from readiness.domain.vocabulary import ActionField, ActionSource, ActionStatus, FindingField, FindingStatus

FIELDS = [*ActionField, *FindingField]


@pytest.mark.parametrize("field", [each for each in FIELDS if each in WORDS])
def test_that_a_word_is_read_by_its_label_or_its_code_in_any_case(field):
    for word in WORDS[field]:
        assert parse_value(field, word.label.upper()) is word
        assert parse_value(field, f" {word.value} ") is word
        assert checked_value(field, word) is word


@pytest.mark.parametrize("field", [each for each in FIELDS if each in DAYS])
def test_that_a_day_is_read_as_people_write_it_and_cleared_by_nothing(field):
    assert parse_value(field, "13 Sep 2021") == date(2021, 9, 13)
    assert parse_value(field, " ") is None
    with pytest.raises(BadValue, match="is not a date"):
        checked_value(field, "soon")


@given(st.sampled_from(FIELDS), st.text(max_size=40))
def test_that_any_text_becomes_a_value_or_one_sentence(field, text):
    sentence = ""
    try:
        value = parse_value(field, text)
    except BadValue as error:
        sentence = str(error)
    if sentence:
        assert sentence.endswith(".")
        assert "\n" not in sentence
    else:
        assert checked_value(field, value) == value


def test_that_lines_are_tidied_and_long_texts_are_kept_as_they_are():
    assert parse_value(ActionField.TITLE, "  Send \n the  slides ") == "Send the slides"
    assert parse_value(ActionField.PRACTICE, "One\n two ") == "One\n two "


@pytest.mark.parametrize("field", [ActionField.TITLE, FindingField.TITLE])
def test_that_nothing_is_done_or_found_without_words(field):
    with pytest.raises(BadValue, match="needs words"):
        parse_value(field, " \n ")


def test_that_what_is_too_long_says_how_much():
    with pytest.raises(BadValue, match="301 characters"):
        parse_value(ActionField.OWNER, "x" * 301)
    with pytest.raises(BadValue, match="Proof is too long"):
        parse_value(FindingField.PROOF, "x" * 200_001)
    assert all(field in FIELDS for field in LONG_TEXTS)


def test_that_words_of_another_kind_are_refused():
    with pytest.raises(BadValue, match="Choose one of: Planned, In hand, Done, Stopped"):
        checked_value(ActionField.STATUS, FindingStatus.OPEN)
    with pytest.raises(BadValue, match="is text"):
        checked_value(ActionField.OWNER, None)


def test_that_a_draft_is_tidied_whole():
    made = checked_action(ActionDraft(" Send  the slides ", owner=" Head of SEND ", source=ActionSource.SCRUTINY))
    assert (made.title, made.owner, made.status) == ("Send the slides", "Head of SEND", ActionStatus.PLANNED)
    assert FindingDraft("x").status is FindingStatus.OPEN
