"""What lapses by a day, and whose it is."""

from datetime import date, timedelta

from domain_rows import TODAY, checklists, item
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.lapsing import FOR_EVER, NEVER_PROVEN, by_owner, lapses_by, proven_until
from readiness.domain.proof import NO_PROOF, Proof, ProofLink
from readiness.domain.scoring import is_unproven
from readiness.domain.vocabulary import EvidenceSource, ItemStatus, Kind, Priority, Strength

ahead = st.integers(0, 60).map(lambda days: TODAY + timedelta(days=days))


def until(*days: date | None) -> Proof:
    return Proof(tuple(ProofLink("e", EvidenceSource.DATA, Strength.SAYS, day) for day in days))


@given(checklists, ahead)
def test_that_an_item_is_proven_up_to_its_day_and_never_after(rows, day):
    for row in rows:
        assert is_unproven(row.kind, row.proof, day) == (proven_until(row) < day)


@given(checklists, ahead, ahead)
def test_that_a_lapse_is_an_item_that_is_proven_on_one_day_and_not_on_the_other(rows, one, other):
    day, later = sorted((one, other))
    expected = [
        row
        for row in rows
        if row.status is not ItemStatus.NOT_APPLICABLE
        and not is_unproven(row.kind, row.proof, day)
        and is_unproven(row.kind, row.proof, later)
    ]
    found = lapses_by(rows, day, later)
    assert sorted(map(repr, (each.item for each in found))) == sorted(map(repr, expected))
    assert [each.last_day for each in found] == sorted(each.last_day for each in found)
    owned = by_owner(found)
    assert sorted(map(repr, (each for group in owned.values() for each in group))) == sorted(map(repr, found))


def test_that_the_last_of_several_pieces_counts():
    assert proven_until(item(proof=until(date(2021, 3, 5), date(2021, 4, 1)))) == date(2021, 4, 1)
    assert proven_until(item(proof=until(date(2021, 3, 5), None))) == FOR_EVER
    assert proven_until(item(proof=NO_PROOF)) == NEVER_PROVEN
    assert proven_until(item(proof=NO_PROOF, kind=Kind.INTERVIEW)) == FOR_EVER


def test_that_lapses_stand_first_to_lapse_first_then_heaviest_and_are_told_by_owner():
    soon, late = until(date(2021, 3, 5)), until(date(2021, 3, 9))
    rows = [
        item("late", proof=late, owner="Head of SEND"),
        item("light", proof=soon, priority=Priority.SUPPORTING, owner="Analyst"),
        item("heavy", proof=soon, priority=Priority.ESSENTIAL, owner="Head of SEND"),
        item("nobody", proof=soon),
        item("gone", proof=until(date(2021, 2, 26))),
        item("not ours", proof=soon, status=ItemStatus.NOT_APPLICABLE),
    ]
    found = lapses_by(rows, TODAY, date(2021, 3, 10))
    assert [each.item.id for each in found] == ["heavy", "nobody", "light", "late"]
    assert {owner: [each.item.id for each in group] for owner, group in by_owner(found).items()} == {
        "Head of SEND": ["heavy", "late"], "Analyst": ["light"], "": ["nobody"],
    }  # fmt: skip
    assert list(by_owner(found)) == ["Head of SEND", "Analyst", ""]
