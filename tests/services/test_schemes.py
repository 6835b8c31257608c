"""The frameworks a workspace knows, keeping the council's own, and a checklist written out as one."""

from dataclasses import replace

import pytest
from council import FRAMEWORK, board_of, everything, id_of, refuses
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readiness.domain.errors import BadValue, NotFound
from readiness.domain.schemes import HANDBOOK, Event, Expected, Judgement, ListSpec, TimetableEntry, VisitType
from readiness.domain.steps import Step, sets
from readiness.domain.views import AreaDraft, InspectionDraft, ItemDraft, ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus, Kind, Priority
from readiness.frameworks.reader import read_framework
from readiness.frameworks.shipped import find_framework, shipped_frameworks
from readiness.frameworks.writer import framework_text
from readiness.services.areas import add_area, edit_area, remove_area
from readiness.services.inspections import remove_inspection, start_inspection
from readiness.services.items import add_item, edit_items, remove_items
from readiness.services.queries import step_changes
from readiness.services.schemes import (
    SchemeNames,
    checklist_as_framework,
    doubt_of,
    framework_of,
    keep_framework,
    known_frameworks,
    own_frameworks,
    suggested_names,
)
from readiness.services.undo import undo

NAMES = SchemeNames("our-list", "2021", "Our checklist", "Ours")
GRADES = {"grades": ("Good", "Poor")}
OURS = replace(
    FRAMEWORK,
    id="our-list",
    scales=GRADES,
    family="ours",
    judgements=(Judgement("Plans", ("Good", "Poor"), ("A",)),),
    visits=(VisitType("standard", "Standard", "week 2", 5),),
    timetable=(TimetableEntry("day 1", "The call", visits=("standard",)),),
    expected=(Expected(Event.PUBLICATION, days_after=46),),
    lists=(ListSpec(1, "Contacts", "six months", ("Code",)),),
)


def kept(workspace, draft=OURS):
    return workspace.run(keep_framework, draft)


def inspection_of(workspace, framework="small-2018"):
    return next(row.id for row in board_of(workspace).inspections if row.framework == framework)


def written_out(workspace, inspection="", names=NAMES):
    draft = workspace.read(checklist_as_framework, inspection or inspection_of(workspace), names)
    assert read_framework(framework_text(draft), "x") == draft
    return draft


def test_that_a_workspace_knows_the_shipped_frameworks_first_then_its_own(workspace):
    assert workspace.read(known_frameworks) == shipped_frameworks()
    changes = kept(workspace)
    assert changes.label == "Bring in Small re-visit"
    assert workspace.read(known_frameworks) == (*shipped_frameworks(), OURS)


def test_that_only_the_newest_edition_of_a_framework_is_offered(workspace):
    for edition in ("9", "10", "2"):
        kept(workspace, replace(OURS, edition=edition))
    assert [draft.edition for draft in workspace.read(known_frameworks)[len(shipped_frameworks()) :]] == ["10"]
    assert len(workspace.read(own_frameworks)) == 3
    dated = replace(OURS, edition="1", since=find_framework("ilacs-2018").since or board_of(workspace).day)
    kept(workspace, dated)
    assert workspace.read(known_frameworks)[-1] == dated


def test_that_keeping_the_same_text_twice_changes_nothing(workspace):
    kept(workspace)
    before = everything(workspace)
    assert kept(workspace).step_id is None
    assert everything(workspace) == before


def test_that_keeping_is_one_step_that_can_be_undone(workspace):
    kept(workspace)
    workspace.run(undo)
    assert workspace.read(own_frameworks) == ()
    kept(workspace)
    assert workspace.read(own_frameworks) == (OURS,)


def test_that_another_text_takes_the_place_of_the_one_before_and_history_says_so(workspace):
    kept(workspace)
    changes = kept(workspace, replace(OURS, title="Renewed", summary="Another"))
    assert [draft.title for draft in workspace.read(own_frameworks)] == ["Renewed"]
    rows = workspace.read(step_changes, changes.step_id)
    assert [row.new for row in rows if row.field != "File"] == ["Renewed"]
    assert all(len(row.new) < 40 for row in rows)


@pytest.mark.parametrize("id_", [draft.id for draft in shipped_frameworks()])
def test_that_the_id_of_a_shipped_framework_is_not_taken(workspace, id_):
    refuses(workspace, BadValue, "Give yours an id of its own", keep_framework, replace(OURS, id=id_))


def test_that_a_kept_text_that_cannot_be_read_is_left_out(workspace):
    kept(workspace)
    workspace.run(lambda session: Step("x", sets("framework", "ef" * 16, code="z", text="no framework", deleted=False)))
    assert workspace.read(own_frameworks) == (OURS,)


def test_that_an_inspection_knows_its_framework(workspace):
    inspection = inspection_of(workspace)
    assert workspace.read(framework_of, inspection) is None
    ilacs = find_framework("ilacs-2018")
    workspace.run(start_inspection, InspectionDraft(ilacs))
    assert workspace.read(framework_of, inspection_of(workspace, "ilacs-2018")) == ilacs
    kept(workspace, replace(FRAMEWORK, scales=GRADES))
    kept(workspace, replace(FRAMEWORK, scales=GRADES, edition="2019"))
    assert workspace.read(framework_of, inspection).edition == "2018"
    workspace.run(remove_inspection, inspection)
    with pytest.raises(NotFound):
        workspace.read(framework_of, inspection)


