"""Actions and findings on the command line: list them, add one, change one."""

import argparse
from collections.abc import Mapping
from typing import Any, cast

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

SHORT_ID = 8
"""So many letters of an id stand in a list; any beginning that only one has is enough to name it."""


def add_actions(commands: Any) -> None:
    """Offer `actions`."""
    made = command(commands, "actions", "List the actions: is each done, and what did it change?", _do_actions)
    made.add_argument("--source", metavar="S", help="only this source, such as scrutiny or earlier_finding")
    made.add_argument("--overdue", action="store_true", help="only what is past its day and neither done nor stopped")
    made.add_argument("--on", type=day, metavar="DATE", help="the day that is judged; without it, today")
    with_inspection(made, "only what belongs to this one or to all")
    with_json(made)


def _do_actions(options: argparse.Namespace) -> int:
    from readiness.domain.action_editing import parse_value
    from readiness.domain.action_filters import ActionFilter, passes_action
    from readiness.domain.vocabulary import ActionField, ActionSource, Delivery
    from readiness.services.status import action_data

    registers, board = _read(options, options.on)
    wanted = inspection_id(board, options.inspection)
    sources = (cast("ActionSource", parse_value(ActionField.SOURCE, options.source)),) if options.source else ()
    chosen = ActionFilter(
        inspections=(wanted,) if wanted else (),
        sources=sources,
        deliveries=(Delivery.OVERDUE,) if options.overdue else (),
    )
    lines = [line for line in registers.actions if passes_action(line, chosen)]
    if options.json:
        print_json([action_data(line, board.day) for line in lines])
        return 0
    for line in lines:
        action = line.action
        due = action.due.isoformat() if action.due else "no date"
        where = line.reference or (line.inspection.short_title if line.inspection else "all")
        print(
            f"{action.id[:SHORT_ID]} {line.delivery.label:<9} {action.impact_level.label:<9} {due:<10} {where:<9} "
            f"{action.owner or 'nobody'}: {action.title}"
        )
    return 0


def add_findings(commands: Any) -> None:
    """Offer `findings`."""
    made = command(
        commands, "findings", "List the points of earlier inspections and what became of them.", _do_findings
    )
    made.add_argument("--on", type=day, metavar="DATE", help="the day that is judged; without it, today")
    with_inspection(made, "only what concerns this one or all")
    with_json(made)


def _do_findings(options: argparse.Namespace) -> int:
    from readiness.domain.action_filters import FindingFilter, passes_finding
    from readiness.domain.actions import explain_finding
    from readiness.services.status import finding_data

    registers, board = _read(options, options.on)
    wanted = inspection_id(board, options.inspection)
    chosen = FindingFilter(inspections=(wanted,) if wanted else ())
    lines = [line for line in registers.findings if passes_finding(line, chosen)]
    if options.json:
        print_json([finding_data(line) for line in lines])
        return 0
    for line in lines:
        finding = line.finding
        print(f"{finding.id[:SHORT_ID]} {finding.status.label:<13} {line.rating.label:<9} {finding.title}")
        print(f"  {finding.origin or 'origin not said'}; {explain_finding(finding, line.actions)}")
    return 0


def add_action(commands: Any) -> None:
    """Offer `action`."""
    made = command(commands, "action", "Add an action, or change one.", _do_action, path=True)
    made.add_argument("deed", choices=("add", "edit"))
    made.add_argument(
        "what", metavar="TITLE|ID", help="add: what is to be done; edit: the action's id or its beginning"
    )
    for name, text in _ACTION_OPTIONS.items():
        made.add_argument(f"--{name.replace('_', '-')}", metavar="TEXT", help=text)
    made.add_argument("--item", metavar="REF", help="the item it belongs to")
    made.add_argument("--area", metavar="LETTER", help="the area it belongs to")
    made.add_argument("--finding", metavar="ID", help="add: the finding it answers")
    with_inspection(made, "the one it belongs to")
    with_risk(made)
    with_json(made)


_ACTION_OPTIONS = {
    "title": "edit: other words",
    "owner": "who sees to it",
    "service": "their service",
    "due": "by when, as 13 Sep 2021; empty: no date",
    "status": "planned, in hand, done or stopped",
    "source": "self-assessment, audit, earlier finding, scrutiny or mock inspection",
    "origin": "where it was agreed: Scrutiny commission, 12 Mar 2021, minute 45",
    "practice": "what changed in practice",
    "impact": "what is different for children",
    "impact_level": "none yet, early, clear or sustained",
}
_FINDING_OPTIONS = {
    "title": "edit: other words",
    "owner": "who answers for it",
    "status": "open, acted on, impact proven or closed",
    "origin": "the inspection it comes from",
    "dated": "its day, as 13 Sep 2021",
    "proof": "what proves that it is met",
    "tested_on": "the day that was tested",
}


