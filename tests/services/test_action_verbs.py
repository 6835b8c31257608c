"""What people do with actions and findings: what each verb writes, and the sentences when it cannot."""

from datetime import date

import pytest
from council import DAY, FRAMEWORK, OTHER, board_of, found_council, refuses

from readiness.domain.action_editing import ActionEdit, FindingEdit
from readiness.domain.actions import action_lines
from readiness.domain.errors import BadValue, NotFound, UndoBlocked
from readiness.domain.evidence import ActionDraft, FindingDraft
from readiness.domain.vocabulary import (
    ActionField,
    ActionSource,
    ActionStatus,
    FindingField,
    FindingStatus,
    ImpactLevel,
)
from readiness.services.actions import (
    action_from_finding,
    add_action,
    edit_actions,
    move_actions,
    place_actions,
    remove_actions,
    restore_actions,
)
from readiness.services.dossiers import read_actions, read_findings
from readiness.services.findings import (
    add_finding,
    edit_findings,
    move_findings,
    place_findings,
    remove_findings,
    restore_findings,
)
from readiness.services.inspections import remove_inspection
from readiness.services.items import move_items, remove_items
from readiness.services.queries import read_steps, removed_rows, step_changes
from readiness.services.undo import redo, undo, undo_step
from readiness.services.upkeep import find_faults

NOBODY = "f" * 32
SLIDES = ActionDraft(
    "Circulate the slides on waiting times",
    owner="Head of SEND",
    due=date(2021, 3, 19),
    source=ActionSource.SCRUTINY,
    origin="Scrutiny commission, 12 Mar 2021, minute 45",
)
POINT = FindingDraft("Plans are not fit for purpose", origin="Local area inspection 2018", owner="EHC Plan Manager")


def added(workspace, draft=SLIDES, **more):
    (id_,) = workspace.run(add_action, draft, **more).of("action")
    return id_


def noted(workspace, draft=POINT, **more):
    (id_,) = workspace.run(add_finding, draft, **more).of("finding")
    return id_


def action(workspace, id_):
    return next(row for row in workspace.read(read_actions) if row.id == id_)


def finding(workspace, id_):
    return next(row for row in workspace.read(read_findings) if row.id == id_)


def titles(workspace):
    return [row.title for row in workspace.read(read_actions)]


def test_that_an_action_is_added_whole_and_undone_as_one(workspace):
    item = next(row for row in board_of(workspace).items if row.reference == "A02")
    draft = ActionDraft("Ask for the  breakdown", item_id=item.id, status=ActionStatus.IN_HAND, practice="One\n two")
    changes = workspace.run(add_action, draft)
    assert changes.label == "Add action “Ask for the breakdown”"
    (row,) = workspace.read(read_actions)
    assert (row.inspection_id, row.area_id, row.item_id) == (item.inspection_id, item.area_id, item.id)
    assert (row.status, row.practice, row.impact_level) == (ActionStatus.IN_HAND, "One\n two", ImpactLevel.NONE_YET)
    workspace.run(undo)
    assert workspace.read(read_actions) == ()
    workspace.run(redo)
    assert titles(workspace) == ["Ask for the breakdown"]


def test_that_an_area_says_its_inspection_and_nothing_said_concerns_all(workspace):
    area = board_of(workspace).areas[1]
    assert action(workspace, added(workspace, ActionDraft("x", area_id=area.id))).inspection_id == area.inspection_id
    assert action(workspace, added(workspace)).inspection_id == ""


@pytest.mark.parametrize(
    ("draft", "kind", "said"),
    [
        (ActionDraft(" "), BadValue, "needs words"),
        (ActionDraft("x" * 301), BadValue, "too long"),
        (ActionDraft("x", due=date(9999, 1, 1)), BadValue, "beyond the calendar"),
        (ActionDraft("x", item_id=NOBODY), NotFound, "The item no longer exists"),
        (ActionDraft("x", area_id=NOBODY), NotFound, "The area no longer exists"),
        (ActionDraft("x", inspection_id=NOBODY), NotFound, "The inspection no longer exists"),
        (ActionDraft("x", finding_id=NOBODY), NotFound, "The finding no longer exists"),
    ],
)
def test_that_an_action_that_cannot_be_is_refused_in_one_sentence(workspace, draft, kind, said):
    refuses(workspace, kind, said, add_action, draft)


