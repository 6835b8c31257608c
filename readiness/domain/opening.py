"""Opening: which files and links may be handed to the system's programs, and what is said before. Pure rules.

A file of evidence may come from anybody's laptop: what would run as a program is never opened from here.
"""

from dataclasses import dataclass
from enum import Enum

from readiness.domain.addresses import AddressKind, address_kind
from readiness.domain.outside import path_in
from readiness.domain.plain_words import shown

_PROGRAMS = frozenset(
    {
        "app", "appimage", "apk", "application", "appref-ms", "bat", "bin", "chm", "cmd", "com", "command", "cpl",
        "desktop", "diagcab", "dll", "exe", "gadget", "hta", "inf", "iso", "jar", "jnlp", "js", "jse", "lnk",
        "msc", "msi", "msix", "msp", "mst", "pif", "ps1", "ps1xml", "ps2", "psc1", "psm1", "py", "pyw", "pyz", "rb",
        "reg", "run", "scf", "scr", "sct", "settingcontent-ms", "sh", "shb", "shs", "sys", "tool", "url", "vb", "vbe",
        "vbs", "vhd", "vhdx", "website", "workflow", "ws", "wsc", "wsf", "wsh", "xbap", "xll",
    }
)  # fmt: skip
_NEVER = ("javascript:", "data:", "vbscript:", "about:", "blob:")


class Way(Enum):
    """How something may be opened."""

    OPEN = "open"
    ASK = "ask"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How, and what is said of it: a question before, or why not; "" where nothing is."""

    way: Way
    said: str = ""


def is_program(name: str) -> bool:
    """Whether a file of this name would run when it is opened."""
    last = name.rstrip(" .").rpartition(".")[2].casefold()
    return "." in name.rstrip(" .") and last in _PROGRAMS


def opening_of_file(name: str) -> Verdict:
    """Return how a kept file may be opened."""
    if is_program(name):
        return Verdict(
            Way.NEVER, f"“{shown(name)}” is a program and is not run from here. Export a copy if you need it."
        )
    return Verdict(Way.OPEN)


def opening_of_link(url: str) -> Verdict:
    """Return how a link may be opened."""
    kind = address_kind(url)
    if kind is AddressKind.WEB:
        return Verdict(Way.OPEN)
    if url.strip().casefold().startswith(_NEVER):
        return Verdict(Way.NEVER, f"“{shown(url)}” would run in a program, so it is not opened. It is kept as text.")
    if kind is AddressKind.PLACE:
        path = path_in(url)
        if not path:
            return Verdict(Way.NEVER, f"“{shown(url)}” is no address that can be opened. Point it elsewhere.")
        if is_program(path):
            return Verdict(Way.NEVER, f"“{shown(url)}” leads to a program, which is not run from here.")
        return Verdict(Way.ASK, f"“{shown(url, 200)}” leads to a place on a computer or a server. Open it?")
    scheme = url.partition(":")[0]
    return Verdict(Way.ASK, f"“{shown(url, 200)}” is handed to the program for “{shown(scheme)}” links. Open it?")
