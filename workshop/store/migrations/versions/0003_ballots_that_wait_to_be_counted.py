"""ballots that wait to be counted"""
import sqlalchemy as sa
from alembic import op

from workshop.store.models.base import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("activity") as table:
        table.add_column(sa.Column("uncounted_since", Moment(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("activity") as table:
        table.drop_column("uncounted_since")
