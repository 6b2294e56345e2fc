"""votes that open and close by themselves, their rounds, what they decided and how it was made up"""
import sqlalchemy as sa
from alembic import op

from workshop.store.models.base import Moment

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, kind in (("opened_at", Moment()), ("opened_by", sa.String(40)), ("closed_at", Moment()),
                       ("closed_by", sa.String(40)), ("closes_at", Moment()), ("round_of", sa.String(40)),
                       ("outcome", sa.JSON()), ("parts", sa.JSON())):
        op.add_column("activity", sa.Column(name, kind))
    op.add_column("activity", sa.Column("round", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    for name in ("round", "parts", "outcome", "round_of", "closes_at", "closed_by", "closed_at", "opened_by", "opened_at"):
        op.drop_column("activity", name)
