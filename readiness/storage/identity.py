"""Identity: a database that was copied or restored is another laptop from then on, so that two never write as one.

What this machine knows of a laptop is kept beside the user's data, not in the database: where it lies, and how far it
had come. Source: merge.md, section 5.5.
"""

import json
import os
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from readiness.storage.engine import connect, in_words
from readiness.storage.places import DATABASE, data_folder
from readiness.storage.workspace import PERSON, note

_LAST = "SELECT coalesce(max(c.seq), 0) FROM change c JOIN device d ON d.n = c.n WHERE d.device = ?"
_NOTE = "INSERT OR REPLACE INTO meta (k, v) VALUES (?, ?)"
_OTHER = "SELECT v FROM meta WHERE k = 'device'"
_LEFT = "UPDATE device SET trust = 'former' WHERE device = ?"
_TAKEN = (
    "INSERT INTO device (n, device, person, label, trust) "
    "SELECT (SELECT max(n) + 1 FROM device), ?, person, '', 'self' FROM device WHERE device = ?"
)
_PERSON = "SELECT 1 FROM person WHERE id = ?"
IS_KNOWN, WHY = "fingerprint", "identity_note"


def remember(folder: Path, laptops: Path | None = None) -> None:
    """Keep where a laptop's database lies and how far it has come; where that cannot be written, nothing is kept."""
    with suppress(OSError), in_words(folder / DATABASE), closing(connect(folder / DATABASE, read_only=False)) as driver:
        laptop = note(driver, "device")
        _write(_fingerprint(driver, laptops), {"folder": str(folder.absolute()), "last": _last(driver, laptop)})
        if not note(driver, IS_KNOWN):
            driver.execute(_NOTE, (IS_KNOWN, "1"))


def look_for_copies(folder: Path, laptops: Path | None = None) -> None:
    """Make a database that was copied or restored another laptop; the caller holds the lock.

    Args:
        folder: Of the workspace.
        laptops: Where fingerprints are kept; None: beside the user's data.
    """
    with in_words(folder / DATABASE), closing(connect(folder / DATABASE, read_only=False)) as driver:
        why = _why_not_the_same(driver, folder, laptops) if note(driver, IS_KNOWN) else ""
        if why:
            _become_another(driver, why)
    remember(folder, laptops)


def _why_not_the_same(driver: Any, folder: Path, laptops: Path | None) -> str:
    """Return why a database is not the one that this machine knows, as a clause; "" when it is."""
    path = _fingerprint(driver, laptops)
    laptop = note(driver, "device")
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        there, last = Path(str(known["folder"])), int(known["last"])
    except (OSError, ValueError, KeyError, TypeError):
        return "" if _cannot_write(path.parent) else "it came from another machine"
    if last > _last(driver, laptop):
        return "it was put back from a backup"
    if there != folder.absolute() and _laptop_at(there) == laptop:
        return f"it is a copy of the one in {there}"
    return ""


def _become_another(driver: Any, why: str) -> None:
    before, laptop = note(driver, "device"), os.urandom(8).hex()
    person = before if driver.execute(_PERSON, (before,)).fetchone() else note(driver, PERSON)
    cursor = driver.execute("BEGIN IMMEDIATE")
    try:
        cursor.execute(_LEFT, (before,))
        cursor.execute(_TAKEN, (laptop, before))
        cursor.execute(_NOTE, ("device", laptop))
        said = f"This workspace counts as another laptop from now on: {why}. Nothing was lost."
        cursor.execute(_NOTE, (WHY, said))
        cursor.execute(_NOTE, (PERSON, person))
        driver.execute("COMMIT")
    except BaseException:
        driver.execute("ROLLBACK")
        raise


def _fingerprint(driver: Any, laptops: Path | None) -> Path:
    place = laptops if laptops is not None else data_folder() / "laptops"
    return place / f"{note(driver, 'workspace')[:16]}-{note(driver, 'device')}.json"


def _last(driver: Any, laptop: str) -> int:
    (found,) = driver.execute(_LAST, (laptop,)).fetchone()
    return int(found)


def _laptop_at(folder: Path) -> str:
    """Return which laptop's database lies in a folder; "" when none does."""
    if not (folder / DATABASE).is_file():
        return ""
    try:
        with in_words(folder / DATABASE), closing(connect(folder / DATABASE, read_only=True)) as driver:
            (found,) = driver.execute(_OTHER).fetchone() or ("",)
            return str(found)
    except Exception:  # whatever lies there, it is no database of this laptop
        return ""


def _cannot_write(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return True
    return not os.access(folder, os.W_OK)


def _write(path: Path, said: dict[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    making = path.with_suffix(".tmp")
    making.write_text(json.dumps(said), encoding="utf-8")
    making.replace(path)
