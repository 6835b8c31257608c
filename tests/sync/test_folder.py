"""Folder: on sticks, shares and cloud folders that fail in every way they can, no half file ever has a name of ours."""

import errno
import os
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from faulty import CHANGING, Faulty, PowerCut, failure, faults
from sync_samples import LAPTOP, WORKSPACE

from readiness.sync.carrier import CarrierAway, Entry, Parcel
from readiness.sync.folder import FolderCarrier, team_notes_in, teams_in
from readiness.sync.layout import README, TEAM, hello_name, key_name, placed, relay_name, roster_name, segment_name
from readiness.sync.placing import WAITS

OTHER = "f" * 16


def segment(content: bytes, device: str = LAPTOP, first: int = 1) -> Parcel:
    return Parcel(segment_name(device, first, first, sha256(content).digest()), content)


SEGMENT = segment(b"what one laptop did" * 20)
HELLO = Parcel(hello_name(LAPTOP, 1), b"hello" * 40)
MANY = [segment(f"{number}".encode() * 50, first=number) for number in range(1, 7)]


@pytest.fixture
def place(tmp_path):
    made = tmp_path / "shared"
    made.mkdir()
    return made


@pytest.fixture
def top(place):
    return place / f"IRT-{WORKSPACE[:8]}"


@pytest.fixture
def slept():
    return []


@pytest.fixture
def carrier(place, slept):
    return FolderCarrier(place, WORKSPACE, LAPTOP, sleep=slept.append)


@pytest.fixture
def faulty(place):
    with faults(place) as made:
        yield made


def delivered(carrier: FolderCarrier, *parcels: Parcel) -> list[Parcel]:
    return list(carrier.deliver(parcels))


def away(carrier: FolderCarrier, *parcels: Parcel) -> str:
    with pytest.raises(CarrierAway) as raised:
        delivered(carrier, *parcels)
    return str(raised.value)


def lying(top: Path) -> dict[str, bytes]:
    """Return what lies there under names of ours."""
    names = {path: path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for path, name in names.items() if placed(name)}


def leftovers(top: Path) -> list[Path]:
    return list(top.rglob("*.tmp"))


# What another program holds


@pytest.mark.parametrize("windows", [5, 32, 33])
def test_that_a_file_which_is_held_for_a_moment_gets_its_name_on_another_try(carrier, faulty, top, slept, windows):
    faulty.fail("rename", failure(errno.EACCES, windows), times=3)
    assert delivered(carrier, SEGMENT) == [SEGMENT]
    assert lying(top) == {SEGMENT.name: SEGMENT.content}
    assert slept == list(WAITS[:3])


@pytest.mark.parametrize("windows", [5, 32, 33])
def test_that_a_file_which_stays_held_is_left_for_the_next_round_and_said(carrier, faulty, top, slept, windows):
    delivered(carrier, HELLO)
    faulty.fail("rename", failure(errno.EACCES, windows))
    said = away(carrier, SEGMENT)
    assert "held by another program" in said
    assert "\n" not in said
    assert slept == list(WAITS)
    assert sum(slept) == 2.5
    assert set(lying(top)) == {HELLO.name}
    assert leftovers(top) == []
    faulty.mend()
    assert delivered(carrier, SEGMENT) == [SEGMENT]


def test_that_one_file_which_is_held_keeps_no_other_back(carrier, faulty, top):
    delivered(carrier, HELLO)
    (top / MANY[0].name).parent.mkdir(exist_ok=True)
    (top / MANY[0].name).write_bytes(b"damaged, and held by a scanner")
    faulty.fail("replace", failure(errno.EACCES, 32))
    done = []
    with pytest.raises(CarrierAway, match="held by another program"):
        done.extend(carrier.deliver(MANY))
    assert done == MANY[1:]
    assert {name for name in lying(top) if "irtseg" in name} == {each.name for each in MANY}


def test_that_a_folder_in_which_everything_is_held_is_given_up_soon(carrier, faulty, slept):
    faulty.fail("rename", failure(errno.EACCES, 32))
    away(carrier, *MANY)
    assert len(slept) <= 4 * len(WAITS)


def test_that_other_errors_are_not_tried_again(carrier, faulty, slept):
    faulty.fail("rename", failure(errno.EIO, 1117))
    assert "Input/output error" in away(carrier, SEGMENT)
    assert slept == []


