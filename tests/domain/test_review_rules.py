"""Review rules: what each state of a claim allows, in words why not, and what changed since a sign-off."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from domain_rows import item
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.evidence import ReviewRow
from readiness.domain.proof import Proof, ProofLink
from readiness.domain.review import (
    Became,
    Claim,
    Refusal,
    ReviewState,
    ReviewVerb,
    SignedChange,
    is_own,
    lapse_words,
    proof_words,
    refusals,
    refused,
    waiting_words,
    what_changed,
    why_not,
)
from readiness.domain.scoring import BELOW_CHECKED
from readiness.domain.signing import Signed, read_signed
from readiness.domain.views import Identity
from readiness.domain.vocabulary import EvidenceSource, ItemStatus, Kind, ReviewKind, Strength

DAY = date(2021, 3, 15)
AT = datetime(2021, 3, 12, 9, 30, tzinfo=UTC)
ME = Identity("", "Head of SEND", "SEND")
OTHER = "Director of Education"
NOTHING = Signed("", "", "none_yet", "", {})

statuses = st.sampled_from(ItemStatus)
claims = st.builds(
    Claim,
    st.just("A01"),
    statuses,
    st.sampled_from(["", OTHER, "Head of SEND", " head of send "]),
    st.none() | st.sampled_from(ReviewKind),
    st.booleans(),
    st.booleans(),
)
texts = st.sampled_from(["", "Known to every team", "Known to every school", "ŷ 👩‍👧"])
signed = st.builds(
    Signed,
    texts,
    texts,
    st.sampled_from(["none_yet", "clear", "of a newer version"]),
    texts,
    st.dictionaries(st.sampled_from("abc"), st.sampled_from(["", "r1", "r2"])),
)


@given(claims, st.booleans())
def test_that_what_takes_no_part_allows_nothing(claim, four_eyes):
    found = {why_not(verb, claim, ME, four_eyes=four_eyes) for verb in ReviewVerb}
    assert (found == {Refusal.TAKES_NO_PART}) == (claim.status is ItemStatus.NOT_APPLICABLE)


@given(claims)
def test_that_under_four_eyes_only_what_somebody_else_checked_is_signed_off(claim):
    allowed = why_not(ReviewVerb.SIGN_OFF, claim, ME, four_eyes=True) is None
    stands = claim.status is ItemStatus.SIGNED_OFF and claim.signed and not claim.lapsed
    is_claimed = claim.status in (ItemStatus.CHECKED, ItemStatus.SIGNED_OFF)
    assert allowed == (is_claimed and not stands and "send" not in claim.claimed_by.casefold())


@given(claims)
def test_that_without_four_eyes_everything_that_applies_and_does_not_stand_is_signed_off(claim):
    allowed = why_not(ReviewVerb.SIGN_OFF, claim, ME, four_eyes=False) is None
    stands = claim.status is ItemStatus.SIGNED_OFF and claim.signed and not claim.lapsed
    assert allowed == (claim.status is not ItemStatus.NOT_APPLICABLE and not stands)


@given(claims, st.booleans())
def test_that_what_is_below_checked_is_submitted_once_and_checked(claim, four_eyes):
    below = claim.status in BELOW_CHECKED
    assert (why_not(ReviewVerb.CHECK, claim, ME, four_eyes=four_eyes) is None) == below
    submitted = claim.status is ItemStatus.DRAFTED and claim.last is ReviewKind.SUBMITTED
    assert (why_not(ReviewVerb.SUBMIT, claim, ME, four_eyes=four_eyes) is None) == (below and not submitted)
    returnable = submitted or claim.status in (ItemStatus.CHECKED, ItemStatus.SIGNED_OFF)
    assert (why_not(ReviewVerb.RETURN, claim, ME, four_eyes=four_eyes) is None) == returnable
    assert (why_not(ReviewVerb.WITHDRAW, claim, ME, four_eyes=four_eyes) is None) == (
        claim.status is ItemStatus.SIGNED_OFF
    )


@pytest.mark.parametrize("refusal", Refusal)
def test_that_every_refusal_is_one_sentence_with_its_cure_for_one_and_for_many(refusal):
    one, many = refusal.said_of(["A01"]), refusal.said_of(["A01", "A02", "B01"])
    assert one.startswith("A01 ")
    assert many.startswith("A01, A02 and B01 ")
    for said in (one, many):
        assert said.endswith(".")
        assert said.count(":") == 1
        assert "{" not in said


def test_that_a_refusal_of_many_names_five_and_counts_the_rest():
    said = Refusal.OWN_CLAIM.said_of([f"A{number:02}" for number in range(1, 9)])
    assert said == ("A01, A02, A03, A04, A05 and 3 more were checked by you: somebody else has to sign them off.")


def test_that_each_reason_is_said_once_for_all_its_items():
    several = [
        Claim("A01", ItemStatus.CHECKED, "Head of SEND"),
        Claim("A02", ItemStatus.DRAFTED),
        Claim("A03", ItemStatus.CHECKED, "Head of SEND"),
        Claim("A04", ItemStatus.CHECKED, OTHER),
    ]
    assert refused(ReviewVerb.SIGN_OFF, several, ME, four_eyes=True) == (
        "A01 and A03 were checked by you: somebody else has to sign them off. "
        "A02 is not checked yet: somebody else has to check it before you sign."
    )
    assert refused(ReviewVerb.SIGN_OFF, several, ME, four_eyes=False) == ""
    assert refused(ReviewVerb.SIGN_OFF, [], ME, four_eyes=True) == ""


def test_that_refusals_say_for_each_verb_whether_and_why_not():
    found = refusals(Claim("A01", ItemStatus.CHECKED, "Head of SEND"), ME, four_eyes=True)
    assert found.keys() == set(ReviewVerb)
    assert found[ReviewVerb.RETURN] == ""
    assert found[ReviewVerb.SIGN_OFF] == "A01 was checked by you: somebody else has to sign it off."


@pytest.mark.parametrize(
    ("claimed_by", "me", "own"),
    [
        ("Head of SEND", ME, True),
        ("head of send ", ME, True),
        (OTHER, ME, False),
        ("", ME, False),
        ("", Identity("", "", ""), False),
        ("Somebody", Identity("", "", ""), True),
        ("Head of SEND", Identity("Quality lead", "Head of SEND", ""), True),  # claimed before there was a name
    ],
)
def test_that_a_claim_is_ones_own_under_name_or_role(claimed_by, me, own):
    assert is_own(claimed_by, me) is own


@given(signed, signed)
def test_that_something_changed_exactly_where_the_fingerprint_differs(first, second):
    assert bool(what_changed(first, second)) == (first.digest != second.digest)
    assert what_changed(first, first) == ()
    assert read_signed(first.as_text()) == first


@given(signed, signed)
def test_that_changes_name_every_field_once_and_say_old_and_new(before, now):
    found = what_changed(before, now)
    said = {each.field: (each.old, each.new) for each in found if not each.evidence_id}
    pairs = {"Position": (before.position, now.position), "Gap": (before.gap, now.gap)}
    for field, (old, new) in pairs.items():
        assert said.get(field, (old, old)) == (old, new)
    became = {each: {one.evidence_id for one in found if one.became is each} for each in Became}
    was, is_now = before.evidence, now.evidence
    assert became[Became.ADDED] == is_now.keys() - was.keys()
    assert became[Became.REMOVED] == was.keys() - is_now.keys()
    assert became[Became.REVISED] == {id_ for id_ in was.keys() & is_now.keys() if was[id_] != is_now[id_]}


def test_that_a_level_is_told_by_its_label():
    (found,) = what_changed(NOTHING, Signed("", "", "clear", "", {}))
    assert (found.field, found.old, found.new) == ("Impact level", "None yet", "Clear")


def changed(field: str, became: Became = Became.CHANGED, at: datetime | None = AT) -> SignedChange:
    return SignedChange(field, became, "old", "new", at=at)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([changed("Position")], "lapsed: position changed on 12 Mar 2021"),
        ([changed("Evidence", Became.REVISED)], "lapsed: evidence revised on 12 Mar 2021"),
        (
            [changed("Position"), changed("Gap", at=AT + timedelta(days=2))],
            "lapsed: position and gap changed, last on 14 Mar 2021",
        ),
        (
            [changed("Evidence", Became.ADDED), changed("Evidence", Became.ADDED)],
            "lapsed: evidence added, last on 12 Mar 2021",
        ),
        (
            [changed("Position"), changed("Impact level"), changed("Evidence", Became.REMOVED)],
            "lapsed: position, impact level and evidence changed, last on 12 Mar 2021",
        ),
        ([changed("Position", at=None)], "lapsed: position changed"),
        ([], "lapsed: what was signed has changed since"),
    ],
)
def test_that_a_lapse_says_what_changed_and_when(changes, said):
    assert lapse_words(changes, UTC) == said


def test_that_the_day_of_a_lapse_is_that_of_the_wall():
    east = timezone(timedelta(hours=14))
    late = changed("Gap", at=datetime(2021, 3, 12, 23, tzinfo=UTC))
    assert lapse_words([late], east).endswith("13 Mar 2021")
    assert lapse_words([late], UTC).endswith("12 Mar 2021")


def state(status: ItemStatus, kind: ReviewKind | None = None, **more: object) -> ReviewState:
    reviews = (ReviewRow("1", "i", kind, OTHER, "", AT, "", None),) if kind else ()
    return ReviewState("i", Claim("A01", status, last=kind, **more), {}, reviews)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (state(ItemStatus.NOT_APPLICABLE), "Takes no part in this inspection."),
        (state(ItemStatus.GATHERING), "Not submitted yet."),
        (
            state(ItemStatus.DRAFTED, ReviewKind.SUBMITTED),
            "Submitted by Director of Education on 12 Mar 2021, waiting to be checked.",
        ),
        (state(ItemStatus.GATHERING, ReviewKind.RETURNED), "Returned by Director of Education on 12 Mar 2021."),
        (
            state(ItemStatus.CHECKED, ReviewKind.CHECKED),
            "Checked by Director of Education on 12 Mar 2021, waiting for sign-off.",
        ),
        (state(ItemStatus.CHECKED, claimed_by="Head of SEND"), "Checked by Head of SEND, waiting for sign-off."),
        (
            state(ItemStatus.SIGNED_OFF, ReviewKind.SIGNED_OFF, signed=True),
            "Signed off by Director of Education on 12 Mar 2021.",
        ),
        (state(ItemStatus.SIGNED_OFF), "Signed off, but nothing says what was signed: sign it off."),
    ],
)
def test_that_a_state_is_a_sentence_with_who_and_when(found, said):
    assert found.words(UTC) == said


def link(source: EvidenceSource, strength: Strength, until: date | None = None) -> ProofLink:
    return ProofLink(source.value, source, strength, until)


def test_that_proof_in_short_says_how_much_is_current_from_where_and_how_strong():
    links = (
        link(EvidenceSource.VOICE, Strength.ACTIVITY),
        link(EvidenceSource.AUDIT, Strength.OUTCOME, DAY),
        link(EvidenceSource.DATA, Strength.CONFIRMED, DAY - timedelta(days=1)),
    )
    plain = replace(item(), proof=Proof())
    assert proof_words(replace(plain, proof=Proof(links)), DAY) == "2 of 3 current · audit, voice · strength 3"
    assert proof_words(replace(plain, proof=Proof(links[2:])), DAY) == "none of 1 current"
    assert proof_words(replace(plain, kind=Kind.DOCUMENT), DAY) == "no evidence"
    assert proof_words(replace(plain, kind=Kind.INTERVIEW), DAY) == "needs no evidence"


@pytest.mark.parametrize(
    ("since", "said"), [(None, ""), (AT, "3 days"), (AT + timedelta(days=2), "since yesterday"),
                        (AT + timedelta(days=3), "today"), (AT + timedelta(days=9), "today")]
)  # fmt: skip
def test_that_waiting_is_told_in_days(since, said):
    assert waiting_words(since, DAY, UTC) == said
