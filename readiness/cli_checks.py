"""Checks on the command line: what the quality rules find, and mending what they can mend."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from readiness.cli_options import (
    command,
    day,
    inspection_id,
    print_json,
    reading,
    said,
    today,
    with_inspection,
    with_json,
    with_risk,
    writing,
)
from readiness.domain.errors import BadValue

if TYPE_CHECKING:
    from readiness.domain.checks.results import CheckResult
    from readiness.services.checks import CheckReport


def add_checks(commands: Any) -> None:
    """Offer `checks`."""
    made = command(commands, "checks", "Say what is weak, missing, or claimed and not proven.", _do_checks)
    made.add_argument("--on", type=day, metavar="DATE", help="the day that is judged; without it, today")
    with_inspection(made, "only this one")
    made.add_argument("--mend", metavar="CODE", help="mend every place of this check, where that is safe")
    with_risk(made)
    with_json(made)


def _do_checks(options: argparse.Namespace) -> int:
    from readiness.domain.views import Changes
    from readiness.services.checks import checks_data, mend

    if options.mend is not None:
        code = _code(options.mend)
        with writing(options) as workspace:
            results = [each for each in _report(workspace, options).results if each.code == code]
            changes = workspace.run(mend, results) if results else Changes(f"Mend {code}", None, {})
            return said(options, changes)
    with reading(options) as workspace:
        report = _report(workspace, options)
    if options.json:
        print_json(checks_data(report))
    else:
        print("\n".join(report_lines(report)))
    return 0


def _report(workspace: Any, options: argparse.Namespace) -> "CheckReport":
    from readiness.services.boards import read_board
    from readiness.services.checks import check

    on = options.on or today()
    return check(workspace, on).within(inspection_id(workspace.read(read_board, on), options.inspection))


def _code(wanted: str) -> str:
    from readiness.domain.checks.run import RULES, RULES_BY_CODE

    code = wanted.strip().casefold()
    mendable = ", ".join(rule.code for rule in RULES if rule.cure)
    if code not in RULES_BY_CODE:
        raise BadValue(f"There is no check “{wanted}”. These can be mended: {mendable}.")
    if not RULES_BY_CODE[code].cure:
        raise BadValue(f"What the check {code} finds has to be decided by people. These can be mended: {mendable}.")
    return code


def report_lines(report: "CheckReport") -> list[str]:
    """Return a report as text: the assertion gap, then each check with its places, the gravest first."""
    from readiness.domain.assertions import headline
    from readiness.domain.checks.run import by_rule

    found = by_rule(report.results)
    lines = ["".join(headline(report.gap))]
    for _, results in found:
        lines += ["", *_rule_lines(results)]
    places, checks = len(report.results), len(found)
    added = f"{places:,} {'place' if places == 1 else 'places'} in {checks} {'check' if checks == 1 else 'checks'}."
    return [*lines, "", added if places else "The checks find nothing."]


def _rule_lines(results: Sequence["CheckResult"]) -> list[str]:
    rule = results[0].rule
    lines = [f"{rule.title} ({rule.severity.label.lower()}, {rule.code}): {len(results):,}", f"  {rule.why}"]
    if any(result.fix for result in results):
        lines.append(f"  --mend {rule.code}: {rule.cure}")
    for result in results:
        name = f"{result.about.name} {result.about.title}".rstrip()
        lines.append(f"    {name}: {result.sentence}")
    return lines
