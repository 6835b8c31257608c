"""Outside: the paths in links of the evidence, told from their text alone, and how a page writes a path as a link.

Nothing is opened here and no server is asked: it would be told who works here.
"""

import re

from readiness.domain.addresses import AddressKind, address_kind

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def path_in(address: str) -> str:
    """Return the path of a link to a file: a path as it stands, or that of a file: address; "" for all else."""
    text = address.strip()
    if address_kind(text) is not AddressKind.PLACE:
        return ""
    if not text.casefold().startswith("file:"):
        return text if _DRIVE.match(text) or text.startswith(("\\\\", "/")) else ""
    rest = _unescaped(text[len("file:") :].replace("\\", "/"))
    rest = f"//{rest[len('//localhost') :]}" if rest.casefold().startswith("//localhost/") else rest
    if rest.startswith("///") or not rest.startswith("//"):
        rest = rest.lstrip("/")
        return rest if _DRIVE.match(rest) else f"/{rest}"
    return rest


def is_on_network(path: str) -> bool:
    """Whether a path names another machine."""
    return path.startswith(("\\\\", "//"))


def link_to(path: str) -> str:
    """Return a path from a page's own folder as an address: everything but plain letters, digits and "/" escaped."""
    return "".join(chr(each) if chr(each) in _PLAIN else f"%{each:02X}" for each in path.encode("utf-8"))


def _unescaped(text: str) -> str:
    plain = _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), text.encode("utf-8", "replace"))
    return plain.decode("utf-8", "replace")
