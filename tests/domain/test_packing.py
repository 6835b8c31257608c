"""Packing: each file once, every chosen item listed, nothing for fewer people than the pack's, all names safe."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack_dossiers import NAMES, area, attachment, dossier, evidence, example, inspection, is_safe, item

from readiness.domain.file_names import LONGEST_PATH, same_on_disk, units
from readiness.domain.pack_lines import pack_lines
from readiness.domain.pack_words import sized, summary, warnings
from readiness.domain.packing import OWN_FILES, LeftWhy, PackChoice, may_see, plan_pack
from readiness.domain.vocabulary import Audience, Currency

INSPECTORS = PackChoice(Audience.INSPECTORS)


@st.composite
def dossiers(draw):
    """Two inspections whose areas, items and files are called anything, and evidence that is shared between them."""
    inspections = [inspection("i1", draw(NAMES)), inspection("i2", draw(NAMES))][: draw(st.integers(1, 2))]
    areas = [
        area(f"{row.id}-{number}", draw(NAMES), draw(NAMES), row.id)
        for row in inspections
        for number in range(draw(st.integers(1, 3)))
    ]
    items = [
        item(f"{where.id}-{number}", draw(NAMES), draw(NAMES), where)
        for where in areas
        for number in range(draw(st.integers(0, 2)))
    ]
    ids = [row.id for row in items]
    contents = st.text("abcdef", max_size=2)
    library = [
        evidence(
            f"e{number}",
            draw(NAMES),
            draw(st.lists(st.sampled_from(ids), unique=True, max_size=3)) if ids else [],
            [attachment(draw(NAMES), draw(contents)) for _ in range(draw(st.integers(0, 2)))],
            draw(st.sampled_from(list(Audience))),
        )
        for number in range(draw(st.integers(0, 6)))
    ]
    return dossier(items, library, areas, inspections)


@given(dossiers(), st.sampled_from(list(Audience)))
def test_that_no_two_names_collide_and_all_are_safe(given, audience):
    paths = [file.path for file in plan_pack(given, PackChoice(audience)).files]
    levels = {path.rsplit("/", depth)[0] for path in paths for depth in range(path.count("/") + 1)}
    places = [*levels, *OWN_FILES]
    assert len({same_on_disk(place) for place in places}) == len(places)
    assert all(units(path) <= LONGEST_PATH for path in paths)
    assert all(is_safe(part) for path in paths for part in path.split("/"))


@given(dossiers(), st.sampled_from(list(Audience)))
def test_that_each_file_goes_once_and_every_chosen_item_is_listed(given, audience):
    plan = plan_pack(given, PackChoice(audience))
    hashes = [file.sha256 for file in plan.files]
    assert len(set(hashes)) == len(hashes)
    assert [each.item.id for each in plan.items] == [row.id for row in given.board.items]
    assert {line.item.item.id for line in pack_lines(plan)} == {row.id for row in given.board.items}
    may_go = {
        each.sha256
        for row in given.evidence
        if row.links and may_see(row.audience, audience)
        for each in row.latest.attachments
    }
    assert set(hashes) == may_go


@given(dossiers(), st.sampled_from(list(Audience)))
def test_that_every_piece_of_an_item_goes_or_is_named_with_its_reason(given, audience):
    plan = plan_pack(given, PackChoice(audience))
    left = {each.evidence.id: each.why for each in plan.left_out}
    for row in given.evidence:
        if row.links:
            narrow = not may_see(row.audience, audience)
            assert (row.id in plan.pieces) is (row.id not in left)
            assert (left.get(row.id) is LeftWhy.AUDIENCE) is narrow


@pytest.mark.parametrize(
    ("own", "pack", "goes"),
    [
        (Audience.INTERNAL, Audience.INTERNAL, True),
        (Audience.INTERNAL, Audience.PARTNERS, False),
        (Audience.PARTNERS, Audience.INSPECTORS, False),
        (Audience.PUBLIC, Audience.INSPECTORS, True),
        (Audience.INSPECTORS, Audience.PUBLIC, False),
    ],
)
def test_that_evidence_goes_to_those_it_was_meant_for(own, pack, goes):
    assert may_see(own, pack) is goes


def test_that_folders_read_as_the_checklist_does():
    assert [file.path for file in plan_pack(example(), INSPECTORS).files] == [
        "A Call and control/ILC-A01 Call-day plan/Plan.docx",
        "A Call and control/ILC-A02 Contacts - who rings whom/plan.DOCX",
        "B Help & protection/ILC-B01 Audit results over time/Audit 95 per cent No 3.xlsx",
    ]


def test_that_two_inspections_stand_apart():
    other = area("b1", "A", "Call and control", "i2")
    given = dossier(
        [item("x1", "A01", "Plan"), item("y1", "A01", "Plan", other)],
        [evidence("e1", "One", ["x1"], [attachment("1.txt")]), evidence("e2", "Two", ["y1"], [attachment("2.txt")])],
        [area(), other],
        [inspection("i1", "Social Care"), inspection("i2", "SEN re-visit")],
    )
    assert [file.path for file in plan_pack(given, INSPECTORS).files] == [
        "Social Care/A Call and control/A01 Plan/1.txt",
        "SEN re-visit/A Call and control/A01 Plan/2.txt",
    ]
    only = plan_pack(given, PackChoice(inspections=frozenset({"i2"})))
    assert [file.path for file in only.files] == ["A Call and control/A01 Plan/2.txt"]


def test_that_areas_and_items_narrow_a_pack():
    by_area = plan_pack(example(), PackChoice(areas=frozenset({"a2"})))
    assert [each.item.reference for each in by_area.items] == ["ILC-B01", "ILC-B02", "ILC-B03", "ILC-B04"]
    by_item = plan_pack(example(), PackChoice(items=frozenset({"x2"})))
    assert [file.path for file in by_item.files] == [
        "A Call and control/ILC-A02 Contacts - who rings whom/Plan.docx",
        "A Call and control/ILC-A02 Contacts - who rings whom/plan (2).DOCX",
    ]


def test_that_out_of_date_evidence_goes_and_is_marked():
    plan = plan_pack(example(), INSPECTORS)
    stale = [line.note for line in pack_lines(plan) if line.piece and line.piece.currency is Currency.OUT_OF_DATE]
    assert stale == ["Out of date: good until 1 Apr 2021"]


def test_that_lines_say_why_there_is_nothing():
    notes = {
        line.item.item.reference: line.note for line in pack_lines(plan_pack(example(), INSPECTORS)) if not line.piece
    }
    assert notes == {
        "ILC-B02": "Interview or focus group: people are met",
        "ILC-B03": "Not applicable",
        "ILC-B04": "No evidence in this pack",
    }


def test_that_whoever_makes_a_pack_is_told_what_stays_and_what_lacks():
    plan = plan_pack(example(), INSPECTORS)
    assert summary(plan) == "3 files, 27 bytes; 1 piece is left out: internal only."
    assert warnings(plan) == (
        "1 item has no evidence in this pack: ILC-B04.",
        "1 piece is out of date and marked so: Audits <b>2021</b>.",
        "2 links have no stored copy and will be listed only: Guide, Old scan.",
        "1 piece has neither file nor link: Nothing yet.",
    )


def test_that_a_file_that_cannot_go_is_listed_as_missing():
    gone = attachment("Plan.docx").sha256
    plan = plan_pack(example(), INSPECTORS, {gone})
    assert gone not in [file.sha256 for file in plan.files]
    assert [each.name for each in plan.missing.values()] == ["Plan.docx"]
    assert warnings(plan)[0] == "1 file is missing or altered in the store and cannot go: Plan.docx."
    missing = [
        (line.words, line.note) for line in pack_lines(plan) if line.piece and line.piece.missing and not line.file
    ]
    assert missing == [("Plan.docx", "Missing from this pack")] * 2 + [("Plan (final).docx", "Missing from this pack")]


def test_that_only_the_newest_revision_goes():
    given = example()
    first = given.evidence[0]
    newer = replace(first.revisions[0], number=2, attachments=(attachment("Plan 2.docx"),))
    changed = replace(given, evidence=(replace(first, revisions=(newer, *first.revisions)), *given.evidence[2:]))
    assert "Plan 2.docx" in [file.name for file in plan_pack(changed, INSPECTORS).files]
    assert "Plan.docx" not in [file.name for file in plan_pack(changed, INSPECTORS).files]


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1.0 KB"), (9_940, "9.9 KB"), (9_960, "10 KB"),
        (999_600, "1.0 MB"), (1_300_000_000, "1.3 GB"), (2_500_000_000_000, "2,500 GB"),
    ],
)  # fmt: skip
def test_that_sizes_are_said_as_people_read_them(size, words):
    assert sized(size) == words
