"""Signing: exactly what a sign-off covers, its digest, and what changed since. Source: design.md, section 3."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

DIGEST_CHARACTERS = 16


@dataclass(frozen=True, slots=True)
class Signed:
    """What was signed: the claim in words, and which state of which evidence stood behind it."""

    position: str
    impact: str
    impact_level: str
    gap: str
    evidence: Mapping[str, str]  # id of the evidence -> id of its revision; "" where it has none

    def as_text(self) -> str:
        """Return it as canonical JSON, as the record keeps it."""
        content = [self.position, self.impact, self.impact_level, self.gap, dict(sorted(self.evidence.items()))]
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @property
    def digest(self) -> str:
        """16 hex digits that change with any of it."""
        return sha256(self.as_text().encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST_CHARACTERS]


def read_signed(text: str) -> Signed | None:
    """Return what was signed; None where the text is none that this version can read."""
    try:
        position, impact, impact_level, gap, evidence = json.loads(text)
        return Signed(
            str(position), str(impact), str(impact_level), str(gap), {str(k): str(evidence[k]) for k in evidence}
        )
    except (ValueError, TypeError, KeyError):
        return None
