"""the door of a workshop: locked, how many are expected, which devices make no more seats, where seats came from lately"""
import sqlalchemy as sa
from alembic import op

from workshop.store.models.base import Moment

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SAID = sa.text("came_from IS NOT NULL")


LIKE_THE_MARK = "◆◇◈♦❖⬥⬦⬧⯁⯅🔶🔷🔸🔹💠"  # what stands before the staff's words, and what could be taken for it


def upgrade() -> None:
    for table in ("seat", "account"):
        for sign in LIKE_THE_MARK:
            op.get_bind().execute(sa.text(f"UPDATE {table} SET name = replace(name, :sign, '·') WHERE name LIKE :held"),  # noqa: S608
                                  {"sign": sign, "held": f"%{sign}%"})
    op.add_column("workshop", sa.Column("locked_at", Moment(), nullable=True))
    op.add_column("workshop", sa.Column("expected", sa.Integer(), nullable=True))
    op.add_column("seat", sa.Column("came_from", sa.String(length=16), nullable=True))
    op.create_index("ix_seat_came_from", "seat", ["came_from"], sqlite_where=SAID, postgresql_where=SAID)
    op.create_table(
        "barred_device",
        sa.Column("workshop_id", sa.String(40), nullable=False),
        sa.Column("device_id", sa.String(40), nullable=False),
        sa.Column("seat_id", sa.String(40), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("workshop_id", "device_id", "seat_id", name="pk_barred_device"),
        sqlite_with_rowid=False)


def downgrade() -> None:
    op.drop_table("barred_device")
    op.drop_index("ix_seat_came_from", "seat")
    op.drop_column("seat", "came_from")
    op.drop_column("workshop", "expected")
    op.drop_column("workshop", "locked_at")
