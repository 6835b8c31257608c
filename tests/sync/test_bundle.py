"""Bundle: a stick or an e-mail brings what nobody of the team made; it is refused in a sentence and changes nothing."""

import errno
import random
import struct
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from faulty import failure, faults
from hostile_zips import Member, zip_of
from hypothesis import given
from hypothesis import strategies as st
from sync_samples import LAPTOP, remade
from team_of_laptops import Team

from readiness.domain.errors import ReadinessError
from readiness.domain.vocabulary import ItemField
from readiness.services.bundles import make_bundle, take_bundle
from readiness.services.team import team_at
from readiness.storage.opening import create_workspace
from readiness.sync import bundle as bundle_module
from readiness.sync.bundle import BundleReader, BundleRefused, write_bundle
from readiness.sync.carrier import CarrierAway, Parcel
from readiness.sync.keys import DeviceKey
from readiness.sync.layout import HELLO, SEGMENT, hello_name, key_name, roster_name, segment_name
from readiness.sync.segments import MAGIC

SHA = bytes(range(32))
SEGMENT_NAME, HELLO_NAME = segment_name(LAPTOP, 1, 4, SHA), hello_name(LAPTOP, 3)
GOOD = [
    Member(SEGMENT_NAME, b"segment" * 40),
    Member(HELLO_NAME, b"hello" * 40),
    Member("workspace.irtws", b"note" * 9),
]
WHOLE = zip_of(GOOD)


def written(path: Path, members) -> Path:
    path.write_bytes(members if isinstance(members, bytes) else zip_of(members))
    return path


def refused(path: Path) -> str:
    with pytest.raises(ReadinessError) as raised:
        BundleReader(path)
    assert path.name in str(raised.value)
    return str(raised.value)


def told(path: Path) -> dict[str, tuple[bytes, str]]:
    """Return what comes of fetching everything."""
    reader = BundleReader(path)
    try:
        return {each.entry.name: (each.content, each.trouble) for each in reader.fetch(reader.look())}
    finally:
        reader.close()


# What is no bundle, or claims to be more than it is


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is no bundle"),
        (b"an ordinary letter", "is no bundle"),
        (b"PK\x05\x06" + bytes(18), "is no bundle"),  # a zip of nothing
        (zip_of(GOOD)[:-30], "not all of it arrived"),
        ([Member("holiday.jpg", b"x")], "is no bundle"),
        ([replace(each, name=f"../{each.name}") for each in GOOD], "is no bundle"),
        ([replace(each, name=f"/{each.name}") for each in GOOD], "is no bundle"),
        ([replace(each, name=f"C:\\{each.name}") for each in GOOD], "is no bundle"),
        ([*GOOD, GOOD[0]], "holds a file twice"),
        ([*GOOD, Member(f"{SEGMENT_NAME}\0.jpg", b"other")], "holds a file twice"),
        ([*GOOD, replace(GOOD[1], name=hello_name(LAPTOP, 4), packed=3_000_000_000)], "holds more than a bundle can"),
        ([replace(each, flags=1) for each in GOOD], "locked with a password"),
        ([replace(each, method=8) for each in GOOD], "is packed"),
        ([replace(each, said=4_000_000_000) for each in GOOD], "larger than such a file can be"),
        ([replace(each, said=10) for each in GOOD], "is packed"),
        ([Member(each.name, b"") for each in GOOD], "or empty"),
    ],
)
def test_that_a_file_which_is_no_bundle_of_ours_is_refused_in_a_sentence(tmp_path, content, said):
    message = refused(written(tmp_path / "b.irtbundle", content))
    assert said in message
    assert "Ask for" in message
    assert "\n" not in message


def test_that_a_bundle_which_is_away_or_a_folder_is_said(tmp_path):
    (tmp_path / "folder.irtbundle").mkdir()
    assert "There is no file" in refused(tmp_path / "nowhere.irtbundle")
    assert "There is no file" in refused(tmp_path / "folder.irtbundle")
    path = written(tmp_path / "b.irtbundle", GOOD)
    with faults(tmp_path) as faulty:
        faulty.fail("stat", failure(errno.EACCES))
        assert "cannot be read" in refused(path)


