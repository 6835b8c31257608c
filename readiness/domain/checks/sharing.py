"""Sharing: rules about who may see evidence, and about what it is said to prove."""

import re
from collections.abc import Iterator

from readiness.domain.checks.ground import Ground
from readiness.domain.checks.results import FieldFix, Place, Rule, Spot
from readiness.domain.vocabulary import Audience, EvidenceSource, Severity, Strength

_FOR_GOOD = frozenset({Audience.INSPECTORS, Audience.PUBLIC})
_HINT = re.compile(r"confid|restrict|sensitive|exempt|not for|internal|embargo")
_PRIVATE = re.compile(
    r"\b(confidential|restricted|official[- ]?sensitive|exempt (?:report|information|appendix)|"
    r"not for (?:circulation|publication|release|sharing)|internal (?:use )?only|for internal use|embargo(?:ed)?)\b"
)
_DRAFT = re.compile(r"\b(?:draft|working copy|tracked changes)\b")


def marked_private(ground: Ground) -> Iterator[Spot]:
    """Evidence for others whose title or file says that it is for the council alone."""
    for row, words in ground.going_out:
        found = _PRIVATE.search(words) if _HINT.search(words) else None
        if found is not None:
            fix = FieldFix("evidence", row.id, "audience", Audience.INTERNAL.value, row.audience.value)
            what = f"It may be seen by: {row.audience.label.lower()}; but it is marked “{found[0]}”."
            yield Spot(Place("evidence", row.id, "audience"), what, (fix,))


def draft_going_out(ground: Ground) -> Iterator[Spot]:
    """Drafts that inspectors or the public may see."""
    for row, words in ground.going_out:
        if row.audience in _FOR_GOOD and _DRAFT.search(words):
            what = f"It is called a draft, and may be seen by: {row.audience.label.lower()}."
            yield Spot(Place("evidence", row.id, "audience"), what)


def policy_as_outcome(ground: Ground) -> Iterator[Spot]:
    """Policies that are said to show an outcome."""
    for row in ground.evidence:
        if row.source is EvidenceSource.POLICY and row.strength.level >= Strength.OUTCOME.level:
            what = f"It is a policy, and its strength is {row.strength.level}: {row.strength.label.lower()}."
            yield Spot(Place("evidence", row.id, "strength"), what)


RULES = (
    Rule(
        "audience-too-wide", "Audience too wide for its marking",
        "A pack would hand out what is marked as private.",
        Severity.MUST, marked_private, "Sets its audience to Internal.",
    ),
    Rule(
        "draft-going-out", "A draft for inspectors",
        "What inspectors receive is taken as the council’s word.",
        Severity.SHOULD, draft_going_out,
    ),
    Rule(
        "policy-as-outcome", "A policy said to show an outcome",
        "A policy cannot show what changed for children.",
        Severity.KNOW, policy_as_outcome,
    ),
)  # fmt: skip
