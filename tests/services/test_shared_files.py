"""Evidence copies between laptops: when asked to, whole or not at all, and nothing waits for them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from council import id_of
from team_of_laptops import Team

from readiness.domain.evidence import AttachmentDraft, EvidenceDraft
from readiness.domain.steps import SetField, Step
from readiness.services import shared_files
from readiness.services.bundles import make_bundle, take_bundle
from readiness.services.dossiers import read_evidence
from readiness.services.evidence import attach_evidence
from readiness.services.outdated import note_newer
from readiness.services.rounds import share
from readiness.services.shared_files import set_files_travel
from readiness.services.team import revoke
from readiness.storage.exchange import all_seen
from readiness.storage.files import FileStore, Stored
from readiness.storage.travelling import lacking
from readiness.storage.workspace import driver_cursor
from readiness.sync.segments import READER

AUDIT = b"Audit of plans, March: what we looked at and what we found. " * 40


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    made.close()


def store(team: Team, laptop: int) -> FileStore:
    return FileStore(team.laptops[laptop].folder)


def attach(team: Team, laptop: int, content: bytes = AUDIT, name: str = "Audit March.pdf") -> Stored:
    stored = store(team, laptop).keep(content)
    workspace = team.laptops[laptop]
    file = AttachmentDraft(name, stored.sha256, stored.size)
    workspace.run(attach_evidence, [id_of(workspace, "A01")], EvidenceDraft(name), [file])
    return stored


def all_share_files(team: Team) -> None:
    for each in team.laptops:
        set_files_travel(each, True)


def blobs(team: Team) -> list[Path]:
    return sorted(team.place.rglob("*.irtblob"))


def test_that_files_stay_where_they_are_until_somebody_asks(team):
    stored = attach(team, 0)
    team.everybody_syncs()
    assert not blobs(team)
    assert [row.title for row in team.laptops[1].read(read_evidence)] == ["Audit March.pdf"]
    assert not store(team, 1).holds(stored.sha256)
    assert team.laptops[1].glance(lacking) == {stored.sha256: "waiting"}
    assert team.board(1).files_lacking == 1
    assert team.board(0).files_lacking == 0  # whoever attached it has it, or lost it: that is another matter


def test_that_files_travel_when_asked_and_say_nothing_on_the_way(team):
    all_share_files(team)
    stored = attach(team, 0)
    (sent,) = team.sync(0)
    (taken,) = team.sync(1)
    assert (sent.files_sent, taken.files_taken) == (1, 1)
    assert taken.ids["attachment"]
    assert store(team, 1).verify(stored.sha256)
    (blob,) = blobs(team)
    assert stored.sha256 not in blob.as_posix()
    assert b"Audit" not in blob.read_bytes()
    assert team.laptops[1].glance(lacking) == {}
    assert [(each.files_sent, each.files_taken) for each in team.sync(0, 1)] == [(0, 0), (0, 0)]


def test_that_an_outdated_version_hands_no_file_on_and_takes_them_in_still(team):
    all_share_files(team)
    stored = attach(team, 0)
    team.sync(0)
    attach(team, 1, b"Of the outdated laptop", "other.txt")
    team.laptops[1].maintain(lambda connection: note_newer(driver_cursor(connection), READER + 1, "9.0"))
    (report,) = team.sync(1)
    assert (report.files_taken, report.files_sent) == (1, 0)
    assert store(team, 1).holds(stored.sha256)
    assert len(blobs(team)) == 1


def test_that_two_laptops_with_the_same_file_leave_it_once(team):
    all_share_files(team)
    attach(team, 0)
    attach(team, 1, name="The same again.pdf")
    team.everybody_syncs()
    assert len(blobs(team)) == 1


def test_that_a_file_is_handed_on_by_whoever_has_it_to_other_places(team, tmp_path):
    all_share_files(team)
    stored = attach(team, 0)
    team.sync(0, 1)
    other = tmp_path / "stick"
    other.mkdir()
    third = team.joined(tmp_path / "laptop-2", "Director 2")
    team.laptops.append(third)
    set_files_travel(third, True)
    team.sync(1, place=str(other))
    team.sync(2, place=str(other))
    assert store(team, 2).verify(stored.sha256)


@pytest.mark.parametrize("harm", ["cut", "flipped", "swapped", "empty"])
def test_that_wrong_bytes_are_never_kept_and_named_and_good_ones_are_taken_later(team, harm):
    all_share_files(team)
    stored = attach(team, 0)
    team.sync(0)
    (blob,) = blobs(team)
    good = blob.read_bytes()
    if harm == "swapped":  # whole and locked by the team, and not what the record names
        key, name = next(shared_files.Files(team.laptops[0], team_of(team), "")._names(stored.sha256))
        blob.write_bytes(key.lock_file(name[9:-8], b"something else"))
    else:
        flipped = good[:50] + bytes([good[50] ^ 1]) + good[51:]
        blob.write_bytes({"cut": good[:-9], "flipped": flipped, "empty": b""}[harm])
    (report,) = team.sync(1)
    assert report.files_taken == 0
    assert not store(team, 1).hashes()
    assert team.laptops[1].glance(lacking) == {stored.sha256: "wanted"}
    (seen,) = team.laptops[1].glance(all_seen)
    assert seen[1].endswith(".irtblob")
    assert seen[2] == ("partial" if harm == "empty" else "damaged")
    blob.write_bytes(good)
    team.sync(1)
    assert store(team, 1).verify(stored.sha256)
    assert team.laptops[1].glance(all_seen) == []


def team_of(team: Team):
    from readiness.services.team import ensure_team

    return team.laptops[0].maintain(lambda connection: ensure_team(driver_cursor(connection)))


def test_that_a_damaged_copy_in_a_place_is_mended_by_a_name_that_is_free(team):
    all_share_files(team)
    stored = attach(team, 0)
    team.sync(0)
    (blob,) = blobs(team)
    blob.unlink()
    team.sync(0, 1)
    assert store(team, 1).verify(stored.sha256)


def test_that_what_is_too_large_stays_and_what_was_altered_is_not_handed_on(team, monkeypatch):
    all_share_files(team)
    monkeypatch.setattr(shared_files, "LARGEST", 1_000)
    attach(team, 0)
    small = attach(team, 0, b"small", "small.txt")
    path = store(team, 0).path_of(small.sha256)
    path.chmod(0o600)
    path.write_bytes(b"SMALL")
    (report,) = team.sync(0)
    assert report.files_sent == 0
    assert not blobs(team)
    assert not report.places[0].trouble


def test_that_a_name_of_no_hash_in_the_record_stops_nothing(team):
    all_share_files(team)
    stored = attach(team, 0)
    attach(team, 0, b"strange", "strange.txt")
    (row,) = [each for each in team.laptops[0].read(read_evidence) if each.title == "strange.txt"]
    strange = SetField("attachment", row.latest.attachments[0].id, "sha256", "../../etc/passwd")
    team.laptops[0].run(lambda _: Step("Strange", [strange]))
    team.everybody_syncs()
    assert store(team, 1).hashes() == {stored.sha256}


def test_that_a_full_disk_is_said_and_the_changes_stay(team, monkeypatch):
    all_share_files(team)
    stored = attach(team, 0)
    team.sync(0)
    full = type("Usage", (), {"free": 10})()
    monkeypatch.setattr("readiness.storage.files.shutil.disk_usage", lambda _: full)
    (report,) = team.sync(1)
    assert "no room left" in report.places[0].trouble
    assert report.taken > 0
    assert len(team.laptops[1].read(read_evidence)) == 1
    monkeypatch.undo()
    team.sync(1)
    assert store(team, 1).verify(stored.sha256)


def test_that_a_round_can_stop_between_two_files_and_the_next_goes_on(team):
    all_share_files(team)
    stored = [attach(team, 0, f"file {n}".encode(), f"{n}.txt") for n in range(4)]
    team.sync(0)
    said: list[str] = []

    def enough() -> bool:
        return sum("Fetching" in each for each in said) == 2

    share(team.laptops[1], [str(team.place)], progress=said.append, cancelled=enough)
    assert len(store(team, 1).hashes()) == 2
    team.sync(1)
    assert store(team, 1).hashes() == {each.sha256 for each in stored}


def test_that_a_bundle_has_files_only_on_request_and_they_are_taken_in_whatever_is_set(team, tmp_path):
    stored = attach(team, 0)
    plain, full = tmp_path / "plain.irtbundle", tmp_path / "full.irtbundle"
    make_bundle(team.laptops[0], plain, now=team.now)
    make_bundle(team.laptops[0], full, now=team.now, files=True)
    assert AUDIT[:20] not in full.read_bytes()
    assert take_bundle(team.laptops[1], plain).files_taken == 0
    assert not store(team, 1).holds(stored.sha256)
    assert take_bundle(team.laptops[1], full).files_taken == 1
    assert store(team, 1).verify(stored.sha256)


def test_that_files_travel_through_a_hub(team, hub_server):
    url = hub_server.hub()
    all_share_files(team)
    stored = attach(team, 0, AUDIT * 500)
    team.sync(0, 1, place=url)
    assert store(team, 1).verify(stored.sha256)


def test_that_a_file_under_an_older_key_is_found_and_not_left_a_second_time(team, tmp_path):
    team.laptops.append(team.joined(tmp_path / "laptop-2", "Director 2"))
    all_share_files(team)
    stored = attach(team, 0)
    team.sync(0, 2)
    team.sync(0)
    revoke(team.laptops[0], team.device(2))
    team.sync(0, 1)
    assert len(blobs(team)) == 1
    assert store(team, 1).verify(stored.sha256)


def test_that_a_file_whose_evidence_was_removed_is_not_handed_on(team):
    from readiness.services.evidence import remove_evidence

    all_share_files(team)
    attach(team, 0)
    workspace = team.laptops[0]
    workspace.run(remove_evidence, [row.id for row in workspace.read(read_evidence)])
    team.everybody_syncs()
    assert not blobs(team)
    assert team.board(1).files_lacking == 0
