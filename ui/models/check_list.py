"""Check list: what the checks found, under their rules, as a Qt list whose headings fold. It never writes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from readiness.domain.checks.results import CheckResult, Rule
from readiness.domain.checks.run import by_rule
from readiness.domain.plain_words import counted
from readiness.domain.vocabulary import Severity

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
Key = tuple[str, ...]
"""What stays the same of a row when everything is read again."""


class CheckRole(IntEnum):
    """What the delegate asks beside Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1  # CheckHead or CheckResult


@dataclass(frozen=True, slots=True)
class CheckHead:
    """The heading over the places of one rule."""

    rule: Rule
    results: tuple[CheckResult, ...]
    is_open: bool

    @property
    def mendable(self) -> int:
        """How many of the places can be mended by themselves."""
        return sum(bool(result.fix) for result in self.results)

    @property
    def spoken(self) -> str:
        """The heading as a screen reader says it."""
        folded = "" if self.is_open else ", folded"
        return f"{self.rule.title}, {self.rule.severity.label}, {counted(len(self.results), 'place')}{folded}"


CheckRow = CheckHead | CheckResult


class CheckList(QAbstractListModel):
    """Headings and places; `show_results` takes what was read, `show_severities` narrows it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._results: Sequence[CheckResult] = ()
        self._severities: frozenset[Severity] = frozenset()
        self._open: set[str] | None = None  # codes; None: nobody has folded anything, the first one is open
        self._rows: list[CheckRow] = []

    @property
    def rows(self) -> Sequence[CheckRow]:
        """What stands in the list, top to bottom. Not to be changed."""
        return self._rows

    def show_results(self, results: Sequence[CheckResult]) -> None:
        """Show what was found now; what is folded stays so."""
        self._results = results
        self._lay_out()

    def show_severities(self, severities: Collection[Severity]) -> None:
        """Show what matters so much only; none: everything."""
        self._severities = frozenset(severities)
        self._lay_out()

    def set_open(self, code: str, is_open: bool) -> None:
        """Fold the places of a rule in or out."""
        place = self.place_of((code,))
        head = self._rows[place] if place is not None else None
        if place is None or not isinstance(head, CheckHead) or head.is_open is is_open:
            return
        self._open = {row.rule.code for row in self._rows if isinstance(row, CheckHead) and row.is_open}
        self._open = self._open | {code} if is_open else self._open - {code}
        self._rows[place] = CheckHead(head.rule, head.results, is_open)
        last = place + len(head.results)
        if is_open:
            self.beginInsertRows(ROOT, place + 1, last)
            self._rows[place + 1 : place + 1] = head.results
            self.endInsertRows()
        else:
            self.beginRemoveRows(ROOT, place + 1, last)
            del self._rows[place + 1 : last + 1]
            self.endRemoveRows()
        self.dataChanged.emit(self.index(place), self.index(place))

    def row(self, index: Index) -> CheckRow | None:
        """Return what stands at an index."""
        return self._rows[index.row()] if index.isValid() else None

    def head_of(self, number: int) -> int:
        """Return the row of the heading over a row; a heading's own."""
        return next((place for place in range(number, -1, -1) if isinstance(self._rows[place], CheckHead)), 0)

    def key_of(self, number: int) -> Key:
        """Return what to find a row by when everything was read again."""
        row = self._rows[number]
        return (row.rule.code,) if isinstance(row, CheckHead) else (row.code, *row.place)

    def place_of(self, key: Key) -> int | None:
        """Return where a row stands now; its heading's place where the row itself is gone."""
        found = None
        for number in range(len(self._rows)):
            seen = self.key_of(number)
            if seen == key:
                return number
            if seen == key[:1]:
                found = number
        return found

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is None:
            return None
        if role == CheckRole.ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.rule.title if isinstance(row, CheckHead) else f"{row.about.name} {row.about.title}".rstrip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken if isinstance(row, CheckHead) else spoken(row)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return head_tip(row) if isinstance(row, CheckHead) else spoken(row)
        return None

    def _lay_out(self) -> None:
        self.beginResetModel()
        shown = [each for each in self._results if not self._severities or each.severity in self._severities]
        self._rows = []
        for rule, results in by_rule(shown):
            is_open = rule.code in self._open if self._open is not None else not self._rows
            self._rows.append(CheckHead(rule, results, is_open))
            if is_open:
                self._rows += results
        self.endResetModel()


def spoken(result: CheckResult) -> str:
    """Return a place as a screen reader says it."""
    about = result.about
    said = [f"{about.name} {about.title}".rstrip(), result.sentence.rstrip("."), about.owner]
    if result.fix:
        said.append("F mends it")
    return ", ".join(part for part in said if part)


def head_tip(head: CheckHead) -> str:
    """Return why a rule matters, and what mending does."""
    mends = f"\nMending: {head.rule.cure[:1].lower()}{head.rule.cure[1:]}" if head.mendable else ""
    return f"{head.rule.why}{mends}"
