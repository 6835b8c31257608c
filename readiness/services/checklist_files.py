"""Checklist files: a framework file or an Excel list is read, and a checklist is written out as a framework file."""

from dataclasses import dataclass, replace
from pathlib import Path

from readiness.domain.errors import BadValue
from readiness.domain.views import FrameworkDraft
from readiness.services.schemes import SchemeNames, checked_names, own_id, slug

SUFFIX = ".toml"
_FALLBACK = "our-checklist"


@dataclass(frozen=True, slots=True)
class ChecklistFile:
    """What a file says, read and found sound."""

    name: str
    draft: FrameworkDraft
    sheet: str = ""  # of an Excel list, which says nothing of id, edition and title; "": a framework file
    ignored: tuple[str, ...] = ()  # headings of the list that mean nothing here

    def named(self, names: SchemeNames) -> FrameworkDraft:
        """Return the draft under other names. Raises BadValue for those that no file can have."""
        names = checked_names(names)
        return replace(self.draft, id=names.id, edition=names.edition, title=names.title, short_title=names.short_title)


def read_checklist_file(path: Path, edition: str) -> ChecklistFile:
    """Read a file of somebody's choice. Raises FrameworkError with every fault.

    Args:
        path: A framework file (.toml) or an Excel list.
        edition: The edition of a list, which says none; its other names come from the file's.
    """
    if path.suffix.lower() == SUFFIX:
        from readiness.frameworks.reader import read_framework_file

        return ChecklistFile(path.name, read_framework_file(path))
    from readiness.excel.framework_list import list_draft, read_framework_list

    reading = read_framework_list(path)
    title = " ".join(path.stem.replace("_", " ").split()) or "Our checklist"
    id_ = own_id(slug(path.stem) or _FALLBACK)
    return ChecklistFile(
        path.name, list_draft(reading, id_, edition, title[:300], title[:40].rstrip()), reading.sheet, reading.ignored
    )


def check_framework_target(path: Path, *, replaces: bool) -> None:
    """Refuse early what cannot be written. Raises BadValue."""
    if path.suffix.lower() != SUFFIX:
        raise BadValue(f"“{path.name}” is no name for a framework file. End it with {SUFFIX}.")
    if not path.parent.is_dir():
        raise BadValue(f"The folder {path.parent} does not exist. Choose another folder.")
    if path.is_dir():
        raise BadValue(f"“{path.name}” is a folder. Choose another name.")
    if path.exists() and not replaces:
        raise BadValue(f"“{path.name}” exists already. Choose another name, or say that it may be replaced (--force).")


def write_framework_file(path: Path, draft: FrameworkDraft, *, replaces: bool = False) -> None:
    """Write a framework as a file that needs no other; it appears whole or not at all. Raises BadValue, ExportError."""
    from readiness.excel.target import replacing
    from readiness.frameworks.writer import framework_text

    check_framework_target(path, replaces=replaces)
    text = framework_text(draft)
    with replacing(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")


def write_list_template(path: Path) -> None:
    """Write an empty Excel list to fill in, over a file of that name too. Raises ExportError."""
    from readiness.excel.list_template import write_framework_list_template

    write_framework_list_template(path)
