"""Review verbs: submit, check, sign off, return, withdraw; and the same by key, paste and command."""

import pytest
from council import FRAMEWORK, board_of, everything, found_council, id_of, refuses
from council import OTHER as SECOND
from hypothesis import given, settings
from hypothesis import strategies as st
from review_council import DIRECTOR, OWNER, QA, act, moment, reviews_of, row_of, signed_off, state_of

from readiness.domain.errors import BadValue, NotFound
from readiness.domain.review import ReviewVerb
from readiness.domain.steps import Step, sets
from readiness.domain.views import Identity, ItemEdit
from readiness.domain.vocabulary import ImpactLevel, ItemField, ItemStatus, ReviewKind
from readiness.services.items import edit_cells, edit_items, remove_items
from readiness.services.people import set_identity
from readiness.services.queries import step_changes
from readiness.services.review import check, return_items, set_four_eyes, sign_off, submit, withdraw
from readiness.services.undo import redo, undo, undo_step

SUBMIT, CHECK, SIGN, RETURN, WITHDRAW = (
    ReviewVerb.SUBMIT, ReviewVerb.CHECK, ReviewVerb.SIGN_OFF, ReviewVerb.RETURN, ReviewVerb.WITHDRAW,
)  # fmt: skip


def by_key(workspace, reference, status, by="", *more):
    workspace.acting_as = by
    try:
        return workspace.run(edit_items, [id_of(workspace, reference)], [ItemEdit(ItemField.STATUS, status), *more])
    finally:
        workspace.acting_as = ""


def by_verb(workspace, status, reference, by):
    return by_key(workspace, reference, status, by)


def kinds(workspace, reference):
    return [(row.kind, row.by) for row in reviews_of(workspace, reference)]


def test_that_a_claim_goes_from_contributor_to_director_to_qa_lead(workspace):
    assert act(workspace, SUBMIT, "A01", note="  Ready  ").label == "Submit A01"
    assert row_of(workspace, "A01").status is ItemStatus.DRAFTED
    assert act(workspace, CHECK, "A01", DIRECTOR).label == "Check A01"
    row = row_of(workspace, "A01")
    assert (row.status, row.claimed_by, row.signed) == (ItemStatus.CHECKED, DIRECTOR, False)
    assert act(workspace, SIGN, "A01", QA, "As agreed with the board").label == "Sign off A01"
    row = row_of(workspace, "A01")
    assert (row.status, row.claimed_by, row.signed, row.lapsed) == (ItemStatus.SIGNED_OFF, DIRECTOR, True, False)
    submitted, checked, signed = reviews_of(workspace, "A01")
    assert (submitted.kind, submitted.by, submitted.role, submitted.note) == (
        ReviewKind.SUBMITTED, "Head of SEND", "Head of SEND", "Ready",
    )  # fmt: skip
    assert (checked.kind, checked.by, checked.signed) == (ReviewKind.CHECKED, DIRECTOR, None)
    assert (signed.kind, signed.by, signed.note) == (ReviewKind.SIGNED_OFF, QA, "As agreed with the board")
    assert submitted.at < checked.at < signed.at


def test_that_a_sign_off_keeps_exactly_what_was_signed(workspace):
    texts = [
        ItemEdit(ItemField.POSITION, "Known to every team"),
        ItemEdit(ItemField.IMPACT, "Fewer wait"),
        ItemEdit(ItemField.IMPACT_LEVEL, ImpactLevel.CLEAR),
        ItemEdit(ItemField.GAP, "None\nleft"),
    ]
    workspace.run(edit_items, [id_of(workspace, "A01")], texts)
    signed_off(workspace, "A01")
    signed = reviews_of(workspace, "A01")[-1].signed
    assert (signed.position, signed.impact, signed.impact_level, signed.gap, signed.evidence) == (
        "Known to every team", "Fewer wait", "clear", "None\nleft", {},
    )  # fmt: skip


