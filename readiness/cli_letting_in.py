"""Commands of joining without the passphrase: introduce, let-in."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from readiness.cli_options import command, print_json, with_json, with_risk, writing
from readiness.domain.sharing import introduction_name


def add_introduce(commands: Any) -> None:
    """Add `introduce`."""
    made = command(
        commands, "introduce", "On a new laptop: write the file with which a lead lets it into the team.", _introduce
    )
    made.add_argument("out", type=Path, metavar="OUT", help="the file, or a folder to write it in; nothing is secret")
    made.add_argument("--name", required=True, metavar="TEXT", help="what colleagues call this laptop")
    with_json(made)
    with_risk(made)


def _introduce(options: argparse.Namespace) -> int:
    from readiness.services.introducing import introduce

    out = options.out / introduction_name(options.name) if options.out.is_dir() else options.out
    found = introduce(options.path, out, options.name, at_risk=options.at_risk)
    if options.json:
        print_json(asdict(found) | {"file": str(out)})
        return 0
    print(f"{out}: send it to the team's lead. When they ring, read out the code of this laptop: {found.code}.")
    print("They read out the team's code in turn; join with `join PATH FROM --team-code CODE`.")
    return 0


def add_let_in(commands: Any) -> None:
    """Add `let-in`."""
    made = command(commands, "let-in", "On a lead's laptop: let the laptop that a file introduces in.", _let_in)
    made.add_argument("file", type=Path, metavar="FILE", help="the introduction that the new laptop made")
    made.add_argument(
        "--code", metavar="CODE", help="what is read out on the new laptop; without it, only say who is in the file"
    )
    with_json(made)
    with_risk(made)


def _let_in(options: argparse.Namespace) -> int:
    from readiness.services.letting_in import let_in, look_at_introduction

    with writing(options) as workspace:
        found = look_at_introduction(workspace, options.file)
        team = let_in(workspace, options.file, options.code) if options.code is not None else ""
    if options.json:
        print_json(asdict(found) | {"team_code": team})
    elif team:
        print(f"{found.label} is let in with the next sync, or by a bundle. Read out the team's code: {team}.")
    else:
        print(f"{found.label}, code {found.code}. Ring them; if they read out the same, repeat with --code.")
    return 0