def _do_action(options: argparse.Namespace) -> int:
    from readiness.domain.action_editing import ActionEdit
    from readiness.domain.evidence import ActionDraft
    from readiness.domain.vocabulary import ActionField, ActionSource
    from readiness.services.actions import add_action, revise_action

    values = _values(options, ActionField, _ACTION_OPTIONS)
    with writing(options) as workspace:
        where = _place(workspace, options)
        if options.deed == "add":
            if options.finding:
                where["finding_id"] = _one(workspace, "finding", options.finding)
                values.setdefault(ActionField.SOURCE, ActionSource.EARLIER_FINDING)
            draft = ActionDraft(**{"title": options.what, **_by_name(values), **where})
            return said(options, workspace.run(add_action, draft))
        id_ = _one(workspace, "action", options.what)
        edits = [ActionEdit(field, value) for field, value in values.items()]
        if not edits and not where:
            raise BadValue("Nothing is to change. Say what, for example --status done.")
        return said(options, workspace.run(revise_action, id_, edits, where))


def add_finding(commands: Any) -> None:
    """Offer `finding`."""
    made = command(commands, "finding", "Add a finding of an earlier inspection, or change one.", _do_finding)
    made.add_argument("deed", choices=("add", "edit"))
    made.add_argument("what", metavar="TITLE|ID", help="add: what was found; edit: the finding's id or its beginning")
    for name, text in _FINDING_OPTIONS.items():
        made.add_argument(f"--{name.replace('_', '-')}", metavar="TEXT", help=text)
    made.add_argument("--area", metavar="LETTER", help="the area it concerns")
    with_inspection(made, "the one it concerns")
    with_risk(made)
    with_json(made)


def _do_finding(options: argparse.Namespace) -> int:
    from readiness.domain.action_editing import FindingEdit
    from readiness.domain.evidence import FindingDraft
    from readiness.domain.vocabulary import FindingField
    from readiness.services.findings import add_finding, revise_finding

    values = _values(options, FindingField, _FINDING_OPTIONS)
    with writing(options) as workspace:
        where = _place(workspace, options)
        if options.deed == "add":
            draft = FindingDraft(**{"title": options.what, **_by_name(values), **where})
            return said(options, workspace.run(add_finding, draft))
        id_ = _one(workspace, "finding", options.what)
        edits = [FindingEdit(field, value) for field, value in values.items()]
        if not edits and not where:
            raise BadValue("Nothing is to change. Say what, for example --status closed.")
        return said(options, workspace.run(revise_finding, id_, edits, where))


def _read(options: argparse.Namespace, on: Any) -> tuple[Any, Any]:
    from readiness.domain.actions import registers_of
    from readiness.services.boards import read_board
    from readiness.services.dossiers import read_actions, read_findings

    with reading(options) as workspace:
        board = workspace.read(read_board, on or today())
        return registers_of(workspace.read(read_actions), workspace.read(read_findings), board), board


def _values(options: argparse.Namespace, fields: Any, names: Mapping[str, str]) -> dict[Any, object]:
    from readiness.domain.action_editing import parse_value

    given = {name: getattr(options, name) for name in names}
    return {field: parse_value(field, given[field.value]) for field in fields if given.get(field.value) is not None}


def _by_name(values: Mapping[Any, object]) -> dict[str, Any]:
    return {str(field.value): value for field, value in values.items()}


def _place(workspace: Any, options: argparse.Namespace) -> dict[str, str]:
    """Return where something belongs as it was given: an item, an area, an inspection; nothing where nothing was."""
    from readiness.services.boards import read_board
    from readiness.services.items import find_by_reference

    board = workspace.read(read_board, today())
    within = inspection_id(board, options.inspection)
    if getattr(options, "item", None):
        return {"item_id": workspace.read(find_by_reference, options.item, within or "")}
    if options.area:
        return {"area_id": _area(board, options.area, within)}
    return {"inspection_id": within} if within else {}


def _area(board: Any, code: str, within: str | None) -> str:
    wanted = code.strip().casefold()
    found = [row for row in board.areas if row.code.casefold() == wanted and within in (None, row.inspection_id)]
    if len(found) == 1:
        return str(found[0].id)
    if found:
        raise BadValue(f"{len(found)} areas have the letter {code}. Say which inspection is meant with --inspection.")
    raise BadValue(f"There is no area {code}. Choose one of: {', '.join(dict.fromkeys(a.code for a in board.areas))}.")


def _one(workspace: Any, kind: str, wanted: str) -> str:
    """Return the id of the one action or finding whose id begins as given. Raises BadValue."""
    from readiness.services.dossiers import read_actions, read_findings

    rows = workspace.read(read_actions if kind == "action" else read_findings)
    begins = wanted.strip().casefold()
    found = [row.id for row in rows if begins and row.id.startswith(begins)]
    if len(found) == 1:
        return str(found[0])
    if found:
        raise BadValue(f"{len(found)} {kind}s have an id that begins with “{wanted}”. Write more of it.")
    raise BadValue(f"There is no {kind} “{wanted}”. List them with the command {kind}s.")
