"""What every carrier promises a round, by folder, bundle and hub alike; what one alone does is tested apart."""

from hashlib import sha256
from pathlib import Path
from typing import Protocol

import psycopg
import pytest
from hostile_zips import Member, zip_of
from sync_samples import AT, KEY, LAPTOP, TEAM, WORKSPACE, made_changes

from readiness.domain.errors import ReadinessError
from readiness.sync.bundle import BundleReader
from readiness.sync.carrier import Carrier, CarrierAway, Entry, Fetched, Parcel
from readiness.sync.folder import FolderCarrier
from readiness.sync.hub import HubCarrier
from readiness.sync.layout import (
    HELLO,
    blob_name,
    hello_name,
    key_name,
    placed,
    relay_name,
    relayed_hello_name,
    roster_name,
    segment_name,
)
from readiness.sync.segments import Refused, read_segment, write_segment

OTHER, OTHER_TEAM = "f" * 16, "f" * 32


def segment(first: int, device: str = LAPTOP) -> Parcel:
    steps, changes = made_changes(2, device, first)
    content = write_segment(WORKSPACE, KEY, steps, changes, team=TEAM, app="0", at=AT)
    return Parcel(segment_name(device, first, first + 1, sha256(content).digest()), content)


SEGMENTS = [segment(1), segment(3), segment(5)]
RELAYED = segment(7, OTHER)
SENT = [
    SEGMENTS[0],
    Parcel(hello_name(LAPTOP, 1), b"hello"),
    SEGMENTS[1],
    Parcel(relay_name(LAPTOP, sha256(RELAYED.content).digest()), RELAYED.content),
    Parcel(relayed_hello_name(LAPTOP, OTHER, 4), bytes(range(256)) * 9),
    Parcel(roster_name(LAPTOP, sha256(b"roster\r\n\0").digest()), b"roster\r\n\0"),
    Parcel(key_name(LAPTOP, sha256(b"key").digest()), b"key"),
    Parcel("workspace.irtws", b"note"),
    Parcel(blob_name("ab" * 32), bytes(9_000)),
    SEGMENTS[2],
]


class Place(Protocol):
    """A place of one kind, as a test sets it up."""

    keeps_all: bool  # it takes nothing away

    def carrier(self, device: str = LAPTOP, workspace: str = WORKSPACE) -> Carrier: ...

    def put(self, *parcels: Parcel) -> list[Parcel]: ...

    def plant(self, name: str, content: bytes) -> None: ...

    def lose(self) -> None: ...


class Folder:
    keeps_all = False

    def __init__(self, top: Path) -> None:
        self._root = top / "shared"
        self._root.mkdir()

    def carrier(self, device: str = LAPTOP, workspace: str = WORKSPACE) -> Carrier:
        return FolderCarrier(self._root, workspace, device)

    def put(self, *parcels: Parcel) -> list[Parcel]:
        return list(self.carrier().deliver(parcels))

    def plant(self, name: str, content: bytes) -> None:
        """Have other bytes lie there, whoever put them."""
        path = self._root / f"IRT-{WORKSPACE[:8]}" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def lose(self) -> None:
        self._root.rename(self._root.with_name("elsewhere"))


class Bundle:
    keeps_all = True

    def __init__(self, top: Path) -> None:
        self._path, self._members = top / "b.irtbundle", {}

    def carrier(self, device: str = LAPTOP, workspace: str = WORKSPACE) -> Carrier:
        return BundleReader(self._path)

    def put(self, *parcels: Parcel) -> list[Parcel]:
        for each in parcels:
            self._members.setdefault(each.name, each.content)
        self._write()
        return list(parcels)

    def plant(self, name: str, content: bytes) -> None:
        self._members[name] = content
        self._write()

    def lose(self) -> None:
        self._path.unlink()

    def _write(self) -> None:
        self._path.write_bytes(zip_of([Member(*each) for each in self._members.items()]))


