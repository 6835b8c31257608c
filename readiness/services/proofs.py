"""Proofs: the evidence of items as a board needs it, asked of the driver's cursor before SQLAlchemy is there."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from readiness.domain.proof import NO_PROOF, Proof, ProofLink, last_good_day
from readiness.domain.signing import Signed
from readiness.domain.vocabulary import EvidenceSource, Strength
from readiness.storage import looks

_SOURCES = {str(each.value): each for each in EvidenceSource}
_STRENGTHS = {str(each.value): each for each in Strength}
_AFFECTING = ("evidence", "link", "revision", "attachment")
"""Kinds of record that change what an item is worth."""


class Proofs:
    """All links of live evidence, or those of some items, and what signed items said."""

    def __init__(self, cursor: Any, item_ids: Sequence[str] | None = None) -> None:
        self._links: dict[str, list[tuple[str, date | None]]] = {}
        asked = (looks.LINKS,) if item_ids is None else (looks.SOME_LINKS, (json.dumps(list(item_ids)),))
        found = cursor.execute(*asked).fetchall()
        self._evidence = _evidence(cursor) if found else {}
        for item_id, evidence_id, until in found:
            if evidence_id in self._evidence:
                self._links.setdefault(item_id, []).append((evidence_id, read_day(until)))
        self._cursor = cursor.connection.cursor()  # one of its own: rows of the other are still being fetched
        self._texts: dict[str, tuple[str, str, str, str]] | None = None
        self._latest: dict[str, str] = {}

    def of(self, item_id: str, months: int | None) -> Proof:
        """Return the evidence of an item whose currency rule is so many months."""
        links = self._links.get(item_id)
        if not links:
            return NO_PROOF
        made = []
        for evidence_id, until in sorted(links):
            source, strength, dated, valid_until = self._evidence[evidence_id]
            made.append(ProofLink(evidence_id, source, strength, last_good_day(until, valid_until, dated, months)))
        return Proof(tuple(made))

    def has_lapsed(self, item_id: str, digest: str) -> bool:
        """Whether an item no longer says what was signed."""
        if self._texts is None:
            self.read_texts(looks.SIGNED_TEXTS)
        return self.signed(item_id).digest != digest

    def read_texts(self, *asked: object) -> None:
        """Read the claims in words, and which revisions count."""
        self._texts = {row[0]: tuple(row[1:]) for row in self._cursor.execute(*asked).fetchall()}
        self._latest = latest_revisions(self._cursor)

    def signed(self, item_id: str) -> Signed:
        """Return what a sign-off of an item would cover now; its texts were read."""
        evidence = {id_: self._latest.get(id_, "") for id_, _ in self._links.get(item_id, ())}
        return Signed(*(self._texts or {}).get(item_id, ("", "", "", "")), evidence)


def signed_state(cursor: Any, item_ids: Sequence[str]) -> dict[str, Signed]:
    """Return what sign-offs of items would cover now, by item: the very same that a board compares them with."""
    if not item_ids:
        return {}
    proofs = Proofs(cursor, item_ids)
    proofs.read_texts(looks.SOME_TEXTS, (json.dumps(list(item_ids)),))
    return {id_: proofs.signed(id_) for id_ in item_ids}


def latest_revisions(cursor: Any) -> dict[str, str]:
    """Return the revision that counts of each piece of evidence."""
    newest: dict[str, tuple[int, str]] = {}
    for evidence_id, number, id_ in cursor.execute(looks.REVISIONS).fetchall():
        newest[evidence_id] = max(newest.get(evidence_id, (0, "")), (number, id_))
    return {evidence_id: id_ for evidence_id, (_, id_) in newest.items()}


def affected_items(cursor: Any, told: Iterable[Any]) -> frozenset[str]:
    """Return the items that some changes touch, directly or by way of their evidence."""
    ids: set[str] = set()
    evidence: set[str] = set()
    for changes in told:
        ids |= changes.of("item")
        evidence |= changes.of("evidence")
        if changes.of("link"):
            ids.update(_column(cursor, looks.LINKED, changes.of("link")))
        if changes.of("revision"):
            evidence.update(_column(cursor, looks.REVISED, changes.of("revision")))
    if evidence:
        ids.update(_column(cursor, looks.USES, evidence))
    return frozenset(ids)


def _column(cursor: Any, look: str, ids: Iterable[str]) -> list[str]:
    return [row[0] for row in cursor.execute(look, (json.dumps(sorted(ids)),)).fetchall()]


def _evidence(cursor: Any) -> Mapping[str, tuple[EvidenceSource, Strength, date | None, date | None]]:
    return {
        id_: (
            _SOURCES.get(source, EvidenceSource.POLICY),
            _STRENGTHS.get(strength, Strength.SAYS),
            read_day(dated),
            read_day(valid_until),
        )
        for id_, source, strength, dated, valid_until in cursor.execute(looks.EVIDENCE).fetchall()
    }


def read_day(text: str | None) -> date | None:
    """Return a stored day; None when there is none, or one that this version cannot read."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