def test_that_a_file_which_appeared_meanwhile_with_the_same_bytes_is_fine(carrier, faulty, top):
    delivered(carrier, HELLO)
    faulty.fail("rename", failure(errno.EEXIST, 183))
    (top / SEGMENT.name).parent.mkdir(exist_ok=True)
    real = os.stat

    def late(path, *more, **named):
        if str(path) == str(top / SEGMENT.name) and faulty.calls["rename"] == 0:
            raise FileNotFoundError(2, "not yet")
        return real(path, *more, **named)

    (top / SEGMENT.name).write_bytes(SEGMENT.content)
    faulty.calls.clear()
    os.stat = late
    try:
        assert delivered(carrier, SEGMENT) == [SEGMENT]
    finally:
        os.stat = real
    assert faulty.calls["rename"] == 1
    assert leftovers(top) == []


def test_that_a_damaged_file_is_not_taken_for_good_when_the_new_one_was_taken_away(carrier, monkeypatch, top):
    """A scanner that puts the unfinished file into quarantine leaves the damaged one under the name."""
    delivered(carrier, SEGMENT)
    (top / SEGMENT.name).write_bytes(b"damaged")

    def quarantined(making, target):
        making.unlink()
        raise failure(errno.ENOENT, 2)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", quarantined)
        assert "No such file" in away(carrier, SEGMENT)
    assert lying(top)[SEGMENT.name] == b"damaged"
    assert delivered(carrier, SEGMENT) == [SEGMENT]
    assert lying(top)[SEGMENT.name] == SEGMENT.content


# What a cloud has not downloaded yet


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (failure(errno.EINVAL), "OneDrive has not downloaded it yet"),
        (failure(errno.EIO, 362), "OneDrive has not downloaded it yet"),
        (failure(errno.EIO, 395), "OneDrive has not downloaded it yet"),
        (failure(errno.EACCES, 5), "it cannot be read now"),
        (failure(errno.ENOENT), "it was taken away meanwhile"),
        (OSError(), "it cannot be read now"),
    ],
)
def test_that_a_file_which_cannot_be_read_says_why_and_the_others_come(carrier, faulty, error, said):
    delivered(carrier, SEGMENT, HELLO)
    entries = sorted(carrier.look(), key=lambda each: each.name)
    faulty.fail("read", error, ending=".irtseg")
    found = {each.entry.name: each for each in carrier.fetch(entries)}
    assert said in found[SEGMENT.name].trouble
    assert "None" not in found[SEGMENT.name].trouble
    assert found[SEGMENT.name].content == b""
    assert found[HELLO.name].content == HELLO.content
    faulty.mend()
    assert all(not each.trouble for each in carrier.fetch(entries))


def test_that_an_empty_file_is_said_and_a_short_one_is_given_as_it_is(carrier, top):
    delivered(carrier, SEGMENT, HELLO)
    (top / SEGMENT.name).write_bytes(b"")
    (top / HELLO.name).write_bytes(HELLO.content[:7])
    found = {each.entry.name: each for each in carrier.fetch(carrier.look())}
    assert found[SEGMENT.name].trouble
    assert found[HELLO.name].content == HELLO.content[:7]  # its reader tells that it is cut short


def test_that_a_file_which_grows_while_it_is_read_is_not_taken_into_memory(carrier, top):
    delivered(carrier, HELLO)
    with (top / HELLO.name).open("r+b") as file:
        file.truncate(5_000_000_000)  # a hole: it takes no space
    (found,) = carrier.fetch([Entry(HELLO.name, len(HELLO.content))])
    assert (found.content, "larger" in found.trouble) == (b"", True)


# No space, nothing but reading


@pytest.mark.parametrize("call", ["mkdir", "open", "write", "fsync", "rename"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO, errno.EDQUOT])
def test_that_a_place_which_takes_nothing_is_said_and_has_no_half_file(carrier, faulty, top, place, call, number):
    delivered(carrier, HELLO)
    before = lying(top)
    parcel = Parcel(relay_name(LAPTOP, sha256(b"x").digest()), b"x" * 5_000)
    faulty.fail(call, failure(number))
    said = away(carrier, parcel)
    assert os.strerror(number) in said
    assert str(place) in said
    assert "\n" not in said
    assert lying(top) == before
    assert leftovers(top) == []
    faulty.mend()
    assert delivered(carrier, parcel) == [parcel]


def test_that_a_stick_which_fills_up_keeps_what_was_left_before(carrier, faulty, top):
    delivering = carrier.deliver(MANY)
    done = [next(delivering), next(delivering)]
    faulty.fail("write", failure(errno.ENOSPC))
    with pytest.raises(CarrierAway, match="No space left"):
        next(delivering)
    assert lying(top) == {each.name: each.content for each in MANY[:2]} == {each.name: each.content for each in done}


