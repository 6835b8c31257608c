"""Links: kept as they are; only a web page is opened without asking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.domain.addresses import (
    LONGEST_ADDRESS,
    AddressKind,
    address_kind,
    checked_address,
    is_address,
    is_openable,
    kept_as_text,
    name_of_address,
)
from readiness.domain.errors import BadValue

KINDS = {
    "https://www.gov.uk/government/publications/send-code-of-practice-0-to-25": AddressKind.WEB,
    "HTTP://intranet/page?x=1": AddressKind.WEB,
    "https:/www.gov.uk": AddressKind.PROGRAM,
    "https://": AddressKind.PROGRAM,
    "http:// evil": AddressKind.PROGRAM,
    "file:///C:/Users/x/audit.xlsx": AddressKind.PLACE,
    "FILE://server/share/audit.xlsx": AddressKind.PLACE,
    "\\\\server\\share\\audit.xlsx": AddressKind.PLACE,
    "//server/share/audit.xlsx": AddressKind.PLACE,
    "S:\\SEND\\audit.xlsx": AddressKind.PLACE,
    "javascript:alert(1)": AddressKind.PROGRAM,
    "JavaScript:alert(1)": AddressKind.PROGRAM,
    "data:text/html,<script>": AddressKind.PROGRAM,
    "vbscript:x": AddressKind.PROGRAM,
    "ms-word:ofe|u|https://x": AddressKind.PROGRAM,
    "mailto:send@example.gov.uk": AddressKind.PROGRAM,
}


@pytest.mark.parametrize(("text", "kind"), KINDS.items())
def test_that_an_address_is_kept_as_it_is_and_known_for_what_it_leads_to(text, kind):
    assert checked_address(f"  {text}\n") == text
    assert address_kind(text) is kind
    assert is_openable(text) == (kind is AddressKind.WEB)
    assert bool(kept_as_text(text)) == (kind is not AddressKind.WEB)
    assert name_of_address(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ("the shared drive", "is not a link"),
        ("www.gov.uk/send", "is not a link"),
        ("audit.xlsx", "is not a link"),
        ("https://x/\nhttps://y", "line break"),
        ("https://x/\x00", "line break"),
        ("https://x/" + "a" * LONGEST_ADDRESS, "2,010 characters"),
        ("data:text/plain," + "a" * 100_000, "100,016 characters"),
    ],
)
def test_that_what_is_no_link_is_refused_with_the_cure(text, said):
    with pytest.raises(BadValue, match=said) as refused:
        checked_address(text)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("text", ["C:\\Users\\x\\audit.xlsx", "audit.xlsx", "audits/a: final.xlsx", "/tmp/x", "~/x"])
def test_that_a_path_of_a_file_here_is_no_address(text):
    assert not is_address(text)


@given(st.text(max_size=40))
def test_that_any_text_is_kept_or_refused(text):
    try:
        kept = checked_address(text)
    except BadValue:
        return
    assert kept == text.strip()
    assert name_of_address(kept)


def test_that_a_link_is_named_by_its_last_part():
    assert name_of_address("https://www.gov.uk/guidance/send-reviews/?page=2#top") == "send-reviews"
    assert name_of_address("https://www.gov.uk/") == "www.gov.uk"
    assert name_of_address("\\\\server\\share\\Audit March.xlsx") == "Audit March.xlsx"
    assert name_of_address("javascript:") == "javascript:"
