"""Introductions: read back as they were written, and refused when anybody else could have made them."""

from dataclasses import replace

import pytest

from readiness.domain.vocabulary import Verdict
from readiness.sync.introductions import Introduction, read_introduction, write_introduction
from readiness.sync.keys import DeviceKey, fingerprint, same_code
from readiness.sync.segments import Refused

KEY = DeviceKey(bytes(range(32)))
SAID = Introduction("a" * 16, KEY.public, "Fostering laptop", "2021-03-01T09:30:00.000Z")
CONTENT = write_introduction(KEY, SAID)


def verdict(content: bytes) -> Verdict:
    with pytest.raises(Refused) as refused:
        read_introduction(content)
    return refused.value.verdict


def test_that_an_introduction_is_read_as_it_was_written_and_holds_no_secret():
    assert read_introduction(CONTENT) == SAID
    assert KEY.seed not in CONTENT
    assert KEY.seed.hex().encode() not in CONTENT


def test_that_an_introduction_signed_by_another_key_is_forged():
    assert verdict(write_introduction(DeviceKey.new(), SAID)) is Verdict.FORGED


def test_that_a_single_wrong_bit_or_a_missing_end_is_refused():
    for place in range(0, len(CONTENT), 3):
        assert not verdict(CONTENT[:place] + bytes([CONTENT[place] ^ 1]) + CONTENT[place + 1 :]).is_final
    for length in range(0, len(CONTENT) - 1, 7):
        assert verdict(CONTENT[:length]) is Verdict.PARTIAL


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (b"PK\x03\x04 some zip", Verdict.FOREIGN),
        (CONTENT.replace(b'"v":1', b'"v":2'), Verdict.TOO_NEW),
        (CONTENT.replace(b"irtintro", b"irthello"), Verdict.FOREIGN),
        (CONTENT + b"x" * 300_000, Verdict.TOO_LARGE),
        (write_introduction(KEY, replace(SAID, device="not a laptop")), Verdict.DAMAGED),
        (write_introduction(KEY, replace(SAID, label="x" * 61)), Verdict.DAMAGED),
        (write_introduction(KEY, replace(SAID, public=b"short")), Verdict.DAMAGED),
    ],
)
def test_that_what_is_no_introduction_says_which_way(said, expected):
    assert verdict(said) is expected


def test_that_a_code_is_heard_in_any_spelling_and_nothing_is_no_code():
    code = fingerprint(KEY.public)
    assert same_code(code.lower().replace("-", " "), code)
    assert not same_code(code[:-1], code)
    assert not same_code(" - ", code)
    assert fingerprint(KEY.public, KEY.public) != code
    assert fingerprint() == ""
