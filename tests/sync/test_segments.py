"""Segments: what one laptop wrote another reads to the byte; what is wrong is told, and nothing is taken."""

import json
import random
import tracemalloc
import zlib
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sync_samples import AT, KEY, LAPTOP, TEAM, WORKSPACE, made_changes, remade

from readiness.domain.changes import SCHEMA, Change
from readiness.domain.vocabulary import Verdict
from readiness.sync.keys import DeviceKey, TeamKey
from readiness.sync.lines import MOST_CHANGES, write_lines
from readiness.sync.segments import (
    LARGEST_BODY,
    LARGEST_RAW,
    LONGEST_HEADER,
    MAGIC,
    Refused,
    check_signature,
    open_segment,
    read_segment,
    write_segment,
)

STEPS, CHANGES = made_changes()
PLAIN = write_segment(WORKSPACE, KEY, STEPS, CHANGES, team=None, app="0.1.0", at=AT)
LOCKED = write_segment(WORKSPACE, KEY, STEPS, CHANGES, team=TEAM, app="0.1.0", at=AT)
TWICE = b'"AAAAAAAAAAAAAAAA","AAAAAAAAAAAAAAAA"'


def taken(content: bytes, public: bytes | None = KEY.public, keys=None) -> list[Change]:
    """Read a file to its end."""
    segment = read_segment(content, WORKSPACE)
    check_signature(segment, public)
    return open_segment(segment, {TEAM.id: TEAM} if keys is None else keys)[1]


def verdict(content: bytes, **more) -> Verdict:
    with pytest.raises(Refused) as refused:
        taken(content, **more)
    return refused.value.verdict


def lines(text: bytes, **fields: object) -> bytes:
    return remade(PLAIN, zlib.compress(text), raw_len=len(text), **fields)


@pytest.mark.parametrize("content", [PLAIN, LOCKED], ids=["plain", "locked"])
def test_that_what_was_written_is_read_with_the_same_ids(content):
    segment = read_segment(content, WORKSPACE)
    check_signature(segment, KEY.public)
    steps, changes = open_segment(segment, {TEAM.id: TEAM})
    assert changes == CHANGES
    assert {step.id: step for step in steps} == STEPS
    assert (segment.device, segment.first, segment.last, segment.count) == (LAPTOP, 1, 4, 4)
    assert segment.sha == sha256(content).digest()


def test_that_the_form_is_the_one_that_was_fixed():
    """These vectors hold for as long as the format does."""
    assert [each.id.hex() for each in CHANGES] == [
        "c2edc7f86324c095a739a5a9",
        "6f977debb3c2fb2c1e044166",
        "dfea8abee536d2241c150216",
        "d41b5c28b92f1403985f9a2b",
    ]
    raw = write_lines(STEPS, CHANGES)
    assert sha256(raw).hexdigest() == "d8282107ef9c3ef9bf1830b4eeb04b589d1cb1002f02dd0734940cefb9992398"
    assert (
        raw.decode().split("\n")[1]
        == '[null,2,104857600000000002,"item","00000000000000000000000000000000","status",null,'
        '"Plas Newydd – 2\\n“line”",2,["AAAAAAAAAAAAAAAC",0]]'
    )
    header, signature, _ = PLAIN[len(MAGIC) :].split(b"\n", 2)
    said = json.loads(header)
    for packed_differently_by_other_zlibs in ("sha", "len"):
        said.pop(packed_differently_by_other_zlibs)
    assert said == {
        "fmt": "irtseg", "v": 1, "workspace": WORKSPACE, "device": LAPTOP, "first": 1, "last": 4, "n": 4,
        "schema": SCHEMA, "min_reader": 1, "codec": "zlib", "enc": "none", "key_id": 0, "raw_len": len(raw),
        "app": "0.1.0", "at": AT,
    }  # fmt: skip
    assert signature == KEY.sign(header).hex().encode()


def test_that_a_locked_segment_says_nothing_that_people_wrote():
    assert b"Plas" not in LOCKED
    assert b"Head of SEND" not in LOCKED


def test_that_each_fault_has_its_own_verdict():
    assert verdict(b"") is Verdict.PARTIAL
    assert verdict(MAGIC[:4]) is Verdict.PARTIAL
    assert verdict(b"PK\x03\x04 something else") is Verdict.FOREIGN
    assert verdict(remade(PLAIN, workspace="f" * 32)) is Verdict.FOREIGN
    assert verdict(PLAIN[:-1]) is Verdict.PARTIAL
    assert verdict(PLAIN + b"x") is Verdict.DAMAGED
    assert verdict(PLAIN[:-1] + bytes([PLAIN[-1] ^ 1])) is Verdict.DAMAGED
    assert verdict(PLAIN, public=None) is Verdict.UNKNOWN_DEVICE
    assert verdict(PLAIN, public=DeviceKey.new().public) is Verdict.FORGED
    assert verdict(remade(PLAIN, key=DeviceKey.new())) is Verdict.FORGED
    assert verdict(LOCKED, keys={}) is Verdict.NO_KEY
    assert verdict(LOCKED, keys={1: TeamKey(1, bytes(32))}) is Verdict.NO_KEY
    assert verdict(remade(PLAIN, min_reader=2)) is Verdict.TOO_NEW
    assert verdict(MAGIC + b"{" * (LONGEST_HEADER + 2)) is Verdict.TOO_LARGE
    assert verdict(remade(PLAIN, len=LARGEST_BODY + 1)) is Verdict.TOO_LARGE
    assert verdict(remade(PLAIN, raw_len=LARGEST_RAW + 1)) is Verdict.TOO_LARGE
    assert verdict(remade(PLAIN, n=MOST_CHANGES + 1, last=MOST_CHANGES + 1)) is Verdict.TOO_LARGE


