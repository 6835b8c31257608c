"""The shipped frameworks hold what the published schemes ask for."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.calendar import WorkingDays
from readiness.domain.due import Anchor, Milestones, due_date, is_due_by_day_three, parse_due_rule
from readiness.domain.errors import BadValue
from readiness.domain.vocabulary import SERVICES, Kind, Priority
from readiness.frameworks.shipped import find_framework, shipped_frameworks

REVISIT = "send-revisit-2018"
ILACS = "ilacs-2018"
ILACS_2024 = "ilacs-2024"
ILACS_2026 = "ilacs-2026"
AREA_SEND = "area-send-2023"
COUNTED = (REVISIT, ILACS, ILACS_2026, AREA_SEND)
"""The four checklists; ilacs-2024 has the same items as ilacs-2026."""
PREFIXES = {REVISIT: "RV", ILACS: "I21", ILACS_2024: "ILC", ILACS_2026: "ILC", AREA_SEND: "SND"}
ILC_AREAS = {"A": 5, "B": 12, "C": 4, "D": 8, "E": 9, "F": 8, "G": 7, "H": 4, "I": 2}
AREAS = {
    REVISIT: {"A": 9, "B": 5, "C": 8, "D": 6, "E": 8, "F": 5, "G": 5, "H": 8, "I": 4},
    ILACS: {"A": 5, "B": 12, "C": 4, "D": 8, "E": 10, "F": 11, "G": 5, "H": 3},
    ILACS_2024: ILC_AREAS,
    ILACS_2026: ILC_AREAS,
    AREA_SEND: {"A": 6, "B": 8, "C": 10, "D": 5, "E": 5, "F": 6, "G": 5, "H": 3, "I": 4, "J": 2},
}
ILC_DUE = {
    "held ready": "A01 A02 C03 C04 D01 D04 D06 D07 D08 E01 E02 E04 E05 E06 E07 E08 F01 F02 F03 F04 F06 F07 F08 G02 G06",
    "day 1": "A03 A05",
    "day 2": "B01 B02 B03 B04 B05 B06 B07 B08 B09 B10 B11 B12 C01",
    "day 3": "D02 D03 D05 E03 E09 F05 G01 G03 G04 G05 G07",
    "selection + 2": "C02",
    "before on site": "A04",
    "on site": "H01 H02 H03 H04",
    "last day": "I01",
    "publication + 70": "I02",
}
DUE = {
    REVISIT: {
        "held ready": "A01 A03 A05 A06 A07 A08 A09 B01 B03 B04 C01 C06 C07 C08 D01 D03 D04 D05 E01 E03 E05 E07 F01 F05 "
        "G02 G03 G04 G05",
        "day 1": "A02",
        "day 3": "A04 B02 C02 C04 C05 D02 E02 E04 E06 F02 F03 F04",
        "selection + 2": "C03 D06 E08",
        "before on site": "B05 G01",
        "on site": "H01 H02 H03 H04 H05 H06 H07 H08",
        "last day": "I01",
        "draft report + 10": "I02",
        "before publication": "I03",
        "publication + 70": "I04",
    },
    ILACS: {
        "held ready": "A01 A02 C03 C04 D01 D04 D05 D06 D07 D08 E01 E02 E04 E05 E06 E07 E08 E09 F01 F02 F03 F04 F06 F08 "
        "F09 F11",
        "day 1": "A03 A05",
        "day 2": "B01 B02 B03 B04 B05 B06 B07 B08 B09 B10 B11 B12 C01",
        "day 3": "D02 D03 E03 E10 F05 F07 F10",
        "selection + 2": "C02",
        "before on site": "A04",
        "on site": "G01 G03 G04 G05",
        "on site day 5": "G02",
        "last day": "H01",
        "draft report + 10": "H02",
        "publication + 70": "H03",
    },
    ILACS_2024: ILC_DUE,
    ILACS_2026: ILC_DUE,
    AREA_SEND: {
        "held ready": "A01 A02 A06 C01 C02 C03 C04 C05 C06 C07 C08 C09 C10 D01 D02 D03 D04 D05 E01 E02 E03 E04 E05 F01 "
        "F02 F03 F04 F05 F06 G01 G02 G03 G04 G05 H01 H02",
        "day 1": "A03 A05",
        "day 3": "B01 B02 B03 B04 B05 B06 B07 B08 H03",
        "day 5": "A04",
        "selection + 2": "I01",
        "week 2": "I02",
        "week 3": "I03 I04",
        "last day": "J01",
        "publication + 70": "J02",
    },
}
ILC_KINDS = {Kind.DOCUMENT: 17, Kind.DATASET: 30, Kind.INTERVIEW: 3, Kind.CASE_SAMPLE: 9}
KINDS = {
    REVISIT: {Kind.DOCUMENT: 35, Kind.DATASET: 12, Kind.INTERVIEW: 8, Kind.CASE_SAMPLE: 3},
    ILACS: {Kind.DOCUMENT: 22, Kind.DATASET: 24, Kind.INTERVIEW: 4, Kind.CASE_SAMPLE: 8},
    ILACS_2024: ILC_KINDS,
    ILACS_2026: ILC_KINDS,
    AREA_SEND: {Kind.DOCUMENT: 26, Kind.DATASET: 21, Kind.INTERVIEW: 2, Kind.CASE_SAMPLE: 5},
}
ILC_SERVICES = {
    "Social Care & Early Help": 33,
    "Performance & Data": 15,
    "Corporate": 5,
    "Education": 3,
    "Health (ICB)": 2,
    "Finance": 1,
}
SERVICE_COUNTS = {
    REVISIT: {
        "SEND": 28,
        "Health (CCG)": 9,
        "Performance & Data": 8,
        "Social Care & Early Help": 7,
        "Education": 3,
        "Corporate": 2,
        "Finance": 1,
    },
    ILACS: {
        "Social Care & Early Help": 34,
        "Performance & Data": 15,
        "Corporate": 5,
        "Education": 2,
        "Finance": 1,
        "Health (CCG)": 1,
    },
    ILACS_2024: ILC_SERVICES,
    ILACS_2026: ILC_SERVICES,
    AREA_SEND: {
        "SEND": 25,
        "Health (ICB)": 10,
        "Education": 8,
        "Performance & Data": 6,
        "Corporate": 2,
        "Social Care & Early Help": 2,
        "Finance": 1,
    },
}
CALENDAR = WorkingDays()
OF_THE_CCG = {REVISIT, ILACS}

each = pytest.mark.parametrize("id_", [*COUNTED, ILACS_2024])


def items_of(id_):
    return [item for area in find_framework(id_).areas for item in area.items]


def test_that_the_revisit_is_offered_before_the_social_care_inspection():
    offered = [draft.id for draft in shipped_frameworks()]
    assert offered[:2] == [REVISIT, ILACS]
    assert offered[2:] == sorted(offered[2:])


def test_that_frameworks_are_named_as_the_first_page_names_them():
    assert {draft.id: (draft.short_title, draft.edition, draft.summary) for draft in shipped_frameworks()} == {
        REVISIT: ("SEN re-visit", "2018 to 2022", "Progress on the written statement of action, 2018 to 2022"),
        ILACS: ("Social Care", "2018 to 2022", "Local authority children’s services, framework 2018 to 2022"),
        ILACS_2024: (
            "Social Care",
            "April 2024 to March 2026",
            "Local authority children’s services, April 2024 to March 2026",
        ),
        ILACS_2026: ("Social Care", "from April 2026", "Local authority children’s services, from April 2026"),
        AREA_SEND: ("Area SEND", "from January 2023", "Local area partnership, framework from January 2023"),
    }


def test_that_the_four_checklists_hold_229_items():
    assert [find_framework(id_).item_count for id_ in COUNTED] == [58, 58, 59, 54]
    assert sum(find_framework(id_).item_count for id_ in COUNTED) == 229


def test_that_every_shipped_framework_is_counted_here():
    assert {draft.id for draft in shipped_frameworks()} == set(AREAS)


FRESH = {
    REVISIT: {"RV-A01": 6, "RV-A05": 6, "RV-C03": 3},
    ILACS: {"I21-C01": 6},
    ILACS_2024: {"ILC-C01": 6},
    ILACS_2026: {"ILC-C01": 6},
    AREA_SEND: {"SND-C02": 6},
}
"""For how many months evidence counts, by item."""


@each
def test_that_each_checklist_has_its_items_in_its_areas(id_):
    assert {area.code: len(area.items) for area in find_framework(id_).areas} == AREAS[id_]


@each
def test_that_items_stand_in_order_under_the_area_they_are_named_for(id_):
    for area in find_framework(id_).areas:
        expected = [f"{PREFIXES[id_]}-{area.code}{number:02}" for number in range(1, len(area.items) + 1)]
        assert [item.reference for item in area.items] == expected


@each
def test_that_every_item_is_due_when_the_scheme_asks_for_it(id_):
    expected = {f"{PREFIXES[id_]}-{code}": rule for rule, codes in DUE[id_].items() for code in codes.split()}
    assert {item.reference: item.due_rule for item in items_of(id_)} == expected


@each
@given(call=st.dates(date(2018, 1, 1), date(2040, 1, 1)))
def test_that_every_due_rule_comes_to_a_working_day_once_all_is_recorded(id_, call):
    weeks = [call + timedelta(weeks=number) for number in range(1, 8)]
    known = Milestones(call - timedelta(days=30), None, call, *weeks[1:3], weeks[0], weeks[4], weeks[6])
    for rule in {item.due_rule for item in items_of(id_)} - {"held ready"}:
        found = due_date(parse_due_rule(rule), known, CALENDAR)
        assert found is not None
        assert found >= call
        assert CALENDAR.is_working(found)


@each
def test_that_every_due_rule_is_written_as_the_grammar_writes_it(id_):
    for item in items_of(id_):
        assert str(parse_due_rule(item.due_rule)) == item.due_rule


@each
def test_that_kinds_and_services_are_those_of_the_scheme(id_):
    assert Counter(item.kind for item in items_of(id_)) == KINDS[id_]
    assert Counter(item.service for item in items_of(id_)) == SERVICE_COUNTS[id_]


@each
def test_that_services_are_the_usual_ones_with_the_health_body_of_its_years(id_):
    body = "(CCG)" if id_ in OF_THE_CCG else "(ICB)"
    of_those_years = {service.replace("(ICB)", body) for service in SERVICES}
    assert {item.service for item in items_of(id_)} <= of_those_years


@each
def test_that_what_is_handed_over_in_the_first_three_days_is_essential(id_):
    rules = {item.reference: (parse_due_rule(item.due_rule), item.priority) for item in items_of(id_)}
    early = {ref: priority for ref, (rule, priority) in rules.items() if rule.anchor is Anchor.DAY and rule.days <= 3}
    assert early
    assert set(early.values()) == {Priority.ESSENTIAL}


@each
def test_that_all_three_priorities_carry_weight(id_):
    counts = Counter(item.priority for item in items_of(id_))
    assert all(counts[priority] >= 10 for priority in Priority)
    assert counts[Priority.ESSENTIAL] * 2 < counts.total()


@each
def test_that_day_one_readiness_has_items_to_count(id_):
    assert sum(is_due_by_day_three(parse_due_rule(item.due_rule)) for item in items_of(id_)) >= 40


@each
def test_that_every_item_says_what_good_looks_like_and_where_it_comes_from(id_):
    for item in items_of(id_):
        assert item.guidance.endswith("."), item.reference
        assert item.basis in {"AA", "L", "R", "S", "P"}, item.reference


@each
def test_that_no_text_uses_the_health_bodies_or_apostrophes_of_another_time(id_):
    for item in items_of(id_):
        text = item.title + item.guidance + item.service
        assert ("ICB" if id_ in OF_THE_CCG else "CCG") not in text
        assert "'" not in text


@pytest.mark.parametrize("id_", [None, "", "ilacs-1999", "ILACS-2018", "ilacs-common"])
def test_that_an_unknown_framework_is_refused_with_the_ids_there_are(id_):
    with pytest.raises(BadValue) as refused:
        find_framework(id_)
    assert all(known in str(refused.value) for known in (REVISIT, ILACS, ILACS_2024, ILACS_2026, AREA_SEND))


@each
def test_that_evidence_grows_old_only_where_the_item_says_so(id_):
    said = {"six months": 6, "three months": 3}
    for item in items_of(id_):
        if item.currency_months is not None:
            text = f"{item.title} {item.guidance}".lower()
            assert any(words in text and item.currency_months == months for words, months in said.items())
    known = {item.reference: item.currency_months for item in items_of(id_) if item.currency_months}
    assert known == FRESH[id_]
