"""Commands of sharing: sync, bundle, join, devices, datacode."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from readiness.cli_options import command, print_json, reading, with_json, with_risk, writing
from readiness.domain.errors import BadValue
from readiness.domain.plain_words import counted
from readiness.domain.sharing import KeptBack, LaptopRow, MergeReport, outdated_words


def add_sync(commands: Any) -> None:
    """Add `sync`."""
    made = command(commands, "sync", "Share what is new with a folder, a bundle or a PostgreSQL hub.", _sync)
    made.add_argument(
        "targets", nargs="*", metavar="TARGET", help="folder, .irtbundle file or postgresql URL; none: those noted"
    )
    made.add_argument("--remember", action="store_true", help="share through these from now on, in the window too")
    made.add_argument(
        "--files", choices=("on", "off"), help="from now on evidence files of up to 25 MB travel too, or no longer do"
    )
    with_json(made)
    with_risk(made)


def _sync(options: argparse.Namespace) -> int:
    from readiness.services.bundles import bundle_author
    from readiness.services.kept_back import read_kept
    from readiness.services.rounds import share
    from readiness.services.shared_files import set_files_travel
    from readiness.services.sharing_places import add_place, checked_target, is_bundle

    with writing(options) as workspace:
        targets = [each if is_bundle(each) else checked_target(each, workspace) for each in options.targets]
        if options.remember:
            for each in targets:
                add_place(workspace, each)
        if options.files:
            set_files_travel(workspace, options.files == "on")
        report = share(workspace, targets or None)
        kept = workspace.glance(read_kept, workspace.now())
    if not report.places:
        raise BadValue("No place to share through is noted. Name a folder, a bundle or a postgresql address.")
    if options.json:
        print_json(report_json(report, kept))
    else:
        print_report(report)
        for sentence in kept.sentences:
            print(sentence)
        for target in targets:
            if is_bundle(target):
                print(f"To reply: bundle {options.path} OUT --for {bundle_author(Path(target))[:6] or 'DEVICE'}")
    return 1 if report.needs_version or all(each.trouble for each in report.places) else 0


def report_json(report: MergeReport, kept: KeptBack) -> dict[str, object]:
    """Return what a round did as JSON has it."""
    return {
        "taken": report.taken,
        "sent": report.sent,
        "joined": report.joined,
        "conflicts": report.conflicts,
        "files_taken": report.files_taken,
        "files_sent": report.files_sent,
        "needs_version": report.needs_version,
        "kept": asdict(kept),
        "places": [{"target": each.target, "trouble": each.trouble, "hint": each.hint} for each in report.places],
        "changes": [
            {
                "step": each.step_id,
                "actor": each.actor,
                "laptop": each.laptop,
                "at": each.at,
                "service": each.service,
                "reference": each.reference,
                "title": each.title,
                "field": each.field_label,
                "old": each.old,
                "new": each.new,
                "in_conflict": each.in_conflict,
            }
            for each in report.lines
        ],
    }


def print_report(report: MergeReport) -> None:
    """Say what a round did."""
    taken, contested = counted(report.taken, "change"), counted(report.conflicts, "field")
    print(f"{taken} taken in, {report.sent:,} handed on, {contested} in conflict.")
    if report.files_taken or report.files_sent:
        print(f"Evidence files: {report.files_taken:,} came, {report.files_sent:,} handed on.")
    if report.needs_version:
        print(outdated_words(report.needs_version))
    for place in report.places:
        print(f"  {place.target}: {place.trouble or 'reached'}")
        if place.hint:
            print(f"  {place.hint}")
    service = None
    for line in report.lines[:40]:
        if line.service != service:
            service = line.service
            print(f"{service or 'No service'}")
        mark = " (in conflict)" if line.in_conflict else ""
        what = line.reference or line.title
        print(f"  {what} {line.field_label}: {line.new[:60] or 'empty'} – {line.actor}, {line.laptop}{mark}")
    if len(report.lines) > 40:
        print(f"  and {len(report.lines) - 40} more; see History")


def add_bundle(commands: Any) -> None:
    """Add `bundle`."""
    made = command(commands, "bundle", "Write everything, or what one laptop lacks, into one file.", _bundle)
    made.add_argument("out", type=Path, metavar="OUT", help="the file, or a folder to write it in")
    made.add_argument("--for", dest="laptop", metavar="DEVICE", help="only what this laptop lacks: its id or name")
    made.add_argument("--files", action="store_true", help="evidence files too, those of up to 25 MB")
    with_json(made)
    with_risk(made)


def _bundle(options: argparse.Namespace) -> int:
    from readiness.services.bundles import bundle_name, make_bundle

    with writing(options) as workspace:
        out = options.out / bundle_name(workspace, workspace.now()) if options.out.is_dir() else options.out
        count = make_bundle(workspace, out, for_device=options.laptop, files=options.files)
    if options.json:
        print_json({"file": str(out), "changes": count})
    else:
        said = counted(count, "change")
        print(f"{out}: {said}. Hand it over; the other laptop takes it in with sync or on its Share page.")
    return 0


def add_join(commands: Any) -> None:
    """Add `join`."""
    made = command(commands, "join", "Make a workspace of a team that shares already.", _join)
    made.add_argument("source", metavar="FROM", help="the team's folder, a bundle of a colleague, or a postgresql URL")
    how = made.add_mutually_exclusive_group(required=True)
    how.add_argument("--passphrase-file", type=Path, metavar="F", help="a text file with the team's passphrase")
    how.add_argument("--team-code", metavar="CODE", help="after `introduce` and `let-in`: what the lead reads out")
    with_risk(made)


def _join(options: argparse.Namespace) -> int:
    from readiness.services.joining import join, join_as_introduced

    if options.passphrase_file is not None:
        made = join(options.path, options.source, read_secret(options.passphrase_file), at_risk=options.at_risk)
    else:
        made = join_as_introduced(options.path, options.source, options.team_code, at_risk=options.at_risk)
    with made as workspace:
        from readiness.storage.exchange import change_count, data_code

        count, code = workspace.glance(lambda cursor: (change_count(cursor), data_code(cursor)))
    print(f"Joined: {counted(count, 'change')} taken in. Data code {code}: compare it with a colleague's.")
    return 0


def read_secret(path: Path) -> str:
    """Return the passphrase in a file. Raises BadValue."""
    try:
        found = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadValue(f"{path} cannot be read as text. Write the passphrase into it, on one line.") from error
    if not found:
        raise BadValue(f"{path} is empty. Write the passphrase into it, on one line.")
    return found


def add_passphrase(commands: Any) -> None:
    """Add `passphrase`."""
    made = command(commands, "passphrase", "Set the passphrase with which colleagues join the team.", _passphrase)
    made.add_argument("--passphrase-file", type=Path, required=True, metavar="F", help="a text file with it")
    with_risk(made)


def _passphrase(options: argparse.Namespace) -> int:
    from readiness.services.team import set_passphrase

    secret = read_secret(options.passphrase_file)
    with writing(options) as workspace:
        set_passphrase(workspace, secret)
    print("Set. It is handed on with the next sync; tell colleagues by telephone, not by e-mail.")
    return 0


def add_devices(commands: Any) -> None:
    """Add `devices`."""
    made = command(commands, "devices", "List the laptops of the team: last heard, what each lacks.", _devices)
    made.add_argument("--confirm", metavar="DEVICE", help="say that a laptop is who it says: its key was compared")
    made.add_argument("--shut-out", metavar="DEVICE", help="hold what a laptop writes from now on; new team key")
    made.add_argument("--let-in", metavar="DEVICE", help="let a laptop in again")
    made.add_argument("--name", metavar="TEXT", help="what this laptop is called")
    with_json(made)
    with_risk(made)


def _devices(options: argparse.Namespace) -> int:
    from readiness.services.bundles import laptop_id
    from readiness.services.sharing import laptop_rows
    from readiness.services.team import name_laptop, pin, reinstate, revoke

    deeds = [(options.confirm, pin), (options.shut_out, revoke), (options.let_in, reinstate)]
    if options.name or any(said for said, _ in deeds):
        with writing(options) as workspace:
            if options.name:
                name_laptop(workspace, options.name)
            for said, deed in deeds:
                if said:
                    deed(workspace, workspace.glance(laptop_id, said))
    with reading(options) as workspace:
        found = workspace.glance(laptop_rows)
    if options.json:
        print_json([asdict(each) | {"trust": each.trust.value} for each in found])
    else:
        for each in found:
            print(laptop_line(each))
    return 0


def laptop_line(each: LaptopRow) -> str:
    """Return a laptop as one line."""
    name = each.label or each.person or "no name"
    parts = [f"{each.device[:6]}  {name}  {each.trust.label}"]
    if each.fingerprint:
        parts.append(f"key {each.fingerprint}")
    if each.heard_at:
        parts.append(f"heard {each.heard_at[:16].replace('T', ' ')}")
    if each.lacking:
        parts.append("not received: " + ", ".join(f"{first}–{last}" for first, last in each.lacking))
    if each.unseen:
        parts.append(f"lacks {each.unseen}")
    if each.ahead_s and each.ahead_s > 300:
        parts.append(f"its clock is {each.ahead_s // 60} min ahead")
    for count, why in ((each.unknown, "need a newer version"), (each.early, "came early"), (each.held, "are held")):
        if count:
            parts.append(f"{count} of its changes {why}")
    if each.twins:
        parts.append(f"{each.twins} numbers used twice: its database was copied")
    return ", ".join(parts)


def add_datacode(commands: Any) -> None:
    """Add `datacode`."""
    made = command(commands, "datacode", "Print the code that is equal on laptops with the same data.", _datacode)
    with_json(made)


def _datacode(options: argparse.Namespace) -> int:
    from readiness.storage.exchange import change_count, data_code

    with reading(options) as workspace:
        code, count = workspace.glance(lambda cursor: (data_code(cursor), change_count(cursor)))
    if options.json:
        print_json({"code": code, "changes": count})
    else:
        print(code)
    return 0
