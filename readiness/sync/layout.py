"""Layout: the names that files have in every place, and how large each may be. Other names are nobody's business here.

Names are plain ASCII, relative, with "/" between folders; what a place calls its files is never used as a path unless
it is one of these. Source: merge.md, section 7.2.
"""

import re
from hashlib import sha256
from typing import NamedTuple

README = "READ ME - do not rename or tidy.txt"
TEAM = "workspace.irtws"


class Kind(NamedTuple):
    """A kind of file."""

    ending: str
    largest: int  # bytes


SEGMENT = Kind("irtseg", 16 * 1024 * 1024 + 128 * 1024)
HELLO = Kind("irthello", 256 * 1024)
ROSTER = Kind("irtroster", 64 * 1024)
TEAM_FILE = Kind("irtws", 64 * 1024)
BLOB = Kind("irtblob", 25 * 1024 * 1024 + 1024)
KEY = Kind("irtkey", 64 * 1024)


FOUND = "found"
"""Where copies are said to lie that cloud programs made of our files under names of their own."""


class Placed(NamedTuple):
    """What a name says."""

    kind: Kind
    device: str  # whose directory it lies in: the author's, or whoever handed it on; "" where there is none
    tag: str  # the first 12 hex digits of the SHA-256 of a segment's, roster's or key's bytes; a blob's name


_HEX16, _HEX12, _N8 = "([0-9a-f]{16})", "([0-9a-f]{12})", "[0-9]{8}"  # \d would take the digits of every script
_PATTERNS = (
    (SEGMENT, re.compile(rf"devices/{_HEX16}/{_N8}-{_N8}-{_HEX12}\.irtseg")),
    (SEGMENT, re.compile(rf"relay/{_HEX16}/{_HEX12}\.irtseg")),
    (HELLO, re.compile(rf"devices/{_HEX16}/hello-({_N8})\.irthello")),
    (HELLO, re.compile(rf"relay/{_HEX16}/([0-9a-f]{{16}}-{_N8})\.irthello")),
    (ROSTER, re.compile(rf"roster/{_HEX16}-{_HEX12}\.irtroster")),
    (KEY, re.compile(rf"keys/{_HEX16}-{_HEX12}\.irtkey")),
    (BLOB, re.compile(r"blobs/([0-9a-f]{2})/(\1[0-9a-f]{62})\.irtblob")),
    (TEAM_FILE, re.compile(r"(workspace)(\.)irtws")),
    *((kind, re.compile(rf"found/([0-9a-f]{{16}})()\.{kind.ending}")) for kind in (SEGMENT, ROSTER, KEY)),
)
_NUMBERS = re.compile(rf"devices/[0-9a-f]{{16}}/({_N8})-({_N8})-[0-9a-f]{{12}}\.irtseg")
_ENDINGS = {kind.ending: kind for kind in (SEGMENT, ROSTER, KEY)}


def segment_name(device: str, first: int, last: int, sha: bytes) -> str:
    """Return where a laptop leaves a segment of its own; `sha` is of the whole file."""
    return f"devices/{device}/{min(first, 99_999_999):08d}-{min(last, 99_999_999):08d}-{sha.hex()[:12]}.irtseg"


def relay_name(by: str, sha: bytes) -> str:
    """Return where a laptop leaves somebody else's segment."""
    return f"relay/{by}/{sha.hex()[:12]}.irtseg"


def hello_name(device: str, n: int) -> str:
    """Return where a laptop says who it is, for the n-th time."""
    return f"devices/{device}/hello-{n:08d}.irthello"


def relayed_hello_name(by: str, device: str, n: int) -> str:
    """Return where a laptop leaves what another said of itself."""
    return f"relay/{by}/{device}-{n:08d}.irthello"


def roster_name(by: str, sha: bytes) -> str:
    """Return where an entry of the roster lies."""
    return f"roster/{by}-{sha.hex()[:12]}.irtroster"


def key_name(by: str, sha: bytes) -> str:
    """Return where a team key lies that is sealed to laptops."""
    return f"keys/{by}-{sha.hex()[:12]}.irtkey"


def blob_name(name: str) -> str:
    """Return where an evidence file lies; `name` is 64 hex digits."""
    return f"blobs/{name[:2]}/{name}.irtblob"


def numbers_in(name: str) -> tuple[int, int] | None:
    """Return the first and the last change that a segment holds, as its name says; None: it does not say."""
    found = _NUMBERS.fullmatch(name)
    return (int(found[1]), int(found[2])) if found else None


def ending_of(name: str) -> Kind | None:
    """Return which kind of file a name that is not ours ends like: its content tells whether it is one."""
    return _ENDINGS.get(name.rpartition(".")[2].lower())  # some sticks keep capitals only


def found_name(name: str, kind: Kind) -> str:
    """Return the safe name of a file that has one of its own."""
    return f"{FOUND}/{sha256(name.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}.{kind.ending}"


def placed(name: str) -> Placed | None:
    """Return what a name says; None where it is not one of ours."""
    for kind, pattern in _PATTERNS:
        found = pattern.fullmatch(name)
        if found:
            whose, tag = found.groups()
            return Placed(kind, "" if kind in (BLOB, TEAM_FILE) else whose, tag)
    return None
