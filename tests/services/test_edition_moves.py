"""Moving an inspection to another edition and back, confirming what was reworded, and staying where one is."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from council import DAY, FRAMEWORK, board_of, checked_by_another, found_council, id_of, refuses, timeless
from council_editions import FOCUS, JOINT, NEW, OLD, PLANS, WAITING, gone, stands

from readiness.domain.editions import EarlierWords, Fate, wording
from readiness.domain.errors import BadValue, NotFound
from readiness.domain.views import AreaDraft, FrameworkDraft, ItemDraft, ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus, Kind, Priority
from readiness.frameworks.shipped import shipped_frameworks
from readiness.services.areas import add_area, edit_area, move_area, remove_area, restore_area
from readiness.services.boards import read_board, read_narratives, refresh_board
from readiness.services.editions import (
    compare_with,
    confirm_items,
    earlier_words,
    move_to_edition,
    pin_edition,
    read_editions,
)
from readiness.services.inspections import InspectionEdit, edit_inspection, remove_inspection
from readiness.services.items import add_item, edit_items, move_items, remove_items, restore_items
from readiness.services.queries import item_history, read_steps, removed_rows, step_changes
from readiness.services.schemes import SchemeNames, checklist_as_framework, framework_of, keep_framework
from readiness.services.undo import redo, undo, undo_state, undo_step
from readiness.services.upkeep import find_faults
from readiness.storage.opening import open_workspace


def edit(workspace, which, /, **values):
    """Give fields of an item values, by the names the record has for them."""
    edits = [ItemEdit(ItemField(name), value) for name, value in values.items()]
    workspace.run(edit_items, [id_of(workspace, which)], edits)


def move(workspace, framework=NEW, old=OLD):
    return workspace.run(move_to_edition, inspection_of(workspace).id, framework, old)


def inspection_of(workspace):
    return board_of(workspace).inspections[0]


def item(workspace, reference):
    return next(row for row in board_of(workspace).items if row.reference == reference)


def laid_out(workspace):
    """Return the areas' letters and titles, each with the references below it, in their order."""
    board = board_of(workspace)
    return {
        f"{area.code} {area.title}": [row.reference for row in board.items if row.area_id == area.id]
        for area in board.areas
    }


def unranked(board):
    """Return a board without moments and ranks: its order says what those are for."""
    return replace(timeless(board), items=tuple(replace(row, rank="", changed_at=None) for row in board.items))


@pytest.fixture
def worked(workspace):
    """A council that has worked on every item."""
    checked_by_another(workspace, "B01")
    for number, reference in enumerate(("A01", "A02", "A03", "B01")):
        edit(workspace, reference, status=list(ItemStatus)[number + 1], position=f"Where {reference} is", owner="Head")
    edit(workspace, "A02", gap="Waiting for figures")
    return workspace


def test_that_an_item_is_laid_out_with_the_fingerprint_of_its_words(workspace):
    found = stands(workspace)["item"]
    assert {wording(each.title, each.guidance) for each in (PLANS, WAITING, FOCUS, JOINT)} <= {
        value for row in found for value in row
    }


def test_that_a_move_is_compared_before_it_is_made(worked):
    before = stands(worked)
    found = worked.read(compare_with, inspection_of(worked).id, NEW, OLD)
    assert [(row.fate, row.reference) for row in found.rows] == [
        (Fate.ADDED, "N01"), (Fate.UNCHANGED, "N02"), (Fate.REMOVED, "A02"), (Fate.REWORDED, "N03"),
        (Fate.REMOVED, "B01"), (Fate.ADDED, "N04"),
    ]  # fmt: skip
    assert found.rows[1].notes == ("Reference: A01 → N02", "Due rule: held ready → day 2")
    assert found.rows[3].notes == ("Reference: A03 → N03", "Area A → C")
    assert found.summary() == ("1 of 4 items keeps its judgement, 1 is to be confirmed again, 2 are new, 2 are parked.")
    assert stands(worked) == before


