"""Faults: a file that could not be taken in is named until what it held has come, or somebody has had enough of it."""

import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from team_of_laptops import Team

from readiness.domain.vocabulary import ItemField, Verdict
from readiness.services.bundles import make_bundle, take_bundle
from readiness.services.faults import dismiss_fault
from readiness.storage.exchange import note_seen
from readiness.storage.workspace import driver_cursor
from readiness.sync.layout import blob_name, hello_name, key_name, numbers_in, relay_name, roster_name, segment_name

AT = "2021-03-01T09:30:00.000Z"
SHA = sha256(b"of nothing here").digest()


@pytest.fixture
def team(tmp_path):
    """Laptop 1 wrote something that laptop 0 has only a damaged bundle of."""
    made = Team(tmp_path)
    made.everybody_syncs()
    made.edit(1, "A01", ItemField.OWNER, "Head of SEND")
    good, made.bundle = tmp_path / "good.irtbundle", tmp_path / "bad.irtbundle"
    make_bundle(made.laptops[1], good)
    damaged(good, made.bundle, f"devices/{made.device(1)}/")
    take_bundle(made.laptops[0], made.bundle)
    yield made
    made.close()


def damaged(good: Path, bad: Path, start: str) -> None:
    """Write a bundle of which the newest segment of a laptop is damaged."""
    with zipfile.ZipFile(good) as file:
        members = {name: file.read(name) for name in file.namelist()}
    name = max(each for each in members if each.startswith(start) and each.endswith("irtseg"))
    members[name] = members[name][:-20] + bytes([members[name][-20] ^ 4]) + members[name][-19:]
    with zipfile.ZipFile(bad, "w", zipfile.ZIP_STORED) as made:
        for each, content in members.items():
            made.writestr(zipfile.ZipInfo(each), content)


def test_that_a_fault_goes_once_what_it_named_has_come_by_another_way(team):
    (fault,) = team.board(0).faults
    assert (fault.place, fault.verdict) == ("bundle:bad.irtbundle", Verdict.DAMAGED)
    team.sync(1, 0)
    assert team.shown(0, "A01").owner == "Head of SEND"
    assert team.board(0).faults == ()


def test_that_a_dismissed_fault_stays_away_until_something_else_is_wrong(team):
    (fault,) = team.board(0).faults
    dismiss_fault(team.laptops[0], fault.place, fault.name)
    assert team.board(0).faults == ()
    take_bundle(team.laptops[0], team.bundle)
    assert team.board(0).faults == ()  # the same once more is no news
    refused(team, fault.place, fault.name, Verdict.FORGED)
    (again,) = team.board(0).faults
    assert again.verdict is Verdict.FORGED
    dismiss_fault(team.laptops[0], again.place, again.name)
    assert team.board(0).faults == ()
    refused(team, fault.place, fault.name, Verdict.DAMAGED)
    assert [each.verdict for each in team.board(0).faults] == [Verdict.DAMAGED]  # that of before was forgotten


def refused(team: Team, place: str, name: str, verdict: Verdict) -> None:
    team.laptops[0].maintain(
        lambda connection: note_seen(driver_cursor(connection), place, name, 9, str(verdict.value), AT)
    )


def test_that_only_what_is_here_makes_a_fault_go(team):
    team.sync(1, 0)
    other, n = team.device(1), team.board(0).laptops[1].announced
    roster = team.laptops[0].glance(lambda cursor: cursor.execute("SELECT sha FROM roster").fetchone()[0])
    segment = team.laptops[0].glance(lambda cursor: cursor.execute("SELECT sha FROM segment").fetchone()[0])
    here = [
        segment_name(other, 1, n, SHA),  # under other numbers, every change of it is here
        relay_name(other, segment),
        hello_name(other, 1),
        key_name(other, roster),
    ]
    lacking = [
        segment_name(other, 1, n + 1, SHA),
        segment_name("e" * 16, 1, 1, SHA),
        relay_name(other, SHA),
        hello_name(other, 99),
        hello_name("e" * 16, 1),
        roster_name(other, SHA),
        blob_name("ab" * 32),
        "found/0123456789abcdef.irtseg",
    ]
    for name in (*here, *lacking):
        refused(team, "bundle:b.irtbundle", name, Verdict.DAMAGED)
    assert sorted(each.name for each in team.board(0).faults) == sorted(lacking)
    assert numbers_in(relay_name(other, SHA)) is None