EDITS = {
    ActionField.TITLE: ("Send the slides", "Reword action “{}”"),
    ActionField.STATUS: (ActionStatus.DONE, "Set status of action “{}” to Done"),
    ActionField.OWNER: ("Director of Education", "Set owner of action “{}” to Director of Education"),
    ActionField.SERVICE: ("Education", "Set service of action “{}” to Education"),
    ActionField.DUE: (None, "Clear due of action “{}”"),
    ActionField.SOURCE: (ActionSource.AUDIT, "Set source of action “{}” to Audit"),
    ActionField.ORIGIN: ("Audit of March", "Set origin of action “{}” to Audit of March"),
    ActionField.PRACTICE: ("Two readers a plan", "Edit change in practice of action “{}”"),
    ActionField.IMPACT: ("Fewer come back", "Edit difference for children of action “{}”"),
    ActionField.IMPACT_LEVEL: (ImpactLevel.SUSTAINED, "Set impact level of action “{}” to Sustained"),
}


@pytest.mark.parametrize("field", ActionField)
def test_that_every_field_of_an_action_can_be_edited_and_put_back(workspace, field):
    id_ = added(workspace)
    value, label = EDITS[field]
    before = action(workspace, id_)
    changes = workspace.run(edit_actions, [id_], [ActionEdit(field, value)])
    assert changes.label == label.format(SLIDES.title)
    assert getattr(action(workspace, id_), str(field.value)) == value
    workspace.run(undo)
    assert getattr(action(workspace, id_), str(field.value)) == getattr(before, str(field.value))


def test_that_several_fields_of_several_actions_are_one_step(workspace):
    ids = [added(workspace), added(workspace, ActionDraft("Another"))]
    edits = [ActionEdit(ActionField.STATUS, ActionStatus.DONE), ActionEdit(ActionField.OWNER, "Head of Finance")]
    changes = workspace.run(edit_actions, ids, edits)
    assert (changes.label, changes.of("action")) == ("Edit 2 actions", frozenset(ids))
    assert {(row.status, row.owner) for row in workspace.read(read_actions)} == {(ActionStatus.DONE, "Head of Finance")}
    workspace.run(undo)
    assert [row.status for row in workspace.read(read_actions)] == [ActionStatus.PLANNED] * 2
    assert workspace.run(edit_actions, ids, edits[:1]).label == "Set status of 2 actions to Done"


@pytest.mark.parametrize(
    ("ids", "edit", "kind", "said"),
    [
        ([NOBODY], ActionEdit(ActionField.OWNER, "x"), NotFound, "The action no longer exists"),
        ([], ActionEdit(ActionField.OWNER, "x"), BadValue, "No action was chosen"),
        (None, ActionEdit(ActionField.STATUS, "done"), BadValue, "is no status. Choose one of: Planned"),
        (None, ActionEdit(ActionField.TITLE, " "), BadValue, "needs words"),
        (None, ActionEdit(ActionField.DUE, date(9999, 1, 1)), BadValue, "beyond the calendar"),
    ],
)
def test_that_an_edit_that_cannot_be_changes_nothing(workspace, ids, edit, kind, said):
    id_ = added(workspace)
    refuses(workspace, kind, said, edit_actions, [id_] if ids is None else ids, [edit])


def test_that_actions_stand_in_one_order_that_people_choose(workspace):
    first, second, third = (added(workspace, ActionDraft(title)) for title in ("One", "Two", "Three"))
    added(workspace, ActionDraft("Between"), before_id=second)
    assert titles(workspace) == ["One", "Between", "Two", "Three"]
    assert workspace.run(move_actions, [third], first).label == "Move action “Three”"
    assert titles(workspace) == ["Three", "One", "Between", "Two"]
    workspace.run(move_actions, [third, first])
    assert titles(workspace) == ["Between", "Two", "Three", "One"]
    workspace.run(undo)
    assert titles(workspace) == ["Three", "One", "Between", "Two"]


def test_that_hundreds_of_actions_keep_short_ranks(workspace):
    for number in range(120):
        added(workspace, ActionDraft(f"Action {number}"))
    rows = workspace.read(read_actions)
    assert [row.title for row in rows] == [f"Action {number}" for number in range(120)]
    assert max(len(row.rank) for row in rows) <= 4


