"""who was there: steps as they were held, and the seats that were in the room meanwhile"""
import sqlalchemy as sa
from alembic import op

from workshop.store.models.base import Moment

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sitting",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("room_id", sa.String(40), nullable=False),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("title", sa.JSON(), nullable=True),
        sa.Column("opens", sa.JSON(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name="fk_sitting_room_id_room"),
        sa.PrimaryKeyConstraint("id", name="pk_sitting"))
    op.create_index("ix_sitting_room_id", "sitting", ["room_id"])
    op.create_table(
        "attended",
        sa.Column("sitting_id", sa.String(40), nullable=False),
        sa.Column("seat_id", sa.String(40), nullable=False),
        sa.Column("delegation_id", sa.String(40), nullable=True),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name="fk_attended_sitting_id_sitting"),
        sa.PrimaryKeyConstraint("sitting_id", "seat_id", name="pk_attended"),
        sqlite_with_rowid=False)
    op.add_column("room", sa.Column("sitting", sa.String(40), nullable=True))


def downgrade() -> None:
    op.drop_column("room", "sitting")
    op.drop_table("attended")
    op.drop_index("ix_sitting_room_id", "sitting")
    op.drop_table("sitting")
