"""Conflicts: what two laptops changed is shown with who and when, somebody chooses, and the choice travels."""

import pytest
from council import board_of, id_of
from team_of_laptops import Team

from readiness.domain.errors import BadValue, InConflict
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ConflictKind, ItemField, ItemStatus
from readiness.services.conflicts import (
    StaleChoice,
    conflict_of,
    conflicted_fields,
    count_conflicts,
    keep,
    read_conflicts,
    resolve,
    settle_removal,
    take_all_from,
    take_newest,
)
from readiness.services.items import edit_items, remove_items
from readiness.services.undo import undo


@pytest.fixture
def team(tmp_path):
    made = Team(tmp_path)
    made.everybody_syncs()
    yield made
    made.close()


def differ(team: Team, reference: str, field: ItemField, mine: object, theirs: object) -> None:
    team.edit(0, reference, field, mine)
    team.edit(1, reference, field, theirs)
    team.everybody_syncs()


def conflicts(team: Team, laptop: int = 0):
    return team.laptops[laptop].read(read_conflicts)


def test_that_a_conflict_tells_what_was_before_and_who_gave_each_value(team):
    team.edit(0, "A01", ItemField.GAP, "Nobody owns the step after that.")
    team.everybody_syncs()
    differ(team, "A01", ItemField.GAP, "The partner owns it from June.", "Nobody owns it. Nursing has a lead.")
    for laptop in (0, 1):
        (found,) = conflicts(team, laptop)
        assert (found.kind, found.reference, found.field, found.service) == (ConflictKind.VALUES, "A01", "gap", "SEND")
        assert found.before is not None
        assert found.before.shown == "Nobody owns the step after that."
        assert found.is_long
        assert [each.shown for each in found.versions] == [
            "The partner owns it from June.", "Nobody owns it. Nursing has a lead.",
        ]  # fmt: skip
        assert [each.is_own for each in found.versions] == [laptop == 0, laptop == 1]
        assert [each.is_shown for each in found.versions] == [False, True]
        assert {each.actor for each in found.versions} == {"Head of SEND", "Director 1"}
    assert team.laptops[0].read(conflicted_fields) == {id_of(team.laptops[0], "A01"): frozenset({"gap"})}


def test_that_the_same_value_on_both_is_no_conflict(team):
    differ(team, "A01", ItemField.OWNER, "Head of SEND", "Head of SEND")
    assert conflicts(team) == ()
    assert team.shown(0, "A01").conflicts == 0


def test_that_a_choice_settles_it_everywhere_and_can_be_undone(team):
    differ(team, "A01", ItemField.OWNER, "Head of SEND", "Head of Early Help")
    (found,) = conflicts(team)
    team.laptops[0].run(keep, found.id, "owner", found.versions[0].change_id, "It is ours")
    team.everybody_syncs()
    assert [team.shown(each, "A01").owner for each in (0, 1)] == ["Head of SEND"] * 2
    assert [len(conflicts(team, each)) for each in (0, 1)] == [0, 0]
    team.check()
    team.laptops[0].run(undo)
    assert team.shown(0, "A01").owner == "Head of Early Help"  # what was shown before the choice


def test_that_choosing_the_value_that_shows_settles_it_too(team):
    differ(team, "A01", ItemField.OWNER, "Head of SEND", "Head of Early Help")
    (found,) = conflicts(team)
    shown = next(each for each in found.versions if each.is_shown)
    team.laptops[0].run(keep, found.id, "owner", shown.change_id)
    assert conflicts(team) == ()
    assert team.shown(0, "A01").owner == "Head of Early Help"


def test_that_a_third_value_holds_both_and_is_checked_like_any_other(team):
    differ(team, "A01", ItemField.STATUS, ItemStatus.GATHERING, ItemStatus.DRAFTED)
    (found,) = conflicts(team)
    with pytest.raises(BadValue):
        team.laptops[0].run(resolve, found.id, "status", "finished")
    team.laptops[0].run(resolve, found.id, "status", "Not started")
    assert team.shown(0, "A01").status is ItemStatus.NOT_STARTED
    assert conflicts(team) == ()


def test_that_a_choice_made_too_late_is_not_taken(team):
    differ(team, "A01", ItemField.OWNER, "Head of SEND", "Head of Early Help")
    (found,) = conflicts(team)
    team.laptops[1].run(keep, found.id, "owner", found.versions[0].change_id)
    team.everybody_syncs()
    with pytest.raises(StaleChoice):
        team.laptops[0].run(keep, found.id, "owner", found.versions[1].change_id)
    seen = [each.change_id for each in found.versions]
    with pytest.raises(StaleChoice):
        team.laptops[0].run(resolve, found.id, "owner", "Both", "", seen)


def test_that_two_different_choices_are_a_new_conflict(team):
    differ(team, "A01", ItemField.OWNER, "Head of SEND", "Head of Early Help")
    (found,) = conflicts(team)
    team.laptops[0].run(keep, found.id, "owner", found.versions[0].change_id)
    team.laptops[1].run(keep, found.id, "owner", found.versions[1].change_id)
    team.everybody_syncs()
    (again,) = conflicts(team)
    assert [each.shown for each in again.versions] == ["Head of SEND", "Head of Early Help"]


