"""who is expected, who was there on which day, and what people say of themselves where they are asked"""
import sqlalchemy as sa
from alembic import op

from workshop.store.models.base import Moment

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workshop", sa.Column("asks", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("seat", sa.Column("declared", sa.JSON()))
    op.add_column("seat", sa.Column("joined_id", sa.String(40)))
    joined = sa.text("joined_id IS NOT NULL")
    op.create_index("ix_seat_joined_id", "seat", ["joined_id"], sqlite_where=joined, postgresql_where=joined)
    op.create_table(
        "expected_person",
        sa.Column("id", sa.String(40), nullable=False), sa.Column("workshop_id", sa.String(40), nullable=False),
        sa.Column("name", sa.String(80), nullable=False), sa.Column("delegation_id", sa.String(40)),
        sa.Column("channel", sa.String(10), nullable=False, server_default=""),
        sa.Column("code", sa.String(12), nullable=False), sa.Column("created_at", Moment(), nullable=False),
        sa.Column("seat_id", sa.String(40)), sa.Column("taken_at", Moment()),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name="fk_expected_person_workshop_id_workshop"),
        sa.ForeignKeyConstraint(["delegation_id"], ["delegation.id"], name="fk_expected_person_delegation_id_delegation"),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name="fk_expected_person_seat_id_seat"),
        sa.PrimaryKeyConstraint("id", name="pk_expected_person"),
        sa.UniqueConstraint("code", name="uq_expected_person_code"))
    op.create_index("ix_expected_person_workshop_id", "expected_person", ["workshop_id"])
    said = sa.text("seat_id IS NOT NULL")
    op.create_index("ix_expected_person_seat_id", "expected_person", ["seat_id"], sqlite_where=said, postgresql_where=said)
    op.create_table(
        "presence",
        sa.Column("seat_id", sa.String(40), nullable=False), sa.Column("day", sa.String(10), nullable=False),
        sa.Column("arrived_at", Moment(), nullable=False), sa.Column("last_at", Moment(), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name="fk_presence_seat_id_seat"),
        sa.PrimaryKeyConstraint("seat_id", "day", name="pk_presence"), sqlite_with_rowid=False)


def downgrade() -> None:
    op.drop_table("presence")
    op.drop_table("expected_person")
    op.drop_index("ix_seat_joined_id", "seat")
    op.drop_column("seat", "joined_id")
    op.drop_column("seat", "declared")
    op.drop_column("workshop", "asks")
