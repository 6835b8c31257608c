"""Checks: the quality rules asked of a workspace, and the step that mends what can be mended safely."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from readiness.domain.assertions import AssertionGap, Hands, assertion_gap, hands_of, headline
from readiness.domain.checks.results import CheckResult, FieldFix
from readiness.domain.checks.run import run_checks
from readiness.domain.errors import BadValue, InConflict
from readiness.domain.evidence import Dossier
from readiness.domain.steps import SetField, Step
from readiness.domain.vocabulary import ReviewKind, Severity
from readiness.services.dossiers import coded, needs_four_eyes, read_dossier
from readiness.services.unsettled import Left, left_said
from readiness.storage.contested import contested
from readiness.storage.files import FileStore
from readiness.storage.tables import RECORDS, Person, Record, Review, step
from readiness.storage.workspace import Workspace, cursor_of

AT_A_TIME = 500
CHANGED_SINCE = "changed since the checks looked at it"


class Copies(Protocol):
    """The stored copies of files, by SHA-256, as far as the checks ask for them."""

    def hashes(self) -> Collection[str]:
        """Return all that are kept."""

    def path_of(self, sha256: str) -> Path:
        """Return where one is kept."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the checks say of a workspace on a day."""

    day: date
    results: tuple[CheckResult, ...]  # by severity, inspection, area and item
    gap: AssertionGap

    def within(self, inspection_id: str | None) -> "CheckReport":
        """Return what concerns one inspection; None: all of it."""
        found = tuple(result for result in self.results if result.is_of(inspection_id))
        return CheckReport(self.day, found, self.gap.within(inspection_id))


def check(workspace: Workspace, day: date) -> CheckReport:
    """Ask all the rules of a workspace as it stands on a day; what the window and the command line ask."""
    return workspace.read(read_checks, day, FileStore(workspace.folder))


def read_checks(session: Session, day: date, store: Copies | None = None) -> CheckReport:
    """Ask all the rules of what stands there on a day.

    Args:
        session: Where.
        day: The day that is judged.
        store: The workspace's copies; without it, files are neither missing nor altered. They are looked at, not read
            through: a copy of another size is altered; whether every byte is right is asked before a visit.
    """
    return report_of(read_dossier_to_check(session, day, store))


def read_dossier_to_check(session: Session, day: date, store: Copies | None = None) -> Dossier:
    """Read all that the rules look at; see `read_checks`."""
    dossier = replace(read_dossier(session, day), people=_people(session))
    return dossier if store is None else _with_copies(dossier, store)


def report_of(dossier: Dossier) -> CheckReport:
    """Ask all the rules of a dossier."""
    hands = {id_: hands_of(reviews) for id_, reviews in dossier.reviews.items()}
    gap = assertion_gap(dossier.board.items, dossier.board.day, hands, four_eyes=dossier.four_eyes)
    return CheckReport(dossier.board.day, run_checks(dossier), gap)


def _people(session: Session) -> frozenset[str]:
    """Return the names and roles that occur beside those of owners: of people, and of who ever did something."""
    found = {text for row in session.execute(select(Person.name, Person.role)) for text in row}
    return frozenset({*found, *session.scalars(select(step.c.actor).distinct())} - {""})


def _with_copies(dossier: Dossier, store: Copies) -> Dossier:
    sizes = {
        each.sha256: each.size
        for row in dossier.evidence
        for each in (row.latest.attachments if row.latest else ())
        if each.sha256
    }
    kept = store.hashes()
    missing = frozenset(sha256 for sha256 in sizes if sha256 not in kept)
    altered = frozenset(
        sha256 for sha256, size in sizes.items() if sha256 not in missing and _size(store.path_of(sha256)) != size
    )
    return replace(dossier, missing=missing, altered=altered)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def read_hands(session: Session) -> tuple[dict[str, Hands], bool]:
    """Return whose reviews came last, by item, and whether the council wants two people."""
    asked = select(Review.item_id, Review.kind, Review.by).where(Review.deleted.is_(False))
    last: dict[str, dict[ReviewKind, str]] = {}
    for item_id, kind, by in session.execute(asked.order_by(Review.at, Review.id)):
        last.setdefault(item_id, {})[coded(ReviewKind, kind, ReviewKind.SUBMITTED)] = by
    hands = {
        id_: Hands(*(by.get(kind, "") for kind in (ReviewKind.SUBMITTED, ReviewKind.CHECKED, ReviewKind.SIGNED_OFF)))
        for id_, by in last.items()
    }
    return hands, needs_four_eyes(session)


