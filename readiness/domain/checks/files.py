"""Files: rules about what a piece of evidence holds: files, links, and the same thing kept twice."""

import re
from collections.abc import Iterator

from readiness.domain.checks.ground import UNTITLED, Ground, alike
from readiness.domain.checks.results import Place, Rule, Spot
from readiness.domain.evidence import EvidenceRow
from readiness.domain.vocabulary import Severity

_SCHEME = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*):", re.IGNORECASE)
_OPENS_IN_BROWSER = frozenset({"http", "https"})
_WORDS = re.compile(r"\w+")
_VERSION = re.compile(
    r"\b(?:v|ver|version|rev|revision|draft|copy)[ .]?\d{1,3}\b|\(\d{1,2}\)|\b(?:draft|final|copy|latest)\b"
)
_VERSION_HINT = re.compile(r"[(]|v[ .]?\d|ver|rev|draft|final|copy|latest")
"""What in a title tells one state of a document from another. Bare numbers do not: they are days, years, lists."""


def risk_of(url: str) -> str:
    """Return why an address must not be opened unasked: "" for the web and for plain words.

    Files, programs and network shares can run things or send a password on; a browser asks first.
    """
    tidy = url.strip()
    if tidy.startswith(("\\", "//")):
        return "a network share"
    found = _SCHEME.match(tidy)
    if found is None:
        return ""
    scheme = found["scheme"].casefold()
    if scheme in _OPENS_IN_BROWSER:
        return ""
    if len(scheme) == 1:
        return "a folder of one computer"
    if scheme == "file":
        return "a file of one computer or network"
    return "a script" if scheme in ("javascript", "vbscript", "data") else f"something that {scheme} opens"


def empty(ground: Ground) -> Iterator[Spot]:
    """Evidence with neither file nor link."""
    for row, files in ground.held:
        if not files or not any([each.sha256 or each.url.strip() for each in files]):  # noqa: C419 - twice as quick
            yield Spot(Place("evidence", row.id, "revisions"), "It has neither a file nor a link.")


def missing(ground: Ground) -> Iterator[Spot]:
    """Stored files that are not there."""
    gone = ground.dossier.missing
    if gone:
        yield from _files_in(
            ground,
            gone,
            "“{}” is not on this laptop; share files with the one that has it, or attach it again.",
        )


def altered(ground: Ground) -> Iterator[Spot]:
    """Stored files that hold something else than was attached."""
    changed = ground.dossier.altered
    if changed:
        yield from _files_in(ground, changed, "“{}” no longer holds what was attached; attach it again.")


def _files_in(ground: Ground, found: frozenset[str], sentence: str) -> Iterator[Spot]:
    for row, files in ground.held:
        name = next((each.name or UNTITLED for each in files if each.sha256 in found), None)
        if name is not None:
            yield Spot(Place("evidence", row.id, "revisions"), sentence.format(name))


def link_risky(ground: Ground) -> Iterator[Spot]:
    """Links that do more than show a page."""
    for row, files in ground.held:
        for each in files:
            risk = risk_of(each.url) if each.url else ""
            if risk:
                what = f"Its link “{_short(each.url)}” leads to {risk}."
                yield Spot(Place("evidence", row.id, "revisions"), what)
                break


def link_offline(ground: Ground) -> Iterator[Spot]:
    """Links of which no copy is kept."""
    for row, files in ground.held:
        for each in files:
            if each.url and not each.sha256 and each.url.strip() and not risk_of(each.url):
                what = f"“{_short(each.url)}” has no stored copy, and cannot be opened without a network."
                yield Spot(Place("evidence", row.id, "revisions"), what)
                break


def _short(url: str) -> str:
    tidy = " ".join(url.split())
    return tidy if len(tidy) <= 60 else f"{tidy[:57]}…"


def kept_twice(ground: Ground) -> Iterator[Spot]:
    """The same file or link under two titles."""
    keys = (
        (key, row)
        for row, files in ground.held
        for key in dict.fromkeys([each.sha256 or each.url.strip().rstrip("/") for each in files])
        if key
    )
    told: set[str] = set()
    for rows in alike(keys):
        for number, row in enumerate(rows):
            if row.id not in told:
                told.add(row.id)
                other = rows[number == 0].title or UNTITLED
                yield Spot(Place("evidence", row.id, "title"), f"The same stands under “{other}”.")


def titles_alike(ground: Ground) -> Iterator[Spot]:
    """Titles that differ in no more than a version, of pieces that hold different things."""
    titles = ((plain_title(row.title), row) for row in ground.evidence)
    for rows in alike((title, row) for title, row in titles if title):
        for number, row in enumerate(rows):
            other = rows[number == 0]
            if not _content(row) & _content(other):
                what = f"“{other.title}” is called alike; is one a revision of the other?"
                yield Spot(Place("evidence", row.id, "title"), what)


def _content(row: EvidenceRow) -> set[str]:
    return {each.sha256 or each.url for each in row.latest.attachments} if row.latest else set()


def plain_title(title: str) -> str:
    """Return a title as it is compared: its words without case, signs, and what tells versions apart."""
    words = title.casefold().replace("_", " ")
    return " ".join(_WORDS.findall(_VERSION.sub(" ", words) if _VERSION_HINT.search(words) else words))


def unused(ground: Ground) -> Iterator[Spot]:
    """Evidence that proves nothing: no item uses it."""
    for row in ground.evidence:
        if row.id not in ground.linked:
            yield Spot(Place("evidence", row.id, "links"), "No item uses it.")


def undescribed(ground: Ground) -> Iterator[Spot]:
    """Evidence in use of which nobody says what it shows."""
    for row in ground.evidence:
        if not row.shows.strip() and ground.uses(row.id):
            yield Spot(Place("evidence", row.id, "shows"), "Nobody wrote what it shows.")


RULES = (
    Rule(
        "file-missing", "Stored file missing",
        "The record names it, and nobody can open it.",
        Severity.MUST, missing,
    ),
    Rule(
        "file-altered", "Stored file altered",
        "It is not what was attached, and not what was signed.",
        Severity.MUST, altered,
    ),
    Rule(
        "evidence-empty", "Evidence with neither file nor link",
        "A title proves nothing.",
        Severity.MUST, empty,
    ),
    Rule(
        "link-risky", "Link of a risky kind",
        "It can run something, or leads to a place that only one laptop can reach.",
        Severity.MUST, link_risky,
    ),
    Rule(
        "link-offline", "Link without a stored copy",
        "In the room with the inspector there may be no network.",
        Severity.SHOULD, link_offline,
    ),
    Rule(
        "kept-twice", "The same file or link under two titles",
        "It counts as two proofs, and is one; a new revision reaches only one of them.",
        Severity.SHOULD, kept_twice,
    ),
    Rule(
        "titles-alike", "Two titles alike",
        "Two versions stand side by side, and nobody knows which counts.",
        Severity.KNOW, titles_alike,
    ),
    Rule(
        "evidence-unused", "Evidence that nothing uses",
        "Either an item lacks its proof, or it can go.",
        Severity.KNOW, unused,
    ),
    Rule(
        "evidence-undescribed", "Nobody wrote what it shows",
        "Whoever opens it in the inspection has to find out what it is for.",
        Severity.KNOW, undescribed,
    ),
)  # fmt: skip
