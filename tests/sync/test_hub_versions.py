"""Hubs of version 1, in which whoever was first kept others out, go on serving, and are brought up without loss."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from itertools import product

import psycopg
import pytest
from sync_samples import AT, KEY, LAPTOP, TEAM, WORKSPACE, made_changes
from team_of_laptops import Team

from readiness.cli import run
from readiness.domain.sharing import PlaceRow
from readiness.domain.vocabulary import ItemField
from readiness.services.sharing_places import add_place, places_at
from readiness.sync import hub_making, hub_schema
from readiness.sync.carrier import CarrierAway, Entry, Parcel
from readiness.sync.hub import HubCarrier, team_notes
from readiness.sync.hub_making import HubMade, SetAside, hub_status, init_hub
from readiness.sync.layout import TEAM as TEAM_NOTE
from readiness.sync.layout import blob_name, hello_name, key_name, relay_name, roster_name, segment_name
from readiness.sync.segments import write_segment
from ui.models.share_words import place_state

OTHER = "f" * 16
CONTENT = write_segment(WORKSPACE, KEY, *made_changes(2), team=TEAM, app="0", at=AT)
SHA = sha256(CONTENT).digest()
NAME = segment_name(LAPTOP, 1, 2, SHA)
BAD = b"something else"
WRONG = "its bytes are not those that its name or hash says"


@pytest.fixture
def old_url(hub_server, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(hub_schema, "VERSION", 1)
        return hub_server.hub("lead_login", "other_login")


def carrier(url: str, device: str = LAPTOP) -> HubCarrier:
    return HubCarrier(url, WORKSPACE, device, KEY.public, "SEND laptop")


def squat(url: str, name: str, sha: bytes | None, content: bytes = BAD, device: str = OTHER) -> None:
    """Leave a row past the program, as whoever has a login can."""
    with psycopg.connect(url) as connection:
        connection.execute("INSERT INTO hub.device (device, pub) VALUES (%s, '') ON CONFLICT DO NOTHING", (device,))
        if sha is None:
            values = (WORKSPACE, device, name, content)
            connection.execute(
                "INSERT INTO hub.notice (workspace, by_device, name, content) VALUES (%s, %s, %s, %s)", values
            )
        else:
            values = (WORKSPACE, device, name, sha, content)
            connection.execute(
                "INSERT INTO hub.segment (workspace, by_device, name, sha256, content) VALUES (%s, %s, %s, %s, %s)",
                values,
            )


def fetched(url: str, *entries: Entry) -> list[bytes]:
    there = carrier(url, OTHER)
    found = [each.content for each in there.fetch(entries or there.look())]
    there.close()
    return found


def left(url: str, *parcels: Parcel, device: str = LAPTOP) -> None:
    here = carrier(url, device)
    assert list(here.deliver(parcels)) == list(parcels)
    here.close()


def test_that_a_hub_of_version_1_serves_and_says_how_it_is_brought_up(old_url):
    hello = Parcel(hello_name(LAPTOP, 1), b"hello")
    left(old_url, Parcel(NAME, CONTENT), hello, Parcel(TEAM_NOTE, b"note"))
    here = carrier(old_url)
    assert here.hint == ""  # nobody asked it yet
    assert sorted(each.name for each in here.look()) == sorted([NAME, hello.name, TEAM_NOTE])
    assert "whoever runs it brings it up with `hub init`" in here.hint
    assert sorted(fetched(old_url)) == sorted([CONTENT, b"hello", b"note"])
    assert team_notes(old_url) == [b"note"]
    found = hub_status(old_url)
    assert (found.version, found.hint, found.set_aside) == (1, here.hint, ())
    assert init_hub(old_url) == HubMade(2, ())
    here.close()
    assert sorted(each.name for each in here.look()) == sorted([NAME, hello.name, TEAM_NOTE])  # what lay there is there
    assert here.hint == ""
    assert hub_status(old_url).version == 2
    left(old_url, Parcel(NAME, CONTENT), hello)
    assert sorted(fetched(old_url)) == sorted([CONTENT, b"hello", b"note"])
    here.close()


def test_that_rows_which_keep_others_out_are_named_and_set_aside_and_the_good_ones_come(old_url):
    squatted = hello_name(LAPTOP, 1)
    squat(old_url, NAME, SHA)
    squat(old_url, squatted, None)
    squat(old_url, roster_name(OTHER, SHA), None)
    left(old_url, Parcel(NAME, CONTENT), Parcel(squatted, b"hello"), Parcel(blob_name("ab" * 32), b"copy"))
    assert sorted(fetched(old_url)) == sorted([BAD, BAD, BAD, b"copy"])  # the good ones are withheld
    aside = (
        SetAside(NAME, OTHER, WRONG),
        SetAside(roster_name(OTHER, SHA), OTHER, "its bytes are not those that its name says"),
        SetAside(squatted, OTHER, "it was left in the name of another laptop"),
    )
    assert init_hub(old_url) == HubMade(2, aside)
    assert init_hub(old_url) == HubMade(2, ())
    assert hub_status(old_url).set_aside == aside
    with psycopg.connect(old_url) as connection:
        kept = connection.execute("SELECT content FROM hub.set_aside ORDER BY n").fetchall()
    assert [bytes(content) for (content,) in kept] == [BAD, BAD, BAD]  # not a byte is lost
    assert fetched(old_url) == [b"copy"]
    left(old_url, Parcel(NAME, CONTENT), Parcel(squatted, b"hello"))
    assert sorted(fetched(old_url)) == sorted([CONTENT, b"copy", b"hello"])


def test_that_only_who_made_a_hub_brings_it_up_and_members_see_what_is_set_aside(hub_server, old_url):
    squat(old_url, NAME, SHA)
    member = hub_server.as_login(old_url, "lead_login")
    with pytest.raises(CarrierAway, match="does not let this login make or bring up a hub"):
        init_hub(member)
    assert hub_status(old_url).version == 1
    init_hub(old_url)
    assert hub_status(member).set_aside == (SetAside(NAME, OTHER, WRONG),)
    with psycopg.connect(member) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("DELETE FROM hub.set_aside")


NAMES = [
    segment_name(LAPTOP, 1, 2, SHA), relay_name(LAPTOP, SHA), roster_name(LAPTOP, SHA), key_name(LAPTOP, SHA),
    hello_name(LAPTOP, 1),
]  # fmt: skip


def test_that_nobody_can_leave_other_bytes_under_a_name_or_hash(hub_server):
    url = hub_server.hub("lead_login", "other_login")
    mine, theirs = hub_server.as_login(url, "lead_login"), hub_server.as_login(url, "other_login")
    left(mine, Parcel(hello_name(LAPTOP, 9), b"here"))
    left(theirs, Parcel(hello_name(OTHER, 9), b"here"), device=OTHER)
    for name, sha in product(NAMES[:2], (SHA, sha256(BAD).digest())):
        with pytest.raises(psycopg.errors.CheckViolation):  # whoever it is, its owner too
            squat(url, name, sha, device=LAPTOP)
    for name in NAMES[2:4]:
        with pytest.raises(psycopg.errors.CheckViolation):
            squat(url, name, None, device=LAPTOP)
    for name in NAMES:
        sha = SHA if name.endswith("irtseg") else None
        with pytest.raises(psycopg.errors.InsufficientPrivilege):  # not even the right bytes in another's name
            squat(theirs, name, sha, CONTENT)
    sly = segment_name(sha256(BAD).hexdigest()[:16], 1, 2, SHA)  # a laptop that is called what its bytes come to
    with pytest.raises(psycopg.errors.CheckViolation):
        squat(url, sly, sha256(BAD).digest(), device=LAPTOP)
    left(mine, *(Parcel(name, CONTENT) for name in NAMES[:4]))
    assert fetched(mine, *(Entry(name, 5) for name in NAMES[:4])) == [CONTENT, b"", CONTENT, CONTENT]


def test_that_where_a_name_says_nothing_of_its_bytes_each_content_is_listed_and_given(hub_server):
    url = hub_server.hub()
    name = blob_name("ab" * 32)
    squat(url, name, None)
    left(url, Parcel(name, b"copy"), Parcel(TEAM_NOTE, b"note"))
    there = carrier(url)
    entries = there.look()
    assert sorted((each.name, each.size) for each in entries) == sorted([(name, 14), (name, 4), (TEAM_NOTE, 4)])
    assert {each.mark == "" for each in entries if each.name == TEAM_NOTE} == {True}
    assert {each.entry.size: each.content for each in there.fetch(entries) if each.entry.name == name} == {
        14: BAD, 4: b"copy",
    }  # fmt: skip
    gone = Entry(name, 4, "00" * 32)
    assert [(each.content, bool(each.trouble)) for each in there.fetch([gone])] == [(b"", True)]
    there.close()


def test_that_a_team_gets_past_rows_of_the_same_names_and_the_board_says_what_could_be_done(
    tmp_path, hub_server, old_url
):
    team = Team(tmp_path)
    team.everybody_syncs()
    first, second = team.laptops
    add_place(first, old_url)
    team.edit(0, "A01", ItemField.OWNER, "Head of SEND")
    report = team.sync(0, place=old_url)[0]
    assert "`hub init`" in report.places[0].hint
    assert report.places[0].trouble == ""
    assert first.glance(places_at)[0].hint == report.places[0].hint
    init_hub(old_url)
    with psycopg.connect(old_url) as connection:
        names = connection.execute(
            "SELECT name, by_device FROM hub.notice WHERE name ~ '^(devices|workspace)'"
        ).fetchall()
    for name, device in names:
        squat(old_url, name, None, device=device)
    team.edit(0, "A02", ItemField.OWNER, "Head of Early Help")
    assert team.sync(0, place=old_url)[0].places[0].hint == ""
    team.sync(1, place=old_url)
    assert (team.shown(1, "A01").owner, team.shown(1, "A02").owner) == ("Head of SEND", "Head of Early Help")
    assert team.board(1).faults == ()
    assert second.folder != first.folder
    team.close()


def test_that_a_status_of_a_database_that_is_no_hub_is_said(hub_server):
    hub_server.run("CREATE DATABASE {}", "no_hub_yet")
    with pytest.raises(CarrierAway, match="is no hub yet"):
        hub_making.hub_status(hub_server.address("no_hub_yet"))


def test_that_the_commands_say_how_an_older_hub_stands_and_what_was_set_aside(old_url, capsys):
    squat(old_url, NAME, SHA)
    assert run(["hub", "status", old_url]) == 0
    assert "hub, version 1" in (told := capsys.readouterr().out)
    assert "brings it up with `hub init`" in told
    assert run(["hub", "init", old_url]) == 0
    assert run(["hub", "status", old_url]) == 0
    told = capsys.readouterr().out
    assert "a hub now (version 2)" in told
    assert told.count(f"  {NAME} of laptop {OTHER}: {WRONG}\n") == 2
    assert "brings it up" not in told
    assert run(["hub", "status", old_url, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["version"], told["hint"]) == (2, "")
    assert told["set_aside"] == [{"name": NAME, "by_device": OTHER, "why": WRONG}]


def test_that_the_share_page_says_what_could_be_done_at_a_place():
    row = PlaceRow("postgresql://server/db", "hub", "2021-04-26T09:00:00+00:00", "", "It can be brought up.")
    now = datetime(2021, 4, 26, 9, 5, tzinfo=UTC)
    assert place_state(row, now) == "reached 5 min ago – It can be brought up."
