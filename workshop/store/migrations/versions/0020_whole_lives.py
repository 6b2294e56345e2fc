"""whole lives: rooms have an order and are put aside, workshops are archived and deleted, trial runs are cleared"""
import sqlalchemy as sa
from alembic import op

from workshop.store.models.base import Moment

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("room", sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("room", sa.Column("archived_at", Moment()))
    room = sa.table("room", sa.column("number", sa.Integer()), sa.column("position", sa.Integer()))
    op.execute(sa.update(room).values(position=room.c.number))
    for name in ("archived_at", "deleted_at"):
        op.add_column("workshop", sa.Column(name, Moment()))
    op.create_table(
        "cleared",
        sa.Column("workshop_id", sa.String(40), nullable=False), sa.Column("at", Moment(), nullable=False),
        sa.Column("by", sa.String(40)), sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("states", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name="fk_cleared_workshop_id_workshop"),
        sa.PrimaryKeyConstraint("workshop_id", name="pk_cleared"))


def downgrade() -> None:
    op.drop_table("cleared")
    for table, names in (("workshop", ("deleted_at", "archived_at")), ("room", ("archived_at", "position"))):
        with op.batch_alter_table(table) as batch:
            for name in names:
                batch.drop_column(name)
