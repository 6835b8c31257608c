"""Review on the command line: submit, check, sign off, return or withdraw, and what waits for a reviewer."""

import argparse
from datetime import UTC, datetime
from typing import Any

from readiness.cli_options import (
    command,
    inspection_id,
    item_id,
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

_VERBS = ("submit", "check", "signoff", "return", "withdraw")


def add_signoff(commands: Any) -> None:
    """Offer `signoff`."""
    made = command(commands, "signoff", "Sign an item off, exactly as it stands.", _do_signoff)
    made.add_argument("reference", metavar="REF")
    _with_note(made)


def add_review(commands: Any) -> None:
    """Offer `review`."""
    made = command(commands, "review", "Say what was done with a claim, or what waits for a reviewer.", _do_review)
    made.add_argument("reference", metavar="REF", nargs="?", help="an item; without it, what waits")
    made.add_argument("verb", nargs="?", choices=_VERBS, help="what to do with its claim; without it, where it stands")
    made.add_argument("--queue", action="store_true", help="list what waits; the same as naming no item")
    _with_note(made)


def _with_note(made: Any) -> None:
    made.add_argument("--note", default="", metavar="TEXT", help="what is said with it; a return says why")
    with_inspection(made, "the one meant, where several have that reference; of what waits, only this one")
    with_risk(made)
    with_json(made)


def _do_signoff(options: argparse.Namespace) -> int:
    return _act(options, "signoff")


def _do_review(options: argparse.Namespace) -> int:
    if options.queue and options.reference is not None:
        raise BadValue("The queue lists every item that waits. Leave out either --queue or the item.")
    if options.verb is not None:
        return _act(options, options.verb)
    if options.note:
        raise BadValue("A note belongs to what is done. Name it: submit, check, signoff, return or withdraw.")
    return _queue(options) if options.reference is None else _state(options)


def _act(options: argparse.Namespace, code: str) -> int:
    from readiness.domain.review import ReviewVerb
    from readiness.services.review import VERBS

    verb = next(each for each in ReviewVerb if each.value == code)
    with writing(options) as workspace:
        found = item_id(workspace, options.reference, options.inspection)
        return said(options, workspace.run(VERBS[verb], [found], datetime.now(UTC), options.note))


def _state(options: argparse.Namespace) -> int:
    from readiness.domain.review import lapse_words
    from readiness.services.review import read_review

    with reading(options) as workspace:
        found = item_id(workspace, options.reference, options.inspection)
        state = workspace.read(read_review, found)
    lapse = lapse_words(state.changes) if state.claim.lapsed else ""
    if options.json:
        reviews = [
            {"kind": str(each.kind.value), "by": each.by, "at": each.at.isoformat(), "note": each.note}
            for each in state.reviews
        ]
        refusals = {str(verb.value): why or None for verb, why in state.refusals.items()}
        changed = [_change(each) for each in state.changes]
        told = {"state": state.words(), "lapsed": lapse or None, "changes": changed, "reviews": reviews}
        print_json({**told, "refusals": refusals})
        return 0
    print(state.words() + (f" {lapse[:1].upper()}{lapse[1:]}." if lapse else ""))
    for one in state.changes:
        what = f"{one.field} “{one.title}”" if one.title else one.field
        print(f"  {what} {one.became.label} by {one.by}: {_short(one.old)} -> {_short(one.new)}")
    for each in state.reviews:
        note = f": {each.note}" if each.note else ""
        print(f"  {each.at.astimezone():%Y-%m-%d %H:%M} {each.kind.label} by {each.by}{note}")
    return 0


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line[:80]}…”" if len(line) > 80 else f"“{line}”"


def _change(each: Any) -> dict[str, Any]:
    at = each.at.isoformat() if each.at else None
    return {
        "field": each.field, "title": each.title, "became": each.became.value, "signed": each.old, "now": each.new,
        "at": at, "by": each.by,
    }  # fmt: skip


def _queue(options: argparse.Namespace) -> int:
    from readiness.domain.review import proof_words, waiting_words
    from readiness.services.boards import read_board
    from readiness.services.people import read_identity
    from readiness.services.review import read_queue

    day = today()
    with reading(options) as workspace:
        wanted = inspection_id(workspace.read(read_board, day), options.inspection)
        rows = workspace.read(read_queue, day, workspace.read(read_identity))
    rows = [row for row in rows if wanted in (None, row.item.inspection_id)]
    if options.json:
        print_json([
            {"reference": row.item.reference, "inspection": row.item.inspection_id, "why": str(row.kind.value),
             "who": row.who, "since": row.since.isoformat() if row.since else None, "note": row.note,
             "lapsed": row.lapse or None, "position": row.position, "proof": proof_words(row.item, day),
             "refusals": {str(verb.value): why or None for verb, why in row.refusals.items()}}
            for row in rows
        ])  # fmt: skip
        return 0
    for row in rows:
        said_of = ", ".join(each for each in (row.who, waiting_words(row.since, day)) if each)
        who = f" ({said_of})" if said_of else ""
        print(f"{row.item.reference:<9} {row.kind.label}{who}  {row.item.title} ({proof_words(row.item, day)})")
    if not rows:
        print("Nothing waits for review.")
    return 0
