"""Questions on the command line: how ready, which items, who did what, does it hold together."""

import argparse
from datetime import datetime
from typing import Any

from readiness.cli_options import (
    command,
    count,
    day,
    inspection_id,
    item_id,
    print_json,
    reading,
    today,
    with_inspection,
    with_json,
    with_risk,
    writing,
)
from readiness.domain.plain_words import counted


def add_status(commands: Any) -> None:
    """Offer `status`."""
    made = command(commands, "status", "Say how ready each inspection is.", _do_status)
    made.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="the day that is judged; without it, today")
    with_json(made)


def _do_status(options: argparse.Namespace) -> int:
    from readiness.services.boards import read_board
    from readiness.services.start import why_another
    from readiness.services.status import status_of

    with reading(options) as workspace:
        status = status_of(workspace.read(read_board, options.on or today()))
        another = workspace.glance(why_another)
    if options.json:
        print_json({**status, "another_laptop": another or None})
        return 0
    for each in status["inspections"]:
        print(f"{each['title']}: {_percent(each['readiness'])} ready, {_percent(each['day_one_readiness'])} on day one")
        ratings = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in each["by_rating"].items() if count)
        print(f"  {counted(each['items'], 'item')}: {ratings}")
        for area in each["areas"]:
            print(f"  {area['code']:>3}  {_percent(area['readiness']):>7}  {area['title']}")
    if another:
        print(another)
    return 0


def _percent(value: float | None) -> str:
    return "no value" if value is None else f"{value:.0f} %"


def add_items(commands: Any) -> None:
    """Offer `items`."""
    made = command(commands, "items", "List the items of a checklist.", _do_items)
    with_inspection(made, "only this one")
    with_json(made)


def _do_items(options: argparse.Namespace) -> int:
    from readiness.services.boards import read_board
    from readiness.services.status import item_data

    with reading(options) as workspace:
        board = workspace.read(read_board, today())
    wanted = inspection_id(board, options.inspection)
    items = [item for item in board.items if wanted is None or item.inspection_id == wanted]
    if options.json:
        print_json([item_data(item) for item in items])
        return 0
    for item in items:
        due = item.due.isoformat() if item.due else item.due_text
        print(f"{item.reference:<9} {item.status.label:<15} {item.rating.label:<15} {due:<22} {item.title}")
    return 0


def add_log(commands: Any) -> None:
    """Offer `log`."""
    made = command(commands, "log", "Say who did what, newest first.", _do_log)
    made.add_argument("--item", metavar="REF", help="only what happened to this item")
    with_inspection(made, "the one meant, where several have that reference")
    made.add_argument("--limit", type=count, default=200, metavar="N", help="at most this many (200)")
    with_json(made)


def _do_log(options: argparse.Namespace) -> int:
    from readiness.services.queries import item_history, read_steps

    with reading(options) as workspace:
        if options.item is not None:
            found = item_id(workspace, options.item, options.inspection)
            rows = workspace.read(item_history, found, options.limit)
            lines = [f"{_when(row.at)} {row.actor}: {row.field}: {row.old} -> {row.new}" for row in rows]
            data = [
                {"at": row.at.isoformat(), "who": row.actor, "step": row.step_id, "label": row.step_label,
                 "field": row.field, "old": row.old, "new": row.new}
                for row in rows
            ]  # fmt: skip
        else:
            steps = workspace.read(read_steps, options.limit)
            lines = [f"{_when(row.at)} {row.actor}: {row.label}" for row in steps]
            data = [
                {"id": row.id, "at": row.at.isoformat(), "who": row.actor, "label": row.label,
                 "changes": row.changes, "undo_of": row.undo_of, "undone": row.undone}
                for row in steps
            ]  # fmt: skip
    if options.json:
        print_json(data)
    else:
        print("\n".join(lines))
    return 0


def _when(at: datetime) -> str:
    """Return a time as the clock on the wall had it; JSON keeps UTC, with its zone."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def add_check(commands: Any) -> None:
    """Offer `check`."""
    made = command(
        commands, "check", "Check that the file holds together and its tables say what its log says.", _do_check
    )
    made.add_argument("--repair", action="store_true", help="back it up and make its tables again from the log")
    with_risk(made)
    with_json(made)


def _do_check(options: argparse.Namespace) -> int:
    from readiness.services.upkeep import find_faults, repair

    if options.repair:
        with writing(options) as workspace:
            faults = repair(workspace)
    else:
        with reading(options) as workspace:
            faults = workspace.read(find_faults)
    if options.json:
        print_json({"ok": not faults, "faults": [{"kind": each.kind, "text": each.text} for each in faults]})
    else:
        for each in faults:
            print(f"{each.kind}: {each.text}")
        cure = " Run check --repair." if any(each.repairable for each in faults) else ""
        number = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        print(f"{number}.{cure}" if faults else "All is well.")
    return 1 if faults else 0
