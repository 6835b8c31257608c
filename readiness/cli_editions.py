"""Editions on the command line: move an inspection to another edition, pin it, confirm what was reworded."""

import argparse
from typing import TYPE_CHECKING, Any

from readiness.cli_options import (
    command,
    item_id,
    one_inspection,
    print_json,
    reading,
    said,
    with_inspection,
    with_json,
    with_one_inspection,
    with_risk,
    writing,
)

if TYPE_CHECKING:
    from readiness.domain.editions import EditionComparison, EditionRow


def add_migrate(commands: Any) -> None:
    """Offer `migrate`."""
    made = command(commands, "migrate", "Move an inspection to another edition of its framework.", _do_migrate)
    with_one_inspection(made)
    made.add_argument("edition", metavar="EDITION", help="a framework's id, shipped or your own; or id@edition")
    made.add_argument("--dry-run", action="store_true", help="say what it would do, and write nothing")
    with_risk(made)
    with_json(made)


def _do_migrate(options: argparse.Namespace) -> int:
    from readiness.services.editions import compare_with, find_edition, move_to_edition
    from readiness.services.schemes import framework_of

    with reading(options) if options.dry_run else writing(options) as workspace:
        id_ = one_inspection(workspace, options)
        framework = workspace.read(find_edition, options.edition)
        old = workspace.read(framework_of, id_)
        found = workspace.read(compare_with, id_, framework, old)
        changes = None if options.dry_run else workspace.run(move_to_edition, id_, framework, old)
    if not options.json:
        print("\n".join(_lines(found)))
    if changes is not None:
        return said(options, changes, _data(found))
    if options.json:
        print_json({"dry_run": True, **_data(found)})
    else:
        print("Nothing was written: this was a dry run.")
    return 0


def _lines(found: "EditionComparison") -> list[str]:
    """Return a comparison as people read it: a sentence, then each class with its items."""
    from readiness.domain.editions import Fate

    lines = [f"{found.title}, {found.edition}: {found.summary()}"]
    for fate in Fate:
        rows = found.of(fate)
        if rows:
            lines.append(f"{fate.label} ({len(rows):,}):")
            lines += [line for row in rows for line in _item_lines(row)]
    return lines


def _item_lines(row: "EditionRow") -> list[str]:
    shown = row.after or row.before
    lines = [f"  {row.reference:<9} {shown.title if shown else ''}"]
    for label, before, after in _texts(row):
        if before != after:
            lines += [
                f"              {label} was: {before or 'nothing'}",
                f"              {label} is now: {after or 'nothing'}",
            ]
    return [*lines, *(f"              {note}" for note in row.notes)]


def _texts(row: "EditionRow") -> list[tuple[str, str, str]]:
    """Return the words of an item that stays, before and after."""
    if row.before is None or row.after is None:
        return []
    return [
        ("item", row.before.title, row.after.title),
        ("what good looks like", row.before.guidance, row.after.guidance),
    ]


def _data(found: "EditionComparison") -> dict[str, object]:
    from readiness.domain.editions import Fate

    rows = {str(fate.value): [_item_data(row) for row in found.of(fate)] for fate in Fate}
    counts = {str(fate.value): found.counts[fate] for fate in Fate}
    return {"title": found.title, "edition": found.edition, "summary": found.summary(), "counts": counts, **rows}


def _item_data(row: "EditionRow") -> dict[str, object]:
    def words(item: Any) -> dict[str, str] | None:
        return None if item is None else {"reference": item.reference, "title": item.title, "guidance": item.guidance}

    return {
        "reference": row.reference,
        "status": row.held.status.value if row.held is not None else None,
        "before": words(row.before),
        "after": words(row.after),
        "notes": list(row.notes),
    }


def add_pin(commands: Any) -> None:
    """Offer `pin`."""
    made = command(commands, "pin", "Keep an inspection on its edition.", _do_pin)
    with_one_inspection(made)
    made.add_argument("--off", action="store_true", help="let it move again")
    with_risk(made)
    with_json(made)


def _do_pin(options: argparse.Namespace) -> int:
    from readiness.services.editions import pin_edition

    with writing(options) as workspace:
        id_ = one_inspection(workspace, options)
        return said(options, workspace.run(pin_edition, id_, not options.off))


def add_confirm(commands: Any) -> None:
    """Offer `confirm`."""
    made = command(commands, "confirm", "Say that items hold in the words of their new edition too.", _do_confirm)
    made.add_argument("references", nargs="+", metavar="REF")
    with_inspection(made, "the one meant, where several have such references")
    with_risk(made)
    with_json(made)


def _do_confirm(options: argparse.Namespace) -> int:
    from readiness.services.editions import confirm_items

    with writing(options) as workspace:
        ids = [item_id(workspace, reference, options.inspection) for reference in options.references]
        return said(options, workspace.run(confirm_items, ids))
