"""Addresses: links as people paste them. They are kept as they are; what they lead to decides who may open them.

A web address is opened with the system's browser. Anything else (a path on a server, `file:`, `javascript:`, `data:`)
is text that stands beside the evidence: nothing of it is opened before somebody is asked.
"""

import re
from enum import Enum

from readiness.domain.errors import BadValue
from readiness.domain.plain_words import is_control, shown

LONGEST_ADDRESS = 2_000
"""Characters; browsers and Excel take no more."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")  # two letters at least: C: is a drive
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


class AddressKind(Enum):
    """What an address leads to."""

    WEB = "a web page"
    PLACE = "a place on a computer or a server"  # file:, \\server\share, C:\
    PROGRAM = "something a program would run or show"  # javascript:, data:, and every other scheme


def address_kind(text: str) -> AddressKind:
    """Return what an address leads to; one without a scheme counts as a place."""
    scheme = _SCHEME.match(text)
    if scheme is None or scheme[1].lower() == "file":
        return AddressKind.PLACE
    return AddressKind.WEB if _is_web(scheme[1], text) else AddressKind.PROGRAM


def _is_web(scheme: str, text: str) -> bool:
    return scheme.lower() in ("http", "https") and bool(re.match(r"//[^/\s]", text[len(scheme) + 1 :]))


def is_openable(text: str) -> bool:
    """Whether an address may be opened without asking: it leads to a web page."""
    return address_kind(text) is AddressKind.WEB


def is_address(text: str) -> bool:
    """Whether a text is meant as an address and not as the path of a file here: it has a scheme, or names a server."""
    return bool(_SCHEME.match(text)) or text.startswith(("\\\\", "//"))


def checked_address(text: str) -> str:
    """Return an address as it is kept, without the space around it. Raises BadValue."""
    tidy = text.strip()
    if not tidy:
        raise BadValue("The link is empty. Paste the address it leads to.")
    if len(tidy) > LONGEST_ADDRESS:
        raise BadValue(
            f"The link has {len(tidy):,} characters. Shorten it to {LONGEST_ADDRESS:,}, or save what it leads to as "
            "a file and add that."
        )
    if any(is_control(character) for character in tidy):
        raise BadValue(f"The link “{shown(tidy)}” holds a line break or a control character. Copy it again.")
    if not is_address(tidy) and not _DRIVE.match(tidy):
        raise BadValue(f"“{shown(tidy)}” is not a link. Write it in full, such as https://www.gov.uk/.")
    return tidy


def kept_as_text(text: str) -> str:
    """Return what is said of an address that is not opened without asking; "" of a web page."""
    if is_openable(text):
        return ""
    return f"“{shown(text)}” leads to {address_kind(text).value}: it is kept as text and not opened without asking."


def name_of_address(text: str) -> str:
    """Return a short name for a link: its last part, or where it leads."""
    plain = re.split(r"[?#]", text, maxsplit=1)[0].rstrip("/\\")
    scheme = _SCHEME.match(plain)
    parts = [part for part in re.split(r"[/\\]+", plain[scheme.end() :] if scheme else plain) if part]
    return shown(parts[-1], 100) if parts else shown(text, 100)
