"""The shipped frameworks hold what the published schemes ask for."""

from collections import Counter

import pytest

from readiness.domain.due import Anchor, is_due_by_day_three, parse_due_rule
from readiness.domain.errors import BadValue
from readiness.domain.vocabulary import SERVICES, Kind, Priority
from readiness.frameworks.shipped import find_framework, shipped_frameworks

REVISIT = "send-revisit-2018"
ILACS = "ilacs-2018"
PREFIXES = {REVISIT: "RV", ILACS: "I21"}
AREAS = {
    REVISIT: {"A": 9, "B": 5, "C": 8, "D": 6, "E": 8, "F": 5, "G": 5, "H": 8, "I": 4},
    ILACS: {"A": 5, "B": 12, "C": 4, "D": 8, "E": 10, "F": 11, "G": 5, "H": 3},
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
}
KINDS = {
    REVISIT: {Kind.DOCUMENT: 35, Kind.DATASET: 12, Kind.INTERVIEW: 8, Kind.CASE_SAMPLE: 3},
    ILACS: {Kind.DOCUMENT: 22, Kind.DATASET: 24, Kind.INTERVIEW: 4, Kind.CASE_SAMPLE: 8},
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
}
OFSTED = ("Outstanding", "Good", "Requires improvement to be good", "Inadequate")
PROGRESS = ("Sufficient progress", "Not sufficient progress")
SCALES = {REVISIT: dict.fromkeys("BCDEF", PROGRESS), ILACS: dict.fromkeys("DEF", OFSTED)}

each = pytest.mark.parametrize("id_", [REVISIT, ILACS])


def items_of(id_):
    return [item for area in find_framework(id_).areas for item in area.items]


def test_that_the_revisit_is_offered_before_the_social_care_inspection():
    offered = [draft.id for draft in shipped_frameworks()]
    assert offered[:2] == [REVISIT, ILACS]
    assert offered[2:] == sorted(offered[2:])


def test_that_frameworks_are_named_as_the_first_page_names_them():
    revisit, ilacs = find_framework(REVISIT), find_framework(ILACS)
    assert (revisit.short_title, ilacs.short_title) == ("SEN re-visit", "Social Care")
    assert revisit.summary == "Progress on the written statement of action, 2018 to 2022"
    assert ilacs.summary == "Local authority children’s services, framework 2018 to 2022"


@each
def test_that_each_checklist_has_58_items_in_its_areas(id_):
    draft = find_framework(id_)
    assert draft.item_count == 58
    assert {area.code: len(area.items) for area in draft.areas} == AREAS[id_]


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
def test_that_every_due_rule_is_written_as_the_grammar_writes_it(id_):
    for item in items_of(id_):
        assert str(parse_due_rule(item.due_rule)) == item.due_rule


@each
def test_that_kinds_and_services_are_those_of_the_scheme(id_):
    assert Counter(item.kind for item in items_of(id_)) == KINDS[id_]
    assert Counter(item.service for item in items_of(id_)) == SERVICE_COUNTS[id_]


@each
def test_that_services_are_the_usual_ones_with_the_health_body_of_those_years(id_):
    of_those_years = {service.replace("(ICB)", "(CCG)") for service in SERVICES}
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
    assert counts[Priority.ESSENTIAL] < 29


@each
def test_that_day_one_readiness_has_items_to_count(id_):
    assert sum(is_due_by_day_three(parse_due_rule(item.due_rule)) for item in items_of(id_)) >= 40


@each
def test_that_only_judged_areas_carry_the_grades_of_their_scheme(id_):
    graded = {area.code: area.scale for area in find_framework(id_).areas if area.scale}
    assert graded == SCALES[id_]


@each
def test_that_every_item_says_what_good_looks_like_and_where_it_comes_from(id_):
    for item in items_of(id_):
        assert item.guidance.endswith("."), item.reference
        assert item.basis in {"AA", "L", "R", "S", "P"}, item.reference


@each
def test_that_no_text_uses_the_health_bodies_or_apostrophes_of_another_time(id_):
    for item in items_of(id_):
        assert "ICB" not in item.title + item.guidance
        assert "'" not in item.title + item.guidance


@pytest.mark.parametrize("id_", [None, "", "ilacs-1999", "ILACS-2018"])
def test_that_an_unknown_framework_is_refused_with_the_ids_there_are(id_):
    with pytest.raises(BadValue) as refused:
        find_framework(id_)
    assert all(known in str(refused.value) for known in (REVISIT, ILACS))