class Hub:
    keeps_all = True

    def __init__(self, url: str) -> None:
        self._url = url
        self._carriers: list[Carrier] = []

    def carrier(self, device: str = LAPTOP, workspace: str = WORKSPACE) -> Carrier:
        self._carriers.append(HubCarrier(self._url, workspace, device, KEY.public, "SEND laptop"))
        return self._carriers[-1]

    def put(self, *parcels: Parcel) -> list[Parcel]:
        return list(self.carrier().deliver(parcels))

    def plant(self, name: str, content: bytes) -> None:
        known = placed(name)
        is_segment = known is not None and known.kind.ending == "irtseg"
        table, more = ("segment", (sha256(content).digest(),)) if is_segment else ("notice", ())
        columns = "workspace, by_device, name, content" + (", sha256" if is_segment else "")
        with psycopg.connect(self._url) as connection:
            connection.execute("INSERT INTO hub.device (device, pub) VALUES (%s, '') ON CONFLICT DO NOTHING", (OTHER,))
            connection.execute(f"DELETE FROM hub.{table} WHERE name = %s", (name,))
            connection.execute(f"ALTER TABLE hub.{table} DROP CONSTRAINT IF EXISTS holds_its_hash")  # as in version 1
            marks = ", ".join(["%s"] * (4 + len(more)))
            connection.execute(
                f"INSERT INTO hub.{table} ({columns}) VALUES ({marks})", (WORKSPACE, OTHER, name, content, *more)
            )

    def lose(self) -> None:
        self._url = "postgresql://lead:geheim-1@127.0.0.1:9/readiness"

    def close(self) -> None:
        for each in self._carriers:
            each.close()


@pytest.fixture(scope="module")
def hub_url(hub_server):
    return hub_server.hub()


@pytest.fixture(params=["folder", "bundle", "hub"])
def place(request, tmp_path):
    if request.param != "hub":
        yield Folder(tmp_path) if request.param == "folder" else Bundle(tmp_path)
        return
    server, url = request.getfixturevalue("hub_server"), request.getfixturevalue("hub_url")
    made = Hub(url)
    yield made
    made.close()
    server.clear(url)


left_file_by_file = pytest.mark.parametrize("place", ["folder", "hub"], indirect=True)
"""A bundle is written once, of one team, and never empty: test_bundle.py."""


def fetched(carrier: Carrier, *names: str, size: int = 5) -> list[Fetched]:
    found = list(carrier.fetch([Entry(name, size) for name in names]))
    carrier.close()
    return found


def test_that_what_is_left_is_listed_with_its_size_and_comes_back_to_the_byte(place):
    assert place.put(*SENT) == SENT
    carrier = place.carrier(OTHER)
    entries = carrier.look()
    assert sorted(entries, key=str) == sorted((Entry(each.name, len(each.content)) for each in SENT), key=str)
    found = {each.entry.name: (each.content, each.trouble) for each in carrier.fetch(entries)}
    assert found == {each.name: (each.content, "") for each in SENT}
    carrier.close()


def test_that_leaving_things_again_does_no_harm(place):
    place.put(*SENT)
    assert place.put(*SENT, *SENT[:2]) == [*SENT, *SENT[:2]]
    carrier = place.carrier()
    assert sorted(each.name for each in carrier.look()) == sorted(each.name for each in SENT)
    assert [each.content for each in carrier.fetch(carrier.look())].count(SENT[0].content) == 1
    carrier.close()


def test_that_files_come_in_the_order_asked_for_one_for_each_that_was_asked_for(place):
    place.put(*SENT)
    gone, foreign = segment_name(LAPTOP, 90, 91, bytes(32)), "../../etc/passwd"
    names = [
        SENT[1].name,
        gone,
        SENT[9].name,
        foreign,
        SENT[0].name,
        hello_name(LAPTOP, 99),
        SENT[6].name,
        SENT[2].name,
    ]
    found = fetched(place.carrier(), *names)
    assert [each.entry.name for each in found] == names
    told = {each.entry.name for each in found if each.trouble}
    assert told == {gone, foreign, hello_name(LAPTOP, 99)}
    assert all(bool(each.content) != bool(each.trouble) for each in found)
    assert all("\n" not in each.trouble for each in found)


@left_file_by_file
def test_that_a_place_where_nobody_left_anything_is_empty(place):
    carrier = place.carrier()
    assert list(carrier.look()) == []
    assert list(carrier.fetch([])) == []
    assert list(carrier.deliver([])) == []
    assert list(carrier.look()) == []
    carrier.close()


def test_that_names_which_are_not_ours_are_left_out(place):
    place.put(*SENT[:3])
    for name in ("holiday.jpg", "devices/notes.txt", f"{SENT[0].name}.1a2b3c4d.tmp", "workspace.irtws.bak"):
        place.plant(name, b"x")
    carrier = place.carrier()
    assert sorted(each.name for each in carrier.look()) == sorted(each.name for each in SENT[:3])
    carrier.close()


