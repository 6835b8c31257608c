"""Layout: a name says what the file is and nothing else; whatever is not one of ours is never used as a path."""

from hashlib import sha256
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.sync.layout import (
    BLOB,
    HELLO,
    KEY,
    ROSTER,
    SEGMENT,
    TEAM,
    TEAM_FILE,
    blob_name,
    ending_of,
    found_name,
    hello_name,
    key_name,
    placed,
    relay_name,
    relayed_hello_name,
    roster_name,
    segment_name,
)

DEVICE, OTHER, SHA = "00112233aabbccdd", "f" * 16, sha256(b"a segment").digest()
OURS = (
    segment_name(DEVICE, 1, 140, SHA),
    relay_name(DEVICE, SHA),
    hello_name(DEVICE, 7),
    relayed_hello_name(DEVICE, OTHER, 7),
    roster_name(DEVICE, SHA),
    key_name(DEVICE, SHA),
    blob_name(SHA.hex()),
    TEAM,
)
devices = st.text("0123456789abcdef", min_size=16, max_size=16)
shas = st.binary(min_size=32, max_size=32)
numbers = st.integers(1, 99_999_999)


@given(devices, devices, shas, numbers, numbers)
def test_that_a_name_says_what_it_was_made_of(device, other, sha, first, last):
    tag = sha.hex()[:12]
    assert placed(segment_name(device, first, last, sha)) == (SEGMENT, device, tag)
    assert placed(relay_name(device, sha)) == (SEGMENT, device, tag)
    assert placed(hello_name(device, first)) == (HELLO, device, f"{first:08d}")
    assert placed(relayed_hello_name(device, other, first)) == (HELLO, device, f"{other}-{first:08d}")
    assert placed(roster_name(device, sha)) == (ROSTER, device, tag)
    assert placed(key_name(device, sha)) == (KEY, device, tag)
    assert placed(blob_name(sha.hex())) == (BLOB, "", sha.hex())
    assert placed(TEAM) == (TEAM_FILE, "", ".")


@given(st.text())
def test_that_the_name_for_a_file_of_another_name_is_safe_whatever_the_file_is_called(name):
    for kind in (SEGMENT, ROSTER, KEY):
        found = found_name(name, kind)
        assert placed(found) == (kind, found[6:22], "")
        assert found.isascii()
        assert found != found_name(f"{name}.", kind)


def test_that_a_file_whose_name_is_no_text_gets_a_safe_name_too():
    name = b"devices/\xff\xfe.irtseg".decode("utf-8", "surrogateescape")
    assert placed(found_name(name, SEGMENT)) is not None


@given(st.sampled_from(OURS), st.integers(0, 90), st.integers(0, 8), st.text("./\\:0a-\0\n ", max_size=4))
def test_that_whatever_passes_as_ours_stays_below_the_folder_it_is_joined_to(ours, place, size, other):
    name = ours[:place] + other + ours[place + size :]
    if placed(name) is not None:
        for kind in (PurePosixPath, PureWindowsPath):
            assert not kind(name).is_absolute()
            assert ".." not in kind(name).parts
            assert kind(name).as_posix() == name


@pytest.mark.parametrize("ours", OURS)
@pytest.mark.parametrize(
    "change",
    [
        lambda name: f"../{name}",
        lambda name: f"/{name}",
        lambda name: f"C:/{name}",
        lambda name: f"//server/share/{name}",
        lambda name: f"./{name}",
        lambda name: f"x/../{name}",
        lambda name: name.replace("/", "//") if "/" in name else f"{name}/",
        lambda name: name.replace("/", "\\") if "/" in name else f"\\{name}",
        lambda name: name.replace("/", "/../", 1) if "/" in name else f"../../{name}",
        lambda name: f"{name}/x",
        lambda name: f"{name}\n",
        lambda name: f"{name}\0",
        lambda name: f"{name} ",
        lambda name: f"{name}.",
        lambda name: f"{name}:stream",
        lambda name: f"{name}.1a2b3c4d.tmp",
        lambda name: name.upper(),
        lambda name: name.capitalize(),
        lambda name: f"IRT-00112233/{name}",
    ],
)
def test_that_a_name_which_climbs_out_or_is_spelled_otherwise_is_not_ours(ours, change):
    assert placed(ours) is not None
    assert placed(change(ours)) is None


@pytest.mark.parametrize(
    "name",
    [
        segment_name(DEVICE.upper(), 1, 2, SHA),
        segment_name(DEVICE, 1, 2, SHA).replace("00000001", "0000000\u0661"),  # digits, but of another script
        hello_name(DEVICE, 1).replace("00000001", "0000000\uff11"),
        relay_name(DEVICE[:-1], SHA),
        segment_name("g" * 16, 1, 2, SHA),
        f"blobs/00/{'a' * 64}.irtblob",  # in the directory of another
        blob_name(SHA.hex()[:-1]),
        "devices/workspace.irtws",
        "",
        ".",
    ],
)
def test_that_a_name_which_no_program_of_ours_makes_is_not_ours(name):
    assert placed(name) is None


COPIES = [
    "{stem}-SEND-LAPTOP-3.{end}",  # OneDrive
    "{stem}-SEND-LAPTOP-3-2.{end}",
    "{stem} (Head of SEND's conflicted copy 2021-03-01).{end}",  # Dropbox
    "{stem} (Case Conflict).{end}",
    "{stem} (1).{end}",  # Google Drive
    "[Conflict] {stem}.{end}",
    "{stem} (conflicted copy 2021-03-01 093000).{end}",  # Nextcloud
    "{stem}_conflict-20210301-093000.{end}",  # ownCloud
    "{stem}.sync-conflict-20210301-093000-ABCDEFG.{end}",  # Syncthing
    "{stem} - Copy.{end}",  # people
    "Kopie von {stem}.{end}",
]


@pytest.mark.parametrize("ours", OURS[:2] + OURS[4:6])
@pytest.mark.parametrize("copy", COPIES)
def test_that_a_copy_which_a_cloud_program_made_is_no_name_of_ours_but_is_looked_into(ours, copy):
    folder, _, name = ours.rpartition("/")
    stem, _, end = name.rpartition(".")
    for found in (f"{folder}/{copy.format(stem=stem, end=end)}", f"{folder}/{copy.format(stem=stem, end=end.upper())}"):
        kind, known = ending_of(found), placed(ours)
        assert placed(found) is None
        assert known is not None
        assert kind is known.kind
        assert placed(found_name(found, kind)) is not None


@pytest.mark.parametrize(
    "name", ["desktop.ini", "a.irtseg.1a2b3c4d.tmp", "a.irtseg~", "~$a.irthello", "irtsegment", ""]
)
def test_that_other_peoples_files_and_unfinished_ones_are_not_looked_into(name):
    assert ending_of(name) is None


def test_that_ours_fit_what_cloud_folders_take():
    """OneDrive leaves out some names and long paths; a stick may hold short ones only. Source: merge.md, 2.5."""
    for name in OURS:
        parts = name.split("/")
        assert len(name) < 100
        assert all(part[0] not in ".~" and not part.endswith((".tmp", ".lock", " ")) for part in parts)
        assert name.isascii()
        assert not set(name) & set('"*:<>?\\|#%')
