"""Format 2: what a call says, the wording of editions, and checklists of the council's own.

Only columns and a table of the cache are added; what they hold follows from the log.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = None

_TEXTS = {"inspection": ("visit", "notified_at"), "item": ("wording", "reworded", "parked")}


def upgrade() -> None:
    """Add the columns with the values that a record has before anybody sets them."""
    for table, names in _TEXTS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.VARCHAR(), nullable=False, server_default=""))
    op.add_column("inspection", sa.Column("pinned", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "framework",
        sa.Column("code", sa.VARCHAR(), nullable=False),
        sa.Column("edition", sa.VARCHAR(), nullable=False),
        sa.Column("title", sa.VARCHAR(), nullable=False),
        sa.Column("text", sa.VARCHAR(), nullable=False),
        sa.Column("id", sa.VARCHAR(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.Column("incomplete", sa.Boolean(), nullable=False),
        sa.Column("changed_ms", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
