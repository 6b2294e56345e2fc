"""ballots that a delegation has, whoever of it has cast them"""
import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ballot", sa.Column("delegation_id", sa.String(40)))
    said = sa.text("delegation_id IS NOT NULL")
    op.create_index("ix_ballot_delegation_id", "ballot", ["delegation_id"], sqlite_where=said, postgresql_where=said)


def downgrade() -> None:
    op.drop_index("ix_ballot_delegation_id", "ballot")
    op.drop_column("ballot", "delegation_id")