def mend(session: Session, results: Sequence[CheckResult]) -> Step:
    """Mend the places that bring a fix, as one step; what changed since is left as it is, and named.

    Raises:
        BadValue: when none of them can be mended by itself.
        InConflict: when all of them are in conflict; among others they are left, and counted.
    """
    wanted = [result for result in results if result.fix]
    if not wanted:
        raise BadValue("None of this can be mended by itself. Open the place and decide what is right.")
    now = _values_now(session, (fix for result in wanted for fix in result.fix))
    made: dict[tuple[str, str, str], SetField] = {}
    left: list[str] = []
    mended: list[CheckResult] = []
    free, unsettled = _settled(session, wanted)
    for result in free:
        if any(now.get((fix.kind, fix.id, fix.field), _GONE) != fix.seen for fix in result.fix):
            left.append(f"{result.about.name} {CHANGED_SINCE}")
            continue
        mended.append(result)
        for fix in result.fix:
            made.setdefault((fix.kind, fix.id, fix.field), SetField(fix.kind, fix.id, fix.field, fix.value))
    return Step(_label(mended or free), list(made.values()), left=(*left, *unsettled))


def _settled(session: Session, results: Sequence[CheckResult]) -> tuple[list[CheckResult], Left]:
    """Return the results whose fix touches nothing in conflict, and how many others were left. Raises InConflict."""
    ids = list(dict.fromkeys(fix.id for result in results for fix in result.fix))
    found = contested(cursor_of(session), ids)
    free = [each for each in results if not any((fix.id, fix.field) in found for fix in each.fix)]
    if not free:
        raise InConflict(*next((fix.id, fix.field) for fix in results[0].fix if (fix.id, fix.field) in found))
    return free, left_said(len(results) - len(free), "place")


_GONE = object()


def _values_now(session: Session, fixes: Iterable[FieldFix]) -> dict[tuple[str, str, str], object]:
    """Return what stands in the fields that are to be mended; those of removed records are left out."""
    by_kind: dict[str, dict[str, set[str]]] = {}
    for fix in fixes:
        by_kind.setdefault(fix.kind, {}).setdefault(fix.id, set()).add(fix.field)
    return {
        (kind, row.id, field): getattr(row, field)
        for kind, wanted in by_kind.items()
        for row in _live(session, RECORDS[kind], list(wanted))
        for field in wanted[row.id]
    }


def _live(session: Session, kind: type[Record], ids: Sequence[str]) -> Iterator[Record]:
    for start in range(0, len(ids), AT_A_TIME):
        some = kind.id.in_(ids[start : start + AT_A_TIME])
        yield from session.scalars(select(kind).where(kind.deleted.is_(False), some))


def _label(results: Sequence[CheckResult]) -> str:
    titles = dict.fromkeys(result.rule.title for result in results)
    what = f"“{next(iter(titles))}”" if len(titles) == 1 else f"{len(titles)} checks"
    names = dict.fromkeys(result.about.name for result in results)
    return f"Mend {what} at {next(iter(names)) if len(names) == 1 else f'{len(names):,} places'}"


def checks_data(report: CheckReport) -> dict[str, Any]:
    """Return a report as plain data, for `checks --json` and whoever reads it."""
    gap = report.gap
    found = Counter(result.severity for result in report.results)
    return {
        "on": report.day.isoformat(),
        "assertion_gap": {
            "said": "".join(headline(gap)),
            "claimed": len(gap.claimed),
            "doubted": len(gap.doubted),
            "by_doubt": {str(doubt.value): len(items) for doubt, items in gap.by_doubt.items()},
            "items": [item.id for item in gap.doubted],
        },
        "counts": {str(severity.value): found[severity] for severity in Severity},
        "results": [_result_data(result) for result in report.results],
    }


def _result_data(result: CheckResult) -> dict[str, Any]:
    return {
        "code": result.code,
        "severity": str(result.severity.value),
        "title": result.rule.title,
        "kind": result.kind,
        "id": result.id,
        "field": result.field,
        "name": result.about.name,
        "inspections": list(result.about.inspections),
        "items": list(result.about.items),
        "owner": result.about.owner,
        "sentence": result.sentence,
        "mendable": bool(result.fix),
    }
