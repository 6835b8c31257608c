"""Frameworks on the command line: list them, check a file, write a checklist out, bring one in."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readiness.cli_options import (
    BAD_INPUT,
    Parser,
    check_reason,
    command,
    count,
    inspection_id,
    print_json,
    reading,
    record_reason,
    said,
    today,
    warn_of,
    with_json,
    with_reason,
    with_risk,
    writing,
)
from readiness.domain.errors import BadValue, FrameworkError
from readiness.domain.views import FrameworkDraft

if TYPE_CHECKING:
    from readiness.services.checklist_files import ChecklistFile

_NAMES = {"id": "ID", "edition": "EDITION", "title": "TITLE", "short_title": "TITLE"}


def add_frameworks(commands: Any) -> None:
    """Offer `frameworks` with what can be done about them."""
    made = command(commands, "frameworks", "List frameworks, check, write out and bring in.", _do_list, path=False)
    with_json(made)
    made.set_defaults(workspace=None)
    deeds = made.add_subparsers(title="what to do", metavar="WHAT", parser_class=Parser)
    _add_list(deeds)
    _add_check(deeds)
    _add_export(deeds)
    _add_import(deeds)
    _add_headings(deeds)
    template = command(deeds, "template", "Write an empty Excel list to fill in.", _do_template, path=False)
    template.add_argument("target", type=Path, metavar="OUT.xlsx")
    template.add_argument("--force", action="store_true", help="replace a file of that name")


def _add_list(deeds: Any) -> None:
    made = command(deeds, "list", "List the frameworks that come with the program.", _do_list, path=False)
    made.add_argument(
        "workspace", type=Path, nargs="?", metavar="PATH", help="a workspace's folder: list those of its own too"
    )
    made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")


def _add_check(deeds: Any) -> None:
    made = command(deeds, "check", "Read a file and name every fault; nothing is written.", _do_check, path=False)
    made.add_argument("file", type=Path, metavar="FILE", help="a framework file (.toml) or an Excel list (.xlsx)")
    with_json(made)


def _add_export(deeds: Any) -> None:
    made = command(deeds, "export", "Write a checklist as it stands now out as a framework file.", _do_export)
    made.add_argument("inspection", metavar="INSPECTION", help="an id, or the start of its title")
    made.add_argument("target", type=Path, metavar="OUT.toml")
    _with_names(made, "as what it is to be known")
    made.add_argument("--force", action="store_true", help="replace a file of that name")
    with_json(made)


def _add_import(deeds: Any) -> None:
    made = command(deeds, "import", "Keep a framework file or an Excel list in the workspace.", _do_import)
    made.add_argument("file", type=Path, metavar="FILE", help="a framework file (.toml) or an Excel list (.xlsx)")
    _with_names(made, "of an Excel list, which does not say")
    with_reason(made)
    with_risk(made)
    with_json(made)


def _add_headings(deeds: Any) -> None:
    text = "Compare the headings of a list (never its rows) with the columns that were published."
    made = command(deeds, "headings", text, _do_headings, path=False)
    made.add_argument("framework", metavar="FRAMEWORK", help="an id, or a framework file of your own")
    made.add_argument("number", type=count, metavar="LIST", help="the number of the list, such as 8")
    made.add_argument("file", type=Path, metavar="FILE", help="a workbook (.xlsx) or a CSV file")
    made.add_argument("--sheet", default="", metavar="NAME", help="without it, the one with the number in its name")
    with_json(made)


def _with_names(made: Any, text: str) -> None:
    for name, shown in _NAMES.items():
        label = name.replace("_", "-")
        made.add_argument(f"--{label}", dest=f"new_{name}", metavar=shown, help=f"the {label.replace('-', ' ')} {text}")


def _do_list(options: argparse.Namespace) -> int:
    from readiness.frameworks.shipped import shipped_frameworks

    found = shipped_frameworks()
    if options.workspace is not None:
        from readiness.services.schemes import own_frameworks
        from readiness.storage.opening import open_workspace

        with open_workspace(options.workspace, write=False) as workspace:
            found = (*found, *workspace.read(own_frameworks))
    if options.json:
        print_json([_data(each) for each in found])
        return 0
    widest = max(len(each.id) for each in found)
    for each in found:
        print(f"{each.id:<{widest}}  {each.edition:<24} {each.item_count:>4} items  {each.title}")
    return 0


def _data(draft: FrameworkDraft) -> dict[str, object]:
    return {
        "id": draft.id,
        "edition": draft.edition,
        "title": draft.title,
        "areas": len(draft.areas),
        "items": draft.item_count,
    }


def _do_check(options: argparse.Namespace) -> int:
    try:
        file = _read(options.file)
    except FrameworkError as error:
        if not options.json:
            raise
        print_json({"ok": False, "file": str(options.file), "faults": list(error.faults)})
        return BAD_INPUT
    if options.json:
        print_json({"ok": True, "file": str(options.file), **_data(file.draft)})
        return 0
    draft = file.draft
    where = f", from its sheet “{file.sheet}”" if file.sheet else ""
    print(f"{file.name} is sound: {len(draft.areas)} areas, {draft.item_count} items{where}.")
    if file.ignored:
        print(f"These columns are left alone: {', '.join(file.ignored)}.")
    return 0


def _read(path: Path) -> "ChecklistFile":
    from readiness.services.checklist_files import read_checklist_file

    return read_checklist_file(path, str(today().year))


def chosen_framework(text: str) -> FrameworkDraft:
    """Return a shipped framework by its id, or what a file says. Raises BadValue and FrameworkError."""
    from readiness.frameworks.shipped import find_framework

    path = Path(text)
    if path.suffix.lower() in (".toml", ".xlsx", ".xlsm") or len(path.parts) > 1:
        return _read(path).draft
    return find_framework(text)


def _do_export(options: argparse.Namespace) -> int:
    from readiness.services.boards import read_board
    from readiness.services.checklist_files import check_framework_target, write_framework_file
    from readiness.services.schemes import checklist_as_framework, suggested_names

    check_framework_target(options.target, replaces=options.force)
    with reading(options) as workspace:
        found = inspection_id(workspace.read(read_board, today()), options.inspection)
        names = _named(options, workspace.read(suggested_names, found))
        draft = workspace.read(checklist_as_framework, found, names)
    write_framework_file(options.target, draft, replaces=options.force)
    if options.json:
        print_json({"path": str(options.target), **_data(draft)})
    else:
        print(f"Wrote {options.target}: {draft.id}, edition {draft.edition}, {draft.item_count} items.")
    return 0


def _named(options: argparse.Namespace, names: Any) -> Any:
    from dataclasses import replace

    given = {name: getattr(options, f"new_{name}") for name in _NAMES}
    return replace(names, **{name: text for name, text in given.items() if text is not None})


def _do_import(options: argparse.Namespace) -> int:
    from readiness.domain.sightings import Occasion
    from readiness.services.guard import published_lists, scan_texts, texts_of_framework
    from readiness.services.schemes import keep_framework, names_of

    check_reason(options)
    file = _read(options.file)
    draft = file.draft
    names = names_of(draft)
    if _named(options, names) != names and not file.sheet:
        raise BadValue(f"{file.name} says its own id, edition and titles. Change them in the file.")
    if file.sheet:
        draft = file.named(_named(options, names))
    found = scan_texts(texts_of_framework(draft), today(), published_lists(), "the list")
    with writing(options) as workspace:
        changes = workspace.run(keep_framework, draft)
        warn_of(found, "The list")
        about = next(iter(changes.of("framework")), "")
        record_reason(options, workspace, found, Occasion.IMPORT, about)
        return said(options, changes)


def _do_headings(options: argparse.Namespace) -> int:
    from readiness.services.list_files import check_list_file, list_of

    spec = list_of(chosen_framework(options.framework), options.number)
    found = check_list_file(options.file, spec, options.sheet)
    if options.json:
        said = {"ok": not found.faults, "file": str(options.file), "list": spec.number, "title": spec.title}
        print_json({**said, "verified": spec.verified, "faults": list(found.faults)})
    else:
        lines = [found.summary(), *(f"  {fault}" for fault in found.faults)]
        print("\n".join(lines), file=sys.stderr if found.faults else sys.stdout)
    return BAD_INPUT if found.faults else 0


def _do_template(options: argparse.Namespace) -> int:
    from readiness.services.checklist_files import write_list_template

    if options.target.exists() and not options.force:
        raise BadValue(f"“{options.target.name}” exists already. Choose another name, or add --force.")
    write_list_template(options.target)
    print(f"Wrote {options.target}.")
    return 0