def test_that_actions_can_belong_elsewhere(workspace):
    id_, item = added(workspace), board_of(workspace).items[3]
    assert workspace.run(place_actions, [id_], item_id=item.id).label == f"Say where action “{SLIDES.title}” belongs"
    row = action(workspace, id_)
    assert (row.inspection_id, row.area_id, row.item_id) == (item.inspection_id, item.area_id, item.id)
    workspace.run(place_actions, [id_])
    assert (action(workspace, id_).inspection_id, action(workspace, id_).item_id) == ("", "")
    refuses(workspace, NotFound, "The item no longer exists", place_actions, [id_], "", "", NOBODY)


def test_that_an_action_goes_with_its_item_and_outlives_it(workspace):
    item, other = board_of(workspace).items[0], board_of(workspace).areas[1]
    added(workspace, ActionDraft("x", item_id=item.id))
    workspace.run(move_items, [item.id], other.id)
    (line,) = action_lines(workspace.read(read_actions), board_of(workspace))
    assert (line.area.id, line.reference) == (other.id, item.reference)
    workspace.run(remove_items, [item.id])
    (line,) = action_lines(workspace.read(read_actions), board_of(workspace))
    assert (line.item, line.inspection.id) == (None, item.inspection_id)


def test_that_what_is_removed_can_be_restored_with_its_inspection(tmp_path):
    with found_council(tmp_path / "two", frameworks=(FRAMEWORK, OTHER)) as two:
        area = board_of(two).areas[0]
        id_, point = added(two, ActionDraft("x", area_id=area.id)), noted(two, FindingDraft("y", area_id=area.id))
        assert two.run(remove_actions, [id_]).label == "Remove action “x”"
        assert two.run(remove_findings, [point]).label == "Remove finding “y”"
        assert (two.read(read_actions), two.read(read_findings)) == ((), ())
        two.run(remove_inspection, area.inspection_id)
        assert two.run(restore_actions, [id_]).label == "Restore action “x”"
        two.run(restore_findings, [point])
        assert next(row.id for row in board_of(two).inspections) == area.inspection_id
        assert (len(two.read(read_actions)), len(two.read(read_findings))) == (1, 1)
        refuses(two, NotFound, "The action no longer exists", restore_actions, [NOBODY])


def test_that_a_finding_is_answered_by_actions_that_know_it(workspace):
    area = board_of(workspace).areas[0]
    point = noted(workspace, FindingDraft(POINT.title, area_id=area.id, origin=POINT.origin, owner=POINT.owner))
    assert workspace.run(action_from_finding, point).label == f"Add action “{POINT.title}”"
    (row,) = workspace.read(read_actions)
    assert (row.finding_id, row.source, row.origin) == (point, ActionSource.EARLIER_FINDING, POINT.origin)
    assert (row.owner, row.area_id, row.inspection_id) == (POINT.owner, area.id, area.inspection_id)
    (id_,) = workspace.run(action_from_finding, point, "Train the writers", "Principal Social Worker").of("action")
    assert (action(workspace, id_).title, action(workspace, id_).owner) == (
        "Train the writers",
        "Principal Social Worker",
    )
    refuses(workspace, NotFound, "The finding no longer exists", action_from_finding, NOBODY)


FINDING_EDITS = {
    FindingField.TITLE: ("Plans were weak", "Reword finding “{}”"),
    FindingField.STATUS: (FindingStatus.PROVEN, "Set status of finding “{}” to Impact proven"),
    FindingField.OWNER: ("", "Clear owner of finding “{}”"),
    FindingField.ORIGIN: ("Inspection 2017", "Set from of finding “{}” to Inspection 2017"),
    FindingField.DATED: (date(2018, 6, 25), "Set dated of finding “{}” to 25 Jun 2018"),
    FindingField.PROOF: ("Audits of three terms", "Edit proof of finding “{}”"),
    FindingField.TESTED_ON: (DAY, "Set tested on of finding “{}” to 1 Mar 2021"),
}


@pytest.mark.parametrize("field", FindingField)
def test_that_every_field_of_a_finding_can_be_edited_and_put_back(workspace, field):
    id_ = noted(workspace)
    value, label = FINDING_EDITS[field]
    before = finding(workspace, id_)
    changes = workspace.run(edit_findings, [id_], [FindingEdit(field, value)])
    assert changes.label == label.format(POINT.title)
    assert getattr(finding(workspace, id_), str(field.value)) == value
    workspace.run(undo)
    assert getattr(finding(workspace, id_), str(field.value)) == getattr(before, str(field.value))


