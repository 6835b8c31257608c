"""What the shipped frameworks say besides items: judgements, visits, timetable, what is expected, editions."""

import tomllib
from dataclasses import replace
from datetime import date

import pytest

from readiness.domain.calendar import WorkingDays
from readiness.domain.due import Milestones, due_date, parse_due_rule
from readiness.domain.schemes import Event, Expected, Judgement, VisitType
from readiness.domain.views import FrameworkDraft
from readiness.frameworks.shipped import find_framework, in_force, newest_editions, other_editions, shipped_frameworks
from resources import resource

CALENDAR = WorkingDays()
REVISIT, AREA_SEND = "send-revisit-2018", "area-send-2023"
ILACS = ("ilacs-2018", "ilacs-2024", "ilacs-2026")
OFSTED = ("Outstanding", "Good", "Requires improvement to be good", "Inadequate")
PROGRESS = ("Sufficient progress", "Not sufficient progress")
OUTCOMES = ("Typically positive", "Inconsistent", "Widespread or systemic failings")

LEADERS = Judgement("The impact of leaders on social work practice with children and families", OFSTED, ("D",), True)
HELP = Judgement("The experiences and progress of children who need help and protection", OFSTED, ("E",), True)
CARE = Judgement("The experiences and progress of children in care", OFSTED, ("F",), True)
CARE_LEAVERS = Judgement("The experiences and progress of care leavers", OFSTED, ("G",), True)
JOINED = Judgement("The experiences and progress of children in care and care leavers", OFSTED, ("F",), True)
OVERALL = Judgement("Overall effectiveness", OFSTED, (), True)
JUDGEMENTS = {
    "ilacs-2018": (LEADERS, HELP, JOINED, OVERALL),
    "ilacs-2024": (LEADERS, HELP, CARE, CARE_LEAVERS, OVERALL),
    "ilacs-2026": (replace(LEADERS, verified=False), HELP, CARE, CARE_LEAVERS),
    REVISIT: (
        Judgement("Strategic planning to improve outcomes", PROGRESS, ("B",), True),
        Judgement("Quality of EHC plans", PROGRESS, ("C",), True),
        Judgement("Assessing social care needs", PROGRESS, ("D",), True),
        Judgement("Joint commissioning for health needs after 19", PROGRESS, ("E",), True),
        Judgement("Preparing for adulthood", PROGRESS, ("F",), True),
    ),
    AREA_SEND: (Judgement("Experiences and outcomes of children and young people with SEND", OUTCOMES, (), True),),
}
OF_ILACS = (VisitType("standard", "Standard inspection", "week 2", 10, True),
            VisitType("short", "Short inspection", "week 2", 5, True))  # fmt: skip
