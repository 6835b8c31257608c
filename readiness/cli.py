"""Command line: thin over the services. Errors are one line on stderr, with exit status 2.

Heavy parts are imported by the commands that use them.
"""

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from functools import cache

from readiness import VERSION
from readiness.cli_actions import add_action, add_actions, add_finding, add_findings
from readiness.cli_calls import add_closures, add_event, add_notify, add_plan
from readiness.cli_checks import add_checks
from readiness.cli_conflicts import add_conflicts, add_resolve
from readiness.cli_deeds import add_demo, add_edit, add_export, add_new, add_open, add_redo, add_undo
from readiness.cli_editions import add_confirm, add_migrate, add_pin
from readiness.cli_evidence import add_attach, add_evidence, add_sweep
from readiness.cli_frameworks import add_frameworks
from readiness.cli_hub import add_hub
from readiness.cli_letting_in import add_introduce, add_let_in
from readiness.cli_options import BAD_INPUT, Parser
from readiness.cli_packs import add_pack, add_preflight
from readiness.cli_questions import add_check, add_items, add_log, add_status
from readiness.cli_review import add_review, add_signoff
from readiness.cli_sharing import add_bundle, add_datacode, add_devices, add_join, add_passphrase, add_sync
from readiness.domain.errors import ReadinessError

COMMANDS = (
    add_new, add_demo, add_open, add_status, add_items, add_edit, add_undo, add_redo, add_log, add_export, add_check,
    add_frameworks, add_notify, add_event, add_plan, add_closures, add_migrate, add_pin, add_confirm, add_attach,
    add_evidence, add_sweep, add_checks, add_pack, add_preflight, add_actions, add_action, add_findings, add_finding,
    add_review, add_signoff, add_sync, add_bundle, add_join, add_passphrase, add_devices, add_datacode, add_conflicts,
    add_resolve, add_hub, add_introduce, add_let_in,
)  # fmt: skip


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


@cache
def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; made once in a process."""
    top = Parser(
        prog="readiness",
        description="Inspection readiness: checklists for the inspections of children’s services. "
        "Without a command the window opens.",
    )
    top.add_argument("--version", action="version", version=f"inspection readiness {VERSION}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)
    for add in COMMANDS:
        add(commands)
    return top