def test_that_many_items_are_one_step_with_a_record_each(workspace):
    references = ["A01", "A02", "B01"]
    assert act(workspace, CHECK, references, DIRECTOR).label == "Check 3 items"
    changes = act(workspace, SIGN, references, QA)
    assert changes.label == "Sign off 3 items"
    assert len(changes.of("review")) == len(changes.of("item")) == 3
    told = [(row.record[:3], row.field) for row in workspace.read(step_changes, changes.step_id)]
    assert told == [(reference, field) for reference in references for field in ("Status", "Review")]
    workspace.run(undo)
    assert {row_of(workspace, each).status for each in references} == {ItemStatus.CHECKED}
    assert [len(reviews_of(workspace, each)) for each in references] == [1, 1, 1]


def test_that_a_return_needs_a_reason_and_sends_back_to_drafted(workspace):
    act(workspace, SUBMIT, "A01")
    id_ = id_of(workspace, "A01")
    for verb in (return_items, withdraw):
        refuses(workspace, BadValue, "write a reason", verb, [id_], moment(workspace), "  ")
    changes = act(workspace, RETURN, "A01", DIRECTOR, "Say what the audit found")
    assert changes.label == "Return A01"
    (review,) = workspace.read(step_changes, changes.step_id)
    assert (review.record, review.field, review.old, review.new) == (
        "A01 Quality of plans", "Review", "", "Returned: Say what the audit found",
    )  # fmt: skip
    assert row_of(workspace, "A01").status is ItemStatus.DRAFTED
    assert reviews_of(workspace, "A01")[-1].note == "Say what the audit found"
    assert state_of(workspace, "A01").claim.is_returned
    act(workspace, SUBMIT, "A01")
    assert state_of(workspace, "A01").claim.is_submitted


@pytest.mark.parametrize("start", [ItemStatus.CHECKED, ItemStatus.SIGNED_OFF])
def test_that_what_was_claimed_is_returned_too_and_no_sign_off_stands(workspace, start):
    act(workspace, CHECK, "A01", DIRECTOR)
    if start is ItemStatus.SIGNED_OFF:
        act(workspace, SIGN, "A01", QA)
    act(workspace, RETURN, "A01", QA)
    row = row_of(workspace, "A01")
    assert (row.status, row.signed) == (ItemStatus.DRAFTED, False)
    assert kinds(workspace, "A01")[-1] == (ReviewKind.RETURNED, QA)


def test_that_a_withdrawn_sign_off_leaves_the_claim_with_whoever_made_it(workspace):
    signed_off(workspace, "A01")
    assert act(workspace, WITHDRAW, "A01", QA, "Signed the wrong row").label == "Withdraw the sign-off of A01"
    row = row_of(workspace, "A01")
    assert (row.status, row.signed, row.claimed_by) == (ItemStatus.CHECKED, False, DIRECTOR)
    act(workspace, SIGN, "A01", QA)
    assert row_of(workspace, "A01").signed


def test_that_nobody_signs_off_what_they_claim_themselves(workspace):
    act(workspace, CHECK, ["A01", "A02"])
    act(workspace, CHECK, "B01", DIRECTOR)
    ids = [id_of(workspace, each) for each in ("A01", "A02", "B01")]
    said = "^A01 and A02 were checked by you: somebody else has to sign them off.$"
    refuses(workspace, BadValue, said, sign_off, ids, moment(workspace))
    assert workspace.run(set_four_eyes, False).label == "Let people sign off what they claim"
    assert not board_of(workspace).workspace.four_eyes
    workspace.run(sign_off, ids, moment(workspace))
    assert all(row_of(workspace, each).signed for each in ("A01", "A02", "B01"))
    assert workspace.run(set_four_eyes, True).label == "Let nobody sign off what they claim themselves"
    assert board_of(workspace).workspace.four_eyes


def test_that_checking_and_signing_in_one_go_is_refused_and_without_the_rule_claims_too(workspace):
    id_ = id_of(workspace, "A01")
    refuses(workspace, BadValue, "A01 is not checked yet: somebody else", sign_off, [id_], moment(workspace))
    workspace.run(set_four_eyes, False)
    workspace.run(sign_off, [id_], moment(workspace))
    row = row_of(workspace, "A01")
    assert (row.claimed_by, row.signed) == ("Head of SEND", True)
    assert kinds(workspace, "A01") == [(ReviewKind.SIGNED_OFF, "Head of SEND")]


