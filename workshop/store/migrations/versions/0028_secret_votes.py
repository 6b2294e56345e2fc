"""how far a secret vote is: under which key its ballots are, or that they are gone"""
import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("activity", sa.Column("seal", sa.String(40)))


def downgrade() -> None:
    op.drop_column("activity", "seal")