def test_that_a_bomb_is_not_unpacked():
    assert verdict(remade(PLAIN, zlib.compress(bytes(50_000_000)))) is Verdict.DAMAGED
    assert verdict(remade(PLAIN, zlib.compress(b"[" * 1_000_000), raw_len=1_000_000)) is Verdict.DAMAGED


def test_that_a_bomb_takes_no_more_room_than_its_header_says():
    bomb = remade(PLAIN, zlib.compress(bytes(50_000_000)), raw_len=1_000)
    tracemalloc.start()
    try:
        assert verdict(bomb) is Verdict.DAMAGED
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 1_000_000


def test_that_wrong_bytes_are_told_without_any_key():
    """Whoever only hands a file on cannot unlock it, and must not hand harm on."""
    harmed = LOCKED[:-1] + bytes([LOCKED[-1] ^ 1])
    assert verdict(harmed, keys={}) is Verdict.DAMAGED


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"null",
        b"[]",
        b'[null,1,1,"item","a","status",null,"x",2,[]]',  # of no step
        b'[["00000000000g","","2021-03-01T09:30:00.000Z","","",null],1,1,"item","a","status",null,"x",2,[]]',
        b'[["000000000000","","yesterday","","",null],1,1,"item","a","status",null,"x",2,[]]',
        b'[["000000000000","","2021-03-01T09:30:00.000Z","","",null],0,1,"item","a","status",null,"x",2,[]]',
        b'[["000000000000","","2021-03-01T09:30:00.000Z","","",null],true,1,"item","a","status",null,"x",2,[]]',
        b'[["000000000000","","2021-03-01T09:30:00.000Z","","",null],1,9223372036854775807,"item","a","b",null,1,2,[]]',
        b'[["000000000000","","2021-03-01T09:30:00.000Z","","",null],1,1,"item; DROP","a","status",null,"x",2,[]]',
        b'[["000000000000","","2021-03-01T09:30:00.000Z","","",null],1,1,"item","../a","status",null,"x",2,[]]',
        b'[["000000000000","","2021-03-01T09:30:00.000Z","","",null],1,1,"item","a","status",null,1.5,2,[]]',
        b'[["000000000000","","2021-03-01T09:30:00.000Z","","",null],1,1,"item","a","status",null,NaN,2,[]]',
        b'[["000000000000","","2021-03-01T09:30:00.000Z","","",null],1,1,"item","a","status",null,["x"],2,[]]',
        b'[["000000000000","","2021-03-01T09:30:00.000Z","","",null],1,1,"item","a","status",null,"x",2,[0]]',
        b'[["000000000000","","2021-03-01T09:30:00.000Z","","",null],1,1,"item","a","status",null,"x",2,[-1]]',
        b'[["000000000000","","2021-03-01T09:30:00.000Z","","",null],1,1,"item","a","status",null,"x",2,["short"]]',
        b'[["000000000000","","2021-03-01T09:30:00.000Z","","",null],1,1,"a","a","a",1,2,2,[%b]]' % TWICE,
        b'\xff\xfe',
    ],
)  # fmt: skip
def test_that_lines_which_no_program_of_ours_writes_are_not_taken_even_when_signed(line):
    assert verdict(lines(line, n=1, first=1, last=1)) is Verdict.DAMAGED


def test_that_the_smallest_line_of_those_would_be_taken():
    """What the lines above differ from."""
    line = b'[["000000000000","","2021-03-01T09:30:00.000Z","","",null],1,1,"item","a","status",null,"x",2,[]]'
    assert taken(lines(line, n=1, first=1, last=1))[0].new == '"x"'


def test_that_a_header_which_counts_otherwise_than_its_lines_is_not_believed():
    assert verdict(remade(PLAIN, n=3)) is Verdict.DAMAGED
    assert verdict(remade(PLAIN, last=5)) is Verdict.DAMAGED


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([PLAIN, LOCKED]), st.integers(0, 2**32))
def test_that_no_wrong_byte_is_ever_taken_and_nothing_but_a_refusal_comes_of_it(content, seed):
    chance = random.Random(seed)
    wrong = bytearray(content)
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(wrong))
        match chance.randrange(4):
            case 0:
                wrong[place] ^= 1 << chance.randrange(8)
            case 1:
                del wrong[place : place + chance.randint(1, 40)]
            case 2:
                wrong[place:place] = wrong[place : place + 20]
            case _:
                del wrong[place:]
        if not wrong:
            break
    if bytes(wrong) != content:
        assert not verdict(bytes(wrong)).is_final
