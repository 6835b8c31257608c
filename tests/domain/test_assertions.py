"""The assertion gap: which claims do not stand, why, and each counted once."""

from datetime import timedelta

import pytest
from checked_dossiers import AT, TODAY, Shape, laid_out, shapes
from hypothesis import given
from hypothesis import strategies as st
from planted_faults import CHECKED, SIGNED, planted

from readiness.domain.assertions import (
    NO_HANDS,
    Doubt,
    Hands,
    assertion_gap,
    doubts,
    hands_of,
    headline,
    is_same_person,
)
from readiness.domain.evidence import ReviewRow
from readiness.domain.scoring import CLAIMED
from readiness.domain.vocabulary import ItemStatus, Kind, ReviewKind

FAULTS = {
    "claim-unproven": Doubt.NO_EVIDENCE,
    "sign-off-lapsed": Doubt.LAPSED,
    "policy-alone": Doubt.ONLY_POLICY,
    "same-person": Doubt.SAME_PERSON,
}


def gap_of(*codes: str, extra=()):
    desk = laid_out(extra)
    for code in codes:
        planted(code, desk)
    dossier = desk.made()
    return assertion_gap(dossier.board.items, TODAY, {id_: hands_of(rows) for id_, rows in dossier.reviews.items()})


@given(st.lists(shapes, max_size=8))
def test_that_sound_claims_all_stand(extra):
    gap = gap_of(extra=extra)
    assert gap.doubted == ()
    assert {item.status for item in gap.claimed} <= CLAIMED
    assert len(gap.claimed) == sum(shape.status in CLAIMED for shape in extra) + 2


@given(st.sets(st.sampled_from(sorted(FAULTS))), st.lists(shapes, max_size=4))
def test_that_every_doubtful_claim_counts_once_in_the_total_and_under_each_of_its_doubts(codes, extra):
    gap = gap_of(*sorted(codes), extra=extra)
    assert {doubt for doubt, items in gap.by_doubt.items() if items} <= {FAULTS[code] for code in codes}
    under = {item.id for items in gap.by_doubt.values() for item in items}
    assert {item.id for item in gap.doubted} == under
    assert len(gap.doubted) == len(under)
    assert set(gap.doubted) <= set(gap.claimed)


@given(st.lists(shapes, max_size=8))
def test_that_the_gaps_of_the_inspections_add_up(extra):
    gap = gap_of("claim-unproven", "sign-off-lapsed", extra=extra)
    parts = [gap.within(id_) for id_ in ("i1", "i2")]
    assert gap.within(None) is gap
    assert sum(len(part.claimed) for part in parts) == len(gap.claimed)
    for doubt in Doubt:
        assert sum(len(part.by_doubt[doubt]) for part in parts) == len(gap.by_doubt[doubt])


def test_that_nothing_is_doubted_of_what_is_not_claimed():
    desk = laid_out()
    planted("claim-unproven", desk)
    desk.change("item", CHECKED, status=ItemStatus.DRAFTED)
    assert assertion_gap(desk.made().board.items, TODAY).doubted == ()


def item_of(**values):
    desk = laid_out()
    desk.change("item", CHECKED, **values)
    return next(item for item in desk.made().board.items if item.id == CHECKED)


@pytest.mark.parametrize(
    ("status", "claimed_by", "hands", "same"),
    [
        (ItemStatus.SIGNED_OFF, "Head of SEND", Hands(signed="head of  send"), True),
        (ItemStatus.SIGNED_OFF, "Head of SEND", Hands(signed="QA lead"), False),
        (ItemStatus.SIGNED_OFF, "", Hands(checked="QA lead", signed="QA lead"), True),
        (ItemStatus.SIGNED_OFF, "", Hands(submitted="Data analyst", signed="QA lead"), False),
        (ItemStatus.SIGNED_OFF, "Head of SEND", Hands(submitted="QA lead", signed="QA lead"), False),
        (ItemStatus.SIGNED_OFF, "", NO_HANDS, False),
        (ItemStatus.CHECKED, "Head of SEND", NO_HANDS, False),
        (ItemStatus.CHECKED, "Head of SEND", Hands(submitted="Head of SEND"), True),
        (ItemStatus.CHECKED, "", Hands(submitted="Head of SEND", checked="Head of SEND"), True),
        (ItemStatus.CHECKED, "Head of SEND", Hands(submitted="Data analyst"), False),
    ],
)
def test_that_one_person_alone_is_told_from_two(status, claimed_by, hands, same):
    assert is_same_person(item_of(status=status, claimed_by=claimed_by), hands) is same


def test_that_who_checked_is_not_asked_where_one_pair_of_eyes_is_enough_or_reviews_were_not_read():
    item = item_of(status=ItemStatus.SIGNED_OFF, claimed_by="QA lead")
    hands = Hands(signed="QA lead")
    assert doubts(item, TODAY, hands) == (Doubt.SAME_PERSON,)
    assert doubts(item, TODAY, hands, four_eyes=False) == ()
    assert assertion_gap([item], TODAY).doubted == ()


def test_that_the_last_review_of_a_kind_counts():
    reviews = [
        ReviewRow(f"r{number}", CHECKED, kind, by, "", AT + timedelta(hours=number), "", None)
        for number, (kind, by) in enumerate(
            [
                (ReviewKind.CHECKED, "A"),
                (ReviewKind.RETURNED, "B"),
                (ReviewKind.SUBMITTED, "C"),
                (ReviewKind.CHECKED, "D"),
            ]
        )
    ]
    assert hands_of(reversed(reviews)) == Hands("C", "D", "")


def test_that_an_interview_needs_no_proof_to_stand():
    gap = gap_of(extra=[Shape(ItemStatus.CHECKED, Kind.INTERVIEW)])
    assert gap.doubted == ()


def test_that_the_headline_says_how_many_and_why():
    figure, why = headline(gap_of("claim-unproven", "sign-off-lapsed"))
    assert figure == "2 of 2 claims do not stand"
    assert why == ": 1 without current evidence, 1 with a sign-off that has lapsed."
    figure, _ = headline(gap_of("policy-alone"))
    assert figure == "1 of 2 claims does not stand"
    assert headline(gap_of()) == ("All 2 claims stand", ".")
    assert headline(gap_of().within("i1")) == ("The one claim stands", ".")
    assert headline(gap_of().within("i3"))[0] == "Nothing is claimed yet"


def test_that_a_sign_off_may_be_doubted_for_two_reasons_at_once():
    gap = gap_of("sign-off-lapsed", "same-person")
    assert [item.id for item in gap.doubted] == [SIGNED]
    assert headline(gap)[1] == ": 1 with a sign-off that has lapsed, 1 claimed and checked by the same person."
