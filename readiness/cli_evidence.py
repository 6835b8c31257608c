"""Evidence on the command line: attach a file or a link, list the library, sweep the store."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from readiness.cli_options import (
    check_reason,
    command,
    day,
    item_id,
    print_json,
    reading,
    record_reason,
    said,
    today,
    warn_of,
    with_inspection,
    with_json,
    with_reason,
    with_risk,
    writing,
)
from readiness.domain.errors import BadValue


def add_attach(commands: Any) -> None:
    """Offer `attach`."""
    made = command(
        commands, "attach", "Attach files or links to an item: a copy of each file is kept.", _do_attach
    )  # fmt: skip
    made.add_argument("reference", metavar="REF")
    made.add_argument("files", nargs="+", metavar="FILE|URL", help="several make one piece of evidence")
    made.add_argument("--title", help="what people find it by; without it, the first file’s name")
    made.add_argument("--shows", help="what it shows")
    made.add_argument("--source", help="data, audit, voice, practitioner, partner or policy")
    made.add_argument("--strength", help="1 says it, 2 shows activity, 3 shows outcome, 4 sustained and confirmed")
    made.add_argument("--audience", help="internal, partners, inspectors or public")
    made.add_argument("--dated", metavar="DATE", help="the day it is about")
    made.add_argument("--valid-until", metavar="DATE", help="the last day on which it counts")
    with_inspection(made, "the one meant, where several have that reference")
    with_reason(made)
    with_risk(made)
    with_json(made)


def _do_attach(options: argparse.Namespace) -> int:
    from readiness.domain.addresses import kept_as_text
    from readiness.domain.sightings import Occasion
    from readiness.services.evidence import attach_evidence
    from readiness.services.library import same_content
    from readiness.storage.files import FileStore

    check_reason(options)
    draft = _draft(options)  # what is wrong with it is said before anything is copied
    seen = _looked_through(options)
    with writing(options) as workspace:
        found = item_id(workspace, options.reference, options.inspection)
        store = FileStore(workspace.folder)
        attachments = [_attachment(store, text) for text in options.files]
        twins = workspace.read(_titles_of, same_content, [each.sha256 for each in attachments])
        changes = workspace.run(attach_evidence, [found], draft, attachments)
        for text, each in zip(options.files, attachments, strict=True):
            if text in seen:
                warn_of(seen[text], each.name)
                record_reason(options, workspace, seen[text], Occasion.ATTACH, about=each.sha256)
    notes = [note for each in attachments if each.url and (note := kept_as_text(each.url))]
    notes += [f"The library had this file already, as “{title}”. One copy is kept of both." for title in twins]
    if not options.json:
        print("".join(f"{note}\n" for note in notes), end="")
    (evidence,) = changes.of("evidence")
    return said(options, changes, {"evidence": evidence, "notes": notes})


def _looked_through(options: argparse.Namespace) -> dict[str, Any]:
    """Return what came of looking through each file, by the file as it was named.

    Raises BadValue when something does and nobody said why it may stay: nothing has then been copied.
    """
    from readiness.domain.addresses import is_address
    from readiness.services.guard import published_lists, scan_file

    paths = {text: Path(text) for text in options.files if not is_address(text)}
    lists = published_lists()
    results = {text: scan_file(path, path.name, today(), lists) for text, path in paths.items()}
    found = {text: result for text, result in results.items() if result.sightings}
    if found and options.reason is None:
        for text, result in found.items():
            warn_of(result, paths[text].name)
        raise BadValue("Nothing was attached. Take it out, or say with --reason why it may stay.")
    return results


def _draft(options: argparse.Namespace) -> Any:
    from readiness.domain.addresses import checked_address, is_address
    from readiness.domain.describing import checked_evidence, parse_evidence_field, title_from
    from readiness.domain.evidence import EvidenceDraft
    from readiness.domain.vocabulary import EvidenceField

    for text in filter(is_address, options.files):
        checked_address(text)
    given = {str(each.value): getattr(options, str(each.value), None) for each in EvidenceField}
    values: dict[str, Any] = {
        str(each.value): parse_evidence_field(each, text)
        for each in EvidenceField
        if (text := given[str(each.value)]) is not None
    }
    if "title" not in values:
        values["title"] = title_from(_name_of(options.files[0]))
    return checked_evidence(EvidenceDraft(**values))


def _name_of(text: str) -> str:
    from readiness.domain.addresses import is_address, name_of_address

    return name_of_address(text) if is_address(text) else Path(text).name or text


def _attachment(store: Any, text: str) -> Any:
    from readiness.domain.addresses import checked_address, is_address
    from readiness.domain.evidence import AttachmentDraft

    if is_address(text):
        return AttachmentDraft(_name_of(text), url=checked_address(text))
    stored = store.take(Path(text))
    return AttachmentDraft(_name_of(text), stored.sha256, stored.size)


def _titles_of(session: Any, same_content: Any, hashes: list[str]) -> list[str]:
    from readiness.services.dossiers import read_evidence

    ids = {id_ for found in same_content(session, hashes).values() for id_ in found}
    return [row.title for row in read_evidence(session, sorted(ids))] if ids else []


def add_evidence(commands: Any) -> None:
    """Offer `evidence`."""
    made = command(commands, "evidence", "List the evidence: how current it is, and where it is used.", _do_evidence)
    made.add_argument("--on", type=day, metavar="DATE", help="the day that is judged; without it, today")
    with_json(made)


def _do_evidence(options: argparse.Namespace) -> int:
    from readiness.services.library import read_library

    on = options.on or today()
    with reading(options) as workspace:
        library = workspace.read(read_library, on)
    if options.json:
        print_json(library)
        return 0
    for row in library:
        uses = [f"{use['reference']} ({_until(use)})" for use in row["used"]]
        print(f"{row['title']}\n  {row['source']}, strength {row['strength']}; {_files(row)}")
        print(f"  {'used for ' + ', '.join(uses) if uses else 'not used'}")
    if not library:
        print("There is no evidence yet. Add some with the command attach.")
    return 0


def _until(use: dict[str, Any]) -> str:
    from datetime import date

    from readiness.domain.dates import written

    if use["until"] is None:
        return "current"
    last = written(date.fromisoformat(use["until"]))
    return f"out of date since {last}" if use["currency"] == "out_of_date" else f"until {last}"


def _files(row: dict[str, Any]) -> str:
    names = [each["name"] for each in row["files"]]
    return ", ".join(names) if names else "neither file nor link"


def add_sweep(commands: Any) -> None:
    """Offer `sweep`."""
    made = command(
        commands, "sweep", "Delete copies of files that no evidence has named for 30 days, never sooner.", _do_sweep
    )
    with_risk(made)
    with_json(made)


def _do_sweep(options: argparse.Namespace) -> int:
    from readiness.services.sweeping import sweep_files

    with writing(options) as workspace:
        swept = sweep_files(workspace, datetime.now(UTC))
    if options.json:
        found = {"deleted": list(swept.copies), "leftovers": swept.leftovers, "bytes": swept.size}
        print_json({**found, "waiting": swept.waiting})
        return 0
    gone = f"Deleted {_counted(len(swept.copies), 'copy', 'copies')}"
    gone += f" and {_counted(swept.leftovers, 'leftover', 'leftovers')}, {swept.size / 1e6:.1f} MB."
    waits = f" {_counted(swept.waiting, 'copy waits', 'copies wait')}: nothing has named it for less than 30 days."
    print(gone + (waits if swept.waiting else ""))
    return 0


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
