"""Notes: what laptops say of themselves and of each other is taken from those alone who may say it."""

from dataclasses import replace
from itertools import permutations

import pytest
from sync_samples import AT, KEY, LAPTOP, TEAM, WORKSPACE

from readiness.domain.vocabulary import Verdict
from readiness.sync.keys import DeviceKey, Locked, TeamKey, new_salt
from readiness.sync.notes import (
    Hello,
    RosterEntry,
    TeamNote,
    keys_by_passphrase,
    keys_for_laptop,
    keys_for_passphrase,
    keys_sealed_to,
    read_hello,
    read_roster,
    read_team,
    settled,
    write_hello,
    write_roster,
    write_team,
)
from readiness.sync.segments import Refused
from readiness.sync.signed import as_text, read_signed, signed

OTHER, LEAD, LEAVER = "1" * 16, "2" * 16, "3" * 16
KEYS = {1: TEAM}
HELLO = Hello(
    WORKSPACE, LAPTOP, 3, KEY.public, "SEND laptop", "Head of SEND", "", "0.1.0", 2, AT, {OTHER: 7}, 9, "7F3A-22C1"
)
SALT = new_salt()
LOCKED = keys_for_passphrase("five words are quite enough", SALT, KEYS, KEY.public)
NOTE = TeamNote(WORKSPACE, LAPTOP, KEY.public, 1, "Leicester", LAPTOP, KEY.public, 1, SALT, LOCKED, {}, AT)


def entry(by: str, n: int, about: str, deed: str, after: int = 0) -> RosterEntry:
    return RosterEntry(WORKSPACE, by, n, about, bytes(32), deed, after, AT)


def verdict(read, *args) -> Verdict:
    with pytest.raises(Refused) as refused:
        read(*args)
    return refused.value.verdict


def test_that_a_hello_is_read_by_the_team_and_names_nobody_to_others():
    content = write_hello(KEY, TEAM, HELLO)
    assert read_hello(content, WORKSPACE, KEYS) == HELLO
    assert b"Head of SEND" not in content
    assert verdict(read_hello, content, WORKSPACE, {}) is Verdict.NO_KEY
    assert verdict(read_hello, content, "f" * 32, KEYS) is Verdict.FOREIGN


def test_that_nobody_without_the_teams_key_introduces_a_laptop():
    assert verdict(read_hello, write_hello(KEY, TeamKey(1, bytes(32)), HELLO), WORKSPACE, KEYS) is Verdict.FORGED


def test_that_a_hello_cannot_be_passed_off_as_another_laptops():
    other = DeviceKey.new()
    assert verdict(read_hello, write_hello(other, TEAM, HELLO), WORKSPACE, KEYS) is Verdict.FORGED


def test_that_what_the_team_locked_in_one_hello_introduces_no_other_laptop():
    """Whoever can write in the place copies the locked part of a hello into one that they sign themselves."""
    own, _, _ = read_signed(write_hello(KEY, TEAM, HELLO), "irthello", WORKSPACE)
    stranger = DeviceKey.new()
    for fields in ({"device": OTHER}, {"n": 4}, {}):
        forged = signed(stranger, {**own, **fields, "public": as_text(stranger.public)})
        assert verdict(read_hello, forged, WORKSPACE, KEYS) is Verdict.FORGED
    assert verdict(read_hello, signed(KEY, {**own, "n": 4}), WORKSPACE, KEYS) is Verdict.FORGED


def test_that_a_hello_that_is_cut_short_is_partial_and_one_that_was_altered_is_refused():
    content = write_hello(KEY, TEAM, HELLO)
    for length in range(0, len(content) - 1, 7):
        assert verdict(read_hello, content[:length], WORKSPACE, KEYS) is Verdict.PARTIAL
    for place in range(0, len(content), 5):
        wrong = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        assert not verdict(read_hello, wrong, WORKSPACE, KEYS).is_final


def test_that_the_passphrase_opens_the_teams_keys_and_another_does_not():
    note = read_team(write_team(KEY, NOTE), WORKSPACE)
    assert note == NOTE
    assert keys_by_passphrase(note, "five words are quite enough") == KEYS
    with pytest.raises(Locked):
        keys_by_passphrase(note, "five words are not enough")
    with pytest.raises(Locked):  # somebody else's note around the team's keys
        keys_by_passphrase(replace(note, founder_public=bytes(32)), "five words are quite enough")


def test_that_keys_sealed_to_a_laptop_open_there_alone():
    mine, yours = DeviceKey.new(), DeviceKey.new()
    note = replace(NOTE, sealed={OTHER: keys_for_laptop(mine.public, KEYS, KEY.public)})
    assert keys_sealed_to(read_team(write_team(KEY, note)), OTHER, mine) == KEYS
    for device, key in ((OTHER, yours), (LEAD, mine)):
        with pytest.raises(Locked):
            keys_sealed_to(note, device, key)


def test_that_an_entry_of_the_roster_is_its_authors():
    said = replace(entry(LAPTOP, 1, LEAVER, "revoke", 60), public=KEY.public)
    content = write_roster(KEY, said)
    assert read_roster(content, WORKSPACE, {LAPTOP: KEY.public}) == said
    assert verdict(read_roster, content, WORKSPACE, {}) is Verdict.UNKNOWN_DEVICE
    assert verdict(read_roster, content, WORKSPACE, {LAPTOP: DeviceKey.new().public}) is Verdict.FORGED


def test_that_the_founder_leads_and_whoever_a_lead_names_and_nobody_else():
    roster = [
        entry(LAPTOP, 1, LEAD, "lead"),
        entry(LEAD, 2, LEAVER, "revoke", 60),
        entry(OTHER, 3, LAPTOP, "revoke", 1),  # leads nothing
        entry(LEAVER, 4, OTHER, "lead"),  # was shut out
        entry(LEAD, 5, OTHER, "pin"),
    ]
    standings = {str(settled(LAPTOP, order)) for order in permutations(roster)}
    assert len(standings) == 1
    standing = settled(LAPTOP, roster)
    assert standing.leads == {LAPTOP, LEAD}
    assert standing.revoked == {LEAVER: 60}
    assert standing.pinned.keys() == {LEAD, OTHER}


def test_that_a_lead_that_was_shut_out_leads_no_longer():
    roster = [
        entry(LAPTOP, 1, LEAD, "lead"),
        entry(LAPTOP, 2, LEAD, "revoke", 60),
        entry(LEAD, 3, OTHER, "lead"),
        entry(LEAD, 4, LAPTOP, "revoke", 1),
        entry(LEAD, 5, LEAD, "reinstate"),
    ]
    standing = settled(LAPTOP, roster)
    assert standing.leads == {LAPTOP}
    assert standing.revoked == {LEAD: 60}


def test_that_a_laptop_can_be_let_in_again():
    roster = [entry(LAPTOP, 1, LEAVER, "revoke", 60), entry(LAPTOP, 2, LEAVER, "reinstate")]
    assert settled(LAPTOP, roster).revoked == {}
    assert settled(LAPTOP, roster[:1]).revoked == {LEAVER: 60}
