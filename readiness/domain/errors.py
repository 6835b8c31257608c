"""Errors: the tree of expected failures. Each is one sentence for the user that says what to do next.

Anything that is not a ReadinessError is a bug: it is logged and shown in the crash report, never swallowed.
"""

from collections.abc import Sequence


class ReadinessError(Exception):
    """An expected failure; `str()` of it is what the user reads."""


class NotFound(ReadinessError):
    """A record that somebody removed meanwhile, or that never was."""

    def __init__(self, what: str, id_: str) -> None:
        super().__init__(f"The {what} no longer exists. It may have been removed; look for it under Removed.")
        self.what, self.id = what, id_


class BadValue(ReadinessError):
    """A value that a field cannot take; the sentence names the cure."""


class InConflict(ReadinessError):
    """A field that has several values: editing it would settle unseen what somebody is to choose."""

    def __init__(self, id_: str, field: str, said: str = "") -> None:
        super().__init__(said or "This was changed on two laptops. Choose one of the values under Share, Conflicts.")
        self.id, self.field = id_, field


class RemovalInConflict(InConflict):
    """A record of which something is in conflict: removing it would settle unseen what somebody is to choose.

    Args:
        id_: The record with the conflict; it may be one that goes with the other.
        field: Its field; "deleted": it was removed, and edited.
        what: What is to be removed.
        place: What of it is in conflict; "": itself.
    """

    def __init__(self, id_: str, field: str, what: str = "This", place: str = "") -> None:
        happened = "removed on one laptop and edited on another" if field == "deleted" else "changed on two laptops"
        place = place or ("it" if field == "deleted" else "something of it")
        cure = "Choose under Share, Conflicts, before you remove it."
        super().__init__(id_, field, f"{what} cannot be removed yet: {place} was {happened}. {cure}")


class FrameworkError(ReadinessError):
    """A framework file with faults: all of them at once, each with its place."""

    def __init__(self, source: str, faults: Sequence[str]) -> None:
        heading = f"{source} cannot be used as it is. Correct what follows and read it again:"
        super().__init__("\n".join([heading, *(f"  {fault}" for fault in faults)]))
        self.source, self.faults = source, tuple(faults)


class NothingToUndo(ReadinessError):
    """Undo or redo was asked for, and there is nothing left."""


class UndoBlocked(ReadinessError):
    """Every field of the step was changed since, so nothing can be put back."""


class WorkspaceError(ReadinessError):
    """A workspace that cannot be made, opened or written."""


class WorkspaceMissing(WorkspaceError):
    """There is no workspace in that folder."""


class WorkspaceLocked(WorkspaceError):
    """Another process writes this workspace now."""


class WorkspaceForeign(WorkspaceError):
    """The file is not one of ours."""


class WorkspaceNewer(WorkspaceError):
    """The file was written by a newer version of the program."""


class WorkspaceDamaged(WorkspaceError):
    """The file cannot be read as a whole."""


class WorkspaceReadOnly(WorkspaceError):
    """The folder or the file may not be written."""


class DiskFull(WorkspaceError):
    """There was no room to write; what was asked for did not happen."""


class FileRefused(ReadinessError):
    """A file that cannot be kept as evidence; nothing of it was."""


class Cancelled(ReadinessError):
    """Somebody pressed Cancel; nothing was done."""


class RiskyPlace(WorkspaceError):
    """A folder that a cloud program or a network share may damage; it opens when the user insists."""


class ExportError(ReadinessError):
    """A workbook or a copy that could not be written, or that did not agree with the workspace when read back."""


class PackError(ReadinessError):
    """An evidence pack that could not be made, or that was not as planned when read back; nothing of it is left."""


class PackFaulty(PackError):
    """Stored files that are not there, or no longer what was taken: named before a pack is made without them."""

    def __init__(self, missing: Sequence[tuple[str, str]], altered: Sequence[tuple[str, str]]) -> None:
        said = [
            f"{len(found)} stored {'file is' if len(found) == 1 else 'files are'} {what}: {_some(found)}."
            for found, what in ((missing, "missing"), (altered, "not what was attached"))
            if found
        ]
        super().__init__(f"{' '.join(said)} Attach them again, or make the pack without them.")
        self.missing, self.altered = tuple(missing), tuple(altered)

    @property
    def hashes(self) -> frozenset[str]:
        """The SHA-256 of every file that cannot go."""
        return frozenset(sha256 for sha256, _ in (*self.missing, *self.altered))


def _some(found: Sequence[tuple[str, str]], most: int = 5) -> str:
    names = ", ".join(f"“{name[:60]}”" for _, name in found[:most])
    return f"{names} and {len(found) - most} more" if len(found) > most else names