def test_that_a_claim_made_under_the_role_stays_ones_own_when_a_name_comes(workspace):
    act(workspace, CHECK, "A01")
    workspace.run(set_identity, Identity("QA person", "Head of SEND", "SEND"))
    refuses(workspace, BadValue, "checked by you", sign_off, [id_of(workspace, "A01")], moment(workspace))


def test_that_a_claim_from_before_there_was_review_belongs_to_whom_the_log_names(workspace):
    def by_an_older_version(_session, reference, status):
        return Step("Set status", sets("item", id_of(workspace, reference), status=status))

    workspace.run(by_an_older_version, "A01", ItemStatus.CHECKED)
    workspace.acting_as = DIRECTOR
    workspace.run(by_an_older_version, "A02", ItemStatus.CHECKED)
    workspace.run(by_an_older_version, "B01", ItemStatus.SIGNED_OFF)
    workspace.acting_as = ""
    refuses(workspace, BadValue, "checked by you", sign_off, [id_of(workspace, "A01")], moment(workspace))
    act(workspace, SIGN, "A02")
    assert state_of(workspace, "B01").words() == "Signed off, but nothing says what was signed: sign it off."
    act(workspace, WITHDRAW, "B01")
    assert row_of(workspace, "B01").claimed_by == DIRECTOR
    act(workspace, SIGN, "B01")
    assert row_of(workspace, "B01").signed


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        (SUBMIT, "A01 is checked already: submit what is still below Checked"),
        (CHECK, "A01 is signed off already: withdraw the sign-off first"),
        (SIGN, "A01 is signed off already"),
    ],
)
def test_that_what_is_done_already_is_refused_in_words(workspace, verb, said):
    signed_off(workspace, "A01")
    with pytest.raises(BadValue, match=said):
        act(workspace, verb, "A01", QA)


def test_that_what_never_began_can_be_neither_returned_nor_withdrawn(workspace):
    id_, at = id_of(workspace, "A01"), moment(workspace)
    refuses(workspace, BadValue, "A01 was not submitted", return_items, [id_], at, "No")
    refuses(workspace, BadValue, "A01 is not signed off", withdraw, [id_], at, "No")
    by_key(workspace, "A01", ItemStatus.NOT_APPLICABLE)
    for verb in (submit, check, sign_off):
        refuses(workspace, BadValue, "A01 takes no part in this inspection", verb, [id_], at)


def test_that_items_that_are_gone_and_notes_that_are_too_long_change_nothing(workspace):
    id_, at = id_of(workspace, "A01"), moment(workspace)
    refuses(workspace, BadValue, "2,001 characters. Shorten it to 2,000", submit, [id_], at, "x" * 2_001)
    refuses(workspace, NotFound, "no longer exists", submit, [id_, "f" * 32], at)
    workspace.run(remove_items, [id_])
    refuses(workspace, NotFound, "no longer exists", check, [id_], at)


def test_that_acts_of_one_moment_are_still_apart(workspace):
    at, id_ = moment(workspace), id_of(workspace, "A01")
    workspace.run(submit, [id_], at)
    workspace.run(return_items, [id_], at, "Not yet")
    workspace.run(submit, [id_], at)
    assert [row.kind for row in reviews_of(workspace, "A01")] == [
        ReviewKind.SUBMITTED, ReviewKind.RETURNED, ReviewKind.SUBMITTED,
    ]  # fmt: skip


# by key, paste and command


