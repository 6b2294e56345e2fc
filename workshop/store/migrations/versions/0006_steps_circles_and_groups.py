"""steps of a method, lines of private cards, groups, cards that moved"""
from typing import Any

import sqlalchemy as sa
from alembic import op

from workshop.store.models.base import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NEW: dict[str, tuple[tuple[str, sa.types.TypeEngine[Any]], ...]] = {
    "room_seat": (("alone", sa.String(40)), ("pair", sa.String(40)), ("four", sa.String(40))),
    "room": (("method", sa.JSON()), ("inbox", sa.String(40)), ("paused_at", Moment())),
    "contribution": (("home", sa.Integer()), ("origins", sa.JSON()), ("group_id", sa.String(40)),
                     ("merged_into", sa.String(40)), ("hidden_at", Moment()), ("hidden_by", sa.String(40)),
                     ("hidden_for", sa.String(300))),
}
INDEXES = (("room_seat", "alone"), ("room_seat", "pair"), ("room_seat", "four"), ("contribution", "group_id"),
           ("contribution", "merged_into"))


def upgrade() -> None:
    for table, columns in NEW.items():
        with op.batch_alter_table(table) as batch:
            for name, kind in columns:
                batch.add_column(sa.Column(name, kind, nullable=True))
    with op.batch_alter_table("contribution") as batch:
        batch.add_column(sa.Column("hop", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("contribution") as batch:
        batch.alter_column("hop", server_default=None)
    for table, column in INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.create_table(
        "departure",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("stream_id", sa.String(40), nullable=False),
        sa.Column("card_id", sa.String(40), nullable=False),
        sa.Column("hop", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["stream_id"], ["stream.id"], name="fk_departure_stream_id_stream"),
        sa.PrimaryKeyConstraint("id", name="pk_departure"))
    for column in ("stream_id", "card_id"):
        op.create_index(f"ix_departure_{column}", "departure", [column])


def downgrade() -> None:
    op.drop_table("departure")
    for table, column in INDEXES:
        op.drop_index(f"ix_{table}_{column}", table)
    for table, columns in NEW.items():
        with op.batch_alter_table(table) as batch:
            for name, _kind in columns:
                batch.drop_column(name)
    with op.batch_alter_table("contribution") as batch:
        batch.drop_column("hop")
