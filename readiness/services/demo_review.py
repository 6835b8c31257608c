"""Demo review: what the example's people hand in, send back and sign, and a sign-off that has lapsed since."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from readiness.domain.calendar import WorkingDays
from readiness.domain.views import ItemEdit, ItemRow
from readiness.domain.vocabulary import ItemField, ItemStatus
from readiness.services.boards import read_board, read_narratives
from readiness.services.claims import read_claims
from readiness.services.demo_evidence import Act
from readiness.services.items import edit_items
from readiness.services.review import return_items, submit
from readiness.storage.workspace import Workspace

_SUBMITTED, _RETURNED, _LAPSED = 5, 2, 2
_NOTE = "Ready to be checked; the figures are those that the board saw."
_REASON = "The position says what we do, not what it changed. Say what the last audit found."
_MORE = " The figures for the spring term came in and are now included."


def reviewed(day: date) -> Iterator[tuple[datetime, Act]]:
    """Yield what happens to the claims of the example in its last days, whatever stands there by then."""
    for number in range(_SUBMITTED):
        yield _moment(day, 6 - number, 15), _submit(number, day)
    for number in range(_RETURNED):
        yield _moment(day, 1, 16 + number), _return(number, day)
    for number in range(_LAPSED):
        yield _moment(day, 2 + number, 12), _write_on(number, day)


def _moment(day: date, working_days_ago: int, hour: int) -> datetime:
    return datetime.combine(WorkingDays().add(day, -working_days_ago), time(hour, 10), UTC)


def _submit(number: int, day: date) -> Act:
    def act(workspace: Workspace) -> None:
        written = [item for item in _drafted(workspace, day) if _position(workspace, item)]
        if number * 2 < len(written):
            item = written[number * 2]
            workspace.acting_as = item.owner or "Head of SEND"
            workspace.run(submit, [item.id], _moment(day, 6 - number, 15), _NOTE if number % 2 else "")
            workspace.acting_as = ""

    return act


def _return(number: int, day: date) -> Act:
    """Send back what this laptop's person handed in or owns, so that they find it in their queue."""

    def act(workspace: Workspace) -> None:
        mine = [item for item in _drafted(workspace, day) if item.owner == "Head of SEND"]
        if mine:
            workspace.run(submit, [mine[-1].id], _moment(day, 1, 14 + number))
            workspace.acting_as = "Director of SEND"
            workspace.run(return_items, [mine[-1].id], _moment(day, 1, 16 + number), _REASON)
            workspace.acting_as = ""

    return act


def _write_on(number: int, day: date) -> Act:
    """Write on in a position that was signed off: the sign-off lapses."""

    def act(workspace: Workspace) -> None:
        signed = [item for item in _of(workspace, day, ItemStatus.SIGNED_OFF) if not item.lapsed]
        if len(signed) > 4 * number:
            item = signed[4 * number]
            text = (_position(workspace, item) + _MORE).strip()
            workspace.acting_as = item.owner or "Head of SEND"
            workspace.run(edit_items, [item.id], [ItemEdit(ItemField.POSITION, text)])
            workspace.acting_as = ""

    return act


def _of(workspace: Workspace, day: date, status: ItemStatus) -> list[ItemRow]:
    return [item for item in workspace.read(read_board, day).items if item.status is status]


def _drafted(workspace: Workspace, day: date) -> list[ItemRow]:
    """Return what is drafted and was never handed in."""
    drafted = _of(workspace, day, ItemStatus.DRAFTED)
    claims = workspace.read(read_claims, [item.id for item in drafted])
    return [item for item in drafted if claims[item.id].last is None]


def _position(workspace: Workspace, item: ItemRow) -> str:
    return workspace.read(read_narratives, [item.id])[item.id].position
