"""private methods"""
import sqlalchemy as sa
from alembic import op

from workshop.store.models.base import Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "method",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("account_id", sa.String(40), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_method_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_method"),
        sa.UniqueConstraint("account_id", "key", name="uq_method_account_id_key"))


def downgrade() -> None:
    op.drop_table("method")
