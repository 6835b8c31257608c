"""Format 3: what laptops say of themselves, the signed files they exchange, and what each round brought."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = None


def upgrade() -> None:
    """Add columns that say nothing yet, and tables that are empty."""
    for name, kind in (("sign_pub", sa.BLOB()), ("seed", sa.BLOB()), ("revoked_after", sa.Integer())):
        op.add_column("device", sa.Column(name, kind, nullable=True))
    op.add_column("device", sa.Column("hello", sa.BLOB(), nullable=True))
    for name in ("hello_n", "schema"):
        op.add_column("device", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    for name, before in (("app_version", ""), ("have", "{}"), ("code", "")):
        op.add_column("device", sa.Column(name, sa.Text(), nullable=False, server_default=before))
    for name in ("said_at", "heard_at"):
        op.add_column("device", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("step", sa.Column("received_at", sa.Text(), nullable=True))
    op.create_index("ix_review_item_id", "review", ["item_id"])
    _add_exchanged()
    _add_seen()


def _add_exchanged() -> None:
    op.create_table(
        "segment",
        sa.Column("sha", sa.BLOB(), primary_key=True),
        *_texts("device"),
        *_numbers("first", "last", "count", "key_id"),
        sa.Column("bytes", sa.BLOB(), nullable=False),
        *_texts("verdict", "kept_at"),
    )
    op.create_table(
        "roster",
        sa.Column("sha", sa.BLOB(), primary_key=True),
        sa.Column("bytes", sa.BLOB(), nullable=False),
        *_texts("verdict", "kept_at"),
    )
    op.create_table(
        "blob", sa.Column("name", sa.Text(), primary_key=True), *_texts("sha256"), *_numbers("size"), *_texts("state")
    )


def _add_seen() -> None:
    op.create_table(
        "delivery",
        sa.Column("sha", sa.BLOB(), primary_key=True),
        sa.Column("carrier", sa.Text(), primary_key=True),
        *_texts("done_at"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "seen_file",
        sa.Column("carrier", sa.Text(), primary_key=True),
        sa.Column("path", sa.Text(), primary_key=True),
        *_numbers("size"),
        *_texts("verdict"),
        *_numbers("tries"),
        *_texts("first_at", "last_at"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "merge_round",
        sa.Column("n", sa.Integer(), primary_key=True),
        *_texts("at"),
        *_numbers("first_k", "last_k", "taken"),
        *_texts("report"),
    )


def _texts(*names: str) -> "list[sa.Column[str]]":
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _numbers(*names: str) -> "list[sa.Column[int]]":
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]