VISITS = {
    **dict.fromkeys(ILACS, OF_ILACS),
    REVISIT: (
        VisitType("three-days", "Re-visit of three days", "day 11", 3, True),
        VisitType("two-days", "Re-visit of two days", "day 11", 2, True),
        VisitType("four-days", "Re-visit of four days", "day 11", 4, True),
    ),
    AREA_SEND: (VisitType("full", "Full inspection", "week 3", 5, True),),
}
ILACS_UNVERIFIED = [
    "day 1: Request for information, set-up call and contact list",
    "day 2: Child-level lists and the list of recent audits are shared",
    "day 3: Performance and management documents are shared; the audits that inspectors chose are sent",
    "day 4: Inspectors read off site; the draft timetable is agreed; logins and rooms are ready",
    "on site: Meeting with leaders; sampling of cases starts",
    "on site: Sampling of cases starts",
    "on site: Keeping-in-touch meeting with the lead inspector, every day",
    "on site day 5: Summary of what has been found so far",
    "on site day 6: More sampling, specialist inspectors, leaders",
    "last day: Final feedback",
    "draft report + 10: Answer on the factual accuracy of the draft report",
    "publication + 70: Action plan",
]
UNVERIFIED = {
    **dict.fromkeys(ILACS, ILACS_UNVERIFIED),
    REVISIT: [],
    AREA_SEND: ["last day: Feedback"],
}
ILACS_VERIFIED = [
    "day 1: The lead inspector telephones the director",
    "day 2: First lines of enquiry can arrive",
    "on site: Inspectors are on site",
    "last day: Final feedback",
    "last day: The provisional outcome is told to the service lead, in confidence",
]
VERIFIED = {
    **dict.fromkeys(ILACS, ILACS_VERIFIED),
    REVISIT: ["day 1: The call: ten working days’ notice", "on site: The re-visit, on site or online"],
    AREA_SEND: [
        "day 1: The call to the council and to health; the inspection has begun",
        "day 1: Information request and set-up discussion",
        "day 1: Three surveys (young people, parents, practitioners): sent by the partnership, open this week only",
        "day 1: Person-level lists and documents are supplied; inspectors choose children",
        "week 2: Up to six tracked children: consent is gathered, documents follow within two working days",
        "week 2: The parent carer forum meets inspectors",
        "week 2: Tracking meetings with families and practitioners",
        "day 9: Fieldwork begins",
        "on site: Inspectors are on site: leaders, practitioners, visits, themed case sampling",
    ],
}
VERIFIED_ITEMS = {
    "ilacs-2018": {"I21-A03", "I21-H01"},
    "ilacs-2024": {"ILC-A03", "ILC-I01"},
    "ilacs-2026": {"ILC-A03", "ILC-I01"},
    REVISIT: {"RV-A02"},
    AREA_SEND: {"SND-A03", "SND-A04", "SND-I01", "SND-I02", "SND-I03", "SND-I04"},
}

each = pytest.mark.parametrize("id_", [*ILACS, REVISIT, AREA_SEND])


def items_of(id_):
    return [item for area in find_framework(id_).areas for item in area.items]


def said(entries):
    return [f"{entry.when}: {entry.title}" for entry in entries]


@each
def test_that_each_framework_judges_what_its_scheme_judges(id_):
    assert find_framework(id_).judgements == JUDGEMENTS[id_]


def test_that_ilacs_gives_four_grades_then_five_then_four_again():
    assert [len(find_framework(id_).judgements) for id_ in ILACS] == [4, 5, 4]


@each
def test_that_only_judged_areas_carry_the_grades_of_their_scheme(id_):
    graded = {area.code: area.scale for area in find_framework(id_).areas if area.scale}
    assert graded == {code: each.scale for each in JUDGEMENTS[id_] for code in each.areas}


@each
def test_that_each_framework_proposes_its_kinds_of_visit(id_):
    assert find_framework(id_).visits == VISITS[id_]


@each
def test_that_the_timetable_says_which_of_its_facts_no_source_confirms(id_):
    timetable = find_framework(id_).timetable
    assert said(entry for entry in timetable if not entry.verified) == UNVERIFIED[id_]
    assert said(entry for entry in timetable if entry.verified) == VERIFIED[id_]


def test_that_the_two_ilacs_inspections_share_all_but_these():
    timetable = find_framework("ilacs-2026").timetable
    assert said(entry for entry in timetable if entry.visits == ("standard",)) == [
        "on site: Meeting with leaders; sampling of cases starts",
        "on site day 5: Summary of what has been found so far",
        "on site day 6: More sampling, specialist inspectors, leaders",
        "last day: Final feedback",
    ]
    assert said(entry for entry in timetable if entry.visits == ("short",)) == [
        "on site: Sampling of cases starts",
        "last day: Final feedback",
    ]


@each
def test_that_only_these_due_rules_are_confirmed(id_):
    assert {item.reference for item in items_of(id_) if item.due_verified} == VERIFIED_ITEMS[id_]


@pytest.mark.parametrize("id_", ILACS)
def test_that_ilacs_expects_audits_to_be_chosen_and_the_report_after_46_days(id_):
    audits = "inspectors choose from the list of audits shared on day 2; the chosen ones are sent by about day 3"
    assert find_framework(id_).expected == (
        Expected(Event.SELECTION, "day 2", 0, audits, False),
        Expected(Event.PUBLICATION, "", 46, "median of 151 inspections; the quickest took 39 days", True),
    )


