"""Mutations: deliberate bugs of the merge, planted one by one; a test must fail for each: `python -m tests.mutations`.

Source: merge.md, section 10.1. Run before each release; not part of pytest. Exit status 1 when one is missed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
MERGE = ("tests/storage/test_convergence.py", "tests/storage/test_journal.py")
ROUNDS = ("tests/services/test_rounds.py",)
JOINING = ("tests/services/test_letting_in.py", "tests/sync/test_introductions.py")
DOOR = ("tests/services/test_conflict_door.py",)
EVENTS = ("tests/services/test_events.py",)
KEPT = ("tests/services/test_outdated.py", "tests/services/test_kept_back.py", "tests/services/test_closing.py")
SYNC = ("tests/sync/test_segments.py", "tests/sync/test_notes.py")


@dataclass(frozen=True, slots=True)
class Bug:
    """One edit of one file, and the tests that must see it."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


BUGS = (
    Bug(
        "parents = the shown value only",
        "readiness/storage/journal.py",
        "parents=tuple(sorted(other.id for other in seen)),",
        "parents=tuple(sorted(other.id for other in seen[:1])),",
        MERGE,
    ),
    Bug(
        "a late parent is not checked",
        "readiness/storage/arrivals.py",
        "if (each.id, each.eid, each.field) in children:",
        "if False:",
        MERGE,
    ),
    Bug(
        "missing parents are not noted",
        "readiness/storage/arrivals.py",
        "run_all(cursor, _ADD_MISSING, lacking)",
        "run_all(cursor, _ADD_MISSING, [])",
        MERGE,
    ),
    Bug(
        "the winner is whoever arrived last",
        "readiness/storage/registers.py",
        "max(heads, key=lambda each: (each.stamp, each.id))\n\n\ndef removal",
        "max(heads, key=lambda each: each.k)\n\n\ndef removal",
        MERGE,
    ),
    Bug(
        "ids are not checked",
        "readiness/storage/arrivals.py",
        "not (are_checked or change_id(by_id[each.step], each) == each.id)",
        "False",
        MERGE,
    ),
    Bug(
        "an id without the new value",
        "readiness/domain/changes.py",
        "{said(change.old)},{said(change.new)},",
        "{said(change.old)},",
        MERGE,
    ),
    Bug(
        "undo ignores later edits",
        "readiness/services/undo.py",
        "    if len(heads) == 1 and (\n",
        "    if True or (\n",
        (*MERGE, "tests/services/test_undo.py"),
    ),
    Bug(
        "a removal names only its own field",
        "readiness/storage/journal.py",
        "seen = [other for found in registers.of(each.id).values() for other in found]",
        "seen = heads",
        MERGE,
    ),
    Bug(
        "several changes of a field in a step",
        "readiness/storage/journal.py",
        "wanted = {(each.id, each.field): each for each in sorted(taken.sets, key=partial(_turn, registers))}",
        "wanted = dict(enumerate(sorted(taken.sets, key=partial(_turn, registers))))",
        MERGE,
    ),
    Bug(
        "a contested removal removes",
        "readiness/storage/registers.py",
        "return not unseen, unseen",
        "return True, unseen",
        MERGE,
    ),
    Bug(
        "signatures are not checked",
        "readiness/sync/segments.py",
        "if not is_signed(segment.header, segment.signature, public):",
        "if False:",
        SYNC,
    ),
    Bug(
        "another team's files are taken",
        "readiness/sync/segments.py",
        "if found.workspace != workspace:",
        "if False:",
        SYNC,
    ),
    Bug(
        "a body is not held against its hash",
        "readiness/sync/segments.py",
        "if len(found.body) != largest or sha256(found.body).hexdigest() != sha:",
        "if False:",
        SYNC,
    ),
    Bug(
        "a bomb is unpacked",
        "readiness/sync/segments.py",
        "raw = stream.decompress(body, size + 1)",
        "raw = stream.decompress(body)[: size]",
        SYNC,
    ),
    Bug(
        "a hello is believed without the team's key",
        "readiness/sync/notes.py",
        'if (inside["device"], inside["n"], inside["public"]) != (device, n, said["public"]):',
        "if False:",
        SYNC,
    ),
    Bug(
        "whoever was shut out still leads",
        "readiness/sync/notes.py",
        "if each.by not in leads or each.by in revoked:",
        "if each.by not in leads:",
        SYNC,
    ),
    Bug(
        "the vector counts over gaps",
        "readiness/storage/exchange.py",
        "found[laptop] = last if numbers == last else rows(cursor, _ENDS, (laptop,))[0][0]",
        "found[laptop] = last",
        ROUNDS,
    ),
    Bug("what is held counts", "readiness/storage/arrivals.py", 'status = "held"', 'status = "applied"', ROUNDS),
    Bug(
        "what came by another way is not handed on",
        "readiness/services/leaving.py",
        "    lines = uncovered(segment_lines(cursor))\n    whole",
        "    lines = [x for x in uncovered(segment_lines(cursor)) if x.device == team.device]\n    whole",
        ROUNDS,
    ),
    Bug(
        "a laptop may come back with another key",
        "readiness/services/arriving.py",
        "if known is not None and known.sign_pub and bytes(known.sign_pub) != hello.public:",
        "if False:",
        ROUNDS,
    ),
    Bug(
        "a team's note is taken of anybody",
        "readiness/services/team.py",
        "if found.by not in standing(cursor).leads or known.get(found.by) != found.public:",
        "if False:",
        ROUNDS,
    ),
    Bug(
        "an introduction is believed unsigned",
        "readiness/sync/introductions.py",
        "if not is_signed(line, signature, found.public):",
        "if False:",
        JOINING,
    ),
    Bug(
        "another code lets a laptop in",
        "readiness/services/letting_in.py",
        "if not same_code(code, fingerprint(said.public)):",
        "if False:",
        JOINING,
    ),
    Bug(
        "a newcomer takes keys of whoever leaves a note",
        "readiness/services/joining.py",
        " if same_code(code, fingerprint(each.founder_public, each.public))]",
        "]",
        JOINING,
    ),
    Bug(
        "an outdated version still hands on",
        "readiness/services/leaving.py",
        "        and line.device not in kept_back\n",
        "",
        KEPT,
    ),
    Bug(
        "anybody's file stops a laptop",
        "readiness/services/arriving.py",
        "check_signature(segment, self._publics.get(segment.device))\n            return _Opened("
        "each.entry, segment, each.content, *open_segment(segment, self._keys))",
        "opened = open_segment(segment, self._keys)\n            "
        "check_signature(segment, self._publics.get(segment.device))\n            "
        "return _Opened(each.entry, segment, each.content, *opened)",
        KEPT,
    ),
    Bug(
        "a field that was let in is not kept so",
        "readiness/storage/kept_back.py",
        "json.dumps([*before, *more])",
        "json.dumps(before)",
        KEPT,
    ),
    Bug(
        "what was handed on at closing is not noted",
        "readiness/services/closing.py",
        "            if name in names:\n",
        "            if name not in names:\n",
        KEPT,
    ),
    Bug(
        "what only a newer version reads is not taken in after the upgrade",
        "readiness/services/unread.py",
        "int(lowest) <= segments.READER",
        "int(lowest) < segments.READER",
        KEPT,
    ),
    Bug(
        "what is unread here is not handed on, since it seems to be covered",
        "readiness/services/leaving.py",
        "if line.changes > 1 and line.is_read]",
        "if line.changes > 1]",
        KEPT,
    ),
    Bug("any step settles", "readiness/storage/journal.py", "if not taken.settles:", "if taken.undo_of:", DOOR),
    Bug(
        "a removal does not ask what is in conflict",
        "readiness/services/unsettled.py",
        "hindrances(cursor, removed).items()",
        "hindrances(cursor, []).items()",
        DOOR,
    ),
    Bug(
        "every usual round tells of itself",
        "readiness/services/rounds.py",
        "if place.brought and is_bundle(place.target):",
        "if not place.trouble:",
        EVENTS,
    ),
    Bug("an event is undone", "readiness/storage/history.py", "        ~IS_EVENT,\n", "", EVENTS),
)


