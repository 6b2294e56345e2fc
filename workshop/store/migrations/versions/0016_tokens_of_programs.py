"""tokens of programs, and which program it was that did something"""
import sqlalchemy as sa
from alembic import op

from workshop.store.models.base import Moment

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "program_token",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("account_id", sa.String(40), nullable=False),
        sa.Column("workshop_id", sa.String(40), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment()),
        sa.Column("used_at", Moment()),
        sa.Column("revoked_at", Moment()),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_program_token_account_id_account"),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name="fk_program_token_workshop_id_workshop"),
        sa.PrimaryKeyConstraint("id", name="pk_program_token"),
        sa.UniqueConstraint("token_hash", name="uq_program_token_token_hash"))
    for column in ("account_id", "workshop_id"):
        op.create_index(f"ix_program_token_{column}", "program_token", [column])
    op.add_column("history", sa.Column("program", sa.String(80), nullable=True))


def downgrade() -> None:
    op.drop_column("history", "program")
    op.drop_table("program_token")