def test_that_send_expects_what_was_counted():
    assert find_framework(AREA_SEND).expected == (
        Expected(Event.SELECTION, "week 2", 0, "up to six children are tracked in week 2", True),
        Expected(Event.PUBLICATION, "", 62, "median of 69 inspections; they took between 41 and 131 days", True),
    )
    (letter,) = find_framework(REVISIT).expected
    assert (letter.event, letter.days_after, letter.verified) == (Event.PUBLICATION, 33, False)
    assert "calendar or working days" in letter.note


def on_site(visit: VisitType, call: date) -> tuple[date, date]:
    first = due_date(parse_due_rule(visit.on_site_from), Milestones(notified_on=call), CALENDAR)
    assert first is not None
    return first, CALENDAR.nth(first, visit.on_site_days)


def test_that_leicesters_own_calendar_comes_out():
    standard, short = find_framework("ilacs-2018").visits
    assert on_site(standard, date(2021, 9, 13)) == (date(2021, 9, 20), date(2021, 10, 1))
    assert on_site(short, date(2024, 9, 16)) == (date(2024, 9, 23), date(2024, 9, 27))


def test_that_an_area_send_call_brings_inspectors_in_week_three():
    call = date(2025, 9, 8)
    (full,) = find_framework(AREA_SEND).visits
    first, last = on_site(full, call)
    assert (first, last) == (date(2025, 9, 22), date(2025, 9, 26))
    known = Milestones(notified_on=call, on_site_from=first, on_site_to=last, selection_on=date(2025, 9, 16))
    due = {
        item.reference: due_date(parse_due_rule(item.due_rule), known, CALENDAR)
        for item in items_of(AREA_SEND)
        if item.reference.startswith(("SND-I", "SND-A04"))
    }
    assert due == {
        "SND-A04": date(2025, 9, 12),  # the surveys close with week 1
        "SND-I01": date(2025, 9, 18),  # two working days after selection, in week 2
        "SND-I02": date(2025, 9, 15),
        "SND-I03": first,
        "SND-I04": first,
    }
    fieldwork = next(each for each in find_framework(AREA_SEND).timetable if each.title == "Fieldwork begins")
    assert due_date(parse_due_rule(fieldwork.when), known, CALENDAR) == date(2025, 9, 18), "a Thursday"


def test_that_a_revisit_comes_after_ten_working_days_notice():
    three = find_framework(REVISIT).visits[0]
    assert on_site(three, date(2021, 5, 10)) == (date(2021, 5, 24), date(2021, 5, 26))


@each
def test_that_every_entry_of_a_timetable_comes_to_a_day_and_ends_no_earlier(id_):
    call = date(2025, 9, 8)
    for visit in find_framework(id_).visits:
        first, last = on_site(visit, call)
        known = Milestones(None, None, call, first, last, date(2025, 9, 10), date(2025, 10, 20), date(2025, 11, 17))

        def day(rule: str, known: Milestones = known) -> date:
            found = due_date(parse_due_rule(rule), known, CALENDAR)
            assert found is not None
            return found

        entries = [each for each in find_framework(id_).timetable if not each.visits or visit.code in each.visits]
        assert [entry.title for entry in entries if entry.until and day(entry.until) < day(entry.when)] == []
        assert all(call <= day(entry.when) for entry in entries)


# editions


def test_that_two_editions_of_ilacs_share_all_but_the_named_exceptions():
    old, new = find_framework("ilacs-2024"), find_framework("ilacs-2026")
    differing = [(a, b) for a, b in zip(items_of("ilacs-2024"), items_of("ilacs-2026"), strict=True) if a != b]
    assert [(a.reference, b.reference) for a, b in differing] == [("ILC-I02", "ILC-I02")]
    assert [area.title for area in old.areas] == [area.title for area in new.areas]
    leaders = replace(old.judgements[0], verified=False)  # whether it still says “social work”
    assert new.judgements == (leaders, *old.judgements[1:-1])
    assert [spec.number for spec, other in zip(old.lists, new.lists, strict=True) if spec != other] == [9]
    assert (old.visits, old.timetable, old.expected) == (new.visits, new.timetable, new.expected)
    assert (old.title, old.short_title, old.scales, old.family) == (new.title, new.short_title, new.scales, new.family)


