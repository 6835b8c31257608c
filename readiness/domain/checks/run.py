"""Run: all the rules over one dossier, the places they find in order."""

from collections.abc import Iterable
from itertools import chain

from readiness.domain.checks import claims, dating, files, follow_up, owners, planning, sharing, texts
from readiness.domain.checks.ground import Ground
from readiness.domain.checks.results import CheckResult, Rule
from readiness.domain.evidence import Dossier
from readiness.domain.vocabulary import Severity

RULES: tuple[Rule, ...] = tuple(
    rule
    for severity in Severity
    for rule in chain(
        claims.RULES, texts.RULES, files.RULES, dating.RULES, sharing.RULES, planning.RULES, owners.RULES,
        follow_up.RULES,
    )
    if rule.severity is severity
)  # fmt: skip
"""Every rule, the gravest first."""

RULES_BY_CODE = {rule.code: rule for rule in RULES}
_GRAVITY = {severity: number for number, severity in enumerate(Severity)}


def run_checks(dossier: Dossier, rules: Iterable[Rule] = RULES) -> tuple[CheckResult, ...]:
    """Return every place where a rule does not hold, by severity, then inspection, area and item.

    Args:
        dossier: Everything there is, on the board's day.
        rules: Which rules to look at; without it, all.
    """
    ground = Ground(dossier)
    found = [
        CheckResult(rule, *place, ground.about(place), sentence, fix)
        for rule in rules
        for place, sentence, fix in rule.find(ground)
    ]
    found.sort(key=_in_order)
    return tuple(found)


def by_rule(results: Iterable[CheckResult]) -> tuple[tuple[Rule, tuple[CheckResult, ...]], ...]:
    """Return results under their rules, in the order of RULES; rules that found nothing are left out."""
    found: dict[str, list[CheckResult]] = {rule.code: [] for rule in RULES}
    for result in results:
        found[result.rule.code].append(result)
    return tuple((RULES_BY_CODE[code], tuple(places)) for code, places in found.items() if places)


def _in_order(result: CheckResult) -> tuple[int, int]:
    return _GRAVITY[result.rule.severity], result.about.order
