"""The grammar of due rules, and the days they come to."""

from dataclasses import fields
from datetime import date

import pytest
from domain_rows import CALENDAR, days
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.calendar import WorkingDays
from readiness.domain.due import (
    Anchor,
    DueRule,
    Milestones,
    due_date,
    explain_due,
    is_due_by_day_three,
    parse_due_rule,
)
from readiness.domain.errors import BadValue

COUNTED = (Anchor.DAY, Anchor.WEEK, Anchor.ON_SITE_DAY, Anchor.SELECTION, Anchor.DRAFT_REPORT, Anchor.PUBLICATION)
rules = st.one_of(
    st.builds(DueRule, st.sampled_from([each for each in Anchor if each not in COUNTED])),
    st.builds(DueRule, st.sampled_from(COUNTED), st.integers(1, 999)),
)
milestones = st.builds(Milestones, **{each.name: st.none() | days for each in fields(Milestones)})
closures = st.builds(WorkingDays, st.frozensets(days, max_size=6))


@given(rules)
def test_that_a_rule_reads_back_as_it_was_printed(rule):
    assert parse_due_rule(str(rule)) == rule
    assert str(parse_due_rule(str(rule))) == str(rule)


@given(rules, st.randoms(use_true_random=False))
def test_that_case_and_spaces_are_forgiven(rule, chance):
    text = "".join(chance.choice((letter.upper(), letter)) for letter in str(rule))
    text = text.replace(" ", chance.choice((" ", "  ", "\t"))).replace("+ ", chance.choice(("+", "+  ")))
    assert parse_due_rule(f"  {text} ") == rule


@pytest.mark.parametrize(
    "text",
    ["", " ", "day", "day 0", "day -1", "day 1000", "day 1.5", "day x", "days 3", "held", "on site + 3", "publication",
     "selection 3", "selection + 0", "publication - 1", "held ready 3", "day 3 4", "day ٣", "tomorrow"],
)  # fmt: skip
def test_that_other_text_is_refused_with_the_grammar(text):
    with pytest.raises(BadValue, match="held ready, day N, week N, before on site") as refused:
        parse_due_rule(text)
    assert f"“{text}”" in str(refused.value)


@given(st.text(max_size=20))
def test_that_no_text_breaks_the_reader(text):
    try:
        rule = parse_due_rule(text)
    except BadValue:
        return
    assert parse_due_rule(str(rule)) == rule


@given(rules, milestones, closures)
def test_that_nothing_is_due_on_a_day_off_but_what_people_set_themselves(rule, known, calendar):
    found = due_date(rule, known, calendar)
    if rule.anchor is Anchor.HELD_READY and found == known.ready_by:
        assert known.notified_on is None or found is None or found <= calendar.nth(known.notified_on, 1)
    else:
        assert found is None or calendar.is_working(found)


NEEDS = {
    Anchor.BEFORE_ON_SITE: "on_site_from",
    Anchor.ON_SITE: "on_site_from",
    Anchor.ON_SITE_DAY: "on_site_from",
    Anchor.LAST_DAY: "on_site_to",
    Anchor.SELECTION: "selection_on",
    Anchor.DRAFT_REPORT: "draft_report_on",
    Anchor.BEFORE_PUBLICATION: "publication_on",
    Anchor.PUBLICATION: "publication_on",
    Anchor.HELD_READY: "ready_by",
}


@given(rules, milestones)
def test_that_a_rule_is_unset_until_its_event_is_recorded(rule, known):
    found = due_date(rule, known, CALENDAR)
    if rule.anchor is Anchor.HELD_READY:
        assert (found is None) == (known.ready_by is None and known.notified_on is None)
    elif rule.anchor in (Anchor.DAY, Anchor.WEEK):
        assert (found is None) == (known.notified_on is None and known.planning_date(CALENDAR) is None)
    else:
        assert (found is None) == (getattr(known, NEEDS[rule.anchor]) is None)


def test_that_the_day_of_the_call_is_day_one():
    known = Milestones(notified_on=date(2021, 4, 30))  # a Friday; Monday is a bank holiday
    assert [due_date(parse_due_rule(f"day {n}"), known, CALENDAR) for n in (1, 2, 3)] == [
        date(2021, 4, 30), date(2021, 5, 4), date(2021, 5, 5),
    ]  # fmt: skip


def test_that_a_call_on_a_day_off_counts_from_the_next_working_day():
    known = Milestones(notified_on=date(2021, 5, 1))
    assert due_date(parse_due_rule("day 1"), known, CALENDAR) == date(2021, 5, 4)


def test_that_the_planning_date_stands_in_for_the_call_and_says_so():
    rule = parse_due_rule("day 1")
    planned = Milestones(ready_by=date(2021, 3, 5))
    assert due_date(rule, planned, CALENDAR) == date(2021, 3, 8)
    assert explain_due(rule, planned) == "day 1 (planning date)"
    expected = Milestones(ready_by=date(2021, 3, 5), expected_from=date(2021, 3, 10))
    assert due_date(rule, expected, CALENDAR) == date(2021, 3, 10)
    called = Milestones(ready_by=date(2021, 3, 5), notified_on=date(2021, 5, 10))
    assert due_date(rule, called, CALENDAR) == date(2021, 5, 10)
    assert explain_due(rule, called) == "day 1"


def test_that_days_on_site_and_after_are_counted_from_their_events():
    known = Milestones(
        on_site_from=date(2021, 5, 24),
        on_site_to=date(2021, 5, 29),  # a Saturday
        selection_on=date(2021, 5, 12),
        draft_report_on=date(2021, 6, 25),
        publication_on=date(2021, 7, 19),
    )
    days_of = {
        "before on site": date(2021, 5, 21),
        "on site": date(2021, 5, 24),
        "on site day 2": date(2021, 5, 25),
        "last day": date(2021, 5, 28),
        "selection + 2": date(2021, 5, 14),
        "draft report + 5": date(2021, 7, 2),
        "before publication": date(2021, 7, 16),
        "publication + 1": date(2021, 7, 20),
    }
    assert {text: due_date(parse_due_rule(text), known, CALENDAR) for text in days_of} == days_of


@given(rules)
def test_that_day_one_takes_what_is_held_ready_and_days_one_to_three(rule):
    assert is_due_by_day_three(rule) == (str(rule) in ("held ready", "day 1", "day 2", "day 3"))