def test_that_what_was_written_wrongly_gets_no_name(carrier, monkeypatch, top):
    """A worn stick takes every byte and gives others back."""
    monkeypatch.setattr("readiness.sync.folder._same", lambda *_: False)
    assert "what was written is not what can be read" in away(carrier, SEGMENT)
    assert lying(top) == {}


def test_that_a_note_for_people_is_whole_or_not_there(carrier, faulty, top):
    faulty.fail("write", failure(errno.ENOSPC))
    away(carrier, SEGMENT)
    assert not (top / README).exists()
    faulty.mend()
    delivered(carrier, SEGMENT)
    assert (top / README).read_text(encoding="utf-8").endswith("passphrase.\n")


# Away


def test_that_a_folder_that_is_away_is_never_taken_for_an_empty_one(carrier, faulty, top):
    delivered(carrier, SEGMENT)
    for call, error in (("scandir", failure(errno.EACCES)), ("scandir", failure(errno.EIO)), ("stat", failure(64))):
        faulty.mend()
        faulty.fail(call, error)
        with pytest.raises(CarrierAway, match="cannot be reached now"):
            carrier.look()
    faulty.mend()
    assert [each.name for each in carrier.look()] == [SEGMENT.name]


def test_that_a_share_which_goes_while_it_is_listed_is_away_and_not_half_empty(carrier, faulty, place, top):
    delivered(carrier, SEGMENT)
    faulty.fail("scandir", failure(errno.EIO), ending=LAPTOP)
    assert [each.name for each in carrier.look()] == []  # one directory that cannot be read hides no other
    real = os.scandir

    def going(path=".", *more):
        if str(path).endswith(LAPTOP):
            faulty.fail("stat", failure(errno.EHOSTDOWN))
        return real(path, *more)

    os.scandir = going
    try:
        with pytest.raises(CarrierAway, match="cannot be reached"):
            carrier.look()
    finally:
        os.scandir = real


def test_that_a_stick_which_is_pulled_is_not_made_again_on_the_disk(carrier, place):
    delivering = carrier.deliver([SEGMENT, HELLO, *MANY])
    next(delivering)
    shutil.rmtree(place)
    with pytest.raises(CarrierAway):
        next(delivering)
    assert not place.exists()
    with pytest.raises(CarrierAway, match="cannot be reached now"):
        carrier.look()


def test_that_a_file_where_the_folder_should_be_is_said(place, tmp_path):
    (tmp_path / "notes.txt").write_text("x")
    wrong = FolderCarrier(tmp_path / "notes.txt", WORKSPACE, LAPTOP)
    for use in (wrong.look, lambda: delivered(wrong, SEGMENT)):
        with pytest.raises(CarrierAway, match="is no folder"):
            use()


# Own directories only


def test_that_a_laptop_changes_nothing_outside_of_its_own_directories(carrier, faulty, place, top, tmp_path):
    theirs = FolderCarrier(place, WORKSPACE, OTHER)
    foreign = segment(b"theirs", OTHER)
    delivered(theirs, foreign, Parcel(TEAM, b"the founder's"), Parcel(key_name(OTHER, bytes(32)), b"theirs"))
    (place / "holiday.jpg").write_bytes(b"x")
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    carrier.remove([foreign.name, TEAM, key_name(OTHER, bytes(32)), "../holiday.jpg", "holiday.jpg", README])
    own = [SEGMENT, HELLO, Parcel(roster_name(LAPTOP, bytes(32)), b"mine"), Parcel(TEAM, b"mine")]
    delivered(carrier, *own)
    carrier.remove([SEGMENT.name, roster_name(LAPTOP, bytes(32))])
    after = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    assert {path: after.get(path) for path in before} == before
    added = {path.relative_to(top).as_posix() for path in after.keys() - before.keys()}
    assert added == {HELLO.name, roster_name(LAPTOP, bytes(32))}


def test_that_a_file_which_cannot_be_taken_away_stays_for_the_next_round(carrier, faulty, top):
    delivered(carrier, SEGMENT, HELLO)
    faulty.fail("unlink", failure(errno.EBUSY), times=1)
    carrier.remove([SEGMENT.name, HELLO.name])
    assert set(lying(top)) == {SEGMENT.name}
    carrier.remove([SEGMENT.name, HELLO.name, SEGMENT.name])
    assert lying(top) == {}


