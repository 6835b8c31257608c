"""What a framework says besides its items is read whole, and each fault of it is named with its line and its cure."""

from datetime import date

import pytest

from readiness.domain.errors import FrameworkError
from readiness.domain.schemes import Event, Expected, Judgement, ListSpec, TimetableEntry, VisitType
from readiness.frameworks.reader import read_framework

SOUND = """\
format = 1
id = "mock-2021"
edition = "2021"
family = "mock"
since = 2021-01-31
services = ["Finance"]
title = "Mock inspection"
short_title = "Mock"
summary = "A rehearsal"

[scales]
progress = ["Sufficient", "Not sufficient"]

[[visits]]
code = "standard"
title = "Standard"
on_site_from = "Week 2"
on_site_days = 10
verified = true

[[judgements]]
title = "Progress"
scale = "progress"
areas = ["a"]

[[timetable]]
when = "day 2"
until = "day 4"
title = "Lists are shared"
visits = ["standard"]
verified = true

[[timetable]]
when = "on site day 1"
title = "First day"

[[expected]]
event = "draft report"
when = "day 30"

[[expected]]
event = "publication"
days_after = 46
note = "median of 151"
verified = true

[[lists]]
number = 1
title = "Contacts"
period = "the last six months"
columns = ["Code", "Gender"]

[[areas]]
code = "A"
title = "Call"

[[areas.items]]
reference = "M-A01"
title = "Call plan"
kind = "document"
due = "held ready"
priority = "essential"
owner = "Head of SEND"
was = ["O-A01", "O-A02"]
due_verified = true
currency = 6
"""


def test_that_all_tables_become_parts_of_the_draft():
    draft = read_framework(SOUND, "mock.toml")
    progress = ("Sufficient", "Not sufficient")
    assert (draft.family, draft.since) == ("mock", date(2021, 1, 31))
    assert draft.judgements == (Judgement("Progress", progress, ("A",)),)
    assert draft.visits == (VisitType("standard", "Standard", "week 2", 10, verified=True),)
    assert draft.timetable == (
        TimetableEntry("day 2", "Lists are shared", "day 4", ("standard",), verified=True),
        TimetableEntry("on site day 1", "First day"),
    )
    assert draft.expected == (
        Expected(Event.DRAFT_REPORT, "day 30"),
        Expected(Event.PUBLICATION, days_after=46, note="median of 151", verified=True),
    )
    assert draft.lists == (ListSpec(1, "Contacts", "the last six months", ("Code", "Gender")),)
    item = draft.areas[0].items[0]
    assert (item.owner, item.was, item.due_verified) == ("Head of SEND", ("O-A01", "O-A02"), True)
    assert (item.guidance, item.service, item.basis) == ("", "", "")
    assert item.currency_months == 6
    assert draft.services == ("Finance",)


def test_that_a_listed_service_is_spelt_as_in_the_list():
    draft = read_framework(SOUND.replace('owner = "Head of SEND"', 'service = "finance"'), "mock.toml")
    assert draft.areas[0].items[0].service == "Finance"
    free = SOUND.replace('services = ["Finance"]\n', "").replace('owner = "Head of SEND"', 'service = "Any"')
    assert read_framework(free, "mock.toml").areas[0].items[0].service == "Any"


