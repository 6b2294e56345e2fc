"""late ideas are cards of the desk"""
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("late_tray") as table:
        table.add_column(sa.Column("stream_id", sa.String(40), nullable=True))
        table.add_column(sa.Column("seq", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE late_tray SET stream_id = (SELECT stream_id FROM room WHERE room.id = late_tray.room_id)")
    with op.batch_alter_table("late_tray") as table:
        table.alter_column("stream_id", existing_type=sa.String(40), nullable=False)
        table.alter_column("seq", existing_type=sa.Integer(), server_default=None)
        table.create_foreign_key("fk_late_tray_stream_id_stream", "stream", ["stream_id"], ["id"])
        table.create_index("ix_late_tray_stream_id", ["stream_id"])


def downgrade() -> None:
    with op.batch_alter_table("late_tray") as table:
        table.drop_index("ix_late_tray_stream_id")
        table.drop_constraint("fk_late_tray_stream_id_stream", type_="foreignkey")
        table.drop_column("seq")
        table.drop_column("stream_id")
