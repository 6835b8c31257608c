"""Sharing: what one laptop does arrives on the others, by whatever way; what is wrong is told and changes nothing."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from council import board_of, id_of
from team_of_laptops import PASSPHRASE, Team

from readiness.domain.errors import BadValue, ReadinessError, UndoBlocked
from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus, Trust, Verdict
from readiness.services import leaving
from readiness.services.bundles import laptop_id, make_bundle, take_bundle
from readiness.services.items import edit_items
from readiness.services.joining import WrongPassphrase, join, what_to_join
from readiness.services.merges import undo_merge
from readiness.services.rounds import Round, share
from readiness.services.sharing_places import add_place, remove_place
from readiness.services.team import (
    latest_team_note,
    name_laptop,
    pin,
    reinstate,
    revoke,
    set_encrypting,
    set_passphrase,
    team_at,
)
from readiness.services.undo import undo
from readiness.storage import exchange
from readiness.storage.opening import create_workspace
from readiness.sync.bundle import BundleRefused
from readiness.sync.keys import DeviceKey, new_salt
from readiness.sync.layout import hello_name, key_name, relay_name
from readiness.sync.notes import keys_for_passphrase, read_hello, write_hello, write_team


@pytest.fixture
def team(tmp_path):
    made = Team(tmp_path)
    yield made
    made.close()


@pytest.fixture
def three(tmp_path):
    made = Team(tmp_path, others=2)
    yield made
    made.close()


def test_that_joining_brings_everything_and_an_edit_arrives_both_ways(team):
    assert [row.reference for row in board_of(team.laptops[1]).items] == ["A01", "A02", "A03", "B01"]
    team.edit(1, "A01", ItemField.OWNER, "Head of Early Help")
    team.edit(0, "A02", ItemField.POSITION, "Waiting times fell")
    team.everybody_syncs()
    assert team.shown(0, "A01").owner == "Head of Early Help"
    team.check()


def test_that_a_round_says_who_changed_what_by_service_and_takes_it_back_as_one(team):
    team.edit(1, "A01", ItemField.OWNER, "Head of Early Help")
    team.edit(1, "A01", ItemField.OWNER, "Director of Education")
    team.edit(1, "A02", ItemField.STATUS, ItemStatus.GATHERING)
    team.sync(1)
    (report,) = team.sync(0)
    lines = [(each.service, each.reference, each.field_label, each.new, each.actor) for each in report.lines]
    assert ("SEND", "A01", "Owner", "Director of Education", "Director 1") in lines
    assert ("Education", "A02", "Status", "Gathering", "Director 1") in lines
    assert report.conflicts == 0
    assert report.ids["item"] >= {id_of(team.laptops[0], "A01"), id_of(team.laptops[0], "A02")}
    before = team.shown(0, "A01").owner
    team.laptops[0].run(undo_merge, report.steps)
    assert before == "Director of Education"
    assert team.shown(0, "A01").owner == ""
    assert team.shown(0, "A02").status is ItemStatus.NOT_STARTED
    team.laptops[0].run(undo)
    assert team.shown(0, "A01").owner == "Director of Education"


def test_that_undoing_a_merge_leaves_what_was_changed_since_and_says_so(team):
    team.edit(1, "A01", ItemField.OWNER, "Head of Early Help")
    team.edit(1, "A02", ItemField.OWNER, "Head of Early Help")
    team.sync(1)
    (report,) = team.sync(0)
    team.edit(0, "A01", ItemField.OWNER, "Head of SEND")
    changes = team.laptops[0].run(undo_merge, report.steps)
    assert "A01: Owner was changed since" in changes.left
    assert team.shown(0, "A01").owner == "Head of SEND"
    assert team.shown(0, "A02").owner == ""
    with pytest.raises(UndoBlocked):
        team.laptops[0].run(undo_merge, report.steps)


def test_that_a_round_again_brings_and_leaves_nothing(team):
    team.everybody_syncs()
    team.everybody_syncs()
    files = sorted(str(path) for path in team.place.rglob("*"))
    reports = team.sync(0, 1)
    assert [(each.taken, each.sent, each.n) for each in reports] == [(0, 0, 0)] * 2
    assert sorted(str(path) for path in team.place.rglob("*")) == files


def test_that_what_came_by_a_bundle_is_handed_on_through_the_folder(three, tmp_path):
    three.edit(1, "A01", ItemField.OWNER, "Head of Early Help")
    bundle = tmp_path / "out.irtbundle"
    assert make_bundle(three.laptops[1], bundle) > 60
    assert take_bundle(three.laptops[0], bundle).taken > 0
    three.sync(0, 2)
    assert three.shown(2, "A01").owner == "Head of Early Help"
    three.everybody_syncs()
    three.check()


def test_that_a_bundle_for_one_laptop_has_only_what_it_lacks(team, tmp_path):
    team.everybody_syncs()
    team.edit(0, "A01", ItemField.OWNER, "Head of Early Help")
    name_laptop(team.laptops[1], "Education laptop")
    team.sync(1, 0)
    team.edit(0, "A02", ItemField.OWNER, "Head of Early Help")
    assert make_bundle(team.laptops[0], tmp_path / "some.irtbundle", for_device="education laptop") < 5
    assert make_bundle(team.laptops[0], tmp_path / "all.irtbundle") > 60
    with pytest.raises(BadValue, match="No laptop is called “nobody”"):
        team.laptops[0].glance(laptop_id, "nobody")
    take_bundle(team.laptops[1], tmp_path / "some.irtbundle")
    assert team.shown(1, "A02").owner == "Head of Early Help"


def test_that_nobody_joins_with_another_passphrase_and_nothing_is_made(team, tmp_path):
    assert what_to_join(team.place) == "Example council"
    for passphrase in ("", "five words are not enough", PASSPHRASE.upper()):
        with pytest.raises(WrongPassphrase, match="does not open the team's data"):
            join(tmp_path / "stranger", team.place, passphrase, at_risk=True)
    assert not (tmp_path / "stranger").exists()
    assert join(tmp_path / "friend", team.place, f" {PASSPHRASE} ", at_risk=True).close() is None


def test_that_joining_from_a_bundle_works_and_from_what_is_none_says_so(team, tmp_path):
    make_bundle(team.laptops[0], tmp_path / "all.irtbundle")
    with join(tmp_path / "third", tmp_path / "all.irtbundle", PASSPHRASE, at_risk=True) as third:
        assert len(board_of(third).items) == 4
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.irtbundle").write_text("nothing")
    for source, said in (
        ("empty", "No team shares"),
        ("nowhere", "There is nothing"),
        ("notes.irtbundle", "no bundle"),
    ):
        with pytest.raises(ReadinessError, match=said):
            join(tmp_path / "fourth", tmp_path / source, PASSPHRASE, at_risk=True)
    assert not (tmp_path / "fourth").exists()


def test_that_a_team_without_a_passphrase_is_not_joined(tmp_path):
    (tmp_path / "place").mkdir()
    with create_workspace(tmp_path / "w", at_risk=True) as alone:
        share(alone, [str(tmp_path / "place")])
    with pytest.raises(BadValue, match="no passphrase yet"):
        join(tmp_path / "x", tmp_path / "place", PASSPHRASE, at_risk=True)


def test_that_a_passphrase_which_is_easy_to_guess_is_refused(team):
    with pytest.raises(BadValue, match="too easy to guess"):
        set_passphrase(team.laptops[0], "secret")
    with pytest.raises(BadValue, match="Only the laptop that founded"):
        set_passphrase(team.laptops[1], "another five words or more")


def test_that_both_values_stay_when_two_laptops_change_the_same_field(team):
    team.edit(0, "A01", ItemField.OWNER, "Head of SEND")
    team.edit(1, "A01", ItemField.OWNER, "Head of Early Help")
    team.everybody_syncs()
    assert [team.board(each).conflicts for each in (0, 1)] == [1, 1]
    assert team.shown(0, "A01").conflicts == 1
    team.check()


def test_that_of_several_fields_that_a_step_brings_those_alone_are_told_in_conflict_that_are(team):
    theirs = team.laptops[1]
    item = id_of(theirs, "A01")
    team.edit(0, "A01", ItemField.OWNER, "Head of SEND")
    edits = [ItemEdit(ItemField.OWNER, "Head of Early Help"), ItemEdit(ItemField.STATUS, ItemStatus.GATHERING)]
    theirs.run(edit_items, [item], edits)
    team.sync(1)
    (report,) = team.sync(0)
    told = {line.field_label: line.in_conflict for line in report.lines if line.reference == "A01"}
    assert told == {"Owner": True, "Status": False}
    assert report.conflicts == 1


def test_that_the_board_tells_what_each_laptop_lacks(three):
    three.everybody_syncs()
    three.edit(1, "A01", ItemField.OWNER, "Head of Early Help")
    three.sync(1, 0)
    rows = {row.device: row for row in three.board(0).laptops}
    assert rows[three.device(2)].unseen == 1
    assert rows[three.device(1)].unseen == 0
    assert rows[three.device(1)].lacking == ()
    assert three.board(0).laptops[0].device == three.device(0)
    assert rows[three.device(1)].code == three.board(0).data_code
    assert rows[three.device(2)].code != three.board(0).data_code


def test_that_a_segment_which_is_missing_is_named_and_its_field_asks_nobody(three):
    three.everybody_syncs()
    for owner in ("Head of SEND", "Head of Early Help", "Director of Education"):
        three.edit(1, "A01", ItemField.OWNER, owner)
        three.sync(1)
    (middle,) = (three.place / "IRT-abababab" / "devices" / three.device(1)).glob("00000003-00000003-*.irtseg")
    kept = middle.read_bytes()
    middle.unlink()
    three.sync(2)
    row = next(row for row in three.board(2).laptops if row.device == three.device(1))
    assert row.lacking == ((3, 3),)
    assert three.board(2).conflicts == 0
    assert three.shown(2, "A01").owner == "Director of Education"
    middle.write_bytes(kept)
    three.sync(2)
    assert three.board(2).laptops[1].lacking == ()


def test_that_a_segment_which_is_missing_comes_with_a_bundle_for_the_laptop_that_lacks_it(three, tmp_path):
    three.everybody_syncs()
    for owner in ("Head of SEND", "Head of Early Help", "Director of Education"):
        three.edit(1, "A01", ItemField.OWNER, owner)
        three.sync(1)
    three.sync(0)
    (middle,) = (three.place / "IRT-abababab" / "devices" / three.device(1)).glob("00000003-00000003-*.irtseg")
    middle.unlink()
    three.sync(2)
    assert next(row for row in three.board(2).laptops if row.device == three.device(1)).lacking == ((3, 3),)
    three.sync(0)  # hears up to where the third laptop has everything
    make_bundle(three.laptops[0], tmp_path / "out.irtbundle", for_device=three.device(2))
    take_bundle(three.laptops[2], tmp_path / "out.irtbundle")
    assert next(row for row in three.board(2).laptops if row.device == three.device(1)).lacking == ()


@pytest.mark.parametrize("harm", ["cut", "flipped", "emptied", "other team's", "grown"])
def test_that_a_file_which_was_harmed_is_told_after_a_day_and_taken_once_it_is_whole(team, harm):
    team.edit(1, "A01", ItemField.OWNER, "Head of Early Help")
    team.sync(1)
    path = max((team.place / "IRT-abababab" / "devices" / team.device(1)).glob("*.irtseg"))
    good = path.read_bytes()
    path.write_bytes({
        "cut": good[:-20],
        "flipped": good[:-20] + bytes([good[-20] ^ 4]) + good[-19:],
        "emptied": b"",
        "other team's": good.replace(b'"workspace":"ab', b'"workspace":"cd'),
        "grown": good + b"more",
    }[harm])  # fmt: skip
    (report,) = team.sync(0)
    assert report.taken == 0
    assert team.shown(0, "A01").owner == ""
    team.now += timedelta(hours=25)
    team.sync(0)
    faults = [each for each in team.board(0).faults if each.name.endswith(path.name)]
    assert [each.verdict.is_final for each in faults] == [False]
    path.write_bytes(good)
    team.sync(0)
    assert team.shown(0, "A01").owner == "Head of Early Help"
    assert team.board(0).faults == ()


def test_that_an_own_file_which_was_cut_short_in_a_place_is_left_there_once_more(team):
    team.edit(1, "A01", ItemField.OWNER, "Head of Early Help")
    team.sync(1)
    path = max((team.place / "IRT-abababab" / "devices" / team.device(1)).glob("*.irtseg"))
    good = path.read_bytes()
    path.write_bytes(good[:-20])
    team.sync(1)
    assert path.read_bytes() == good


def test_that_a_segment_is_read_as_it_was_handed_on_where_its_own_file_is_harmed(team):
    team.edit(1, "A01", ItemField.OWNER, "Head of Early Help")
    team.sync(1)
    top = team.place / "IRT-abababab"
    path = max((top / "devices" / team.device(1)).glob("*.irtseg"))
    relayed = top / relay_name("5" * 16, sha256(path.read_bytes()).digest())
    relayed.parent.mkdir(parents=True, exist_ok=True)
    relayed.write_bytes(path.read_bytes())
    path.write_bytes(b"harmed")
    team.sync(0)
    assert team.shown(0, "A01").owner == "Head of Early Help"


def test_that_a_copy_which_a_cloud_made_of_a_file_is_read(team):
    team.edit(1, "A01", ItemField.OWNER, "Head of Early Help")
    team.sync(1)
    for path in (team.place / "IRT-abababab" / "devices" / team.device(1)).glob("*.irtseg"):
        path.rename(path.with_name(f"{path.stem} (Head of SEND's conflicted copy 2021-03-01).irtseg"))
    team.sync(0)
    assert team.shown(0, "A01").owner == "Head of Early Help"


def test_that_a_folder_which_is_away_is_said_and_the_rest_goes_on(team, tmp_path):
    team.edit(1, "A01", ItemField.OWNER, "Head of Early Help")
    report = share(team.laptops[1], [str(tmp_path / "unplugged"), str(team.place)])
    assert ["cannot be reached now" in each.trouble for each in report.places] == [True, False]
    team.sync(0)
    assert team.shown(0, "A01").owner == "Head of Early Help"


def test_that_an_edit_finds_its_turn_between_the_pieces_of_a_round(team):
    team.edit(1, "A01", ItemField.OWNER, "Head of Early Help")
    team.sync(1)
    round_ = Round(team.laptops[0], [str(team.place)])
    for number, _ in enumerate(round_.pieces()):
        team.edit(0, "A02", ItemField.POSITION, f"Edit {number}")
    report = round_.finish()
    assert {each.actor for each in report.lines} == {"Director 1"}
    team.everybody_syncs()
    team.check()


def test_that_a_round_which_is_stopped_anywhere_goes_on_the_next_time(team):
    team.edit(1, "A01", ItemField.OWNER, "Head of Early Help")
    for stop in range(1, 9):
        team.edit(1, "A02", ItemField.POSITION, f"Round {stop}")
        asked = iter([False] * (stop - 1) + [True] * 9)
        share(team.laptops[1], [str(team.place)], cancelled=lambda asked=asked: next(asked))
        share(team.laptops[0], [str(team.place)], cancelled=lambda: True)
    team.everybody_syncs()
    assert team.shown(0, "A01").owner == "Head of Early Help"
    team.check()


def test_that_a_laptop_that_was_shut_out_is_held_and_comes_back_whole(three):
    three.everybody_syncs()
    three.edit(2, "A01", ItemField.OWNER, "Before")
    three.sync(2, 0)
    revoke(three.laptops[0], three.device(2))
    three.sync(0, 1)
    three.edit(2, "A02", ItemField.OWNER, "After")
    three.sync(2, 0, 1)
    for each in (0, 1):
        assert three.shown(each, "A01").owner == "Before"
        assert three.shown(each, "A02").owner == ""
        rows = {row.device: row for row in three.board(each).laptops}
        assert rows[three.device(2)].trust is Trust.REVOKED
    assert three.board(0).kept.held == 1
    assert not three.board(0).has_passphrase  # the leaver knows it
    three.edit(1, "A03", ItemField.OWNER, "New key")
    three.sync(1, 0, 2)
    assert three.shown(0, "A03").owner == "New key"
    assert three.shown(2, "A03").owner == ""  # locked with the key that it was not given
    reinstate(three.laptops[0], three.device(2))
    three.everybody_syncs()
    three.everybody_syncs()
    assert three.shown(1, "A02").owner == "After"
    assert three.shown(2, "A03").owner == "New key"
    three.check()


def test_that_a_lead_confirms_a_laptop_and_everybody_sees_it(three):
    three.everybody_syncs()
    pin(three.laptops[0], three.device(2))
    three.everybody_syncs()
    rows = {row.device: row for row in three.board(1).laptops}
    assert rows[three.device(2)].trust is Trust.PINNED
    with pytest.raises(BadValue, match="Only the laptop that founded"):
        pin(three.laptops[1], three.device(2))
    with pytest.raises(BadValue, match="cannot shut itself out"):
        revoke(three.laptops[0], three.device(0))


def test_that_what_leaves_unlocked_can_be_read_by_all_and_is_signed_still(team):
    set_encrypting(team.laptops[1], False)
    team.edit(1, "A01", ItemField.OWNER, "Head of Early Help")
    team.sync(1, 0)
    newest = max((team.place / "IRT-abababab" / "devices" / team.device(1)).glob("*.irtseg"))
    assert b'"enc":"none"' in newest.read_bytes()
    assert team.shown(0, "A01").owner == "Head of Early Help"


def test_that_a_place_that_cannot_serve_is_refused_with_a_sentence(team, tmp_path):
    workspace = team.laptops[0]
    stranger = tmp_path / "theirs"
    stranger.mkdir()
    with create_workspace(tmp_path / "other", at_risk=True) as other:
        share(other, [str(stranger)])
    for target, said in (
        ("", "There is no folder"),
        (str(tmp_path / "nowhere"), "There is no folder"),
        (str(workspace.folder / "files"), "must lie apart"),
        (str(stranger), "another team"),
        ("postgresql://lead:secret@server/readiness", "A password is never kept"),
    ):
        with pytest.raises(BadValue, match=said) as refused:
            add_place(workspace, target)
        assert "secret" not in str(refused.value)
    add_place(workspace, str(team.place))
    add_place(workspace, str(team.place))
    assert [each.target for each in team.board(0).places] == [str(team.place)]
    share(workspace)
    assert team.board(0).places[0].last_at is not None
    remove_place(workspace, str(team.place))
    assert team.board(0).places == ()


def test_that_a_clock_three_years_ahead_is_told_and_harms_nothing(team):
    team.ahead[1] = timedelta(days=1096)
    team.edit(1, "A01", ItemField.OWNER, "From the future")
    team.sync(1, 0)
    row = next(row for row in team.board(0).laptops if row.device == team.device(1))
    assert row.ahead_s > 90_000_000
    team.edit(0, "A01", ItemField.OWNER, "From the present")
    assert team.shown(0, "A01").owner == "From the present"
    team.everybody_syncs()
    team.check()


def test_that_wrong_bytes_in_a_bundle_are_named_and_not_applied(team, tmp_path):
    team.edit(1, "A01", ItemField.OWNER, "Head of Early Help")
    bundle = tmp_path / "b.irtbundle"
    make_bundle(team.laptops[1], bundle)
    whole = bundle.read_bytes()
    bundle.write_bytes(whole.replace(b'"raw_len":', b'"raw_leN":'))
    report = take_bundle(team.laptops[0], bundle)
    assert report.taken == 0
    bundle.write_bytes(whole[:-200])
    with pytest.raises(BundleRefused, match="not all of it arrived"):
        take_bundle(team.laptops[0], bundle)
    bundle.write_bytes(whole)
    assert take_bundle(team.laptops[0], bundle).taken > 0
    assert team.shown(0, "A01").owner == "Head of Early Help"


def test_that_a_verdict_which_may_change_is_looked_at_again():
    assert {word for word in Verdict if word.is_final} == {Verdict.APPLIED, Verdict.KNOWN}


def test_that_many_small_files_become_one_and_are_taken_away_a_week_later(team, monkeypatch):
    monkeypatch.setattr(leaving, "MOST_FILES", 6)
    devices = team.place / "IRT-abababab" / "devices" / team.device(1)
    for number in range(8):
        team.edit(1, "A01", ItemField.POSITION, f"Draft {number}")
        team.sync(1)
    assert len(list(devices.glob("*.irtseg"))) == 8  # six, the one that covers seven, and one more
    team.now += timedelta(days=8)
    team.sync(1)
    team.sync(1)
    assert len(list(devices.glob("*.irtseg"))) == 2
    assert len(list(devices.glob("*.irthello"))) <= 2
    third = team.joined(team.laptops[0].folder.parent / "third", "Director 3")
    team.laptops.append(third)
    assert team.shown(2, "A01").id
    team.everybody_syncs()
    team.check()
    assert len(list(devices.glob("*.irtseg"))) == 2


def left_in(team: Team, name: str, content: bytes) -> None:
    """Leave a file in the team's folder by hand."""
    path = team.place / "IRT-abababab" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def test_that_a_laptop_which_comes_back_with_another_key_is_refused_loudly(team):
    team.everybody_syncs()
    founder, device = team.laptops[0], team.device(1)
    before = {each.device: each for each in founder.glance(exchange.devices)}[device]
    known = founder.glance(team_at)
    impostor = DeviceKey.new()
    hello = read_hello(bytes(before.hello), known.workspace, known.keys)
    forged = replace(hello, n=99, public=impostor.public, label="Stolen")
    left_in(team, hello_name(device, 99), write_hello(impostor, known.newest, forged))
    team.sync(0)
    after = {each.device: each for each in founder.glance(exchange.devices)}[device]
    assert (after.sign_pub, after.label) == (before.sign_pub, before.label)
    assert [each.verdict for each in team.board(0).faults] == [Verdict.FORGED]


def test_that_a_team_note_of_somebody_who_does_not_lead_is_not_taken(team):
    team.everybody_syncs()
    mine = team.laptops[1].glance(team_at)
    note = team.laptops[0].glance(latest_team_note)
    salt = new_salt()
    locked = keys_for_passphrase("five words of somebody else", salt, mine.keys, mine.founder_public)
    forged = replace(note, by=mine.device, public=mine.key.public, n=99, salt=salt, locked=locked)
    content = write_team(mine.key, forged)
    left_in(team, key_name(mine.device, sha256(content).digest()), content)
    team.sync(0)
    assert team.laptops[0].glance(latest_team_note) == note
