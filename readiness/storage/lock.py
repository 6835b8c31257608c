"""Lock: one process writes a workspace at a time, and says who it is. The system frees it when the process dies."""

import json
import os
import socket
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from readiness.domain.dates import written
from readiness.domain.errors import WorkspaceLocked, WorkspaceReadOnly

LOCK_FILE = "workspace.lock"
HOLDER_FILE = "workspace.holder.json"


class WorkspaceLock:
    """Held from opening to closing by the process that writes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = FileLock(folder / LOCK_FILE, timeout=0, thread_local=False)

    def take(self, at: datetime) -> None:
        """Take the lock or raise WorkspaceLocked with who holds it; a lock left by a crash is free already."""
        try:
            self._lock.acquire()
        except Timeout:
            raise WorkspaceLocked(self._held_by()) from None
        except OSError as error:
            raise WorkspaceReadOnly(
                f"{self._folder} may only be read, not written. Copy the whole folder to a place of your own and "
                "open it there."
            ) from error
        self._write_holder({"host": socket.gethostname(), "process": os.getpid(), "since": at.isoformat()})

    def sign(self, who: str) -> None:
        """Add who works here, once it is known."""
        self._write_holder(self._read_holder() | {"who": who})

    def release(self) -> None:
        """Give the lock back."""
        if self._lock.is_locked:
            with suppress(OSError):  # another program may look at the note just now; the lock goes back all the same
                (self._folder / HOLDER_FILE).unlink()
            self._lock.release()

    def _held_by(self) -> str:
        holder = self._read_holder()
        who = holder.get("who") or "Somebody"
        where = f" on {holder['host']}" if holder.get("host") else ""
        since = ""
        with suppress(KeyError, ValueError):
            at = datetime.fromisoformat(str(holder["since"])).astimezone()
            since = f" since {at:%H:%M} on {written(at.date())}"
        process = f" (process {holder['process']})" if holder.get("process") else ""
        return (
            f"{who} has this workspace open{where}{since}{process}. Only one window can write it: "
            "close that one and try again."
        )

    def _read_holder(self) -> dict[str, object]:
        try:
            found = json.loads((self._folder / HOLDER_FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _write_holder(self, holder: dict[str, object]) -> None:
        try:
            (self._folder / HOLDER_FILE).write_text(json.dumps(holder), encoding="utf-8")
        except OSError:
            return  # it only serves the sentence that others read; a full disk must not keep anybody from reading
