"""votes that the team enters: hands, paper, telephone"""
import sqlalchemy as sa
from alembic import op

from workshop.store.models.base import Moment

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("activity", sa.Column("hands", sa.JSON()))
    op.create_table(
        "hand_count",
        sa.Column("id", sa.String(40), nullable=False), sa.Column("activity_id", sa.String(40), nullable=False),
        sa.Column("room_id", sa.String(40)), sa.Column("site_id", sa.String(40)),
        sa.Column("how", sa.String(10), nullable=False), sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("sheet", sa.Integer()), sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(40)), sa.Column("at", Moment(), nullable=False),
        sa.Column("changed_at", Moment()), sa.Column("returned_at", Moment()), sa.Column("withdrawn_at", Moment()),
        sa.Column("withdrawn_by", sa.String(40)),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_hand_count_activity_id_activity"),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name="fk_hand_count_room_id_room"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_hand_count_site_id_site"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_hand_count_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_hand_count"))
    op.create_index("ix_hand_count_activity_id", "hand_count", ["activity_id"])


def downgrade() -> None:
    op.drop_table("hand_count")
    op.drop_column("activity", "hands")
