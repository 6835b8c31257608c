"""The reviewer's queue: who waits for what, the longest first."""

from datetime import timedelta

import pytest
from council import DAY, board_of, id_of
from review_council import DIRECTOR, OWNER, QA, act, row_of, signed_off

from readiness.domain.review import QueueKind, ReviewVerb
from readiness.domain.steps import Step, sets
from readiness.domain.views import Identity, ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus
from readiness.services.items import edit_items, remove_items
from readiness.services.review import read_queue, set_four_eyes

ME = Identity("", OWNER, "SEND")
NOBODY = Identity("", "Headteacher", "")


def queue(workspace, me=ME):
    return [(row.kind, row.item.reference) for row in workspace.read(read_queue, DAY, me)]


def rows(workspace, me=ME):
    return {row.item.reference: row for row in workspace.read(read_queue, DAY, me)}


def edit(workspace, reference, field, value):
    workspace.run(edit_items, [id_of(workspace, reference)], [ItemEdit(field, value)])


def test_that_nothing_waits_in_a_new_workspace(workspace):
    assert workspace.read(read_queue, DAY, ME) == ()


def test_that_each_step_of_review_waits_for_the_next_the_longest_first(workspace):
    act(workspace, ReviewVerb.SUBMIT, "A02", note="Ready")
    act(workspace, ReviewVerb.SUBMIT, "A01")
    act(workspace, ReviewVerb.CHECK, "B01", DIRECTOR)
    act(workspace, ReviewVerb.CHECK, "A03", DIRECTOR)
    assert queue(workspace) == [
        (QueueKind.CHECK, "A02"), (QueueKind.CHECK, "A01"), (QueueKind.SIGN_OFF, "B01"), (QueueKind.SIGN_OFF, "A03"),
    ]  # fmt: skip
    found = rows(workspace)
    assert (found["A02"].who, found["A02"].note) == (OWNER, "Ready")
    assert found["B01"].who == DIRECTOR
    assert found["B01"].refusals[ReviewVerb.SIGN_OFF] == ""
    assert found["B01"].item == row_of(workspace, "B01")
    assert found["A01"].since > found["A02"].since


def test_that_what_is_done_leaves_the_queue(workspace):
    act(workspace, ReviewVerb.SUBMIT, "A01")
    act(workspace, ReviewVerb.CHECK, "A01", DIRECTOR)
    assert queue(workspace) == [(QueueKind.SIGN_OFF, "A01")]
    act(workspace, ReviewVerb.SIGN_OFF, "A01", QA)
    assert queue(workspace) == []
    act(workspace, ReviewVerb.WITHDRAW, "A01", QA, "Signed too early")
    assert rows(workspace)["A01"].note == "Signed too early"
    workspace.run(remove_items, [id_of(workspace, "A01")])
    assert queue(workspace) == []


def test_that_a_lapsed_sign_off_says_what_changed_and_when(workspace, clock):
    signed_off(workspace, "A01")
    clock.now += timedelta(days=11)
    edit(workspace, "A01", ItemField.POSITION, "Known to every school")
    edit(workspace, "A01", ItemField.GAP, "Some")
    row = rows(workspace)["A01"]
    assert (row.kind, row.who, row.position) == (QueueKind.LAPSED, OWNER, "Known to every school")
    assert row.lapse == "lapsed: position and gap changed, last on 12 Mar 2021"
    assert row.since.day == 12
    assert row.refusals[ReviewVerb.SIGN_OFF] == ""


def test_that_what_was_returned_waits_for_who_handed_it_in_or_owns_it(workspace):
    for reference in ("A01", "A02"):
        act(workspace, ReviewVerb.SUBMIT, reference, "Headteacher")
        act(workspace, ReviewVerb.RETURN, reference, DIRECTOR, "Say what the audit found")
    edit(workspace, "A01", ItemField.OWNER, "head of SEND")
    assert queue(workspace) == [(QueueKind.RETURNED, "A01")]
    assert rows(workspace)["A01"].note == "Say what the audit found"
    assert [reference for _, reference in queue(workspace, NOBODY)] == ["A01", "A02"]
    edit(workspace, "A01", ItemField.STATUS, ItemStatus.CHECKED)
    assert queue(workspace) == [(QueueKind.SIGN_OFF, "A01")]


def test_that_ones_own_claim_stays_in_the_queue_and_says_why_it_waits_for_somebody_else(workspace):
    act(workspace, ReviewVerb.CHECK, "A01")
    assert rows(workspace)["A01"].refusals[ReviewVerb.SIGN_OFF].startswith("A01 was checked by you")
    workspace.run(set_four_eyes, False)
    assert rows(workspace)["A01"].refusals[ReviewVerb.SIGN_OFF] == ""


@pytest.mark.parametrize("status", [ItemStatus.CHECKED, ItemStatus.SIGNED_OFF])
def test_that_claims_from_before_there_was_review_are_dated_by_the_log(workspace, clock, status):
    workspace.acting_as = DIRECTOR
    workspace.run(lambda _session: Step("Old", sets("item", id_of(workspace, "A01"), status=status)))
    workspace.acting_as = ""
    if status is ItemStatus.SIGNED_OFF:  # nothing says what was signed: it stands as it did
        assert queue(workspace) == []
    else:
        row = rows(workspace)["A01"]
        assert (row.who, row.since) == (DIRECTOR, clock.now)
    assert board_of(workspace).items[0].status is status
