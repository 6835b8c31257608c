"""Edit: one durable change of a status, against the same driver writing exactly the same rows without SQLAlchemy."""

import gc
import json
import shutil
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import sqlcipher3

from readiness.domain.views import ItemEdit
from readiness.domain.vocabulary import ItemField, ItemStatus
from readiness.services.boards import read_board
from readiness.services.items import edit_items
from readiness.storage.opening import open_workspace

from .figures import Figure, interleaved, timed
from .volume import DAY, Builder

EDITS = 300
ROUNDS = 7
TIMES_BARE = 2.5
UNCLAIMED = (ItemStatus.NOT_STARTED, ItemStatus.GATHERING, ItemStatus.DRAFTED)
"""A status that claims nothing is one change; Checked and Signed off leave a review too."""
_INSERTS = {
    "step": "INSERT INTO step VALUES (?,?,?,?,?,?,?,?,?)",
    "change": "INSERT INTO change VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
    "change_parent": "INSERT INTO change_parent VALUES (?,?)",
    "head": "INSERT INTO head VALUES (?,?,?)",
    "reg": "INSERT OR REPLACE INTO reg VALUES (?,?,?,?,?,?)",
}
_DROP_HEAD = "DELETE FROM head WHERE eid = ? AND field = 'status' AND k = ?"


def measure(build: Builder) -> list[Figure]:
    """Each edit is a committed transaction, WAL and synchronous=FULL, on both sides; medians of single edits."""
    original = build(116)
    folder = original.parent / "edits"
    transactions = _as_rows(original, folder)
    ours, bare = interleaved(
        ROUNDS,
        lambda: _edit(original, folder),
        lambda: _write(original, folder, transactions),
    )
    return [Figure("one durable status edit", "ms", ours, bare, TIMES_BARE)]


def _fresh(original: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return Path(shutil.copytree(original, folder))


def _edit(original: Path, folder: Path) -> float:
    with open_workspace(_fresh(original, folder), at_risk=True) as workspace:
        ladder = list(UNCLAIMED)
        items = [item for item in workspace.read(read_board, DAY).items if item.status in UNCLAIMED]
        plan = []
        for number in range(EDITS):
            item = items[number * 7 % len(items)]
            turn = 1 + number // len(items)
            plan.append((item.id, ladder[(ladder.index(item.status) + turn) % len(ladder)]))
        workspace.run(edit_items, [items[0].id], [ItemEdit(ItemField.OWNER, "Somebody")])  # what comes once, before

        gc.collect()
        gc.freeze()  # as the window does once its first page is filled (ui/app.py)

        def act(id_: str, status: ItemStatus) -> None:
            workspace.run(edit_items, [id_], [ItemEdit(ItemField.STATUS, status)])

        return median(timed(partial(act, *each)) for each in plan)


Transaction = list[tuple[str, tuple[Any, ...]]]


def _as_rows(original: Path, folder: Path) -> list[Transaction]:
    """Return what our edits write, statement by statement."""
    _edit(original, folder)
    connection = sqlcipher3.connect(str(folder / "workspace.db"))
    cursor = connection.cursor()
    all_changes = cursor.execute("SELECT * FROM change ORDER BY k").fetchall()
    changes = all_changes[-EDITS:]
    steps = {row[1]: row for row in cursor.execute("SELECT * FROM step")}
    parents: dict[int, list[tuple[bytes, int]]] = {}
    for pid, k in cursor.execute("SELECT pid, k FROM change_parent WHERE k >= ?", (changes[0][0],)):
        parents.setdefault(k, []).append((pid, k))
    columns = [row[1] for row in cursor.execute("PRAGMA table_info(item)")]
    items = {row[columns.index("id")]: list(row) for row in cursor.execute("SELECT * FROM item")}
    heads = {row[7]: row[0] for row in all_changes[:-EDITS] if row[8] == "status"}
    connection.close()
    put_item = f"INSERT OR REPLACE INTO item VALUES ({','.join('?' * len(columns))})"
    transactions = []
    for row in changes:
        k, step, eid = row[0], row[4], row[7]
        items[eid][columns.index("status")] = json.loads(row[10])
        done: Transaction = [(_INSERTS["step"], steps[step]), (_INSERTS["change"], row)]
        done += [(_INSERTS["change_parent"], pair) for pair in parents.get(k, [])]
        if eid in heads:
            done.append((_DROP_HEAD, (eid, heads[eid])))
        done.append((_INSERTS["head"], (eid, "status", k)))
        done.append((_INSERTS["reg"], (eid, "status", "item", k, 1, 0)))
        done.append((put_item, tuple(items[eid])))
        transactions.append(done)
        heads[eid] = k
    return transactions


def _write(original: Path, folder: Path, transactions: list[Transaction]) -> float:
    connection = sqlcipher3.connect(str(_fresh(original, folder) / "workspace.db"), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    cursor = connection.cursor()

    def act(done: Transaction) -> None:
        cursor.execute("BEGIN IMMEDIATE")
        for statement, values in done:
            cursor.execute(statement, values)
        cursor.execute("COMMIT")

    taken = median(timed(partial(act, done)) for done in transactions)
    connection.close()
    return taken