def test_that_findings_are_placed_and_moved(workspace):
    area = board_of(workspace).areas[1]
    first, second = noted(workspace), noted(workspace, FindingDraft("Another", inspection_id=area.inspection_id))
    workspace.run(place_findings, [first, second], area_id=area.id)
    assert {(row.inspection_id, row.area_id) for row in workspace.read(read_findings)} == {
        (area.inspection_id, area.id)
    }
    assert workspace.run(move_findings, [second], first).label == "Move finding “Another”"
    assert [row.id for row in workspace.read(read_findings)] == [second, first]
    refuses(workspace, BadValue, "needs words", add_finding, FindingDraft(""))
    refuses(workspace, NotFound, "The finding no longer exists", edit_findings, [NOBODY], [])


def test_that_the_same_call_can_make_the_same_record(workspace):
    assert added(workspace, new="ab" * 16) == "ab" * 16
    assert noted(workspace, new="cd" * 16) == "cd" * 16


def test_that_history_and_removed_name_them_as_people_do(workspace):
    id_, point = added(workspace), noted(workspace)
    done = workspace.run(edit_actions, [id_], [ActionEdit(ActionField.PRACTICE, "Two readers a plan.")])
    (row,) = workspace.read(step_changes, done.step_id)
    assert (row.field, row.new) == ("Change in practice", "Two readers a plan.")
    assert row.record == f"action {SLIDES.title}"
    workspace.run(remove_actions, [id_])
    workspace.run(remove_findings, [point])
    labels = [step.label for step in workspace.read(read_steps, 2)]
    assert labels == [f"Remove finding “{POINT.title}”", f"Remove action “{SLIDES.title}”"]
    rows = workspace.read(removed_rows)
    assert {(row.kind, row.title, row.removed_by) for row in rows} == {
        ("action", SLIDES.title, "Head of SEND"),
        ("finding", POINT.title, "Head of SEND"),
    }
    workspace.run(restore_actions, [id_])
    assert [row.kind for row in workspace.read(removed_rows)] == ["finding"]


def test_that_what_went_with_its_inspection_is_listed_when_that_is_back(tmp_path):
    with found_council(tmp_path / "two", frameworks=(FRAMEWORK, OTHER)) as two:
        area = board_of(two).areas[0]
        two.run(remove_actions, [added(two, ActionDraft("x", area_id=area.id))])
        two.run(remove_inspection, area.inspection_id)
        assert [row.kind for row in two.read(removed_rows)] == ["inspection"]
        two.run(undo)
        assert [row.kind for row in two.read(removed_rows)] == ["action"]


def test_that_an_undo_leaves_what_somebody_changed_since(workspace):
    id_ = added(workspace)
    first = workspace.run(edit_actions, [id_], [ActionEdit(ActionField.OWNER, "Head of Finance")])
    workspace.run(edit_actions, [id_], [ActionEdit(ActionField.OWNER, "Director of Education")])
    with pytest.raises(UndoBlocked, match="Director of Education"):
        workspace.run(undo_step, first.step_id)
    assert action(workspace, id_).owner == "Director of Education"
    assert workspace.read(find_faults) == []


def test_that_a_step_tells_the_words_of_each_field(workspace):
    id_, point = added(workspace), noted(workspace)
    item = board_of(workspace).items[1]
    steps = (
        (edit_actions, [id_], [ActionEdit(ActionField.STATUS, ActionStatus.IN_HAND)]),
        (edit_actions, [id_], [ActionEdit(ActionField.TITLE, "Send the slides")]),
        (edit_findings, [point], [FindingEdit(FindingField.STATUS, FindingStatus.ACTED_ON)]),
    )
    done = [workspace.run(*step) for step in steps]  # type: ignore[arg-type]
    done.append(workspace.run(place_actions, [id_], item_id=item.id))
    told = [[(row.field, row.old, row.new) for row in workspace.read(step_changes, each.step_id)] for each in done]
    assert told == [
        [("Status", "Planned", "In hand")],
        [("Action", SLIDES.title, "Send the slides")],
        [("Status", "Open", "Acted on")],
        [("Area", "", "A Plans"), ("Item", "", item.reference)],
    ]
    (last, *_) = workspace.read(read_steps, 1)
    assert last.records == (item.id,)
    answer = workspace.run(action_from_finding, point)
    assert workspace.read(read_steps, 1)[0].label == answer.label