def test_that_a_move_keeps_asks_again_adds_and_parks(worked):
    kept, reworded = id_of(worked, "A01"), id_of(worked, "A03")
    changes = move(worked)
    assert changes.label == "Move Re-visit to “Small inspection”, edition “from 2022”"
    row = inspection_of(worked)
    assert (row.framework, row.framework_title, row.edition) == ("small-2022", "Small inspection", "from 2022")
    assert row.title == "Small inspection"
    assert laid_out(worked) == {"A Plans and reviews": ["N01", "N02"], "C Voice": ["N03", "N04"]}
    assert board_of(worked).areas[0].scale == ("Good", "Weak", "Poor")
    found, texts = item(worked, "N02"), worked.read(read_narratives)
    assert (found.id, found.status, found.owner, found.due_rule, found.confirm) == (
        kept, ItemStatus.GATHERING, "Head", "day 2", False,
    )  # fmt: skip
    assert texts[kept].position == "Where A01 is"
    found = item(worked, "N03")
    assert (found.id, found.status, found.title, found.confirm) == (
        reworded, ItemStatus.CHECKED, "Focus groups of parents", True,
    )  # fmt: skip
    assert texts[reworded].position == "Where A03 is"
    assert worked.read(earlier_words, reworded) == EarlierWords(
        "Focus group of parents", "", "2018", wording(FOCUS.title, ""), "from 2022"
    )
    assert item(worked, "N04").kind is Kind.DATASET
    assert item(worked, "N01").priority is Priority.ESSENTIAL
    parked = gone(worked)
    assert {reference: row["parked"] for reference, row in parked.items()} == dict.fromkeys(("A02", "B01"), "from 2022")
    assert (parked["A02"]["status"], parked["A02"]["gap"]) == ("drafted", "Waiting for figures")
    assert worked.read(find_faults) == []


def test_that_a_move_is_one_step_that_undo_and_redo_take_whole(worked):
    before, board = stands(worked), board_of(worked)
    move(worked)
    after, moved = stands(worked), board_of(worked)
    assert worked.read(undo_state).undo == "Move Re-visit to “Small inspection”, edition “from 2022”"
    for _ in range(2):
        assert worked.run(undo).left == ()
        assert stands(worked) == before
        assert timeless(board_of(worked)) == timeless(board)
        assert worked.run(redo).left == ()
        assert stands(worked) == after
        assert timeless(board_of(worked)) == timeless(moved)


def test_that_a_window_that_refreshes_sees_a_move(worked):
    board = board_of(worked)
    changes = move(worked)
    assert worked.read(refresh_board, board, [changes]) == board_of(worked)


def test_that_moving_back_brings_back_what_was_parked_with_all_it_held(worked):
    board = board_of(worked)
    move(worked)
    assert worked.read(compare_with, inspection_of(worked).id, OLD, NEW).summary() == (
        "2 of 4 items keep their judgement, 2 come back, 2 are parked."
    )
    move(worked, OLD, NEW)
    assert unranked(board_of(worked)) == unranked(board)
    assert {row["parked"] for row in gone(worked).values()} == {"2018"}
    move(worked)
    assert laid_out(worked) == {"A Plans and reviews": ["N01", "N02"], "C Voice": ["N03", "N04"]}
    assert len(gone(worked)) == 2


def test_that_moving_again_after_an_undo_makes_the_same_records(worked):
    move(worked)
    after = stands(worked)
    worked.run(undo)
    edit(worked, "B01", gap="Later")
    move(worked)
    assert stands(worked) == after
    assert worked.read(find_faults) == []


def test_that_two_laptops_of_a_workspace_move_to_the_same_records(tmp_path):
    found = []
    for name in "ab":
        with found_council(tmp_path / name) as workspace:
            move(workspace)
            found.append(stands(workspace))
    assert found[0] == found[1]


def test_that_moving_to_where_it_is_changes_nothing(worked):
    assert move(worked, OLD, OLD).step_id is None
    move(worked)
    assert move(worked, NEW, NEW).step_id is None


def test_that_what_the_council_set_itself_stays(worked):
    edit(worked, "A01", title="Our plans", due_rule="day 4", reference="X1")
    workspace, inspection = worked, inspection_of(worked)
    workspace.run(edit_inspection, inspection.id, InspectionEdit("Our re-visit", "Ours", inspection.ready_by, None))
    workspace.run(edit_area, id_of(workspace, "A"), "A", "Plans that last")
    workspace.run(move_items, [id_of(workspace, "A03")], id_of(workspace, "B"))
    move(workspace)
    found = item(workspace, "X1")
    assert (found.title, found.due_rule) == ("Our plans", "day 4")
    row = inspection_of(workspace)
    assert (row.title, row.short_title, row.edition) == ("Our re-visit", "Ours", "from 2022")
    assert laid_out(workspace) == {"A Plans that last": ["N01", "X1"], "B Partners": ["N03"], "C Voice": ["N04"]}


def test_that_without_the_edition_in_force_settings_and_places_stay(worked):
    move(worked, NEW, None)
    assert laid_out(worked) == {"A Plans": ["N01", "A01", "A03"], "C Voice": ["N04"]}
    assert item(worked, "A01").due_rule == "held ready"
    assert item(worked, "A03").confirm


