"""Packs on the command line: an evidence pack for somebody, and whether this laptop is ready to go offline."""

import argparse
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from readiness.cli_options import (
    command,
    day,
    inspection_id,
    print_json,
    reading,
    today,
    with_inspection,
    with_json,
    with_risk,
    writing,
)
from readiness.domain.errors import BadValue
from readiness.domain.vocabulary import Audience

_SIGNS = {"good": "ok", "warning": "!", "bad": "x"}


def add_pack(commands: Any) -> None:
    """Offer `pack`."""
    made = command(commands, "pack", "Write an evidence pack with an index, read back and remembered.", _do_pack)
    made.add_argument("target", type=Path, metavar="OUT", help="a zip file to write, or with --folder a new folder")
    with_inspection(made, "only this one")
    made.add_argument(
        "--area", action="append", default=[], metavar="CODE", help="only this area, such as A; repeatable"
    )
    made.add_argument("--item", action="append", default=[], metavar="REF", help="only this item; repeatable")
    made.add_argument(
        "--audience",
        choices=[audience.value for audience in Audience],
        default=Audience.INSPECTORS.value,
        help="whom it is for; evidence meant for fewer stays behind (default: inspectors)",
    )
    made.add_argument("--folder", action="store_true", help="write a folder instead of a zip file")
    made.add_argument(
        "--without-missing", action="store_true", help="go ahead without stored files that are missing or altered"
    )
    made.add_argument("--on", type=day, metavar="DATE", help="the day that is judged; without it, today")
    with_risk(made)
    with_json(made)


def _do_pack(options: argparse.Namespace) -> int:
    from readiness.domain.errors import PackFaulty
    from readiness.domain.packing import plan_pack
    from readiness.services.pack_making import write_pack
    from readiness.services.pack_targets import remove
    from readiness.services.packs import read_for_pack, record_pack
    from readiness.storage.files import FileStore

    with writing(options) as workspace:
        dossier, _, who = workspace.read(read_for_pack, options.on or today())
        choice = _choice(options, dossier.board)
        store, at = FileStore(workspace.folder), datetime.now().astimezone()
        plan = plan_pack(dossier, choice)
        try:
            report = write_pack(plan, store, options.target, who, at, as_folder=options.folder)
        except PackFaulty as fault:
            if not options.without_missing:
                raise BadValue(f"{str(fault).rstrip('.')} (--without-missing).") from None
            plan = plan_pack(dossier, choice, fault.hashes)
            report = write_pack(plan, store, options.target, who, at, as_folder=options.folder)
        try:
            workspace.run(record_pack, report)
        except BaseException:
            remove(options.target)  # no pack goes out that is not remembered
            raise
    _say_pack(options, report)
    return 0


def _choice(options: argparse.Namespace, board: Any) -> Any:
    from readiness.domain.packing import PackChoice

    chosen = inspection_id(board, options.inspection)
    rows = [row for row in board.inspections if chosen in (None, row.id)]
    ids = {row.id for row in rows}
    areas = _found("area", options.area, [(row.code, row.id) for row in board.areas if row.inspection_id in ids])
    items = _found("item", options.item, [(row.reference, row.id) for row in board.items if row.inspection_id in ids])
    audience = Audience(options.audience)  # type: ignore[call-arg]
    return PackChoice(audience, frozenset(ids if chosen else ()), areas, items)


def _found(what: str, wanted: Sequence[str], named: Sequence[tuple[str, str]]) -> frozenset[str]:
    found: set[str] = set()
    for name in wanted:
        ids = {id_ for code, id_ in named if code.casefold() == name.strip().casefold()}
        if not ids:
            known = ", ".join(dict.fromkeys(code for code, _ in named)) if what == "area" else "one on the checklist"
            raise BadValue(f"There is no {what} “{name}” here. Choose {known}.")
        found |= ids
    return frozenset(found)


def _say_pack(options: argparse.Namespace, report: Any) -> None:
    from readiness.domain.pack_words import summary, warnings

    plan = report.plan
    if options.json:
        print_json(
            {
                "path": str(report.path),
                "audience": plan.audience.value,
                "files": report.files,
                "size": report.size,
                "items": sum(1 for _ in plan.items),
                "left_out": [
                    {"title": left.evidence.title, "why": left.why.value, "items": list(left.references)}
                    for left in plan.left_out
                ],
                "missing": [each.name for each in plan.missing.values()],
                "warnings": list(warnings(plan)),
            }
        )
        return
    print(f"Wrote {report.path}, read back and compared. {summary(plan)}")
    for text in warnings(plan):
        print(f"  {text}")


def add_preflight(commands: Any) -> None:
    """Offer `preflight`."""
    made = command(commands, "preflight", "Say whether this laptop is ready to go offline.", _do_preflight)
    with_json(made)


def _do_preflight(options: argparse.Namespace) -> int:
    from readiness.domain.preflight import head_line, is_green, judge
    from readiness.services.preflight import gather, read_record_facts

    with reading(options) as workspace:
        record = workspace.read(read_record_facts, today())
        facts = gather(record, workspace.folder, datetime.now().astimezone())
    lines = judge(facts)
    if options.json:
        told = [
            {"key": each.key, "title": each.title, "light": each.light.value, "said": each.said, "cure": each.cure}
            for each in lines
        ]
        links = [{"name": link.name, "address": link.address} for link in facts.links]
        print_json({"green": is_green(lines), "said": head_line(lines), "lines": told, "not_offline": links})
    else:
        print(head_line(lines))
        for each in lines:
            print(f"  {_SIGNS[str(each.light.value)]:<2}  {each.title}: {each.said}")
            if each.cure:
                print(f"      {each.cure}")
    return 0 if is_green(lines) else 1