def test_that_too_many_members_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(bundle_module, "_MOST_MEMBERS", 2)
    assert "more than a bundle can" in refused(written(tmp_path / "b.irtbundle", GOOD))


def test_that_many_members_which_lie_in_one_place_are_refused(tmp_path):
    """A bomb that packs nothing: each of a thousand names says that it is the same large member."""
    large = Member(SEGMENT_NAME, bytes(100_000))
    many = [Member(segment_name(LAPTOP, n, n, SHA), b"", said=100_000, packed=100_000, at=0) for n in range(2, 1_000)]
    assert "more than a bundle can" in refused(written(tmp_path / "b.irtbundle", [large, *many]))


def test_that_a_directory_of_members_which_would_fill_the_memory_is_not_read(tmp_path):
    path = tmp_path / "b.irtbundle"
    size = 300_000_000
    with path.open("wb") as file:
        file.truncate(size)  # a hole: it takes no space
        file.seek(size)
        file.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 9, 9, size, 0, 0))
    tracemalloc.start()
    try:
        assert "is no bundle" in refused(path)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_that_a_member_which_lies_about_its_size_is_not_read(tmp_path):
    """It says ten bytes and has fifty million: a reader that believed it would hold all of them."""
    path = written(
        tmp_path / "b.irtbundle", [*GOOD, replace(Member(hello_name(LAPTOP, 9), bytes(50_000_000)), said=10)]
    )
    tracemalloc.start()
    try:
        found = told(path)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    assert found[hello_name(LAPTOP, 9)] == (b"", "it is packed, which this program does not do")
    assert found[SEGMENT_NAME] == (GOOD[0].content, "")


# A member that is wrong beside others that are right


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(GOOD[1], sum=1), "damaged"),
        (replace(GOOD[1], inner=hello_name(LAPTOP, 4)), "damaged"),
        (replace(GOOD[1], at=90_000), "damaged"),
        (replace(GOOD[1], at=2**32 - 1), "damaged"),
        (replace(GOOD[1], at=5), "damaged"),
        (replace(GOOD[1], flags=1), "locked"),
        (replace(GOOD[1], flags=0x20), "damaged"),
        (replace(GOOD[1], method=12), "packed"),
        (replace(GOOD[1], method=99), "packed"),
        (Member(HELLO_NAME, bytes(HELLO.largest + 1)), "larger"),
        (Member(HELLO_NAME, b""), "empty"),
    ],
)
def test_that_a_member_which_is_wrong_says_why_and_the_others_come(tmp_path, wrong, said):
    found = told(written(tmp_path / "b.irtbundle", [GOOD[0], wrong, GOOD[2]]))
    assert found[HELLO_NAME][0] == b""
    assert said in found[HELLO_NAME][1]
    assert found[SEGMENT_NAME] == (GOOD[0].content, "")
    assert found["workspace.irtws"] == (GOOD[2].content, "")


def test_that_a_bundle_whose_beginning_is_missing_gives_what_is_whole(tmp_path):
    found = told(written(tmp_path / "b.irtbundle", WHOLE[40:]))
    assert found[SEGMENT_NAME] == (b"", "it is damaged in the bundle")
    assert found[HELLO_NAME] == (GOOD[1].content, "")


def test_that_the_largest_file_of_its_kind_is_read(tmp_path):
    largest = Member(HELLO_NAME, bytes(HELLO.largest))
    assert told(written(tmp_path / "b.irtbundle", [largest]))[HELLO_NAME] == (largest.content, "")
    assert SEGMENT.largest > bundle_module._AT_ONCE  # so that such a member is read in parts
    parts = Member(SEGMENT_NAME, bytes(bundle_module._AT_ONCE + 5))
    assert told(written(tmp_path / "b.irtbundle", [parts]))[SEGMENT_NAME] == (parts.content, "")


def test_that_a_stick_which_is_pulled_while_it_is_read_is_away_and_not_damaged(tmp_path, monkeypatch):
    reader = BundleReader(written(tmp_path / "b.irtbundle", GOOD))

    def pulled(*_):
        raise failure(errno.EIO)

    monkeypatch.setattr(reader, "_read", pulled)
    with pytest.raises(CarrierAway, match="cannot be read to its end"):
        list(reader.fetch(reader.look()))
    reader.close()


