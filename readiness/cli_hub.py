"""Commands of a PostgreSQL hub: making one, and how it stands."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readiness.cli_options import Parser, print_json, with_json
from readiness.domain.plain_words import counted

if TYPE_CHECKING:
    from readiness.sync.hub_making import SetAside


def add_hub(commands: Any) -> None:
    """Add `hub init` and `hub status`."""
    text = "Make a PostgreSQL hub, or ask how one stands."
    made = commands.add_parser("hub", help=text, description=text)
    deeds = made.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)
    init = deeds.add_parser("init", help="make the tables of a hub, or bring them up", description="Make a hub.")
    init.set_defaults(command=_init)
    _with_url(init)
    init.add_argument("--member", action="append", default=[], metavar="LOGIN", help="may share there; repeatable")
    status = deeds.add_parser("status", help="how a hub stands", description="Say how a hub stands.")
    status.set_defaults(command=_status)
    _with_url(status)
    with_json(status)


def _with_url(made: Any) -> None:
    made.add_argument("url", nargs="?", metavar="URL", help="postgresql://login@server/database, without a password")
    made.add_argument("--url-file", type=Path, metavar="F", help="a text file with the address, which may have one")


def _init(options: argparse.Namespace) -> int:
    from readiness.sync.hub import safe_url, url_from
    from readiness.sync.hub_making import init_hub

    url = url_from(options.url, options.url_file)
    made = init_hub(url, options.member)
    print(f"{safe_url(url)} is a hub now (version {made.version}). Laptops share there with: sync PATH {safe_url(url)}")
    _print_set_aside(made.set_aside)
    return 0


def _print_set_aside(rows: "Sequence[SetAside]") -> None:
    """Name what a hub keeps apart."""
    if rows:
        print(f"  {counted(len(rows), 'row')} set aside in hub.set_aside; laptops leave what is lacking once more:")
    for each in rows:
        print(f"  {each.name} of laptop {each.by_device}: {each.why}")


def _status(options: argparse.Namespace) -> int:
    from readiness.sync.hub import safe_url, url_from
    from readiness.sync.hub_making import hub_status

    url = url_from(options.url, options.url_file)
    found = hub_status(url)
    if options.json:
        teams = [
            {
                "workspace": each.workspace,
                "segments": each.segments,
                "laptops": each.laptops,
                "bytes": each.size,
                "last": each.last_at,
            }
            for each in found.teams
        ]
        told = {"version": found.version, "hint": found.hint, "login": found.login, "is_member": found.is_member}
        print_json({**told, "teams": teams, "set_aside": [asdict(each) for each in found.set_aside]})
        return 0
    print(f"{safe_url(url)}: hub, version {found.version}; login {found.login}")
    if found.hint:
        print(f"  {found.hint}")
    if not found.is_member:
        print(f"  {found.login} may not share here. Ask who runs it for: GRANT hub_member TO {found.login}")
    for each in found.teams:
        print(f"  {each.workspace[:8]}: {each.segments} segments of {each.laptops} laptops, {each.size:,} bytes")
    _print_set_aside(found.set_aside)
    return 0
