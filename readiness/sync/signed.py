"""Signed: the form of small notes that laptops leave for each other.

    IRTNOTE1
    fields, one line of canonical JSON
    signature of that line, Ed25519, hex

Source: merge.md, 7.2.
"""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping
from typing import Any

from readiness.domain.vocabulary import Verdict
from readiness.sync.keys import SIGNATURE_BYTES, DeviceKey
from readiness.sync.segments import Refused
from readiness.sync.texts import BadText, canonical, hex_bytes, read_json, text

MAGIC = b"IRTNOTE1\n"
LARGEST = 256 * 1024
"""Bytes of a note."""


def signed(key: DeviceKey, fields: Mapping[str, object]) -> bytes:
    """Return the file of a note: its fields and their signature."""
    line = canonical(fields).encode("utf-8")
    return b"".join((MAGIC, line, b"\n", key.sign(line).hex().encode("ascii"), b"\n"))


def read_signed(content: bytes, fmt: str, workspace: str) -> tuple[Any, bytes, bytes]:
    """Return the fields of a note, the line they stand in and its signature, still to be checked. Raises Refused."""
    if not content.startswith(MAGIC):
        raise Refused(Verdict.PARTIAL if MAGIC.startswith(content) else Verdict.FOREIGN)
    if len(content) > LARGEST:
        raise Refused(Verdict.TOO_LARGE)
    line, _, rest = content[len(MAGIC) :].partition(b"\n")
    if not rest.endswith(b"\n") or len(rest) < 2 * SIGNATURE_BYTES + 1:
        raise Refused(Verdict.PARTIAL)
    try:
        said = read_json(line)
        signature = hex_bytes(rest[:-1])
    except BadText as error:
        raise Refused(Verdict.DAMAGED) from error
    if not isinstance(said, dict) or said.get("fmt") != fmt:
        raise Refused(Verdict.FOREIGN)
    if workspace and said.get("workspace") != workspace:
        raise Refused(Verdict.FOREIGN)
    if said.get("v") != 1:
        raise Refused(Verdict.TOO_NEW)
    return said, line, signature


def as_text(content: bytes) -> str:
    """Return bytes as JSON has them."""
    return b64encode(content).decode("ascii")


def from_text(said: object, size: int | None = None) -> bytes:
    """Return the bytes that `as_text` was given. Raises BadText; `size` is how many they must be."""
    try:
        found = b64decode(text(said, LARGEST), validate=True)
    except (Base64Error, ValueError) as error:
        raise BadText("no base64") from error
    if size is not None and len(found) != size:
        raise BadText("not of that size")
    return found
