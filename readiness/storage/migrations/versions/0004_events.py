"""Format 4: what happened to the record as a whole, such as an export, is kept among its records."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = None


def upgrade() -> None:
    """Add a table that is empty."""
    op.create_table(
        "event",
        *(sa.Column(name, sa.VARCHAR(), nullable=False) for name in ("told", "id")),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.Column("incomplete", sa.Boolean(), nullable=False),
        sa.Column("changed_ms", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