def test_that_the_council_s_own_items_and_areas_stay_where_they_are(worked):
    worked.run(add_area, inspection_of(worked).id, AreaDraft("C", "Our own"), id_of(worked, "B"))
    worked.run(add_item, id_of(worked, "C"), ItemDraft("N01", "Visits to schools"))
    worked.run(add_item, id_of(worked, "A"), ItemDraft("OWN", "Walk-through"), id_of(worked, "A02"))
    before = item(worked, "OWN")
    move(worked)
    assert laid_out(worked) == {
        "A Plans and reviews": ["N01", "N02", "OWN"], "C-own Our own": ["N01-own"], "C Voice": ["N03", "N04"],
    }  # fmt: skip
    assert item(worked, "OWN") == before  # not even marked as changed
    worked.run(undo)
    assert laid_out(worked) == {"A Plans": ["A01", "OWN", "A02", "A03"], "C Our own": ["N01"], "B Partners": ["B01"]}


def test_that_an_own_area_of_the_same_name_becomes_the_edition_s(worked):
    worked.run(add_area, inspection_of(worked).id, AreaDraft("C", "Voice"))
    own = id_of(worked, "C")
    move(worked)
    assert [area.id for area in board_of(worked).areas if area.code == "C"] == [own]


def test_that_the_council_s_order_stays_where_it_made_one(worked):
    worked.run(move_items, [id_of(worked, "A03")], id_of(worked, "A"), id_of(worked, "A01"))
    worked.run(move_area, id_of(worked, "B"), id_of(worked, "A"))
    new = replace(
        NEW, areas=(replace(OLD.areas[0], items=(PLANS, WAITING, ItemDraft("A09", "New"), FOCUS)), OLD.areas[1])
    )
    move(worked, new)
    assert laid_out(worked) == {"B Partners": ["B01"], "A Plans": ["A03", "A01", "A02", "A09"]}


def test_that_an_edition_s_order_is_taken_with_as_few_changes_as_can_be(workspace):
    first, second = OLD.areas
    new = replace(NEW, areas=(second, replace(first, items=(FOCUS, PLANS, WAITING))))
    changes = move(workspace, new)
    assert laid_out(workspace) == {"B Partners": ["B01"], "A Plans": ["A03", "A01", "A02"]}
    assert changes.of("item") == {id_of(workspace, "A03")}
    assert len(changes.of("area")) == 1


def test_that_what_was_taken_out_stays_out_and_is_asked_about_when_it_is_reworded(worked):
    worked.run(remove_items, [id_of(worked, "A01"), id_of(worked, "A03")])
    move(worked)
    assert laid_out(worked) == {"A Plans and reviews": ["N01"], "C Voice": ["N03", "N04"]}
    assert item(worked, "N03").confirm
    assert gone(worked)["A01"]["parked"] == ""


def test_that_an_area_that_was_taken_out_comes_back_only_with_items_to_hold(worked):
    worked.run(remove_area, id_of(worked, "A"))
    unchanged = replace(NEW, areas=(OLD.areas[0], NEW.areas[1]))
    move(worked, unchanged)
    assert laid_out(worked) == {"C Voice": ["N03", "N04"]}
    worked.run(undo)
    more = replace(OLD.areas[0], items=(*OLD.areas[0].items, ItemDraft("A09", "New")))
    move(worked, replace(NEW, areas=(more, NEW.areas[1])))
    assert laid_out(worked)["A Plans"] == ["A09"]


def test_that_a_parked_item_can_be_restored_and_then_stays_whatever_editions_say(worked):
    move(worked)
    parked = gone(worked)["B01"]["id"]
    worked.run(restore_items, [parked])
    assert laid_out(worked)["B Partners"] == ["B01"]
    third = replace(NEW, edition="from 2024", areas=NEW.areas[:1])
    move(worked, third, NEW)
    assert laid_out(worked) == {"A Plans and reviews": ["N01", "N02"], "B Partners": ["B01"]}
    move(worked, OLD, third)
    assert item(worked, "B01").id == parked
    worked.run(remove_items, [parked])
    assert gone(worked)["B01"]["parked"] == ""


