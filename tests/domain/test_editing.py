"""Text that people type becomes a value, or a refusal that names the cure."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.editing import (
    LINE_LIMIT,
    LONG_TEXTS,
    TEXT_LIMIT,
    parse_assignment,
    parse_field,
    shown,
    shown_code,
)
from readiness.domain.errors import BadValue
from readiness.domain.steps import stored
from readiness.domain.vocabulary import ImpactLevel, ItemField, ItemStatus, Kind, Priority

WORDS = {
    ItemField.STATUS: ItemStatus,
    ItemField.PRIORITY: Priority,
    ItemField.KIND: Kind,
    ItemField.IMPACT_LEVEL: ImpactLevel,
}
CASES = [(field, word) for field, words in WORDS.items() for word in words]
SPECIAL = {*WORDS, *LONG_TEXTS, ItemField.DUE, ItemField.DUE_RULE, ItemField.CURRENCY}
LINES = [field for field in ItemField if field not in SPECIAL]
MUST = (ItemField.REFERENCE, ItemField.TITLE)


@pytest.mark.parametrize(("field", "word"), CASES)
def test_that_a_word_is_known_by_its_label_and_its_code(field, word):
    for text in (word.label, word.label.upper(), f" {word.label} ", word.value, word.value.replace("_", "-")):
        assert parse_field(field, text) is word
    assert shown(word) == word.label
    assert shown_code(str(field.value), stored(word)) == word.label


@pytest.mark.parametrize("text", ["n/a", "NA", "N/A "])
def test_that_not_applicable_has_its_short_forms(text):
    assert parse_field(ItemField.STATUS, text) is ItemStatus.NOT_APPLICABLE


@pytest.mark.parametrize("field", WORDS)
@pytest.mark.parametrize("text", ["", "finished", "checked off", "1"])
def test_that_another_word_is_refused_with_those_there_are(field, text):
    with pytest.raises(BadValue, match="Choose one of") as refused:
        parse_field(field, text)
    assert all(word.label in str(refused.value) for word in WORDS[field])


def test_that_dates_and_rules_are_read_and_cleared():
    assert parse_field(ItemField.DUE, "13 Sep 2021") == date(2021, 9, 13)
    assert parse_field(ItemField.DUE, " ") is None
    assert parse_field(ItemField.DUE_RULE, " Day 3") == "day 3"
    assert parse_field(ItemField.DUE_RULE, "") == ""
    for field in (ItemField.DUE, ItemField.DUE_RULE):
        with pytest.raises(BadValue):
            parse_field(field, "soon")


@pytest.mark.parametrize(
    ("text", "months"), [("6", 6), (" 12 months ", 12), ("1 month", 1), ("120", 120), ("", None), ("  ", None)]
)
def test_that_months_are_read_with_or_without_their_name(text, months):
    assert parse_field(ItemField.CURRENCY, text) == months
    assert parse_field(ItemField.CURRENCY, shown(months)) == months
    assert shown_code("currency_months", months) == shown(months)


@pytest.mark.parametrize("text", ["0", "-1", "121", "6.5", "six", "6 weeks", "6 months ago", "9" * 5000, "²"])
def test_that_other_months_are_refused_with_how_many_there_may_be(text):
    with pytest.raises(BadValue, match="1 to 120 months"):
        parse_field(ItemField.CURRENCY, text)


@pytest.mark.parametrize("field", LINES)
@given(text=st.text(max_size=30))
def test_that_a_line_keeps_its_words_on_one_line(field, text):
    tidy = " ".join(text.split())
    if not tidy and field in MUST:
        with pytest.raises(BadValue, match="cannot be empty"):
            parse_field(field, text)
    else:
        assert parse_field(field, text) == tidy


@pytest.mark.parametrize("field", sorted(LONG_TEXTS, key=lambda field: str(field.value)))
@given(text=st.text(max_size=60))
def test_that_a_long_text_stays_as_it_was_written(field, text):
    assert parse_field(field, text) == text


@pytest.mark.parametrize("field", [field for field in ItemField if field in {*LINES, *LONG_TEXTS}])
def test_that_what_is_too_long_is_refused_with_both_lengths(field):
    limit = TEXT_LIMIT if field in LONG_TEXTS else LINE_LIMIT
    assert parse_field(field, "x" * limit) == "x" * limit
    with pytest.raises(BadValue, match=f"{limit + 1:,} characters.*{limit:,}"):
        parse_field(field, "x" * (limit + 1))


def test_that_an_assignment_names_its_field_in_any_usual_way():
    for text in ("impact_level=clear", "impact-level=clear", "Impact Level = clear"):
        edit = parse_assignment(text)
        assert (edit.field, edit.value) == (ItemField.IMPACT_LEVEL, ImpactLevel.CLEAR)
    assert parse_assignment("position=a=b").value == "a=b"
    assert parse_assignment("due=").value is None


@pytest.mark.parametrize("text", ["status", "statuss=drafted", "=drafted", ""])
def test_that_what_assigns_nothing_is_refused_with_the_fields(text):
    with pytest.raises(BadValue, match="Write field=value") as refused:
        parse_assignment(text)
    assert all(str(field.value) in str(refused.value) for field in ItemField)


def test_that_kept_values_are_shown_as_people_read_them():
    assert shown_code("due", "2021-09-13") == "13 Sep 2021"
    assert shown_code("due", None) == ""
    assert shown_code("status", None) == ""
    assert shown_code("status", "a code of a newer version") == "a code of a newer version"
    assert shown_code("deleted", True) == "Yes"
    assert shown_code("position", "2021-99-99") == "2021-99-99"
    assert shown(date(2021, 9, 13)) == "13 Sep 2021"
    assert shown(None) == ""
