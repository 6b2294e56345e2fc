"""walls, and what the desk sends to them"""
import sqlalchemy as sa
from alembic import op

from workshop.store.models.base import Moment

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wall",
        sa.Column("id", sa.String(40), nullable=False), sa.Column("workshop_id", sa.String(40), nullable=False),
        sa.Column("name", sa.String(80), nullable=False, server_default=""), sa.Column("key", sa.String(60)),
        sa.Column("theme", sa.String(10), nullable=False, server_default=""),
        sa.Column("far", sa.Integer(), nullable=False, server_default="60"),
        sa.Column("position", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("shown", sa.JSON()), sa.Column("before", sa.JSON()),
        sa.Column("rev", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("shown_by", sa.String(40)), sa.Column("shown_at", Moment()), sa.Column("dropped_at", Moment()),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name="fk_wall_workshop_id_workshop"),
        sa.PrimaryKeyConstraint("id", name="pk_wall"), sa.UniqueConstraint("key", name="uq_wall_key"))
    op.create_index("ix_wall_workshop_id", "wall", ["workshop_id"])


def downgrade() -> None:
    op.drop_table("wall")
