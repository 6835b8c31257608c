"""Commands of conflicts: what was changed in two places, and choosing."""

import argparse
from typing import Any

from readiness.cli_options import (
    command,
    inspection_id,
    print_json,
    reading,
    said,
    today,
    with_json,
    with_risk,
    writing,
)
from readiness.domain.conflicts import Conflict, Version
from readiness.domain.errors import BadValue
from readiness.domain.vocabulary import ConflictKind


def add_conflicts(commands: Any) -> None:
    """Add `conflicts`."""
    made = command(commands, "conflicts", "List the fields that were changed in two places before they met.", _list)
    made.add_argument(
        "--treat-waiting",
        action="store_true",
        help="first have fields count as in conflict that waited a day for something earlier; for a lead",
    )
    with_json(made)
    with_risk(made)


def _list(options: argparse.Namespace) -> int:
    from readiness.services.conflicts import read_conflicts
    from readiness.services.kept_back import treat_as_conflicts

    if options.treat_waiting:
        with writing(options) as workspace:
            treat_as_conflicts(workspace)
    with reading(options) as workspace:
        found = workspace.read(read_conflicts)
    if options.json:
        print_json([_json(each) for each in found])
        return 0
    if not found:
        print("No conflicts.")
    for each in found:
        print(f"{each.reference} {each.title} · {each.field_label}" + (f" · {each.service}" if each.service else ""))
        if each.before is not None:
            print(f"  before: {each.before.shown or 'empty'}")
        for version in each.versions:
            who = f"{version.device[:6]} {version.laptop}, {version.actor}, {version.at[:16]}"
            print(f"  {who}: {version.shown or 'empty'}")
    return 0


def _json(each: Conflict) -> dict[str, object]:
    return {
        "kind": each.kind.value,
        "record": each.record,
        "id": each.id,
        "reference": each.reference,
        "title": each.title,
        "service": each.service,
        "field": each.field,
        "before": _version_json(each.before) if each.before else None,
        "versions": [_version_json(version) for version in each.versions],
    }


def _version_json(each: Version) -> dict[str, object]:
    return {
        "change": each.change_id,
        "value": each.value,
        "shown": each.shown,
        "actor": each.actor,
        "device": each.device,
        "laptop": each.laptop,
        "at": each.at,
        "step": each.label,
        "is_shown": each.is_shown,
    }


def add_resolve(commands: Any) -> None:
    """Add `resolve`."""
    made = command(commands, "resolve", "Choose for a field in conflict.", _resolve)
    made.add_argument("ref", metavar="REF", help="the item's reference, or the id of another record")
    made.add_argument("field", metavar="FIELD", help="the field, as `conflicts --json` names it")
    which = made.add_mutually_exclusive_group(required=True)
    which.add_argument("--take", metavar="DEVICE", help="the value of this laptop: the start of its id, or its name")
    which.add_argument("--value", metavar="V", help="a value that holds both")
    made.add_argument("--why", metavar="TEXT", default="", help="why; it is kept in the history")
    made.add_argument("--inspection", metavar="ID", help="where two inspections use the reference")
    with_json(made)
    with_risk(made)


def _resolve(options: argparse.Namespace) -> int:
    from readiness.services.boards import read_board
    from readiness.services.conflicts import keep, read_conflicts, resolve, settle_removal

    with writing(options) as workspace:
        conflicts = workspace.read(read_conflicts)
        board = workspace.read(read_board, today()) if options.inspection else None
        inspection = inspection_id(board, options.inspection) if board is not None else None
        found = _meant(conflicts, options.ref, options.field, inspection)
        if options.value is not None:
            if found.kind is ConflictKind.REMOVAL:
                words = {"keep": False, "remove": True}
                if options.value.casefold() not in words:
                    raise BadValue("This was removed on one laptop and edited on another. Say --value keep or remove.")
                changes = workspace.run(settle_removal, found.id, words[options.value.casefold()], options.why)
            else:
                changes = workspace.run(resolve, found.id, found.field, options.value, options.why)
        else:
            version = _version(found, options.take)
            changes = workspace.run(keep, found.id, found.field, version.change_id, options.why)
    return said(options, changes)


def _meant(conflicts: tuple[Conflict, ...], ref: str, field: str, inspection: str | None) -> Conflict:
    wanted = ref.strip().casefold()
    of_record = [
        each
        for each in conflicts
        if wanted in (each.reference.casefold(), each.id) and inspection in (None, each.inspection_id)
    ]
    found = [each for each in of_record if field.strip().casefold() in (each.field, each.field_label.casefold())]
    if len(found) == 1:
        return found[0]
    if found:
        raise BadValue(
            f"{len(found)} records are called “{ref[:40]}”. Name the inspection with --inspection, or its id."
        )
    if of_record:
        names = ", ".join(each.field for each in of_record)
        raise BadValue(f"“{field[:40]}” of {ref[:40]} is not in conflict. In conflict there: {names}.")
    raise BadValue(f"Nothing of “{ref[:40]}” is in conflict. The command `conflicts` lists what is.")


def _version(found: Conflict, laptop: str) -> Version:
    wanted = laptop.strip().casefold()
    mine = [
        each
        for each in found.versions
        if wanted and (each.device.startswith(wanted) or each.laptop.casefold() == wanted)
    ]
    if len({each.change_id for each in mine}) == 1:
        return mine[0]
    known = ", ".join(f"{each.device[:6]} ({each.laptop})" for each in found.versions)
    how = "Several laptops are" if mine else "No laptop with a value of this field is"
    raise BadValue(f"{how} called “{laptop[:40]}”. Choose one of: {known}.")
