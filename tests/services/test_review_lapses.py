"""Lapses: a sign-off shows what changed since, and stands again when that is undone; the board and the panel agree."""

from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest
from council import FRAMEWORK, board_of, found_council, id_of
from hypothesis import given, settings
from hypothesis import strategies as st
from review_council import (
    DIRECTOR,
    QA,
    act,
    add_evidence,
    link_evidence,
    revise_evidence,
    row_of,
    signed_off,
    state_of,
    unlink_evidence,
    write,
)

from readiness.domain.review import Became, ReviewVerb, lapse_words
from readiness.domain.steps import sets
from readiness.domain.views import AreaDraft, ItemDraft, ItemEdit
from readiness.domain.vocabulary import ImpactLevel, ItemField, Priority, Rating
from readiness.services.boards import refresh_board
from readiness.services.items import edit_items
from readiness.services.undo import redo, undo

TEXTS = ("", "Known to every team", "Known to every school", "ŷ 👩‍👧")


def edit(workspace, reference, field, value, by=""):
    workspace.acting_as = by
    try:
        return workspace.run(edit_items, [id_of(workspace, reference)], [ItemEdit(field, value)])
    finally:
        workspace.acting_as = ""


def test_that_a_changed_position_lapses_a_sign_off_with_when_and_by_whom(workspace, clock):
    edit(workspace, "A01", ItemField.POSITION, "Known to every team")
    signed_off(workspace, "A01")
    assert state_of(workspace, "A01").changes == ()
    clock.now += timedelta(days=11)
    edit(workspace, "A01", ItemField.POSITION, "Known to every school", "Headteacher")
    row = row_of(workspace, "A01")
    assert (row.lapsed, row.signed) == (True, True)
    assert row.rating is not Rating.COMPLETE
    (change,) = state_of(workspace, "A01").changes
    assert (change.field, change.old, change.new, change.by) == (
        "Position", "Known to every team", "Known to every school", "Headteacher",
    )  # fmt: skip
    assert lapse_words([change], UTC) == "lapsed: position changed on 12 Mar 2021"


def test_that_putting_the_words_back_by_hand_makes_it_stand_again(workspace):
    edit(workspace, "A01", ItemField.GAP, "None")
    signed_off(workspace, "A01")
    edit(workspace, "A01", ItemField.GAP, "Some")
    edit(workspace, "A01", ItemField.GAP, "None")
    assert not row_of(workspace, "A01").lapsed
    assert state_of(workspace, "A01").changes == ()


def test_that_signing_again_covers_what_it_says_now(workspace):
    signed_off(workspace, "A01")
    edit(workspace, "A01", ItemField.IMPACT_LEVEL, ImpactLevel.CLEAR)
    assert state_of(workspace, "A01").refusals[ReviewVerb.SIGN_OFF] == ""
    act(workspace, ReviewVerb.SIGN_OFF, "A01", QA)
    assert not row_of(workspace, "A01").lapsed
    workspace.run(undo)
    assert row_of(workspace, "A01").lapsed
    assert [each.field for each in state_of(workspace, "A01").changes] == ["Impact level"]


def test_that_what_is_not_signed_lapses_nothing(workspace):
    add_evidence(workspace, "e1", "Audit March")
    link_evidence(workspace, "A01", "e1")
    signed_off(workspace, "A01")
    edit(workspace, "A01", ItemField.OWNER, "Headteacher")
    edit(workspace, "A01", ItemField.DUE, date(2021, 3, 9))
    edit(workspace, "A01", ItemField.PRIORITY, Priority.SUPPORTING)
    write(workspace, "Rename", sets("evidence", "e1", title="Audit of March", valid_until="2021-09-13"))
    assert not row_of(workspace, "A01").lapsed


def test_that_added_revised_and_removed_evidence_is_told_by_its_title_and_files(workspace):
    add_evidence(workspace, "e1", "Audit March")
    add_evidence(workspace, "e2", "Survey of parents")
    add_evidence(workspace, "e3", "Minutes")
    link_evidence(workspace, "A01", "e1")
    link_evidence(workspace, "A01", "e2")
    signed_off(workspace, "A01")
    workspace.acting_as = "SEND Data Analyst"
    revise_evidence(workspace, "e1", 2, "Audit April.xlsx")
    unlink_evidence(workspace, "A01", "e2")
    link_evidence(workspace, "A01", "e3")
    workspace.acting_as = ""
    found = {each.title: each for each in state_of(workspace, "A01").changes}
    revised, removed, added = found["Audit March"], found["Survey of parents"], found["Minutes"]
    assert (revised.became, revised.old, revised.new) == (
        Became.REVISED, "revision 1", "revision 2: Audit April.xlsx",
    )  # fmt: skip
    assert (removed.became, removed.old, removed.new) == (Became.REMOVED, "revision 1", "")
    assert (added.became, added.old, added.new) == (Became.ADDED, "", "revision 1")
    assert {each.by for each in found.values()} == {"SEND Data Analyst"}
    assert revised.at < removed.at < added.at


