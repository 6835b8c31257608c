"""Calls on the command line: the call and its events, the plan they make, and the council's closures."""

import argparse
from datetime import date
from typing import Any

from readiness.cli_options import (
    command,
    day,
    one_inspection,
    print_json,
    reading,
    said,
    today,
    with_json,
    with_one_inspection,
    with_risk,
    writing,
)


def add_notify(commands: Any) -> None:
    """Offer `notify`."""
    made = command(commands, "notify", "Record the call: it dates every item.", _do_notify)
    with_one_inspection(made)
    made.add_argument("date", type=_day_or_none, metavar="DATE", help="the day of the call; “none” takes it back")
    made.add_argument("--time", default="", metavar="HH:MM", help="when the call came")
    made.add_argument("--visit", default="", metavar="KIND", help="the kind of visit, such as short")
    made.add_argument("--on-site-from", type=day, metavar="DATE", help="without it, as the framework proposes")
    made.add_argument("--on-site-to", type=day, metavar="DATE", help="without it, as the framework proposes")
    with_risk(made)
    with_json(made)


def _do_notify(options: argparse.Namespace) -> int:
    from readiness.domain.notification import said_back
    from readiness.services.notification import record_call, withdraw_call
    from readiness.services.plans import proposed_call

    with writing(options) as workspace:
        id_ = one_inspection(workspace, options)
        if options.date is None:
            return said(options, workspace.run(withdraw_call, id_))
        asked = (options.date, options.time, options.visit, options.on_site_from, options.on_site_to)
        call, row, visit, calendar = workspace.read(proposed_call, id_, *asked)
        sentences = said_back(call, row, visit, today(), calendar)
        if not options.json:
            print("\n".join(sentences))
        return said(options, workspace.run(record_call, id_, call), {"said": list(sentences)})


def add_event(commands: Any) -> None:
    """Offer `event`."""
    made = command(commands, "event", "Record what happened after the call: it dates what hangs on it.", _do_event)
    with_one_inspection(made)
    made.add_argument("event", choices=("selection", "draft-report", "publication"), help="what happened")
    made.add_argument("date", type=_day_or_none, metavar="DATE", help="the day; “none” takes it back")
    with_risk(made)
    with_json(made)


def _day_or_none(text: str) -> date | None:
    return None if text == "none" else day(text)


def _do_event(options: argparse.Namespace) -> int:
    from readiness.domain.schemes import Event
    from readiness.services.notification import record_event

    event = Event(f"{options.event.replace('-', '_')}_on")
    with writing(options) as workspace:
        id_ = one_inspection(workspace, options)
        return said(options, workspace.run(record_event, id_, event, options.date))


def add_plan(commands: Any) -> None:
    """Offer `plan`."""
    made = command(commands, "plan", "Say what is due on which day, for the call or for a day imagined.", _do_plan)
    with_one_inspection(made)
    made.add_argument("--if", type=day, dest="imagined", metavar="DATE", help="what if they ring on this day")
    made.add_argument("--visit", default="", metavar="KIND", help="the kind of visit to imagine, such as short")
    with_json(made)


def _do_plan(options: argparse.Namespace) -> int:
    from readiness.domain.errors import BadValue
    from readiness.services.plans import plan_data, read_plan

    if options.visit and options.imagined is None:
        raise BadValue("--visit belongs to --if: the kind of a recorded visit is that of its call.")
    with reading(options) as workspace:
        id_ = one_inspection(workspace, options)
        plan = workspace.read(read_plan, id_, today(), options.imagined, options.visit)
    if options.json:
        print_json(plan_data(plan))
    else:
        from readiness.cli_plan_text import plan_lines

        print("\n".join(plan_lines(plan, today())))
    return 0


def add_closures(commands: Any) -> None:
    """Offer `closures`."""
    made = command(commands, "closures", "List the days on which the council is shut, or change them.", _do_closures)
    for name, text in (("add", "close it on this day"), ("remove", "open it on this day")):
        made.add_argument(
            f"--{name}", type=day, action="append", default=[], metavar="DATE", help=f"{text}; repeatable"
        )
    with_risk(made)
    with_json(made)


def _do_closures(options: argparse.Namespace) -> int:
    from readiness.services.notification import read_closures, set_closures

    if not options.add and not options.remove:
        with reading(options) as workspace:
            days = workspace.read(read_closures)
        if options.json:
            print_json([each.isoformat() for each in days])
        else:
            print("\n".join(each.isoformat() for each in days) or "The council has no closures of its own.")
        return 0
    with writing(options) as workspace:
        kept = {*workspace.read(read_closures), *options.add} - {*options.remove}
        return said(options, workspace.run(set_closures, kept))
