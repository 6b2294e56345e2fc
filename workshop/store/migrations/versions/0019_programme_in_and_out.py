"""blocks know what their file calls them; an address of the programme for calendars"""
import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("block", sa.Column("uid", sa.String(255)))
    op.add_column("workshop", sa.Column("calendar_key", sa.String(60)))


def downgrade() -> None:
    with op.batch_alter_table("workshop") as table:
        table.drop_column("calendar_key")
    with op.batch_alter_table("block") as table:
        table.drop_column("uid")