def test_that_the_action_plan_speaks_of_an_overall_word_only_where_there_is_none():
    with_word, without = (items_of(id_)[-1].guidance for id_ in ("ilacs-2024", "ilacs-2026"))
    assert "explains the five judgements, overall effectiveness among them" in with_word
    assert "explains grades without an overall word after April 2026" in without


def test_that_editions_share_by_a_base_and_do_not_copy():
    counts = {}
    for id_ in (*ILACS, "ilacs-common"):
        table = tomllib.loads(resource("frameworks", f"{id_}.toml").read_text(encoding="utf-8"))
        items = sum(len(area.get("items", ())) for area in table.get("areas", ()))
        counts[id_] = (
            items,
            len(table.get("lists", ())),
            len(table.get("visits", ())),
            len(table.get("timetable", ())),
        )
    assert counts == {
        "ilacs-2018": (58, 1, 0, 0),
        "ilacs-2024": (59, 0, 0, 0),
        "ilacs-2026": (1, 1, 0, 0),
        "ilacs-common": (0, 11, 2, 17),
    }


def test_that_what_an_item_was_is_an_item_of_the_edition_before_and_of_no_other():
    earlier = {item.reference for item in items_of("ilacs-2018")}
    was = [reference for item in items_of("ilacs-2024") for reference in item.was]
    assert len(was) == len(set(was)) == 46
    assert set(was) <= earlier
    assert not any(item.was for id_ in ("ilacs-2018", REVISIT, AREA_SEND) for item in items_of(id_))


def test_that_lists_keep_what_they_were():
    was = {item.reference: item.was for item in items_of("ilacs-2024")}
    assert all(was[f"ILC-B{number:02}"] == (f"I21-B{number:02}",) for number in range(1, 13))
    assert was["ILC-C04"] == ("I21-D04",), "supervision moved to quality assurance"
    assert was["ILC-E08"] == was["ILC-G01"] == (), "joined or parted items follow none"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2017, 12, 31), []),
        (date(2018, 1, 1), ["ilacs-2018"]),
        (date(2021, 4, 26), [REVISIT, "ilacs-2018"]),
        (date(2023, 1, 1), ["ilacs-2018", AREA_SEND]),
        (date(2024, 9, 16), [AREA_SEND, "ilacs-2024"]),
        (date(2026, 3, 31), [AREA_SEND, "ilacs-2024"]),
        (date(2026, 4, 1), [AREA_SEND, "ilacs-2026"]),
    ],
)
def test_that_the_editions_in_force_on_a_day_are_found(day, expected):
    assert [draft.id for draft in newest_editions(day)] == expected
    ids = [draft.id for draft in shipped_frameworks()]
    assert [draft.id for draft in other_editions(day)] == [id_ for id_ in ids if id_ not in expected]


def draft(id_: str, family: str = "", since: date | None = None) -> FrameworkDraft:
    return FrameworkDraft(id_, "1", id_, id_, id_, {}, (), family, since)


def test_that_a_framework_without_family_stands_alone_and_one_without_first_day_is_the_oldest():
    known = [
        draft("own"),
        draft("old", "f"),
        draft("new", "f", date(2024, 1, 1)),
        draft("coming", "", date(2030, 1, 1)),
    ]
    assert [each.id for each in in_force(known, date(2023, 12, 31))] == ["own", "old"]
    assert [each.id for each in in_force(known, date(2024, 1, 1))] == ["own", "new"]
    assert [each.id for each in in_force(known, date(2030, 1, 1))] == ["own", "new", "coming"]