def test_that_another_teams_folder_is_refused(place):
    theirs = place / "IRT-ffffffff"
    theirs.mkdir()
    wrong = FolderCarrier(theirs, WORKSPACE, LAPTOP)
    for use in (wrong.look, lambda: delivered(wrong, SEGMENT)):
        with pytest.raises(CarrierAway, match="the folder of another team"):
            use()
    assert list(theirs.iterdir()) == []


def test_that_the_teams_own_directory_serves_as_well_as_the_folder_it_lies_in(carrier, place, top):
    delivered(carrier, SEGMENT)
    inside = FolderCarrier(top, WORKSPACE, OTHER)
    assert [each.name for each in inside.look()] == [SEGMENT.name]
    assert sorted(path.name for path in top.iterdir()) == sorted([README, "devices"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes in folders")
def test_that_links_and_pipes_are_neither_opened_nor_waited_for(carrier, place, top, tmp_path, monkeypatch):
    delivered(carrier, HELLO)
    opened: list[Path] = []
    really_open = os.open
    monkeypatch.setattr(os, "open", lambda path, *how, **more: opened.append(path) or really_open(path, *how, **more))
    outside = tmp_path / "outside.irtseg"
    outside.write_bytes(b"not of this folder")
    (top / SEGMENT.name).symlink_to(outside)
    (top / "devices" / OTHER).symlink_to(tmp_path)
    os.mkfifo(top / MANY[0].name)
    assert [each.name for each in carrier.look()] == [HELLO.name]
    found = list(carrier.fetch([Entry(SEGMENT.name, 18), Entry(MANY[0].name, 18)]))
    assert [(each.content, bool(each.trouble)) for each in found] == [(b"", True), (b"", True)]
    os.mkfifo(top / TEAM)
    (top / "keys").mkdir()
    os.mkfifo(top / key_name(LAPTOP, bytes(32)))
    assert (teams_in(place), team_notes_in(place)) == ([], [])
    assert opened == []
    delivered(carrier, MANY[0], Parcel(TEAM, b"x"))  # a pipe in our own place is no file that lies there already
    assert (top / MANY[0].name).read_bytes() == MANY[0].content
    assert [path for path in opened if path.name == TEAM] == []


# What a round that died leaves behind


@pytest.mark.parametrize("parcel", [SEGMENT, HELLO, Parcel(key_name(LAPTOP, bytes(32)), b"key"), Parcel(TEAM, b"x")])
def test_that_a_leftover_is_never_read_and_is_taken_away_after_a_day(carrier, place, top, parcel):
    theirs = FolderCarrier(place, WORKSPACE, OTHER)
    for each in (carrier, theirs):
        with faults(place) as faulty:
            faulty.fail("rename", failure(errno.EIO))
            faulty.fail("unlink", failure(errno.EIO))
            top.mkdir(exist_ok=True)
            (top / README).touch()
            with pytest.raises(CarrierAway):
                delivered(each, parcel)
    assert len(leftovers(top)) == 2
    assert carrier.look() == []
    assert team_notes_in(place) == []
    assert teams_in(place) == []
    delivered(carrier, *MANY[:1])
    assert len(leftovers(top)) == 2  # a day has not passed: it may be one that is being written
    for path in leftovers(top):
        os.utime(path, (1, 1))
    with faults(place) as faulty:
        faulty.fail("unlink", failure(errno.EBUSY, 32), times=1)  # a scanner holds it: everything else goes on
        assert delivered(carrier, MANY[1]) == [MANY[1]]
    assert len(leftovers(top)) == 2
    delivered(carrier, MANY[2])
    assert [f".{OTHER[:8]}" in path.name for path in leftovers(top)] == [True]  # the other laptop's is its own affair


def test_that_a_delivery_which_is_cut_anywhere_leaves_whole_files_alone_and_goes_on(carrier, faulty: Faulty, top):
    for cut in range(1, 200):
        faulty.cut_at, faulty.changes = cut, 0
        try:
            delivered(carrier, *MANY[:3])
        except PowerCut:
            faulty.cut_at = None
            wanted = {each.name: each.content for each in MANY}
            assert all(content == wanted[name] for name, content in lying(top).items())
            shutil.rmtree(top, ignore_errors=True)
            continue
        break
    assert cut > 3 * (len(CHANGING) - 3)  # it was cut at every call, and then went through
    assert lying(top) == {each.name: each.content for each in MANY[:3]}