@pytest.mark.parametrize("harm", ["flipped", "cut", "grown"])
def test_that_wrong_bytes_are_never_taken_for_good(place, harm):
    """Whoever reads what a carrier gives finds out; the others are given as they are."""
    good = SEGMENTS[0].content
    place.put(*SEGMENTS)
    wrong = {"flipped": good[:-9] + bytes([good[-9] ^ 1]) + good[-8:], "cut": good[:-9], "grown": good + b"x"}[harm]
    place.plant(SEGMENTS[0].name, wrong)
    first, *others = fetched(place.carrier(), *(each.name for each in SEGMENTS))
    if not first.trouble:
        with pytest.raises(Refused):
            read_segment(first.content, WORKSPACE)
    assert [each.content for each in others] == [each.content for each in SEGMENTS[1:]]


def test_that_what_is_empty_or_larger_than_its_kind_may_be_is_not_read_and_says_so(place):
    place.put(*SENT[:2])
    large, empty = hello_name(OTHER, 1), hello_name(OTHER, 2)
    place.plant(large, bytes(HELLO.largest + 1))
    place.plant(empty, b"")
    carrier = place.carrier()
    said = {each.name: each.size for each in carrier.look()}
    assert (said[large], said[empty]) == (HELLO.largest + 1, 0)
    for size in (5, HELLO.largest + 1):  # whatever it was listed with
        found = list(carrier.fetch([Entry(large, size), Entry(SENT[1].name, 5), Entry(empty, size)]))
        assert [each.content for each in found] == [b"", SENT[1].content, b""]
        assert [bool(each.trouble) for each in found] == [True, False, True]
    carrier.close()


@left_file_by_file
def test_that_each_is_told_only_once_it_lies_there(place):
    carrier, reader = place.carrier(), place.carrier(OTHER)
    for each in carrier.deliver(SENT):
        assert each.name in [entry.name for entry in reader.look()]
    carrier.close()
    reader.close()


def test_that_a_place_takes_away_what_it_is_told_to_or_keeps_everything(place):
    place.put(*SENT)
    carrier = place.carrier()
    carrier.remove([SEGMENTS[0].name, SENT[1].name, SEGMENTS[0].name, hello_name(LAPTOP, 77), "../x", ""])
    left = {each.name for each in carrier.look()}
    gone = set() if place.keeps_all else {SEGMENTS[0].name, SENT[1].name}
    assert left == {each.name for each in SENT} - gone
    carrier.remove([each.name for each in SENT[3:]])  # of others, or what nothing covers
    kept = {each.name for each in carrier.look()}
    assert kept >= {each.name for each in SENT[3:9]}
    carrier.close()


@left_file_by_file
def test_that_another_team_sees_and_harms_nothing_in_the_same_place(place):
    place.put(*SENT)
    theirs = place.carrier(OTHER, OTHER_TEAM)
    assert list(theirs.look()) == []
    assert all(each.trouble for each in theirs.fetch([Entry(each.name, 5) for each in SENT]))
    assert list(theirs.deliver([Parcel("workspace.irtws", b"theirs"), Parcel(hello_name(OTHER, 1), b"x")]))
    theirs.remove([each.name for each in SENT])
    mine = place.carrier()
    assert {each.entry.name: each.content for each in mine.fetch(mine.look())} == {
        each.name: each.content for each in SENT
    }
    theirs.close()
    mine.close()


def test_that_a_place_which_is_away_is_said_in_a_sentence_and_without_a_password(place):
    place.put(*SENT[:1])
    place.lose()

    def entries():
        place.carrier().look()

    def files():
        list(place.carrier().fetch([Entry(SENT[0].name, 5)]))

    def leave():
        list(place.carrier().deliver(SENT))

    for use in (entries, files, leave):
        with pytest.raises(ReadinessError) as raised:
            use()
        assert isinstance(raised.value, CarrierAway) or isinstance(place, Bundle)
        assert str(raised.value).endswith((".", "…"))
        assert "\n" not in str(raised.value)
        assert "geheim" not in repr(raised.value) + str(raised.value.__cause__)


def test_that_a_carrier_has_a_name_before_it_is_reached_and_is_let_go_of_twice(place):
    place.put(*SENT[:1])
    carrier = place.carrier()
    assert carrier.key
    assert carrier.label
    assert "\n" not in carrier.label
    assert carrier.is_read_only is isinstance(place, Bundle)
    assert [each.name for each in carrier.look()] == [SENT[0].name]
    carrier.close()
    carrier.close()
