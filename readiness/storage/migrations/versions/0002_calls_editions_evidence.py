"""Format 2: what a call says, the wording of editions, checklists of the council's own, evidence, review and actions.

Only columns and tables of the cache are added; what they hold follows from the log.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = None

_TEXTS = {"inspection": ("visit", "notified_at"), "item": ("wording", "reworded", "parked", "claimed_by", "signed")}
_TABLES = {
    "framework": ("code", "edition", "title", "text"),
    "evidence": (
        "title", "shows", "source", "strength", "audience", "dated?", "covers_from?", "covers_to?", "received?",
        "valid_until?",
    ),
    "revision": ("evidence_id", "number#", "note"),
    "attachment": ("revision_id", "name", "sha256", "size#", "url", "rank"),
    "link": ("item_id", "evidence_id", "valid_until?"),
    "review": ("item_id", "kind", "by", "role", "at", "note", "content"),
    "finding": (
        "inspection_id", "area_id", "origin", "dated?", "title", "owner", "status", "proof", "tested_on?", "rank",
    ),
    "action": (
        "inspection_id", "area_id", "item_id", "finding_id", "title", "owner", "service", "due?", "status", "source",
        "origin", "practice", "impact", "impact_level", "rank",
    ),
    "pack": ("inspection_id", "title", "audience", "made_at", "made_by", "manifest"),
    "exemption": ("about", "place", "found", "reason"),
}  # fmt: skip
"""Columns by table: a text; with # a number; with ? a text that may be missing."""


def upgrade() -> None:
    """Add the columns with the values that a record has before anybody sets them, and the tables, empty."""
    for table, names in _TEXTS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.VARCHAR(), nullable=False, server_default=""))
    op.add_column("inspection", sa.Column("pinned", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("item", sa.Column("currency_months", sa.Integer(), nullable=True))
    op.add_column("workspace", sa.Column("four_eyes", sa.Boolean(), nullable=False, server_default=sa.true()))
    for table, names in _TABLES.items():
        op.create_table(
            table,
            *(_column(name) for name in names),
            sa.Column("id", sa.VARCHAR(), nullable=False),
            sa.Column("deleted", sa.Boolean(), nullable=False),
            sa.Column("conflicts", sa.Integer(), nullable=False),
            sa.Column("incomplete", sa.Boolean(), nullable=False),
            sa.Column("changed_ms", sa.Integer(), nullable=True),
            sa.PrimaryKeyConstraint("id"),
        )


def _column(name: str) -> "sa.Column[object]":
    kind = sa.Integer() if name.endswith("#") else sa.VARCHAR()
    return sa.Column(name.rstrip("#?"), kind, nullable=name.endswith("?"))