def test_that_what_is_parked_is_listed_with_what_it_holds(worked):
    move(worked)
    rows = {row.reference: row for row in worked.read(removed_rows)}
    assert {reference: row.kind for reference, row in rows.items()} == {"A02": "item", "B01": "item", "B": "area"}
    found = rows["A02"]
    assert (found.parked, found.status, found.texts.position, found.texts.gap) == (
        "from 2022", ItemStatus.DRAFTED, "Where A02 is", "Waiting for figures",
    )  # fmt: skip
    worked.run(restore_area, rows["B"].id)
    assert laid_out(worked)["B Partners"] == ["B01"]


def test_that_an_undone_move_leaves_nothing_under_removed(worked):
    worked.run(remove_items, [id_of(worked, "A02")])
    before = worked.read(removed_rows)
    move(worked)
    worked.run(undo)
    assert worked.read(removed_rows) == before
    worked.run(redo)
    worked.run(undo)
    assert worked.read(removed_rows) == before
    move(worked)
    worked.run(undo)
    assert worked.read(removed_rows) == before


def test_that_history_tells_a_move_in_words(worked):
    reworded, parked = id_of(worked, "A03"), id_of(worked, "B01")
    move(worked)
    told = [(row.field, row.old, row.new) for row in worked.read(item_history, reworded)]
    assert ("Confirm again", "No", "Yes") in told
    assert ("Item", "Focus group of parents", "Focus groups of parents") in told
    assert ("Area", "A Plans and reviews", "C Voice") in told
    fields = {row.field for row in worked.read(item_history, parked)}
    assert {"Removed", "Not in edition"} <= fields
    assert not {"Wording", "Reworded", "Parked"} & fields
    worked.run(pin_edition, inspection_of(worked).id, True)
    row = worked.read(read_steps)[0]
    assert [(each.field, each.old, each.new) for each in worked.read(step_changes, row.id)] == [
        ("Pinned to its edition", "No", "Yes")
    ]


def test_that_what_is_said_since_a_move_stays_when_the_move_is_undone_out_of_the_history(worked):
    reworded = id_of(worked, "A03")
    changes = move(worked)
    worked.run(confirm_items, [reworded])
    undone = worked.run(undo_step, changes.step_id)
    assert any("Confirm again" in text and "“No”" in text for text in undone.left)


def test_that_words_that_come_back_need_no_confirming(worked):
    reworded = id_of(worked, "A03")
    move(worked)
    move(worked, OLD, NEW)
    assert not item(worked, "A03").confirm
    assert item(worked, "A03").title == "Focus group of parents"
    move(worked)
    worked.run(confirm_items, [reworded])
    move(worked, OLD, NEW)
    assert item(worked, "A03").confirm  # the judgement was made on the newer words
    assert worked.read(earlier_words, reworded).title == "Focus groups of parents"


def test_that_a_reference_given_to_something_else_gets_a_record_of_its_own(worked):
    renumbered = (ItemDraft("A01", "Leadership"), replace(PLANS, reference="A02"), replace(WAITING, reference="A03"))
    new = replace(NEW, areas=(replace(OLD.areas[0], items=renumbered), OLD.areas[1]))
    plans = id_of(worked, "A01")
    move(worked, new)
    assert item(worked, "A02").id == plans
    assert item(worked, "A01").id != plans
    assert item(worked, "A01").status is ItemStatus.NOT_STARTED
    move(worked, OLD, new)
    assert item(worked, "A01").id == plans
    assert item(worked, "A03").confirm is False


def test_that_several_are_confirmed_as_one_step(worked):
    move(worked, replace(NEW, areas=(replace(OLD.areas[0], items=tuple(
        replace(each, guidance="Anew") for each in OLD.areas[0].items
    )),)))  # fmt: skip
    ids = [id_of(worked, reference) for reference in ("A01", "A02", "A03")]
    assert [item(worked, reference).confirm for reference in ("A01", "A02", "A03")] == [True] * 3
    assert worked.run(confirm_items, ids[:1]).label == "Confirm A01 in its new wording"
    assert worked.run(confirm_items, ids).label == "Confirm 2 items in their new wording"
    assert [row.confirm for row in board_of(worked).items] == [False] * 3
    assert worked.run(confirm_items, ids).step_id is None
    worked.run(undo)
    assert [row.confirm for row in board_of(worked).items] == [False, True, True]
    checked_by_another(worked, "A02")
    edit(worked, "A02", status=ItemStatus.SIGNED_OFF)
    assert item(worked, "A02").confirm  # only confirming says that the words were read
    refuses(worked, NotFound, "no longer exists", confirm_items, ["f" * 32])