MALFORMED = {
    "currency of no months": ("currency = 6", "currency = 0", "currency", "must be a whole number, 1 to 120"),
    "currency in words": ("currency = 6", 'currency = "six"', "currency", "must be a whole number, 1 to 120"),
    "family that is no id": ('family = "mock"', 'family = "The Mock"', "family", "cannot be a family"),
    "day as text": ("since = 2021-01-31", 'since = "2021"', "since", "must be a date, not text. Write since = 2024-04"),
    "day with a time": ("2021-01-31", "2021-01-31T10:00:00", "since", "not a date with a time"),
    "abstract as text": ('family = "mock"', 'abstract = "yes"', "abstract", "must be true or false, not text"),
    "visit that is no id": ('"standard"\ntitle', '"The standard"\ntitle', "code", "cannot be a code"),
    "visit on site from an event": ('"Week 2"', '"selection + 2"', "on_site_from", "not counted from the call. Write"),
    "visit without days": ("on_site_days = 10\n", "", "[[visits]]", "“on_site_days” is missing. Add on_site_days = 1"),
    "visit of too many days": ("on_site_days = 10", "on_site_days = 61", "on_site_days", "a whole number, 1 to 60"),
    "visit of half a day": ("on_site_days = 10", "on_site_days = 0.5", "on_site_days", "a whole number"),
    "visit of true days": ("on_site_days = 10", "on_site_days = true", "on_site_days", "a whole number"),
    "verified as text": ("verified = true", 'verified = "no"', "verified", "must be true or false, not text"),
    "judgement of an unknown area": ('areas = ["a"]', 'areas = ["Z"]', "areas", "no area “Z”. Remove it, or write A."),
    "judgement of one area twice": ('areas = ["a"]', 'areas = ["a", "A"]', "areas", "lists “A” twice"),
    "judgement with areas as text": ('areas = ["a"]', 'areas = "a"', "areas", "must be a list, not text"),
    "judgement that is verified by text": ('areas = ["a"]', 'verified = "yes"', 'verified = "', "be true or false"),
    "service that is not listed": ('owner = "Head of SEND"', 'service = "Finanse"', "service = ", "service “Finanse”"),
    "service twice": ('["Finance"]', '["Finance", "finance"]', "services", "lists “finance” twice"),
    "judgement without a scale": ('scale = "progress"\n', "", "[[judgements]]", "“scale” is missing"),
    "judgement of an unknown scale": ('"progress"\n', '"stars"\n', "scale = ", "no scale “stars”"),
    "timetable for an unknown visit": ('["standard"]', '["long"]', "visits = ", "no visit “long”. Remove it, or"),
    "timetable on no rule": ('when = "day 2"', 'when = "soon"', "when", "“soon” is not a due rule"),
    "timetable until no rule": ('"day 4"', '"later"', "until", "“later” is not a due rule"),
    "unknown event": ('"draft report"', '"feedback"', "event", "selection, draft report or publication"),
    "event twice": ('"draft report"', '"publication"', 'event = "publication"\ndays', "stands first at line"),
    "event on an event": ('"day 30"', '"publication + 3"', 'when = "pub', "not counted from the call"),
    "event without a day": ('when = "day 30"\n', "", "[[expected]]", "Neither “when” nor “days_after”"),
    "event with both": ('when = "day 30"', 'when = "day 30"\ndays_after = 4', "[[expected]]", "stand together"),
    "event after too long": ("days_after = 46", "days_after = 401", "days_after", "a whole number, 1 to 400"),
    "list without a number": ("number = 1\n", "", "[[lists]]", "“number” is missing. Add number = 1"),
    "list beyond numbers": ("number = 1", "number = 100", "number", "a whole number, 1 to 99"),
    "list without columns": ('columns = ["Code", "Gender"]\n', "", "[[lists]]", "“columns” is missing"),
    "column twice": ('"Gender"', '"code"', "columns", "lists “code” twice"),
    "column that is no text": ('"Gender"', "4", "columns", "entry 2 of “columns” must be text"),
    "unknown key of a list": ("number = 1", "number = 1\nrows = 4", "rows", "“rows” is not known"),
    "earlier references as text": ('["O-A01", "O-A02"]', '"O-A01"', "was", "must be a list, not text"),
    "scale with an empty name": ("progress = [", '"" = ["x"]\nprogress = [', "[scales]", "name of a scale is empty"),
    "scale in spaces": ("progress = [", '" x " = ["x"]\nprogress = [', "[scales]", "“ x ” has spaces around it"),
    "owner that is no text": ('"Head of SEND"', "4", "owner", "must be text, not a number"),
    "visits that are no list": ("[[visits]]", "[visits]", "[visits]", "[[visits]] in double brackets"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "at", "reason"), MALFORMED.values(), ids=MALFORMED.keys())
def test_that_a_malformed_part_names_the_line_and_the_reason(old, new, at, reason):
    assert old in SOUND
    text = SOUND.replace(old, new, 1)
    with pytest.raises(FrameworkError) as refused:
        read_framework(text, "mock.toml")
    line = text[: text.index(at)].count("\n") + 1
    assert any(
        fault.startswith((f"line {line}: ", f"line {line}, ")) and reason in fault for fault in refused.value.faults
    )
    assert len(refused.value.faults) <= 2


def test_that_a_list_written_twice_names_both_lines():
    number = SOUND.index("[[lists]]")
    again = SOUND[number : SOUND.index("[[areas]]")]
    with pytest.raises(FrameworkError) as refused:
        read_framework(SOUND[:number] + again + SOUND[number:], "mock.toml")
    (fault,) = refused.value.faults
    assert "The number “1” is used already" in fault
    assert f"first at line {SOUND[:number].count(chr(10)) + 2}." in fault
