"""draws of people over rooms, and how many people a room holds"""
import sqlalchemy as sa
from alembic import op

from workshop.store.models.base import Moment

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("room", sa.Column("capacity", sa.Integer()))
    op.create_table(
        "draw",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("workshop_id", sa.String(40), nullable=False),
        sa.Column("block_id", sa.String(40)),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("seed", sa.String(40), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("rooms", "rules", "result", "certificate")),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by", sa.String(40)),
        sa.Column("applied_at", Moment()),
        sa.Column("applied_by", sa.String(40)),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name="fk_draw_workshop_id_workshop"),
        sa.PrimaryKeyConstraint("id", name="pk_draw"))
    op.create_index("ix_draw_workshop_id", "draw", ["workshop_id"])


def downgrade() -> None:
    op.drop_table("draw")
    op.drop_column("room", "capacity")
