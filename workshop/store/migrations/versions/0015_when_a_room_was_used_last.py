"""when a room was used last: votes, sentences and private cards count too; when the demo was started last"""
import sqlalchemy as sa
from alembic import op

from workshop.store.models.base import Moment

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# Of what was done before only cards and sentences are known.  A minute has no seconds that would tell whose it was.
LAST = """UPDATE room SET active_at = (
    SELECT max(contribution.created_at) FROM contribution JOIN activity ON activity.id = contribution.activity_id
    WHERE activity.room_id = room.id)"""


def upgrade() -> None:
    op.add_column("room", sa.Column("active_at", Moment(), nullable=True))
    op.execute(LAST)
    op.add_column("workshop", sa.Column("sample_at", Moment(), nullable=True))


def downgrade() -> None:
    op.drop_column("workshop", "sample_at")
    op.drop_column("room", "active_at")
