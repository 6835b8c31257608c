"""Settings: what this user of this laptop prefers; a small JSON file. A file that cannot be read counts as empty."""

import json
import os
from pathlib import Path
from typing import Any

RECENT_LIMIT = 8


class Settings:
    """Values by name, written through at once and whole (a temporary file, then renamed)."""

    def __init__(self, path: Path | None) -> None:
        """Read the settings. None keeps them in memory only, for the example and for tests."""
        self._path = path
        self._values: dict[str, Any] = {}
        if path is not None:
            try:
                found = json.loads(path.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                found = {}
            self._values = found if isinstance(found, dict) else {}

    def get(self, name: str, default: Any = None) -> Any:
        """Return a value, or the default."""
        return self._values.get(name, default)

    def set(self, name: str, value: Any) -> None:
        """Keep a value that JSON can hold; None forgets it. On a full disk only the preference is lost."""
        if self._values.get(name) == value:
            return
        if value is None:
            self._values.pop(name, None)
        else:
            self._values[name] = value
        self._write()

    def recent(self) -> list[Path]:
        """Return the workspaces opened last, latest first."""
        return [Path(text) for text in self.get("recent", []) if isinstance(text, str)]

    def remember(self, folder: Path) -> None:
        """Put a workspace at the head of those opened last."""
        others = [path for path in self.recent() if path != folder]
        self.set("recent", [str(path) for path in [folder, *others][:RECENT_LIMIT]])

    def forget(self, folder: Path) -> None:
        """Take a workspace out of those opened last."""
        self.set("recent", [str(path) for path in self.recent() if path != folder])

    def _write(self) -> None:
        if self._path is None:
            return
        import tempfile

        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._path.parent, prefix="settings-", suffix=".tmp")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(self._values, file, ensure_ascii=False, indent=1)
            Path(name).replace(self._path)
        except OSError:
            return