@given(st.integers(0, 2**32))
def test_that_no_wrong_byte_comes_out_of_a_bundle_and_nothing_but_a_sentence(tmp_path_factory, seed):
    chance = random.Random(seed)
    wrong = bytearray(WHOLE)
    start = 0 if chance.random() < 0.3 else WHOLE.index(b"PK\1\2")  # what the zip says of itself, more often
    for _ in range(chance.randint(1, 4)):
        wrong[chance.randrange(start, len(wrong))] = chance.choice([0, 1, 0x7F, 0xFF, chance.randrange(256)])
    path = written(tmp_path_factory.getbasetemp() / "wrong.irtbundle", bytes(wrong))
    try:
        found = told(path)
    except ReadinessError:
        return
    original = {each.name: each.content for each in GOOD}
    for name, (content, trouble) in found.items():
        assert (content == b"") if trouble else (content == original[name])


# Writing


def test_that_a_stick_on_which_a_bundle_does_not_fit_keeps_the_one_before(tmp_path):
    path = tmp_path / "b.irtbundle"
    parcels = [Parcel(each.name, each.content) for each in GOOD]
    write_bundle(path, parcels)
    before = path.read_bytes()
    for call in ("open", "write", "fsync", "replace"):
        for number in (errno.ENOSPC, errno.EROFS, errno.EIO):
            with faults(tmp_path) as faulty:
                faulty.fail(call, failure(number))
                with pytest.raises(BundleRefused, match="cannot be written"):
                    write_bundle(path, [*parcels, Parcel(key_name(LAPTOP, SHA), b"x")], replace=True)
            assert path.read_bytes() == before
            assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(BundleRefused, match="is there already"):
        write_bundle(path, parcels)
    assert path.read_bytes() == before


def test_that_a_bundle_which_a_scanner_holds_for_a_moment_gets_its_name(tmp_path, monkeypatch):
    monkeypatch.setattr("readiness.sync.placing.WAITS", (0, 0))
    with faults(tmp_path) as faulty:
        faulty.fail("rename", failure(errno.EACCES, 32), times=2)
        write_bundle(tmp_path / "b.irtbundle", [Parcel(GOOD[0].name, GOOD[0].content)])
    assert told(tmp_path / "b.irtbundle") == {SEGMENT_NAME: (GOOD[0].content, "")}


def test_that_nothing_is_left_when_what_was_to_be_packed_fails(tmp_path):
    def failing():
        yield Parcel(SEGMENT_NAME, b"x")
        raise ReadinessError("The workspace cannot be read.")

    with pytest.raises(ReadinessError, match="workspace cannot be read"):
        write_bundle(tmp_path / "b.irtbundle", failing())
    assert list(tmp_path.iterdir()) == []


# A laptop that is handed one


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    made = Team(tmp_path_factory.mktemp("team"))
    made.everybody_syncs()
    made.edit(1, "A01", ItemField.OWNER, "Head of Early Help")
    made.bundle = made.place.parent / "good.irtbundle"
    make_bundle(made.laptops[1], made.bundle)
    yield made
    made.close()


@pytest.fixture(scope="module")
def members(team):
    with zipfile.ZipFile(team.bundle) as file:
        return {name: file.read(name) for name in file.namelist()}


def new_segment(team: Team, members: dict[str, bytes]) -> str:
    """Return the name of the segment that the other laptop has not got."""
    first = f"devices/{team.device(1)}/"
    return max(name for name in members if name.startswith(first) and name.endswith("irtseg"))


def nested(name: str) -> bytes:
    deep = b'{"fmt":' * 4_000
    return (MAGIC if name.endswith("irtseg") else b"IRTNOTE1\n") + deep + b"\n" + b"0" * 128 + b"\n"


def forged(team: Team, content: bytes) -> bytes:
    return remade(content, key=DeviceKey.new())


