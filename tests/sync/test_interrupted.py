"""Rounds through a folder that are cut at every single thing they do with a file lose nothing and go on."""

import errno
from datetime import timedelta

import pytest
from faulty import PowerCut, failure, faults
from team_of_laptops import Team

from readiness.domain.vocabulary import ItemField
from readiness.services import leaving
from readiness.services.rounds import share
from readiness.sync.segments import read_segment


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    made = Team(tmp_path_factory.mktemp("team"))
    made.everybody_syncs()
    yield made
    made.close()


def readable(team: Team, workspace: str) -> set[tuple[str, int]]:
    """Return every change that whoever comes to the place finds there; each file that has a name must be whole."""
    found = set()
    for path in (team.place / f"IRT-{workspace[:8]}").rglob("*.irtseg"):
        segment = read_segment(path.read_bytes(), workspace)
        found |= {(segment.device, number) for number in range(segment.first, segment.last + 1)}
    return found


def test_that_putting_many_files_into_one_can_be_cut_anywhere(team, monkeypatch):
    """A round makes one file of many, and takes the many away a week later."""
    monkeypatch.setattr(leaving, "MOST_FILES", 3)
    workspace = "ab" * 16
    own = team.place / f"IRT-{workspace[:8]}" / "devices" / team.device(1)
    for number in range(5):
        team.edit(1, "A01", ItemField.OWNER, f"Draft {number}")
        team.sync(1)
    cuts, before = 0, readable(team, workspace)
    for days in (0, 8):  # the first rounds write the one file, those of a week later take the many away
        team.now += timedelta(days=days)
        for cut in range(1, 100):
            with faults(team.place) as faulty:
                faulty.cut_at = cut
                try:
                    team.sync(1)
                except PowerCut:
                    cuts += 1
                else:
                    if faulty.changes == 0:
                        break  # nothing is left to do
            assert readable(team, workspace) >= before
            before = readable(team, workspace)
            if cut in (2, 5):
                team.edit(1, "A02", ItemField.POSITION, f"After cut {cut} of day {days}")
    assert cuts > 10
    team.sync(0, 1, 0)
    assert team.shown(0, "A01").owner == "Draft 4"
    team.now += timedelta(days=8)  # what was put together while it was cut has stood for a week, too
    team.sync(1)
    assert len(list(own.glob("*.irtseg"))) <= 4
    team.check()


def test_that_what_was_left_before_a_stick_filled_up_does_not_wait_any_more(team):
    team.sync(1)
    assert team.board(1).waiting == 0
    for number in range(3):
        team.edit(1, "A01", ItemField.OWNER, f"Head of service {number}")
        share(team.laptops[1], [])  # packs each into a file of its own
    with faults(team.place) as faulty:
        faulty.fail("fsync", failure(errno.ENOSPC))
        (report,) = team.sync(1)
        assert "No space left" in report.places[0].trouble
        assert team.board(1).waiting == 3
        faulty.mend()
        real, left = faulty.meet, []

        def full_after_two(call, path):
            if call == "write":
                left.append(path)
                if len(left) > 2:
                    raise failure(errno.ENOSPC)
            real(call, path)

        faulty.meet = full_after_two
        (report,) = team.sync(1)
    assert "No space left" in report.places[0].trouble
    assert team.board(1).waiting == 1
    team.sync(1)
    assert team.board(1).waiting == 0
    team.sync(0)
    assert team.shown(0, "A01").owner == "Head of service 2"
