"""groups of people who answer alike"""
import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opinion_groups",
        sa.Column("activity_id", sa.String(40), nullable=False), sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("found", sa.JSON()), sa.Column("told", sa.JSON()),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_opinion_groups_activity_id_activity"),
        sa.PrimaryKeyConstraint("activity_id", name="pk_opinion_groups"))


def downgrade() -> None:
    op.drop_table("opinion_groups")
