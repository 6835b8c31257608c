"""Share words: what the Share page says of laptops, places and rounds. Pure: no Qt."""

from collections.abc import Sequence
from datetime import date, datetime

from readiness.domain.dates import written
from readiness.domain.plain_words import counted
from readiness.domain.sharing import LaptopRow, MergeReport, PlaceRow, SharingBoard, outdated_words
from readiness.domain.vocabulary import Trust

CLOCK_MATTERS_S = 300
SILENT_DAYS = 7
NEVER = "not yet"


def ago(at: str | None, now: datetime) -> str:
    """Return how long ago a moment was, as people say it."""
    if at is None:
        return NEVER
    then = datetime.fromisoformat(at)
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    if minutes < 60 * 24:
        return f"{minutes // 60} h ago"
    days = minutes // (60 * 24)
    return f"{counted(days, 'day')} ago" if days < 14 else written(then.astimezone().date())


def name_of(row: LaptopRow) -> str:
    """Return what people call a laptop."""
    if row.trust is Trust.SELF:
        return f"{row.label or row.person or 'No name yet'} (this one)"
    return row.label or (f"{row.person}’s laptop" if row.person else f"laptop {row.device[:4]}")


def not_received(row: LaptopRow) -> str:
    """Return which of a laptop's changes are not here: "changes 41–60"; "" when all are."""
    parts = [str(first) if first == last else f"{first}–{last}" for first, last in row.lacking[:3]]
    more = f" and {len(row.lacking) - 3} more gaps" if len(row.lacking) > 3 else ""
    return f"changes {', '.join(parts)}{more}" if parts else ""


def lacks(row: LaptopRow) -> str:
    """Return what a laptop had not when it last spoke; "" when it had everything."""
    return counted(row.unseen, "change") if row.unseen else ""


def clock(row: LaptopRow) -> str:
    """Return how far a clock is ahead, where it matters."""
    if not row.ahead_s or row.ahead_s < CLOCK_MATTERS_S:
        return ""
    minutes = row.ahead_s // 60
    if minutes < 120:
        return f"{minutes} min ahead"
    return f"{minutes // 60} h ahead" if minutes < 60 * 48 else f"{minutes // (60 * 24)} days ahead"


def in_step(row: LaptopRow, code: str) -> str:
    """Return whether a laptop has the data that is here."""
    if row.trust is Trust.SELF:
        return code
    return "same" if row.code == code else row.code or "not known"


def headline(board: SharingBoard, now: datetime) -> str:
    """Return the one sentence at the head of the page: what is worst, or that all is well."""
    others = [row for row in board.laptops if row.trust is not Trust.SELF]
    missing = [row for row in others if row.lacking]
    if board.needs_version:
        return outdated_words(board.needs_version)
    if board.conflicts:
        return f"{counted(board.conflicts, 'field')} changed in two places: choose which value stands."
    if missing:
        said = f"{name_of(missing[0])}: {not_received(missing[0])} not received"
        return f"{said}, and {counted(len(missing) - 1, 'other laptop')}." if len(missing) > 1 else f"{said}."
    if not board.places and not others:
        return "Nothing leaves this laptop until you choose where to share, or hand a bundle to a colleague."
    if board.waiting:
        return f"{counted(board.waiting, 'change')} of yours wait to be handed on."
    awaited = [row for row in others if row.is_awaited]
    if awaited:
        return f"{name_of(awaited[0])} was let in and has not joined yet."
    silent = [row for row in others if _is_silent(row, now)]
    if silent:
        return f"{counted(len(silent), 'laptop')} not heard from for {SILENT_DAYS} days or more: {name_of(silent[0])}."
    behind = [row for row in others if row.unseen]
    if behind:
        return f"Everything is here. {counted(len(behind), 'laptop')} had not everything when last heard."
    return "Everything that was handed on is here, and every laptop has it."


def _is_silent(row: LaptopRow, now: datetime) -> bool:
    return row.heard_at is None or (now - datetime.fromisoformat(row.heard_at)).days >= SILENT_DAYS


def place_state(row: PlaceRow, now: datetime) -> str:
    """Return how a place fares, and what could be done there."""
    said = row.trouble or f"reached {ago(row.last_at, now)}" if row.last_at or row.trouble else "not reached yet"
    return f"{said} – {row.hint}" if row.hint else said


def round_words(report: MergeReport) -> str:
    """Return what a round brought, as the foot says it."""
    if report.needs_version:
        return outdated_words(report.needs_version)
    files = _files_moved(report)
    if not report.taken:
        said = f"Nothing new; {counted(report.sent, 'change')} handed on." if report.sent else "Nothing new."
        return f"{said}{files}"
    laptops = len({line.laptop for line in report.lines})
    who = f" from {counted(laptops, 'laptop')}" if laptops else ""
    said = f"{counted(report.taken, 'change')}{who} joined"
    said = f"{said}; {counted(report.conflicts, 'field')} in conflict." if report.conflicts else f"{said}."
    return f"{said}{files}"


def _files_moved(report: MergeReport) -> str:
    moved = ((report.files_taken, "came"), (report.files_sent, "handed on"))
    said = ", ".join(f"{counted(count, 'evidence file')} {how}" for count, how in moved if count)
    return f" {said}." if said else ""


def files_words(board: SharingBoard) -> str:
    """Return what is lacking of evidence files, and what would bring it; "" for nothing."""
    if not board.files_lacking:
        return ""
    said = f"{counted(board.files_lacking, 'evidence file')} of other laptops not here yet"
    if board.do_files_travel:
        return f"{said}: each comes once a laptop that has it shares files too, unless it is larger."
    return f"{said}. Share files here and where they were attached, or ask for a bundle with files."


def troubles(places: Sequence[PlaceRow]) -> str:
    """Return what kept places from being reached, a sentence each."""
    return " ".join(each.trouble for each in places if each.trouble)


def merged_words(last_at: str | None, today: date) -> str:
    """Return when laptops met last, as the rail says it; "" before they did."""
    if last_at is None:
        return ""
    at = datetime.fromisoformat(last_at).astimezone()
    return f"Merged at {at:%H:%M}" if at.date() == today else f"Merged {written(at.date())}"
