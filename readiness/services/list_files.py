"""List files: whether a file that is about to be sent has the columns that were published. Its headings only.

What stands below the headings is not looked at, and a first row that is no row of headings is not quoted: such lists
are about children.
"""

from dataclasses import dataclass
from pathlib import Path

from readiness.domain.errors import BadValue
from readiness.domain.headings import check_headings, known_headings
from readiness.domain.plain_words import listed
from readiness.domain.schemes import HANDBOOK, ListSpec
from readiness.domain.views import FrameworkDraft


@dataclass(frozen=True, slots=True)
class ListCheck:
    """What came of comparing a file with a list."""

    name: str  # of the file, with its sheet
    spec: ListSpec
    faults: tuple[str, ...]

    def summary(self) -> str:
        """Return what came of it as a sentence or two."""
        title = f"list {self.spec.number}, {self.spec.title}"
        if self.faults:
            count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
            said = f"{self.name} differs from {title}: {count}."
        else:
            said = f"{self.name} has the {len(self.spec.columns)} columns of {title}, as published and in their order."
        return said if self.spec.verified else f"{said} The columns are not verified: {HANDBOOK}."


def list_of(framework: FrameworkDraft, number: int) -> ListSpec:
    """Return a list of a framework. Raises BadValue, naming those there are."""
    for spec in framework.lists:
        if spec.number == number:
            return spec
    if not framework.lists:
        raise BadValue(f"“{framework.title}” asks for no lists, so there is nothing to compare.")
    numbers = listed([str(spec.number) for spec in framework.lists])
    raise BadValue(f"“{framework.title}” has no list {number}. Choose {numbers}.")


def check_list_file(path: Path, spec: ListSpec, sheet: str = "") -> ListCheck:
    """Compare the headings of a file with a list. Raises BadValue where they cannot be read.

    Args:
        path: A workbook or a CSV file.
        spec: The list as it is asked for.
        sheet: The sheet of the workbook; "": the one with the number of the list in its name, or the only one.
    """
    from readiness.excel.heading_row import read_heading_row

    row = read_heading_row(path, spec.number, sheet)
    name = f"{path.name}, sheet “{row.sheet}”," if row.sheet else path.name
    filled = sum(bool(heading.strip()) for heading in row.headings)
    if not filled:
        return ListCheck(name, spec, ("The first row is empty. Put the published headings there.",))
    known = known_headings(spec, row.headings)
    if known * 2 < filled:  # a title, or a row of the list itself
        said = f"The first row is no row of headings: {known} of its {filled} cells are columns of list {spec.number}."
        return ListCheck(name, spec, (f"{said} Put the published headings in the first row.",))
    return ListCheck(name, spec, check_headings(spec, row.headings))
