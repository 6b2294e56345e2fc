"""messages and calls to people, help that is asked for, and for whom a room waits"""
import sqlalchemy as sa
from alembic import op

from workshop.store.models.base import Moment

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("room", sa.Column("paused_for", sa.String(80)))
    op.create_table(
        "notice",
        sa.Column("id", sa.String(40), nullable=False), sa.Column("stream_id", sa.String(40), nullable=False),
        sa.Column("workshop_id", sa.String(40), nullable=False), sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("rooms", sa.JSON()), sa.Column("seats", sa.JSON()), sa.Column("room_id", sa.String(40)), sa.Column("of_card", sa.String(40)),
        sa.Column("seat_id", sa.String(40)), sa.Column("text", sa.String(400), nullable=False, server_default=""),
        sa.Column("by", sa.String(80), nullable=False, server_default=""), sa.Column("at", Moment(), nullable=False),
        sa.Column("seen_by", sa.String(80)), sa.Column("seen_at", Moment()), sa.Column("over_at", Moment()),
        sa.Column("seq", sa.Integer(), nullable=False),
        *(sa.ForeignKeyConstraint([f"{of}_id"], [f"{of}.id"], name=f"fk_notice_{of}_id_{of}")
          for of in ("stream", "workshop", "room", "seat")),
        sa.PrimaryKeyConstraint("id", name="pk_notice"))
    op.create_index("ix_notice_stream_id", "notice", ["stream_id"])
    op.create_index("ix_notice_workshop_id", "notice", ["workshop_id"])
    op.create_table(
        "notice_read",
        sa.Column("notice_id", sa.String(40), nullable=False), sa.Column("seat_id", sa.String(40), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name="fk_notice_read_notice_id_notice"),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name="fk_notice_read_seat_id_seat"),
        sa.PrimaryKeyConstraint("notice_id", "seat_id", name="pk_notice_read"), sqlite_with_rowid=False)
    op.create_index("ix_notice_read_seat_id", "notice_read", ["seat_id"])


def downgrade() -> None:
    op.drop_table("notice_read")
    op.drop_table("notice")
    op.drop_column("room", "paused_for")
