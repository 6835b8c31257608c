"""Commands of a PostgreSQL hub: making one, and how it stands."""

import argparse
from pathlib import Path
from typing import Any

from readiness.cli_options import Parser, print_json, with_json


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
    from readiness.sync.hub import init_hub, safe_url, url_from

    url = url_from(options.url, options.url_file)
    version = init_hub(url, options.member)
    print(f"{safe_url(url)} is a hub now (version {version}). Laptops share there with: sync PATH {safe_url(url)}")
    return 0


def _status(options: argparse.Namespace) -> int:
    from readiness.sync.hub import hub_status, safe_url, url_from

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
        print_json({"version": found.version, "login": found.login, "is_member": found.is_member, "teams": teams})
        return 0
    print(f"{safe_url(url)}: hub, version {found.version}; login {found.login}")
    if not found.is_member:
        print(f"  {found.login} may not share here. Ask who runs it for: GRANT hub_member TO {found.login}")
    for each in found.teams:
        print(f"  {each.workspace[:8]}: {each.segments} segments of {each.laptops} laptops, {each.size:,} bytes")
    return 0