def test_that_a_pinned_inspection_stays_on_its_edition(worked):
    row = inspection_of(worked)
    assert worked.run(pin_edition, row.id, True).label == "Pin Re-visit to its edition"
    assert inspection_of(worked).pinned
    refuses(worked, BadValue, "Re-visit is pinned to its edition. Unpin it first", move_to_edition, row.id, NEW, OLD)
    assert worked.read(compare_with, row.id, NEW, OLD).rows
    assert worked.run(pin_edition, row.id, False).label == "Unpin Re-visit from its edition"
    move(worked)
    assert inspection_of(worked).edition == "from 2022"


def test_that_another_kind_of_inspection_is_refused(worked):
    id_ = inspection_of(worked).id
    other = replace(NEW, family="ilacs", title="Social care")
    for verb in (move_to_edition, compare_with):
        refuses(
            worked, BadValue, "“Social care” is for another kind of inspection than Re-visit", verb, id_, other, OLD
        )
    move(worked, replace(other, family=""))
    assert inspection_of(worked).framework_title == "Social care"


def test_that_an_inspection_that_is_gone_is_refused(worked):
    id_ = inspection_of(worked).id
    worked.run(remove_inspection, id_)
    for verb in (move_to_edition, compare_with):
        refuses(worked, NotFound, "inspection no longer exists", verb, id_, NEW, OLD)
    refuses(worked, NotFound, "inspection no longer exists", pin_edition, id_, True)


def test_that_a_council_of_the_first_format_moves_with_its_judgements(tmp_path):
    first = Path(__file__).parents[1] / "files" / "format-1"
    shutil.copytree(first, tmp_path / "w")
    with open_workspace(tmp_path / "w", at_risk=True) as workspace:
        status = item(workspace, "A01").status
        assert status is ItemStatus.DRAFTED
        move(workspace)
        assert item(workspace, "N02").status is status
        assert [row.reference for row in board_of(workspace).items if row.confirm] == ["N03"]


def test_that_every_edition_of_its_family_and_every_own_one_is_offered(worked):
    id_ = inspection_of(worked).id
    ids = [each.id for each in worked.read(read_editions, id_).editions]
    assert worked.read(read_editions, id_).in_force is None
    assert set(ids) == {each.id for each in shipped_frameworks()}
    for draft in (OLD, NEW, replace(NEW, id="other", family="")):
        worked.run(keep_framework, draft)
    offer = worked.read(read_editions, id_)
    assert offer.in_force == worked.read(framework_of, id_)
    assert [each.id for each in offer.editions] == ["small-2022", "other", "small-2018"]


def test_that_shipped_editions_move_with_what_they_share(tmp_path):
    editions = {each.id: each for each in shipped_frameworks()}
    first, last = editions["ilacs-2024"], editions["ilacs-2026"]
    with found_council(tmp_path / "w", frameworks=(first,)) as workspace:
        id_ = inspection_of(workspace).id
        offer = workspace.read(read_editions, id_)
        assert offer.in_force == first
        assert [each.id for each in offer.editions] == ["ilacs-2026", "ilacs-2018", "ilacs-2024"]
        found = workspace.read(compare_with, id_, last, first)
        assert found.counts[Fate.UNCHANGED] == first.item_count - found.counts[Fate.REWORDED]
        assert 0 < found.counts[Fate.REWORDED] < 5
        before = {row.id for row in board_of(workspace).items}
        changes = workspace.run(move_to_edition, id_, last, first)
        assert changes.of("item") == {row.id for row in found.of(Fate.REWORDED)}
        assert {row.id for row in board_of(workspace).items} == before


def test_that_a_checklist_written_out_holds_what_was_restored(worked):
    move(worked)
    worked.run(restore_items, [gone(worked)["B01"]["id"]])
    written = worked.read(checklist_as_framework, inspection_of(worked).id, SchemeNames("own", "1", "Own", "Own"))
    assert [item.reference for area in written.areas for item in area.items] == ["N01", "N02", "B01", "N03", "N04"]


def test_that_a_date_set_by_hand_stays(worked):
    edit(worked, "A01", due=date(2021, 3, 9))
    move(worked)
    assert item(worked, "N02").due == date(2021, 3, 9)
    assert worked.read(read_board, DAY).items == board_of(worked).items


def test_that_an_edition_may_be_empty_and_be_left_again(worked):
    board = board_of(worked)
    empty = FrameworkDraft("none", "0", "None", "None", "", {}, ())
    move(worked, empty)
    assert laid_out(worked) == {}
    move(worked, FRAMEWORK, empty)
    assert [(row.reference, row.status) for row in board_of(worked).items] == [
        (row.reference, row.status) for row in board.items
    ]