def test_that_a_status_set_by_key_is_a_review_with_its_moment(workspace, clock):
    by_key(workspace, "A01", ItemStatus.CHECKED, DIRECTOR)
    assert row_of(workspace, "A01").claimed_by == DIRECTOR
    assert by_key(workspace, "A01", ItemStatus.SIGNED_OFF).label == "Set status of A01 to Signed off"
    signed = reviews_of(workspace, "A01")[-1]
    assert (signed.kind, signed.by, signed.at) == (ReviewKind.SIGNED_OFF, "Head of SEND", clock.now)
    assert row_of(workspace, "A01").signed
    by_key(workspace, "A01", ItemStatus.GATHERING)
    row = row_of(workspace, "A01")
    assert (row.status, row.signed, row.claimed_by) == (ItemStatus.GATHERING, False, DIRECTOR)
    assert kinds(workspace, "A01") == [
        (ReviewKind.CHECKED, DIRECTOR), (ReviewKind.SIGNED_OFF, "Head of SEND"), (ReviewKind.WITHDRAWN, "Head of SEND"),
    ]  # fmt: skip


def test_that_a_key_that_takes_a_sign_off_back_to_checked_claims_nothing(workspace):
    signed_off(workspace, "A01")
    by_key(workspace, "A01", ItemStatus.CHECKED, QA)
    assert row_of(workspace, "A01").claimed_by == DIRECTOR
    assert kinds(workspace, "A01")[-1] == (ReviewKind.WITHDRAWN, QA)
    by_key(workspace, "A01", ItemStatus.SIGNED_OFF, QA)
    assert row_of(workspace, "A01").signed


def test_that_a_key_is_refused_with_the_same_sentence_and_nothing_else_of_the_paste_is_done(workspace):
    by_key(workspace, "A01", ItemStatus.CHECKED)
    by_key(workspace, "A02", ItemStatus.CHECKED, DIRECTOR)
    status = ItemEdit(ItemField.STATUS, ItemStatus.SIGNED_OFF)
    first, second = id_of(workspace, "A01"), id_of(workspace, "A02")
    cells = {first: [status], second: [status, ItemEdit(ItemField.OWNER, "Headteacher")]}
    said = "^A01 was checked by you: somebody else has to sign it off.$"
    refuses(workspace, BadValue, said, edit_cells, cells, "Paste")
    before = ItemEdit(ItemField.STATUS, ItemStatus.CHECKED)
    not_yet = {id_of(workspace, "B01"): [before, status]}
    refuses(workspace, BadValue, "B01 is not checked yet", edit_cells, not_yet, "Paste")


def test_that_what_takes_no_part_is_taken_back_in_by_key_under_the_same_rule(workspace):
    by_key(workspace, "A01", ItemStatus.NOT_APPLICABLE)
    status = [ItemEdit(ItemField.STATUS, ItemStatus.SIGNED_OFF)]
    refuses(workspace, BadValue, "A01 is not checked yet", edit_items, [id_of(workspace, "A01")], status)
    workspace.run(set_four_eyes, False)
    by_key(workspace, "A01", ItemStatus.SIGNED_OFF)
    assert row_of(workspace, "A01").signed


def test_that_texts_of_the_same_step_are_part_of_what_is_signed(workspace):
    by_key(workspace, "A01", ItemStatus.CHECKED, DIRECTOR)
    decomposed = "Known to every cafe\u0301"  # the record keeps it composed
    more = (ItemEdit(ItemField.POSITION, decomposed), ItemEdit(ItemField.IMPACT_LEVEL, ImpactLevel.EARLY))
    by_key(workspace, "A01", ItemStatus.SIGNED_OFF, "", *more)
    row = row_of(workspace, "A01")
    assert (row.signed, row.lapsed) == (True, False)
    assert reviews_of(workspace, "A01")[-1].signed.position == "Known to every caf\u00e9"


def test_that_a_status_that_stands_already_records_nothing(workspace):
    signed_off(workspace, "A01")
    before = everything(workspace)
    assert by_key(workspace, "A01", ItemStatus.SIGNED_OFF).step_id is None
    assert everything(workspace) == before


# undo


