"""Outdated: a version that met what it cannot read keeps its own changes until it is replaced; the rest goes on."""

import json
from datetime import UTC, datetime
from functools import partial

import pytest
from team_of_laptops import Team

from readiness.cli import run
from readiness.domain.errors import BadValue
from readiness.domain.sharing import outdated_words
from readiness.domain.vocabulary import ItemField, Verdict
from readiness.services import leaving, unread
from readiness.services.bundles import make_bundle
from readiness.services.kept_back import read_kept
from readiness.services.rounds import catch_up
from readiness.services.start import open_at
from readiness.services.upkeep import find_faults
from readiness.storage.exchange import SegmentLine, outbox_count
from readiness.storage.workspace import cursor_of
from readiness.sync import segments
from readiness.sync.keys import DeviceKey
from readiness.sync.segments import Refused


@pytest.fixture
def team(tmp_path):
    """Laptop 1 was upgraded and wrote something; 0 was not, and both share with 2."""
    made = Team(tmp_path, others=2)
    made.everybody_syncs()
    made.edit(1, "A01", ItemField.OWNER, "From the future")
    newer(made, 1)
    yield made
    made.close()


def newer(team: Team, *which: int) -> None:
    """Have laptops sync with a version that needs a newer reader."""
    with pytest.MonkeyPatch.context() as upgraded:
        upgraded.setattr(segments, "READER", 2)
        upgraded.setattr(leaving, "VERSION", "1.4.0")
        team.sync(*which)


def segments_of(team: Team, laptop: int) -> int:
    return len(list((team.place / "IRT-abababab" / "devices" / team.device(laptop)).glob("*.irtseg")))


def test_that_an_older_version_hands_nothing_of_its_own_on_until_it_is_upgraded(team):
    team.edit(2, "A03", ItemField.OWNER, "From 2")
    before = segments_of(team, 0)
    team.edit(0, "A02", ItemField.OWNER, "From 0")
    (report,) = team.sync(0)
    assert (report.needs_version, report.sent) == ("1.4.0", 0)
    team.edit(0, "B01", ItemField.OWNER, "Still working")
    (report,) = team.sync(0)
    assert segments_of(team, 0) == before
    assert team.laptops[0].glance(outbox_count, team.device(0)) == 1  # no longer even packed
    board = team.board(0)
    assert board.needs_version == "1.4.0"
    assert board.waiting == 2
    assert board.faults == ()  # it is kept
    assert board.kept.sentences[0].startswith("1 change needs version 1.4.0")
    assert [each.unknown for each in board.laptops if each.device == team.device(1)] == [1]
    assert team.shown(0, "A01").owner == ""
    newer(team, 0)
    assert team.board(0).needs_version == "1.4.0"  # asked by the version that is still the old one
    assert segments_of(team, 0) > before
    assert team.shown(0, "A01").owner == "From the future"
    newer(team, 2, 0, 1, 2, 0)
    assert team.shown(1, "A02").owner == "From 0"
    assert team.shown(2, "B01").owner == "Still working"
    assert team.shown(0, "A03").owner == "From 2"
    team.check()


def test_that_a_file_of_somebody_else_stops_nobody(team):
    """Whoever may write in the folder, and has no laptop of the team, cannot keep its laptops from sharing."""
    place = team.place / "IRT-abababab" / "devices" / team.device(1)
    path = max(place.glob("*.irtseg"))
    content = path.read_bytes()
    header = content[len(segments.MAGIC) :].split(b"\n")[0]
    path.write_bytes(content.replace(content.split(b"\n")[2], DeviceKey.new().sign(header).hex().encode()))
    team.edit(0, "A02", ItemField.OWNER, "From 0")
    (report,) = team.sync(0)
    assert (report.needs_version, report.sent) == ("", 1)


