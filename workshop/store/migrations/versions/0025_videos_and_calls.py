"""videos of blocks with what they say, and the calls of rooms"""
import sqlalchemy as sa
from alembic import op

from workshop.store.models.base import Moment

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("block", sa.Column("transcript", sa.Text(), nullable=False, server_default=""))
    op.add_column("room", sa.Column("call", sa.String(400), nullable=False, server_default=""))
    op.create_table(
        "video",
        sa.Column("id", sa.String(40), nullable=False), sa.Column("workshop_id", sa.String(40), nullable=False),
        sa.Column("block_id", sa.String(40)), sa.Column("file", sa.String(40), nullable=False),
        sa.Column("type", sa.String(40), nullable=False), sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer()), sa.Column("height", sa.Integer()), sa.Column("seconds", sa.Integer()),
        sa.Column("still", sa.Boolean(), nullable=False), sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("account_id", sa.String(40)), sa.Column("created_at", Moment(), nullable=False),
        sa.Column("removed_at", Moment()), sa.Column("removed_by", sa.String(40)),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name="fk_video_workshop_id_workshop"),
        sa.ForeignKeyConstraint(["block_id"], ["block.id"], name="fk_video_block_id_block"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_video_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_video"))
    for column in ("workshop_id", "block_id", "file"):
        op.create_index(f"ix_video_{column}", "video", [column])


def downgrade() -> None:
    op.drop_table("video")
    op.drop_column("room", "call")
    op.drop_column("block", "transcript")