def test_that_a_sign_off_is_undone_and_redone_whole(workspace):
    act(workspace, CHECK, "A01", DIRECTOR)
    act(workspace, SIGN, "A01", QA)
    undone = workspace.run(undo)
    said = [(row.record_id, row.field, row.old, row.new) for row in workspace.read(step_changes, undone.step_id)]
    id_ = id_of(workspace, "A01")
    assert said == [(id_, "Status", "Signed off", "Checked"), (id_, "Review", "Signed off", "")]
    assert (row_of(workspace, "A01").signed, kinds(workspace, "A01")) == (False, [(ReviewKind.CHECKED, DIRECTOR)])
    workspace.run(redo)
    row = row_of(workspace, "A01")
    assert (row.status, row.signed, row.lapsed) == (ItemStatus.SIGNED_OFF, True, False)
    assert len(reviews_of(workspace, "A01")) == 2


def test_that_a_claim_made_again_since_is_left_whole_when_the_first_is_undone(workspace):
    first = act(workspace, CHECK, ["A01", "A02"], DIRECTOR)
    by_key(workspace, "A01", ItemStatus.GATHERING)
    by_key(workspace, "A01", ItemStatus.CHECKED)
    changes = workspace.run(undo_step, first.step_id)
    assert changes.left == ("A01, Status: Head of SEND has since set it to “Checked”",
                            "A01, Claimed by: Head of SEND has since set it to “Head of SEND”")  # fmt: skip
    assert row_of(workspace, "A01").claimed_by == "Head of SEND"
    assert kinds(workspace, "A01") == [(ReviewKind.CHECKED, DIRECTOR), (ReviewKind.CHECKED, "Head of SEND")]
    assert (row_of(workspace, "A02").status, kinds(workspace, "A02")) == (ItemStatus.NOT_STARTED, [])


def test_that_a_sign_off_renewed_since_is_left(workspace):
    act(workspace, CHECK, "A01", DIRECTOR)
    first = act(workspace, SIGN, "A01", QA)
    workspace.run(edit_items, [id_of(workspace, "A01")], [ItemEdit(ItemField.GAP, "More")])
    act(workspace, SIGN, "A01", QA)
    with pytest.raises(BadValue.__base__, match="A01: Quality Assurance Lead has since signed it off again"):
        workspace.run(undo_step, first.step_id)
    row = row_of(workspace, "A01")
    assert (row.status, row.signed, row.lapsed) == (ItemStatus.SIGNED_OFF, True, False)


def test_that_the_review_of_a_removed_item_is_left_with_it(workspace):
    changes = act(workspace, CHECK, ["A01", "B01"], DIRECTOR)
    workspace.run(remove_items, [id_of(workspace, "A01")])
    assert workspace.run(undo_step, changes.step_id).left == ("A01 was removed since",)
    workspace.run(undo)
    row = row_of(workspace, "A01")
    assert (row.status, kinds(workspace, "A01")) == (ItemStatus.CHECKED, [(ReviewKind.CHECKED, DIRECTOR)])


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    with found_council(tmp_path_factory.mktemp("shared") / "w", frameworks=(FRAMEWORK, SECOND)) as made:
        yield made


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from([*ReviewVerb, *ItemStatus]), st.sampled_from([OWNER, DIRECTOR, QA]))))
def test_that_a_sign_off_stands_exactly_while_the_status_says_so_and_never_by_its_claimant(shared, acts):
    taken = 0
    for what, who in acts:
        try:
            changes = (
                act(shared, what, "A02", who) if isinstance(what, ReviewVerb) else by_key(shared, "A02", what, who)
            )
        except BadValue:
            continue
        taken += changes.step_id is not None
        row = row_of(shared, "A02")
        assert row.signed == (row.status is ItemStatus.SIGNED_OFF)
        signed = [each for each in reviews_of(shared, "A02") if each.kind is ReviewKind.SIGNED_OFF]
        if row.signed:
            assert signed[-1].signed is not None
            assert signed[-1].by != row.claimed_by != ""
    for _ in range(taken):
        shared.run(undo)
    assert (row_of(shared, "A02").status, reviews_of(shared, "A02")) == (ItemStatus.NOT_STARTED, ())
