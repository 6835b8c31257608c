"""Editions of the small council's framework, and what its record says apart from the moments of its changes."""

from dataclasses import replace

from council import FRAMEWORK

from readiness.domain.views import AreaDraft, FrameworkDraft, ItemDraft
from readiness.domain.vocabulary import Kind, Priority
from readiness.storage.registers import COLUMNS
from readiness.storage.workspace import Workspace

PLANS, WAITING, FOCUS = FRAMEWORK.areas[0].items
JOINT = FRAMEWORK.areas[1].items[0]
OLD = replace(FRAMEWORK, family="send", scales={"grades": ("Good", "Poor")})
NEW = FrameworkDraft(
    id="small-2022",
    edition="from 2022",
    title="Small inspection",
    short_title="Inspection",
    summary="Two areas, four items.",
    scales={"grades": ("Good", "Weak", "Poor")},
    areas=(
        AreaDraft(
            "A",
            "Plans and reviews",
            ("Good", "Weak", "Poor"),
            (
                ItemDraft("N01", "Leadership", "Minutes", priority=Priority.ESSENTIAL),
                replace(PLANS, reference="N02", due_rule="day 2", was=("A01",)),
            ),
        ),
        AreaDraft(
            "C",
            "Voice",
            (),
            (
                replace(FOCUS, reference="N03", title="Focus groups of parents", was=("A03",)),
                ItemDraft("N04", "Survey", kind=Kind.DATASET),
            ),
        ),
    ),
    family="send",
)
"""A01 is N02 and due on another day, A03 is N03 in other words and another area; A02 and B01 are gone."""


def stands(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """Return every record that stands with all its fields but the moment of its last change."""
    return {
        kind: sorted(
            tuple(value for name, value in row.items() if name != "changed_ms")
            for row in records(workspace, kind)
            if not row["deleted"]
        )
        for kind in ("inspection", "area", "item")
    }


def gone(workspace: Workspace) -> dict[str, dict[str, object]]:
    """Return the items under Removed by reference."""
    return {str(row["reference"]): row for row in records(workspace, "item") if row["deleted"]}


def records(workspace: Workspace, kind: str) -> list[dict[str, object]]:
    """Return every record of a kind, removed ones too."""
    rows = workspace.glance(lambda cursor: cursor.execute(f"SELECT * FROM {kind}").fetchall())
    return [dict(zip(COLUMNS[kind], row, strict=True)) for row in sorted(rows, key=repr)]