def test_that_evidence_removed_from_the_library_is_told_with_who_removed_it(workspace):
    add_evidence(workspace, "e1", "Audit March")
    link_evidence(workspace, "A01", "e1")
    signed_off(workspace, "A01")
    workspace.acting_as = DIRECTOR
    write(workspace, "Remove", sets("evidence", "e1", deleted=True))
    workspace.acting_as = ""
    (change,) = state_of(workspace, "A01").changes
    assert (change.became, change.title, change.by) == (Became.REMOVED, "Audit March", DIRECTOR)


def test_that_a_sign_off_of_a_newer_version_lapses_without_guessing(workspace):
    signed_off(workspace, "A01")
    write(workspace, "Newer", sets("item", id_of(workspace, "A01"), signed="0123456789abcdef"))
    state = state_of(workspace, "A01")
    assert (state.claim.lapsed, state.changes) == (True, ())
    assert lapse_words(state.changes) == "lapsed: what was signed has changed since"


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    with found_council(tmp_path_factory.mktemp("lapses") / "w") as made:
        for id_ in ("e1", "e2"):
            add_evidence(made, id_, id_)
        link_evidence(made, "A01", "e1")
        signed_off(made, "A01")
        yield made


MOVES = {
    "position": lambda workspace, text: edit(workspace, "A01", ItemField.POSITION, text),
    "impact": lambda workspace, text: edit(workspace, "A01", ItemField.IMPACT, text),
    "gap": lambda workspace, text: edit(workspace, "A01", ItemField.GAP, text),
    "level": lambda workspace, text: edit(
        workspace, "A01", ItemField.IMPACT_LEVEL, ImpactLevel.EARLY if text else ImpactLevel.NONE_YET
    ),
    "link": lambda workspace, text: (link_evidence if text else unlink_evidence)(workspace, "A01", "e2"),
    "unlink": lambda workspace, text: (unlink_evidence if text else link_evidence)(workspace, "A01", "e1"),
    "revise": lambda workspace, text: revise_evidence(workspace, "e1", 2 + len(text) % 3, "April.xlsx"),
    "revise other": lambda workspace, text: revise_evidence(workspace, "e2", 2 + len(text) % 3, "May.xlsx"),
    "remove evidence": lambda workspace, text: write(workspace, "Remove", sets("evidence", "e1", deleted=bool(text))),
    "attach": lambda workspace, text: write(workspace, "Attach", sets("attachment", "x", revision_id="e1-1", url=text)),
    "owner": lambda workspace, text: edit(workspace, "A01", ItemField.OWNER, text),
}  # fmt: skip


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(sorted(MOVES)), st.sampled_from(TEXTS)), min_size=1, max_size=5))
def test_that_a_sign_off_lapses_with_any_change_of_what_was_signed_and_stands_when_all_is_undone(shared, moves):
    board, taken = board_of(shared), 0
    assert not row_of(shared, "A01").lapsed
    for name, text in moves:
        changes = MOVES[name](shared, text)
        taken += changes.step_id is not None
        board = shared.read(refresh_board, board, [changes])
        assert board == board_of(shared)
        state, row = state_of(shared, "A01"), row_of(shared, "A01")
        assert row.lapsed == state.claim.lapsed == bool(state.changes)
        assert all(each.at is not None and each.by for each in state.changes)
    lapsed = row_of(shared, "A01").lapsed
    for _ in range(taken):
        shared.run(undo)
    assert not row_of(shared, "A01").lapsed
    for _ in range(taken):
        shared.run(redo)
    assert row_of(shared, "A01").lapsed == lapsed
    for _ in range(taken):
        shared.run(undo)


def test_that_a_large_board_is_read_whole_when_sign_offs_stand_in_it(tmp_path):
    items = tuple(ItemDraft(f"A{number:03}", "Something") for number in range(620))
    large = replace(FRAMEWORK, areas=(AreaDraft("A", "Plans", (), items),))
    with found_council(tmp_path / "w", frameworks=(large,)) as workspace:
        signed_off(workspace, "A001")
        assert len(board_of(workspace).items) == 620


SIGNED_MOVES = ["position", "impact", "gap", "level", "link", "unlink", "revise"]


@pytest.mark.parametrize("name", SIGNED_MOVES)
def test_that_each_part_of_what_was_signed_lapses_it_alone(shared, name):
    MOVES[name](shared, "Something else")
    assert row_of(shared, "A01").lapsed
    shared.run(undo)
    assert not row_of(shared, "A01").lapsed
