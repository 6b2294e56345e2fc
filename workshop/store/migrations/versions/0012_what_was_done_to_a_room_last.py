"""what a facilitator did to a room last, and what it was before"""
import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("room", sa.Column("turn", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("room", "turn")
