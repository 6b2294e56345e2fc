"""hands that were up"""
import sqlalchemy as sa
from alembic import op

from workshop.store.models.base import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("room_seat") as table:
        table.add_column(sa.Column("raised_at", Moment(), nullable=True))
    op.execute("UPDATE room_seat SET raised_at = hand_at")


def downgrade() -> None:
    with op.batch_alter_table("room_seat") as table:
        table.drop_column("raised_at")
