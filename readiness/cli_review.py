"""Review on the command line: what waits, where a claim stands, and the verbs; whoever the workspace knows signs."""

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

VERBS = ("submit", "check", "return", "signoff", "withdraw")


def add_review(commands: Any) -> None:
    """Offer `review`."""
    made = command(
        commands,
        "review",
        "Say what waits to be reviewed, where the claim of an item stands, or do something with it: "
        "readiness review PATH RV-C02 check.",
        _do_review,
    )
    made.add_argument("reference", nargs="?", metavar="REF", help="the item; without it, what waits is listed")
    made.add_argument("verb", nargs="?", choices=VERBS, metavar="VERB", help=", ".join(VERBS))
    made.add_argument("--queue", action="store_true", help="list what waits; the same as naming no item")
    made.add_argument("--note", default="", metavar="TEXT", help="kept with it; the reason of return and withdraw")
    with_inspection(made, "only this one, or the one meant where several have that reference")
    with_risk(made)
    with_json(made)


def _do_review(options: argparse.Namespace) -> int:
    if options.queue and options.reference is not None:
        raise BadValue("The queue lists every item that waits. Leave out either --queue or the item.")
    if options.reference is None:
        return _queue(options)
    return _state(options) if options.verb is None else _act(options, options.verb)


def add_signoff(commands: Any) -> None:
    """Offer `signoff`."""
    made = command(commands, "signoff", "Sign an item off exactly as it stands.", _do_signoff)
    made.add_argument("reference", metavar="REF")
    made.add_argument("--note", default="", metavar="TEXT", help="kept with the sign-off")
    with_inspection(made, "the one meant, where several have that reference")
    with_risk(made)
    with_json(made)


def _do_signoff(options: argparse.Namespace) -> int:
    return _act(options, "signoff")


def _act(options: argparse.Namespace, name: str) -> int:
    from readiness.domain.review import ReviewVerb
    from readiness.services.review import VERBS as USE_CASES

    verb = next(each for each in ReviewVerb if each.value == name)
    with writing(options) as workspace:
        found = item_id(workspace, options.reference, options.inspection)
        return said(options, workspace.run(USE_CASES[verb], [found], datetime.now(UTC), options.note))


def _state(options: argparse.Namespace) -> int:
    from readiness.domain.review import lapse_words
    from readiness.services.review import read_review

    with reading(options) as workspace:
        state = workspace.read(read_review, item_id(workspace, options.reference, options.inspection))
    lapse = lapse_words(state.changes) if state.claim.lapsed else ""
    if options.json:
        print_json(
            {
                "item": state.item_id,
                "reference": state.claim.reference,
                "status": state.claim.status.value,
                "claimed_by": state.claim.claimed_by,
                "state": state.words(),
                "lapse": lapse,
                "changes": [_change(each) for each in state.changes],
                "reviews": [_review(row) for row in state.reviews],
                "allowed": [verb.value for verb, refusal in state.refusals.items() if not refusal],
            }
        )
        return 0
    print(f"{state.claim.reference}: {state.words()}")
    for text in filter(None, (lapse,)):
        print(f"  {text}")
    for each in state.changes:
        what = f"{each.field} “{each.title}”" if each.title else each.field
        print(f"  {what} {each.became.label} by {each.by}: {_short(each.old)} -> {_short(each.new)}")
    for row in state.reviews:
        note = f": {row.note}" if row.note else ""
        print(f"  {row.at.astimezone():%Y-%m-%d %H:%M} {row.by}: {row.kind.label}{note}")
    return 0


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line[:80]}…”" if len(line) > 80 else f"“{line}”"


def _change(each: Any) -> dict[str, Any]:
    return {
        "field": each.field,
        "title": each.title,
        "became": each.became.value,
        "signed": each.old,
        "now": each.new,
        "at": each.at.isoformat() if each.at else None,
        "by": each.by,
    }


def _review(row: Any) -> dict[str, Any]:
    return {"kind": row.kind.value, "by": row.by, "role": row.role, "at": row.at.isoformat(), "note": row.note}


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
        print_json([_queued(row) for row in rows])
        return 0
    if not rows:
        print("Nothing waits to be reviewed.")
    kind = None
    for row in rows:
        if row.kind is not kind:
            kind = row.kind
            print(f"{kind.label}: {sum(each.kind is kind for each in rows)}")
        who = ", ".join(each for each in (row.who, waiting_words(row.since, day)) if each)
        print(f"  {row.item.reference:<9} {row.item.title} ({who}; {proof_words(row.item, day)})")
        for text in filter(None, (row.lapse, row.note)):
            print(f"            {text}")
    return 0


def _queued(row: Any) -> dict[str, Any]:
    return {
        "kind": row.kind.value,
        "item": row.item.id,
        "reference": row.item.reference,
        "title": row.item.title,
        "who": row.who,
        "since": row.since.isoformat() if row.since else None,
        "note": row.note,
        "position": row.position,
        "lapse": row.lapse,
        "allowed": [verb.value for verb, refusal in row.refusals.items() if not refusal],
    }
