"""Command line: thin over the services. Errors are one line on stderr, with exit status 2.

Heavy parts are imported by the commands that use them.
"""

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from readiness import VERSION
from readiness.domain.errors import BadValue, ReadinessError

BAD_INPUT = 2
Act = Callable[[argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message}. See {self.prog} --help.\n")


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status: 0 only when it did what was asked."""
    _speak_utf_8()
    try:
        options = parser().parse_args(arguments)
        command: Callable[[argparse.Namespace], int] = options.command
        status = command(options)
        sys.stdout.flush()
    except ReadinessError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:  # whoever read has heard enough; what is left to flush at the end goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _speak_utf_8() -> None:
    """Have names in any language printed, also where Windows hands a pipe its old code page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.casefold() != "utf-8":
            stream.reconfigure(encoding="utf-8")


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = _Parser(
        prog="readiness",
        description="Inspection readiness: checklists for the SEND re-visit and the Social Care inspection. "
        "Without a command the window opens.",
    )
    top.add_argument("--version", action="version", version=f"inspection readiness {VERSION}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)
    for add in (_new, _demo, _open, _status, _items, _edit, _undo, _redo, _log, _export, _check, _frameworks):
        add(commands)
    return top


def _command(commands: Any, name: str, text: str, act: Act, *, path: bool = True) -> Any:
    made = commands.add_parser(name, help=text, description=text)
    made.set_defaults(command=act)
    if path:
        made.add_argument("path", type=Path, metavar="PATH", help="the workspace's folder")
    return made


def _json(made: Any) -> None:
    made.add_argument("--json", action="store_true", help="print JSON")


def _print(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _day(text: str) -> date:
    from readiness.domain.dates import read_date

    try:
        return read_date(text)
    except BadValue as error:
        raise argparse.ArgumentTypeError(str(error).rstrip(".")) from None


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of lines, 1 or more")
    return int(text)


def _reading(options: argparse.Namespace) -> Any:
    from readiness.storage.opening import open_workspace

    return open_workspace(options.path, write=False)


def _writing(options: argparse.Namespace) -> Any:
    from readiness.storage.opening import open_workspace

    return open_workspace(options.path, at_risk=options.at_risk)


def _risk(made: Any) -> None:
    made.add_argument(
        "--at-risk", action="store_true", help="go ahead in a folder that a cloud program or a network may damage"
    )


def _new(commands: Any) -> None:
    made = _command(commands, "new", "Make a workspace with one or more checklists.", _do_new)
    made.add_argument("--framework", action="append", required=True, metavar="ID", help="repeat for more than one")
    made.add_argument("--title", default="", help="what the workspace is called, such as the council's name")
    made.add_argument("--ready-by", type=_day, metavar="DATE", help="the day by which everything is to be ready")
    made.add_argument("--name", default="", help="who works here")
    made.add_argument("--role", default="", help="their role, such as Head of SEND")
    made.add_argument("--service", default="", help="their service")
    _risk(made)


def _do_new(options: argparse.Namespace) -> int:
    from readiness.domain.views import Identity, InspectionDraft
    from readiness.frameworks.shipped import find_framework
    from readiness.services.inspections import start_inspections
    from readiness.services.people import set_identity
    from readiness.storage.opening import create_workspace

    frameworks = [find_framework(id_) for id_ in options.framework]
    drafts = tuple(InspectionDraft(framework, ready_by=options.ready_by) for framework in frameworks)
    with create_workspace(options.path, at_risk=options.at_risk) as workspace:
        if options.name.strip() or options.role.strip():
            workspace.run(set_identity, Identity(options.name, options.role, options.service))
        workspace.run(start_inspections, drafts, options.title.strip() or options.path.absolute().name)
    count = sum(framework.item_count for framework in frameworks)
    print(f"Made {options.path} with {count} items.")
    return 0


def _demo(commands: Any) -> None:
    made = _command(
        commands, "demo", "Make an example workspace: both inspections, several weeks of history.", _do_demo
    )
    made.add_argument("--on", type=_day, metavar="DATE", help="the example's today; without it, today")


def _do_demo(options: argparse.Namespace) -> int:
    from readiness.frameworks.shipped import find_framework
    from readiness.services.demo import make_demo

    frameworks = (find_framework("send-revisit-2018"), find_framework("ilacs-2018"))
    make_demo(options.path, options.on or _today(), frameworks).close()
    print(f"Made the example in {options.path}.")
    return 0


def _today() -> date:
    return datetime.now().astimezone().date()


def _open(commands: Any) -> None:
    made = _command(commands, "open", "Open the window, on a workspace or on the default one.", _do_open, path=False)
    made.add_argument("path", type=Path, nargs="?", metavar="PATH", help="the workspace's folder")


def _do_open(options: argparse.Namespace) -> int:
    raise BadValue(f"The window is opened by main.py open {options.path}.")  # readiness knows no window


def _status(commands: Any) -> None:
    made = _command(commands, "status", "Say how ready each inspection is.", _do_status)
    made.add_argument("--on", type=_day, metavar="YYYY-MM-DD", help="the day that is judged; without it, today")
    _json(made)


def _do_status(options: argparse.Namespace) -> int:
    from readiness.services.boards import read_board
    from readiness.services.status import status_of

    with _reading(options) as workspace:
        status = status_of(workspace.read(read_board, options.on or _today()))
    if options.json:
        _print(status)
        return 0
    for each in status["inspections"]:
        print(f"{each['title']}: {_percent(each['readiness'])} ready, {_percent(each['day_one_readiness'])} on day one")
        ratings = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in each["by_rating"].items() if count)
        print(f"  {each['items']} items: {ratings}")
        for area in each["areas"]:
            print(f"  {area['code']:>3}  {_percent(area['readiness']):>7}  {area['title']}")
    return 0


def _percent(value: float | None) -> str:
    return "no value" if value is None else f"{value:.0f} %"


def _inspection(made: Any, text: str) -> None:
    made.add_argument("--inspection", metavar="ID", help=f"{text}; an id, or the start of its title")


def _items(commands: Any) -> None:
    made = _command(commands, "items", "List the items of a checklist.", _do_items)
    _inspection(made, "only this one")
    _json(made)


def _do_items(options: argparse.Namespace) -> int:
    from readiness.services.boards import read_board
    from readiness.services.status import item_data

    with _reading(options) as workspace:
        board = workspace.read(read_board, _today())
    wanted = _inspection_id(board, options.inspection)
    items = [item for item in board.items if wanted is None or item.inspection_id == wanted]
    if options.json:
        _print([item_data(item) for item in items])
        return 0
    for item in items:
        due = item.due.isoformat() if item.due else item.due_text
        print(f"{item.reference:<9} {item.status.label:<15} {item.rating.label:<15} {due:<22} {item.title}")
    return 0


def _inspection_id(board: Any, wanted: str | None) -> str | None:
    if wanted is None:
        return None
    for row in board.inspections:
        if wanted in (row.id, row.framework) or row.title.casefold().startswith(wanted.casefold()):
            return str(row.id)
        if row.short_title.casefold() == wanted.casefold():
            return str(row.id)
    known = ", ".join(row.short_title for row in board.inspections)
    raise BadValue(f"There is no inspection “{wanted}” here. Choose one of: {known}.")


def _edit(commands: Any) -> None:
    made = _command(commands, "edit", "Change fields of an item: readiness edit PATH RV-C02 status=drafted.", _do_edit)
    made.add_argument("reference", metavar="REF")
    made.add_argument("assignments", nargs="+", metavar="field=value")
    _inspection(made, "the one meant, where several have that reference")
    _risk(made)
    _json(made)


def _do_edit(options: argparse.Namespace) -> int:
    from readiness.domain.editing import parse_assignment
    from readiness.services.items import edit_items

    edits = [parse_assignment(text) for text in options.assignments]
    with _writing(options) as workspace:
        item_id = _item_id(workspace, options.reference, options.inspection)
        return _said(options, workspace.run(edit_items, [item_id], edits))


def _item_id(workspace: Any, reference: str, inspection: str | None) -> str:
    from readiness.services.boards import read_board
    from readiness.services.items import find_by_reference

    board = workspace.read(read_board, _today())
    return str(workspace.read(find_by_reference, reference, _inspection_id(board, inspection) or ""))


def _said(options: argparse.Namespace, changes: Any) -> int:
    if options.json:
        ids = {kind: sorted(found) for kind, found in changes.ids.items()}
        _print({"step": changes.step_id, "label": changes.label, "changed": ids, "left": list(changes.left)})
        return 0
    print(changes.label if changes.step_id else f"{changes.label}: that was so already, nothing changed.")
    for text in changes.left:
        print(f"  left as it is: {text}")
    return 0


def _undo(commands: Any) -> None:
    made = _command(commands, "undo", "Undo the last step.", _do_undo)
    _risk(made)
    _json(made)


def _do_undo(options: argparse.Namespace) -> int:
    from readiness.services.undo import undo

    with _writing(options) as workspace:
        return _said(options, workspace.run(undo))


def _redo(commands: Any) -> None:
    made = _command(commands, "redo", "Do again what was undone last.", _do_redo)
    _risk(made)
    _json(made)


def _do_redo(options: argparse.Namespace) -> int:
    from readiness.services.undo import redo

    with _writing(options) as workspace:
        return _said(options, workspace.run(redo))


def _log(commands: Any) -> None:
    made = _command(commands, "log", "Say who did what, newest first.", _do_log)
    made.add_argument("--item", metavar="REF", help="only what happened to this item")
    _inspection(made, "the one meant, where several have that reference")
    made.add_argument("--limit", type=_count, default=200, metavar="N", help="at most this many (200)")
    _json(made)


def _do_log(options: argparse.Namespace) -> int:
    from readiness.services.queries import item_history, read_steps

    with _reading(options) as workspace:
        if options.item is not None:
            item_id = _item_id(workspace, options.item, options.inspection)
            rows = workspace.read(item_history, item_id, options.limit)
            lines = [f"{row.at:%Y-%m-%d %H:%M} {row.actor}: {row.field}: {row.old} -> {row.new}" for row in rows]
            data = [
                {"at": row.at.isoformat(), "who": row.actor, "step": row.step_id, "label": row.step_label,
                 "field": row.field, "old": row.old, "new": row.new}
                for row in rows
            ]  # fmt: skip
        else:
            steps = workspace.read(read_steps, options.limit)
            lines = [f"{row.at:%Y-%m-%d %H:%M} {row.actor}: {row.label}" for row in steps]
            data = [
                {"id": row.id, "at": row.at.isoformat(), "who": row.actor, "label": row.label,
                 "changes": row.changes, "undo_of": row.undo_of, "undone": row.undone}
                for row in steps
            ]  # fmt: skip
    if options.json:
        _print(data)
    else:
        print("\n".join(lines))
    return 0


def _export(commands: Any) -> None:
    made = _command(commands, "export", "Write the Excel summary.", _do_export)
    made.add_argument("target", type=Path, metavar="OUT.xlsx")
    made.add_argument("--on", type=_day, metavar="YYYY-MM-DD", help="the day that is judged; without it, today")
    _json(made)


def _do_export(options: argparse.Namespace) -> int:
    from readiness.domain.filters import ItemFilter
    from readiness.services.export import read_for_export, write_export

    with _reading(options) as workspace:
        read = workspace.read(read_for_export, options.on or _today(), ItemFilter())
    report = write_export(read, options.target, datetime.now().astimezone())
    if options.json:
        _print({"path": str(report.path), "items": report.items, "sheets": list(report.sheets)})
    else:
        print(f"Wrote {report.path}: {report.items} items, read back and compared.")
    return 0


def _check(commands: Any) -> None:
    made = _command(
        commands, "check", "Check that the file holds together and its tables say what its log says.", _do_check
    )
    made.add_argument("--repair", action="store_true", help="back it up and make its tables again from the log")
    _risk(made)
    _json(made)


def _do_check(options: argparse.Namespace) -> int:
    from readiness.services.upkeep import find_faults, repair

    if options.repair:
        with _writing(options) as workspace:
            faults = repair(workspace)
    else:
        with _reading(options) as workspace:
            faults = workspace.read(find_faults)
    if options.json:
        _print({"ok": not faults, "faults": [{"kind": each.kind, "text": each.text} for each in faults]})
    else:
        for each in faults:
            print(f"{each.kind}: {each.text}")
        cure = " Run check --repair." if any(each.repairable for each in faults) else ""
        number = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        print(f"{number}.{cure}" if faults else "All is well.")
    return 1 if faults else 0


def _frameworks(commands: Any) -> None:
    made = _command(
        commands, "frameworks", "List the frameworks that come with the program.", _do_frameworks, path=False
    )
    _json(made)


def _do_frameworks(options: argparse.Namespace) -> int:
    from readiness.frameworks.shipped import shipped_frameworks

    found = shipped_frameworks()
    if options.json:
        _print([
            {"id": each.id, "edition": each.edition, "title": each.title, "areas": len(each.areas),
             "items": each.item_count}
            for each in found
        ])  # fmt: skip
    else:
        for each in found:
            print(f"{each.id:<20} {each.item_count:>3} items  {each.title}")
    return 0