def too_new(team: Team, content: bytes) -> bytes:
    return remade(content, key=team.laptops[1].glance(team_at).key, min_reader=99)


HARM = {
    "cut short": lambda _, content: content[:-20],
    "flipped": lambda _, content: content[:-20] + bytes([content[-20] ^ 4]) + content[-19:],
    "another program's": lambda *_: b"GIF89a" + bytes(90),
    "deeply nested": lambda *_: nested("x.irtseg"),
    "forged": forged,
    "of a newer format": too_new,
    "of another team": lambda _, content: content.replace(b'"workspace":"ab', b'"workspace":"cd'),
}


@pytest.mark.parametrize("harm", list(HARM))
def test_that_a_segment_which_is_wrong_inside_is_said_at_once_and_nothing_of_it_is_taken(team, members, harm):
    name = new_segment(team, members)
    wrong = HARM[harm](team, members[name])
    assert wrong != members[name]
    path = written(team.place.parent / f"{harm}.irtbundle", [
        Member(each, wrong if each == name else content) for each, content in members.items()
    ])  # fmt: skip
    before = team.codes()
    report = take_bundle(team.laptops[0], path)
    assert report.taken == 0
    assert name.rpartition("/")[2] in report.places[0].trouble
    assert team.codes() == before
    assert team.shown(0, "A01").owner == ""
    kept = harm == "of a newer format"  # until this version is replaced
    assert [each.name for each in team.board(0).faults if harm in each.place] == ([] if kept else [name])


@pytest.mark.parametrize("kind", ["irthello", "irtkey", "irtroster", "irtws"])
def test_that_a_note_which_is_nested_too_deeply_is_refused_and_what_is_good_is_taken_later(team, kind):
    name = {"irthello": hello_name("e" * 16, 9), "irtkey": key_name("e" * 16, SHA)}.get(
        kind, roster_name("e" * 16, SHA)
    )
    name = "workspace.irtws" if kind == "irtws" else name
    path = written(team.place.parent / f"nested-{kind}.irtbundle", [Member(name, nested(name))])
    report = take_bundle(team.laptops[0], path)
    assert (report.taken, bool(report.places[0].trouble)) == (0, True)


def test_that_another_teams_bundle_is_said_at_once(team, tmp_path):
    with create_workspace(tmp_path / "other", at_risk=True) as other:
        make_bundle(other, tmp_path / "theirs.irtbundle")
    before = team.codes()
    report = take_bundle(team.laptops[0], tmp_path / "theirs.irtbundle")
    assert "of another team" in report.places[0].trouble
    assert team.codes() == before


@pytest.mark.parametrize("harm", ["twice", "locked", "cut"])
def test_that_a_bundle_which_is_refused_begins_no_round(team, members, harm):
    good = [Member(name, content) for name, content in members.items()]
    content = {
        "twice": zip_of([*good, good[0]]),
        "locked": zip_of([replace(each, flags=1) for each in good]),
        "cut": zip_of(good)[:-40],
    }[harm]
    before = team.codes()
    with pytest.raises(BundleRefused):
        take_bundle(team.laptops[0], written(team.place.parent / "b.irtbundle", content))
    assert team.codes() == before


def test_that_the_good_bundle_is_taken_once_after_all_that_and_writes_nothing_outside(team, members):
    """Names that climb out lie in it as well; the second time brings nothing, and is no trouble."""
    climbing = [
        Member(f"{up}evil-{n}.irtseg", b"x") for n, up in enumerate(["../", "../../", "/tmp/", "devices/../../"])
    ]
    good = [Member(name, content) for name, content in members.items()]
    path = written(team.place.parent / "all.irtbundle", [*climbing, *good])
    first, second = (take_bundle(team.laptops[0], path) for _ in range(2))
    assert (first.taken > 0, first.places[0].trouble) == (True, "")
    assert (second.taken, second.places[0].trouble) == (0, "")
    assert team.shown(0, "A01").owner == "Head of Early Help"
    assert list(team.place.parent.rglob("evil*")) + list(Path("/tmp").glob("evil*")) == []
    assert list(team.place.parent.parent.glob("evil*")) == []
    team.everybody_syncs()
    team.check()