def test_that_all_of_one_laptop_or_all_the_newest_are_taken_as_one_step(team):
    for reference in ("A01", "A02"):
        team.edit(0, reference, ItemField.OWNER, "Head of SEND")
    for reference in ("A01", "A02"):
        team.edit(1, reference, ItemField.OWNER, "Head of Early Help")
    team.everybody_syncs()
    keys = [(each.id, each.field) for each in conflicts(team)]
    changes = team.laptops[0].run(take_all_from, team.device(0), keys)
    assert changes.label == "Take 2 values from This laptop"
    assert [team.shown(0, each).owner for each in ("A01", "A02")] == ["Head of SEND"] * 2
    team.laptops[1].run(take_newest, keys)
    assert [team.shown(1, each).owner for each in ("A01", "A02")] == ["Head of Early Help"] * 2
    with pytest.raises(StaleChoice):
        team.laptops[1].run(take_newest, keys)


@pytest.mark.parametrize("remove", [True, False])
def test_that_what_was_removed_here_and_edited_there_is_asked_about(team, remove):
    id_ = id_of(team.laptops[0], "A01")
    team.laptops[0].run(remove_items, [id_])
    team.edit(1, "A01", ItemField.OWNER, "Head of Early Help")
    team.everybody_syncs()
    (found,) = conflicts(team)
    assert found.kind is ConflictKind.REMOVAL
    assert [each.shown for each in found.versions] == ["Removed", "Owner: Head of Early Help"]
    assert team.laptops[0].read(count_conflicts) == 1
    team.laptops[0].run(settle_removal, id_, remove)
    team.everybody_syncs()
    for laptop in (0, 1):
        shown = [row.reference for row in board_of(team.laptops[laptop]).items]
        assert ("A01" in shown) is not remove
        assert conflicts(team, laptop) == ()


def test_that_an_edit_does_not_settle_a_conflict_unseen(team):
    differ(team, "A01", ItemField.OWNER, "Head of SEND", "Head of Early Help")
    ids = [id_of(team.laptops[0], each) for each in ("A01", "A02")]
    with pytest.raises(InConflict) as refused:
        team.laptops[0].run(edit_items, ids[:1], [ItemEdit(ItemField.OWNER, "Somebody else")])
    assert (refused.value.id, refused.value.field) == (ids[0], "owner")
    changes = team.laptops[0].run(edit_items, ids, [ItemEdit(ItemField.OWNER, "Director")])
    assert changes.left == ("1 field in conflict: choose under Share",)
    assert team.shown(0, "A02").owner == "Director"
    assert len(conflicts(team)) == 1


def test_that_what_follows_a_status_comes_from_the_same_laptop(team):
    differ(team, "A03", ItemField.STATUS, ItemStatus.GATHERING, ItemStatus.CHECKED)
    found = team.laptops[0].read(conflict_of, id_of(team.laptops[0], "A03"), "status")
    assert found is not None
    assert team.laptops[0].read(count_conflicts) == 1
    checked = next(each for each in found.versions if each.shown == "Checked")
    team.laptops[0].run(keep, found.id, "status", checked.change_id)
    assert team.shown(0, "A03").claimed_by == "Director 1"


def test_that_what_was_before_is_found_however_often_one_of_them_wrote_since(team):
    team.edit(0, "A01", ItemField.GAP, "Before")
    team.edit(0, "A02", ItemField.OWNER, "Head of Early Help")
    team.everybody_syncs()
    for text in ("One", "Two", "Three"):
        team.edit(1, "A01", ItemField.GAP, text)
    team.edit(0, "A01", ItemField.GAP, "Other")
    differ(team, "A02", ItemField.OWNER, "Head of SEND", "Director of Education")
    found = {each.reference: each for each in conflicts(team)}
    assert [each.shown for each in found["A01"].versions] == ["Three", "Other"]
    assert {key: each.before.shown for key, each in found.items()} == {"A01": "Before", "A02": "Head of Early Help"}
    for laptop, chosen in enumerate(found["A01"].versions):
        team.laptops[laptop].run(keep, found["A01"].id, "gap", chosen.change_id)
    team.everybody_syncs()
    (again,) = [each for each in conflicts(team) if each.reference == "A01"]
    assert [each.shown for each in again.versions] == ["Three", "Other"]
    assert again.before.shown == "Other"  # both choices had seen both; that is the later


def test_that_many_conflicts_are_asked_for_in_as_many_statements_as_few(team):
    def asked(session) -> tuple[int, int]:
        said: list[str] = []
        session.connection().connection.dbapi_connection.set_trace_callback(said.append)
        count = len(read_conflicts(session))
        session.connection().connection.dbapi_connection.set_trace_callback(None)
        return count, len(said)

    found = []
    for references in (("A01",), ("A02", "A03", "B01")):
        for reference in references:
            differ(team, reference, ItemField.OWNER, "Head of SEND", "Head of Early Help")
            differ(team, reference, ItemField.SERVICE, "Health", "Early Help")
        found.append(team.laptops[0].read(asked))
    assert [count for count, _ in found] == [2, 8]
    assert len({statements for _, statements in found}) == 1