def is_caught(bug: Bug, copy: Path) -> bool:
    """Plant a bug in the copy, run its tests, and take it out again.

    What Python keeps compiled is known by the second in which its source was written: the tests take longer than that.
    """
    path = copy / bug.file
    sound = path.read_text(encoding="utf-8")
    if sound.count(bug.old) != 1:
        raise SystemExit(f"“{bug.name}”: its place in {bug.file} is not there once. Mend this list.")
    path.write_text(sound.replace(bug.old, bug.new), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "--hypothesis-profile=first failure", *bug.tests]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    try:
        ended = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    finally:
        path.write_text(sound, encoding="utf-8")
    if ended.returncode not in (0, 1):
        raise SystemExit(f"“{bug.name}”: its tests could not be run.\n{ended.stdout[-2000:]}{ended.stderr[-2000:]}")
    return ended.returncode == 1


def main(wanted: list[str]) -> int:
    """Plant every bug, or those whose names contain a word that is given."""
    missed = []
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__"))
        for bug in BUGS:
            if wanted and not any(word in bug.name for word in wanted):
                continue
            caught = is_caught(bug, copy)
            print(f"{'caught' if caught else 'MISSED'}  {bug.name}", flush=True)
            if not caught:
                missed.append(bug.name)
    print(f"{len(missed)} missed" if missed else "all caught")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
