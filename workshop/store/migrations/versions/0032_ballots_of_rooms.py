"""ballots that a working group has, whoever in it has cast them"""
import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ballot", sa.Column("room_id", sa.String(40)))
    said = sa.text("room_id IS NOT NULL")
    op.create_index("ix_ballot_room_id", "ballot", ["room_id"], sqlite_where=said, postgresql_where=said)


def downgrade() -> None:
    op.drop_index("ix_ballot_room_id", "ballot")
    op.drop_column("ballot", "room_id")
