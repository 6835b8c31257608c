"""Options of the command line: what several commands share."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from readiness.domain.errors import BadValue

BAD_INPUT = 2
Act = Callable[[argparse.Namespace], int]


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message}. See {self.prog} --help.\n")


def command(commands: Any, name: str, text: str, act: Act, *, path: bool = True) -> Any:
    """Return the parser of one command, which does what `act` does."""
    made = commands.add_parser(name, help=text, description=text)
    made.set_defaults(command=act)
    if path:
        made.add_argument("path", type=Path, metavar="PATH", help="the workspace's folder")
    return made


def with_json(made: Any) -> None:
    """Let a command print JSON."""
    made.add_argument("--json", action="store_true", help="print JSON")


def print_json(value: object) -> None:
    """Print a value as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def said(options: argparse.Namespace, changes: Any, more: Mapping[str, object] | None = None) -> int:
    """Say what a step changed, and return the exit status; `more` joins it in JSON."""
    if options.json:
        ids = {kind: sorted(found) for kind, found in changes.ids.items()}
        step = {"step": changes.step_id, "label": changes.label, "changed": ids, "left": list(changes.left)}
        print_json({**step, **(more or {})})
        return 0
    print(changes.label if changes.step_id else f"{changes.label}: that was so already, nothing changed.")
    for text in changes.left:
        print(f"  left as it is: {text}")
    return 0


def day(text: str) -> date:
    """Read a date that was given."""
    from readiness.domain.dates import read_date

    try:
        return read_date(text)
    except BadValue as error:
        raise argparse.ArgumentTypeError(str(error).rstrip(".")) from None


def count(text: str) -> int:
    """Read a number that was given."""
    if not text.isdecimal() or len(text) > 9 or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text[:20]}” is not a number, 1 or more")
    return int(text)


def today() -> date:
    """Return the day as this machine has it."""
    return datetime.now().astimezone().date()


def reading(options: argparse.Namespace) -> Any:
    """Open the workspace to read it, beside whoever writes."""
    from readiness.storage.opening import open_workspace

    return open_workspace(options.path, write=False)


def writing(options: argparse.Namespace) -> Any:
    """Open the workspace to write it."""
    from readiness.services.start import open_at

    return open_at(options.path, at_risk=options.at_risk)


def with_risk(made: Any) -> None:
    """Let a command insist on a risky folder."""
    made.add_argument(
        "--at-risk", action="store_true", help="go ahead in a folder that a cloud program or a network may damage"
    )


def with_inspection(made: Any, text: str) -> None:
    """Let a command mean one inspection."""
    made.add_argument("--inspection", metavar="ID", help=f"{text}; an id, its framework, or the start of its title")


def with_one_inspection(made: Any) -> None:
    """Have a command say which inspection it is about."""
    made.add_argument("inspection", metavar="INSPECTION", help="its id, its framework, or the start of its title")


def one_inspection(workspace: Any, options: argparse.Namespace) -> str:
    """Return the id of the inspection that a command is about. Raises BadValue."""
    from readiness.services.boards import read_board

    return str(inspection_id(workspace.read(read_board, today()), options.inspection))


def inspection_id(board: Any, wanted: str | None) -> str | None:
    """Return the id of the inspection that is meant; None for None. Raises BadValue when it is none, or several."""
    if wanted is None:
        return None
    said = wanted.strip().casefold()
    by_id = [row for row in board.inspections if row.id == said]
    whole = [row for row in board.inspections if said in (row.framework, row.short_title.casefold())]
    begun = [
        row
        for row in board.inspections
        if said and (row.title.casefold().startswith(said) or row.framework.startswith(said))
    ]
    found = by_id or whole or begun
    if len(found) == 1:
        return str(found[0].id)
    if found:
        raise BadValue(f"{len(found)} inspections are called “{wanted}”. Choose one by its {_told_apart(found)}.")
    if not board.inspections:
        raise BadValue("This workspace tracks no inspection. Open it in the window and track one.")
    known = ", ".join(row.short_title for row in board.inspections)
    raise BadValue(f"There is no inspection “{wanted}” here. Choose one of: {known}.")


def _told_apart(rows: Sequence[Any]) -> str:
    """Return inspections by what tells them apart: their short titles, or where two are the same, their ids."""
    if len({row.short_title.casefold() for row in rows}) == len(rows):
        return f"short title: {', '.join(f'“{row.short_title}”' for row in rows)}"
    return f"id: {', '.join(f'{row.id} ({row.title})' for row in rows)}"


def item_id(workspace: Any, reference: str, inspection: str | None) -> str:
    """Return the id of the item with a reference. Raises BadValue."""
    from readiness.services.boards import read_board
    from readiness.services.items import find_by_reference

    board = workspace.read(read_board, today())
    return str(workspace.read(find_by_reference, reference, inspection_id(board, inspection) or ""))


def with_reason(made: Any) -> None:
    """Let a command say why likely identifiers of children may stay."""
    made.add_argument(
        "--reason", metavar="TEXT", help="why what looks like an identifier of a child may stay; it is recorded"
    )


def warn_of(result: Any, what: str) -> None:
    """Say on stderr what looks like an identifier of a child, by kind and place, and what was not looked through.

    Args:
        result: A ScanResult.
        what: What was looked through, as the sentence begins: "The workbook".
    """
    from readiness.domain.sightings import WHY

    if result.sightings:
        print(f"{what} may identify children: {result.in_words}. {WHY}", file=sys.stderr)
    for each in result.sightings:
        print(f"  {each.place}: {each.kind.counted(each.count)}", file=sys.stderr)
    for sentence in result.unread:
        print(f"{what} was not looked through as a whole. {sentence}", file=sys.stderr)


def check_reason(options: argparse.Namespace) -> None:
    """Raise BadValue at once when a reason was given that cannot be recorded."""
    if options.reason is not None:
        from readiness.domain.sightings import checked_reason

        checked_reason(options.reason)


def record_reason(options: argparse.Namespace, workspace: Any, result: Any, occasion: Any, about: str = "") -> None:
    """Record why what was seen may stay, or say on stderr how to; nothing where nothing was seen.

    Args:
        options: With `reason`.
        workspace: Open for writing.
        result: A ScanResult.
        occasion: An Occasion.
        about: The hash of a file or the id of a record; "": what each sighting is about.
    """
    if not result.sightings:
        if options.reason is not None:
            print("Nothing looks like an identifier of a child, so no reason was recorded.", file=sys.stderr)
        return
    if options.reason is None:
        print("Take it out, or say with --reason why it may stay.", file=sys.stderr)
        return
    from readiness.services.guard import exempt

    workspace.run(exempt, about, occasion, result.sightings, options.reason)