def test_that_everything_else_goes_on_and_commands_say_what_to_install(team, tmp_path, capsys):
    team.sync(0)
    team.edit(2, "A03", ItemField.OWNER, "From 2")
    bundle = tmp_path / "b.irtbundle"
    make_bundle(team.laptops[2], bundle)
    team.sync(0, place=str(bundle))
    assert team.shown(0, "A03").owner == "From 2"
    team.sync(0)
    relayed = team.place / "IRT-abababab" / "relay" / team.device(0)
    assert list(relayed.glob("*.irtseg"))
    with pytest.raises(BadValue) as refused:
        make_bundle(team.laptops[0], tmp_path / "mine.irtbundle")
    assert str(refused.value) == outdated_words("1.4.0")
    assert not (tmp_path / "mine.irtbundle").exists()
    founder = team.laptops[0].folder
    team.laptops[0].close()
    assert run(["sync", str(founder), str(team.place), "--at-risk"]) == 1
    assert outdated_words("1.4.0") in capsys.readouterr().out.splitlines()
    assert run(["sync", str(founder), str(team.place), "--at-risk", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["needs_version"] == "1.4.0"


@pytest.mark.parametrize("carrier", ["bundle", "folder"])
def test_that_what_only_a_newer_version_reads_is_kept_handed_on_and_counts_after_the_upgrade(team, tmp_path, carrier):
    bundle = tmp_path / "b.irtbundle"
    with pytest.MonkeyPatch.context() as upgraded:
        upgraded.setattr(segments, "READER", 2)
        upgraded.setattr(leaving, "VERSION", "1.4.0")
        make_bundle(team.laptops[1], bundle)
    (report,) = team.sync(0, place=str(bundle) if carrier == "bundle" else None)
    assert (report.needs_version, report.taken) == ("1.4.0", 0)
    if carrier == "bundle":
        assert "and is kept until then. Install the newer version." in report.places[0].trouble
    bundle.unlink()
    for path in (team.place / "IRT-abababab" / "devices" / team.device(1)).glob("*.irtseg"):
        path.unlink()
    team.sync(0, 2)  # laptop 2 has it from laptop 0, which cannot read it
    assert [team.board(each).kept.unknown for each in (0, 2)] == [1, 1]
    assert team.laptops[0].read(find_faults) == []
    founder = team.laptops[0].folder
    team.laptops[0].close()
    with open_at(founder, at_risk=True) as still_old:
        assert still_old.read(read_kept_now).unknown == 1
    with pytest.MonkeyPatch.context() as upgraded:
        upgraded.setattr(segments, "READER", 2)
        team.laptops[0] = open_at(founder, at_risk=True)
        assert team.shown(0, "A01").owner == "From the future"
        team.sync(2)
        assert team.shown(2, "A01").owner == "From the future"
        assert [team.board(each).kept.unknown for each in (0, 2)] == [0, 0]
        newer(team, 0, 1, 2, 0)
        team.check()


def test_that_what_is_locked_with_a_key_that_has_not_come_still_waits_and_what_is_damaged_is_left(team):
    team.sync(0)
    with pytest.MonkeyPatch.context() as upgraded:
        upgraded.setattr(segments, "READER", 2)
        for verdict, left in ((Verdict.NO_KEY, 1), (Verdict.DAMAGED, 0)):
            upgraded.setattr(unread, "open_segment", partial(refuse, verdict))
            catch_up(team.laptops[0])
            assert team.board(0).kept.unknown == left
    assert team.shown(0, "A01").owner == ""


def refuse(verdict: Verdict, *_: object) -> None:
    raise Refused(verdict)


def read_kept_now(session):
    return read_kept(cursor_of(session), datetime.now(UTC))


def test_that_a_wide_segment_that_is_unread_covers_nothing():
    lines = [SegmentLine(bytes([n]), "a" * 16, 1, last, last, 0, "", 9, verdict) for n, last, verdict in (
        (1, 1, "applied"), (2, 5, "too-new"), (3, 3, "applied"),
    )]  # fmt: skip
    assert [line.sha for line in leaving.uncovered(lines)] == [bytes([2]), bytes([3])]
