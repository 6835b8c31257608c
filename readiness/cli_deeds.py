"""Deeds on the command line: make a workspace, change items, undo, export."""

import argparse
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from readiness.cli_options import (
    check_reason,
    command,
    day,
    item_id,
    print_json,
    reading,
    record_reason,
    said,
    today,
    warn_of,
    with_inspection,
    with_json,
    with_reason,
    with_risk,
    writing,
)
from readiness.domain.errors import BadValue
from readiness.domain.plain_words import counted


def add_new(commands: Any) -> None:
    """Offer `new`."""
    made = command(commands, "new", "Make a workspace with one or more checklists.", _do_new)
    made.add_argument(
        "--framework",
        action="append",
        required=True,
        metavar="ID",
        help="an id, or a framework file or Excel list of your own; repeat for more than one",
    )
    made.add_argument("--title", default="", help="what the workspace is called, such as the council's name")
    made.add_argument("--ready-by", type=day, metavar="DATE", help="the day by which everything is to be ready")
    made.add_argument("--name", default="", help="who works here")
    made.add_argument("--role", default="", help="their role, such as Head of SEND")
    made.add_argument("--service", default="", help="their service")
    with_risk(made)


def _do_new(options: argparse.Namespace) -> int:
    from readiness.cli_frameworks import chosen_framework
    from readiness.domain.views import Identity, InspectionDraft
    from readiness.frameworks.shipped import shipped_frameworks
    from readiness.services.inspections import start_inspections
    from readiness.services.people import set_identity
    from readiness.services.schemes import check_own, keep_framework, names_of
    from readiness.storage.opening import create_workspace

    frameworks = [chosen_framework(text) for text in options.framework]
    own = [framework for framework in frameworks if framework not in shipped_frameworks()]
    for framework in own:
        check_own(names_of(framework))
    drafts = tuple(InspectionDraft(framework, ready_by=options.ready_by) for framework in frameworks)
    with create_workspace(options.path, at_risk=options.at_risk) as workspace:
        if options.name.strip() or options.role.strip():
            workspace.run(set_identity, Identity(options.name, options.role, options.service))
        for framework in own:
            workspace.run(keep_framework, framework)
        workspace.run(start_inspections, drafts, options.title.strip() or options.path.absolute().name)
    print(f"Made {options.path} with {counted(sum(each.item_count for each in frameworks), 'item')}.")
    return 0


def add_demo(commands: Any) -> None:
    """Offer `demo`."""
    made = command(commands, "demo", "Make an example workspace: both inspections, several weeks of history.", _do_demo)
    made.add_argument("--on", type=day, metavar="DATE", help="the example's today; without it, today")


def _do_demo(options: argparse.Namespace) -> int:
    from readiness.frameworks.shipped import find_framework
    from readiness.services.demo import make_demo

    frameworks = (find_framework("send-revisit-2018"), find_framework("ilacs-2018"))
    make_demo(options.path, options.on or today(), frameworks).close()
    print(f"Made the example in {options.path}.")
    return 0


def add_open(commands: Any) -> None:
    """Offer `open`."""
    made = command(commands, "open", "Open the window, on a workspace or on the default one.", _do_open, path=False)
    made.add_argument("path", type=Path, nargs="?", metavar="PATH", help="the workspace's folder")


def _do_open(options: argparse.Namespace) -> int:
    raise BadValue(f"The window is opened by main.py open {options.path}.")  # readiness knows no window


def add_edit(commands: Any) -> None:
    """Offer `edit`."""
    made = command(commands, "edit", "Change fields of an item: readiness edit PATH RV-C02 status=drafted.", _do_edit)
    made.add_argument("reference", metavar="REF")
    made.add_argument("assignments", nargs="+", metavar="field=value")
    with_inspection(made, "the one meant, where several have that reference")
    with_risk(made)
    with_json(made)


def _do_edit(options: argparse.Namespace) -> int:
    from readiness.domain.editing import parse_assignment
    from readiness.services.items import edit_items

    edits = [parse_assignment(text) for text in options.assignments]
    with writing(options) as workspace:
        found = item_id(workspace, options.reference, options.inspection)
        return said(options, workspace.run(edit_items, [found], edits))


def add_undo(commands: Any) -> None:
    """Offer `undo`."""
    made = command(commands, "undo", "Undo the last step.", _do_undo)
    with_risk(made)
    with_json(made)


def _do_undo(options: argparse.Namespace) -> int:
    from readiness.services.undo import undo

    with writing(options) as workspace:
        return said(options, workspace.run(undo))


def add_redo(commands: Any) -> None:
    """Offer `redo`."""
    made = command(commands, "redo", "Do again what was undone last.", _do_redo)
    with_risk(made)
    with_json(made)


def _do_redo(options: argparse.Namespace) -> int:
    from readiness.services.undo import redo

    with writing(options) as workspace:
        return said(options, workspace.run(redo))


def add_export(commands: Any) -> None:
    """Offer `export`."""
    made = command(commands, "export", "Write the Excel summary.", _do_export)
    made.add_argument("target", type=Path, metavar="OUT.xlsx")
    made.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="the day that is judged; without it, today")
    with_reason(made)
    with_risk(made)
    with_json(made)


def _tell_of_export(options: argparse.Namespace, name: str) -> None:
    """Tell of an export in the record; where that cannot be written, or somebody else holds it, it goes without."""
    from readiness.domain.errors import WorkspaceError
    from readiness.domain.vocabulary import EventKind
    from readiness.services.events import told

    with suppress(WorkspaceError), writing(options) as workspace:
        told(workspace, EventKind.EXPORT, name)


def _do_export(options: argparse.Namespace) -> int:
    from readiness.domain.filters import ItemFilter
    from readiness.domain.sightings import Occasion
    from readiness.services.export import read_for_export, scan_export, write_export

    check_reason(options)
    with reading(options) if options.reason is None else writing(options) as workspace:
        read = workspace.read(read_for_export, options.on or today(), ItemFilter())
        found = scan_export(read, today())
        report = write_export(read, options.target, datetime.now().astimezone())
        warn_of(found, "The workbook")
        record_reason(options, workspace, found, Occasion.EXPORT)
    _tell_of_export(options, report.path.name)
    if options.json:
        print_json({"path": str(report.path), "items": report.items, "sheets": list(report.sheets)})
    else:
        print(f"Wrote {report.path}: {counted(report.items, 'item')}, read back and compared.")
    return 0