def test_that_a_checklist_is_written_out_as_it_stands_now(workspace):
    workspace.run(
        edit_items,
        [id_of(workspace, "A02")],
        [
            ItemEdit(ItemField.TITLE, "Waiting times, by month"),
            ItemEdit(ItemField.OWNER, "Head of SEND"),
            ItemEdit(ItemField.DUE_RULE, "day 4"),
            ItemEdit(ItemField.PRIORITY, Priority.SUPPORTING),
            ItemEdit(ItemField.STATUS, ItemStatus.CHECKED),
            ItemEdit(ItemField.GAP, "A secret"),
        ],
    )
    workspace.run(remove_items, [id_of(workspace, "A03")])
    workspace.run(remove_area, id_of(workspace, "B"))
    inspection = inspection_of(workspace)
    workspace.run(add_area, inspection, AreaDraft("C", "Our own", ("Yes", "No")))
    workspace.run(add_item, id_of(workspace, "C"), ItemDraft("C01", "Tour", "First\r\nlast\x0c", due_rule=""))
    draft = written_out(workspace)
    assert (draft.id, draft.edition, draft.title, draft.short_title) == ("our-list", "2021", "Our checklist", "Ours")
    assert [(area.code, area.title, area.scale) for area in draft.areas] == [
        ("A", "Plans", ("Good", "Poor")), ("C", "Our own", ("Yes", "No")),
    ]  # fmt: skip
    assert draft.areas[0].items == (
        FRAMEWORK.areas[0].items[0],
        ItemDraft(
            "A02",
            "Waiting times, by month",
            "",
            Kind.DATASET,
            "Head of SEND",
            "Education",
            "day 4",
            Priority.SUPPORTING,
        ),
    )
    assert draft.areas[1].items == (ItemDraft("C01", "Tour", "First\nlast"),)
    assert draft.scales == {"grades-1": ("Good", "Poor"), "grades-2": ("Yes", "No")}
    assert "secret" not in framework_text(draft)


def test_that_a_checklist_takes_along_what_its_framework_says(workspace):
    verified = replace(OURS.areas[0].items[1], due_verified=True, was=("Z9",))
    kept(workspace, replace(OURS, areas=(replace(OURS.areas[0], items=(verified,)), OURS.areas[1])))
    workspace.run(start_inspection, InspectionDraft(workspace.read(own_frameworks)[0]))
    inspection = inspection_of(workspace, "our-list")
    area = next(row for row in board_of(workspace).areas if row.inspection_id == inspection and row.code == "A")
    workspace.run(edit_area, area.id, "P", "Plans")
    draft = written_out(workspace, inspection, replace(NAMES, edition="2022"))
    assert (draft.family, draft.edition, draft.scales) == ("ours", "2022", GRADES)
    assert draft.judgements == (Judgement("Plans", ("Good", "Poor"), ("P",)),)
    assert (draft.visits, draft.timetable) == (OURS.visits, OURS.timetable)
    assert (draft.expected, draft.lists) == (OURS.expected, OURS.lists)
    assert draft.areas[0].items == (verified,)


@pytest.mark.parametrize("framework", shipped_frameworks(), ids=lambda draft: draft.id)
def test_that_a_shipped_framework_laid_out_and_written_out_says_the_same(workspace, framework):
    workspace.run(start_inspection, InspectionDraft(framework))
    inspection = inspection_of(workspace, framework.id)
    names = workspace.read(suggested_names, inspection)
    assert names.id == f"{framework.id}-example-council"
    draft = written_out(workspace, inspection, names)
    assert replace(draft, id=framework.id, summary=framework.summary, since=framework.since) == framework
    assert kept(workspace, draft).step_id


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (replace(NAMES, id="Our list"), "cannot be an id"),
        (replace(NAMES, id=""), "The id is empty"),
        (replace(NAMES, edition=" "), "The edition is empty"),
        (replace(NAMES, title="x" * 301), "301 characters. Shorten it to 300"),
        (replace(NAMES, short_title="x" * 41), "The short title has 41 characters"),
    ],
)
def test_that_names_no_file_can_have_are_refused(workspace, names, said):
    with pytest.raises(BadValue, match=said):
        workspace.read(checklist_as_framework, inspection_of(workspace), names)


def test_that_references_differing_only_in_capitals_are_named(workspace):
    workspace.run(add_item, id_of(workspace, "B"), ItemDraft("a02", "Twin"))
    with pytest.raises(BadValue, match="Two items are called"):
        workspace.read(checklist_as_framework, inspection_of(workspace), NAMES)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_that_any_wording_of_a_checklist_can_be_read_back_or_is_refused(workspace, title, guidance, owner):
    items = board_of(workspace).items
    edits = [
        ItemEdit(ItemField.TITLE, f"x{title}".encode("utf-8", "replace").decode()),
        ItemEdit(ItemField.GUIDANCE, guidance.encode("utf-8", "replace").decode()),
        ItemEdit(ItemField.OWNER, owner.encode("utf-8", "replace").decode()),
    ]
    workspace.run(edit_items, [items[0].id], edits)
    written_out(workspace)


def test_that_a_count_of_days_that_no_source_confirms_says_so(workspace):
    workspace.run(start_inspection, InspectionDraft(find_framework("ilacs-2018")))
    ids = {item.reference: item.id for item in board_of(workspace).items}
    doubts = {name: workspace.read(doubt_of, ids[name]) for name in ("I21-A01", "I21-A03", "I21-B01")}
    assert doubts == {"I21-A01": "", "I21-A03": "", "I21-B01": HANDBOOK.capitalize()}
    workspace.run(edit_items, [ids["I21-B01"]], [ItemEdit(ItemField.DUE_RULE, "day 4")])
    assert workspace.read(doubt_of, ids["I21-B01"]) == ""
    assert workspace.read(doubt_of, "0" * 32) == ""
