"""Board rows: stored items as rows of a board, judged by the rules on its day. Nothing here brings SQLAlchemy."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from readiness.domain.calendar import WorkingDays
from readiness.domain.due import (
    DAY_ONE_WINDOW,
    DueRule,
    Milestones,
    due_date,
    explain_due,
    is_due_by_day_three,
    parse_due_rule,
)
from readiness.domain.errors import BadValue
from readiness.domain.scoring import is_unproven, rating
from readiness.domain.views import ItemRow
from readiness.domain.vocabulary import ImpactLevel, ItemStatus, Kind, Priority, Rating, Word
from readiness.services.proofs import Proofs, read_day


class RowMaker:
    """Turns stored rows into rows of the board, judging each combination of rule, status and priority once."""

    def __init__(
        self, milestones: dict[str, Milestones], calendar: WorkingDays, day: date, soon: date, proofs: Proofs
    ) -> None:
        self._day, self._soon, self._proofs = day, soon, proofs
        self._milestones = milestones
        self._calendar = calendar
        self._dates: dict[tuple[str, str], tuple[date | None, str, bool]] = {}
        self._judged: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        self._day_three = {id_: self._third_day(found) for id_, found in milestones.items()}

    def rows(self, found: Iterable[Sequence[Any]]) -> Iterable[ItemRow]:
        """Return items of the board; `found` are rows of looks.ITEM_COLUMNS."""
        judged, moments, proofs = self._judged, _Moments(), self._proofs
        kept: dict[str, str] = {}
        same = kept.setdefault  # thousands of rows name the same few areas, owners and services: each is kept once
        for (
            id_, inspection_id, area_id, reference, title, kind, owner, service, priority, status, impact_level, rule,
            override, changed_ms, conflicts, rank, reworded, months, claimed_by, signed,
        ) in found:  # fmt: skip
            kind_word, proof = _KIND.get(kind, Kind.DOCUMENT), proofs.of(id_, months)
            unproven = is_unproven(kind_word, proof, self._day)
            lapsed = bool(signed) and status == _SIGNED_OFF and proofs.has_lapsed(id_, signed)
            key = (inspection_id, rule, override, status, priority, unproven, lapsed)
            if key not in judged:
                judged[key] = self._judge(*key)
            priority_word, status_word, by_hand, due, due_text, day_one, rated = judged[key]
            yield ItemRow(
                id_, same(inspection_id, inspection_id), same(area_id, area_id), reference, title,
                kind_word, same(owner, owner), same(service, service), priority_word, status_word,
                _IMPACT.get(impact_level, ImpactLevel.NONE_YET), same(rule, rule), by_hand, due, due_text, day_one,
                rated, moments[changed_ms], conflicts, rank, reworded != "", proof, unproven, lapsed, bool(signed),
                same(claimed_by, claimed_by), months,
            )  # fmt: skip

    def _judge(
        self,
        inspection_id: str,
        due_rule: str,
        override: str | None,
        status: str,
        priority: str,
        unproven: bool,
        lapsed: bool,
    ) -> tuple[Priority, ItemStatus, date | None, date | None, str, bool, Rating]:
        due, due_text, day_one = self._rule(inspection_id, due_rule)
        by_hand = read_day(override)
        if by_hand is not None:
            due, due_text = by_hand, "set by hand"
            third = self._day_three.get(inspection_id)
            day_one = due_rule == "held ready" or (third is not None and by_hand <= third)
        status_word = _STATUS.get(status, ItemStatus.NOT_STARTED)
        priority_word = _PRIORITY.get(priority, Priority.IMPORTANT)
        rated = rating(status_word, priority_word, due, self._day, self._soon, unproven=unproven, lapsed=lapsed)
        return priority_word, status_word, by_hand, due, due_text, day_one, rated

    def _third_day(self, milestones: Milestones) -> date | None:
        return due_date(parse_due_rule(f"day {DAY_ONE_WINDOW}"), milestones, self._calendar)

    def _rule(self, inspection_id: str, text: str) -> tuple[date | None, str, bool]:
        key = (inspection_id, text)
        if key not in self._dates:
            rule, milestones = parsed_rule(text), self._milestones.get(inspection_id, Milestones())
            self._dates[key] = (
                due_date(rule, milestones, self._calendar) if rule else None,
                explain_due(rule, milestones) if rule else "",
                rule is not None and is_due_by_day_three(rule),
            )
        return self._dates[key]


class _Moments(dict[int | None, datetime | None]):
    """Stored times as times: a step gives thousands of items the same."""

    def __missing__(self, changed_ms: int | None) -> datetime | None:
        moment = self[changed_ms] = datetime.fromtimestamp(changed_ms / 1000, UTC) if changed_ms is not None else None
        return moment


def _codes(words: type[Word]) -> dict[str, Any]:
    return {str(word.value): word for word in words}


_SIGNED_OFF = str(ItemStatus.SIGNED_OFF.value)
_STATUS, _PRIORITY, _KIND, _IMPACT = _codes(ItemStatus), _codes(Priority), _codes(Kind), _codes(ImpactLevel)


@lru_cache(maxsize=1024)
def parsed_rule(text: str) -> DueRule | None:
    """Return a stored rule; None when there is none, or one of a newer version that this one cannot read."""
    try:
        return parse_due_rule(text) if text else None
    except BadValue:
        return None
