"""photos and voice notes of cards"""
import sqlalchemy as sa
from alembic import op

from workshop.store.models.base import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("workshop_id", sa.String(40), nullable=False),
        sa.Column("room_id", sa.String(40), nullable=False),
        sa.Column("card_id", sa.String(40), nullable=False),
        sa.Column("contribution_id", sa.String(40), nullable=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("seat_id", sa.String(40), nullable=True),
        sa.Column("account_id", sa.String(40), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("transcript", sa.Text(), nullable=True),
        sa.Column("transcript_by", sa.String(40), nullable=True),
        sa.Column("transcript_at", Moment(), nullable=True),
        sa.Column("removed_at", Moment(), nullable=True),
        sa.Column("removed_by", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name="fk_attachment_workshop_id_workshop"),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name="fk_attachment_room_id_room"),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name="fk_attachment_contribution_id_contribution"),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name="fk_attachment_seat_id_seat"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_attachment_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"))
    for column in ("workshop_id", "room_id", "card_id", "contribution_id", "seat_id"):
        op.create_index(f"ix_attachment_{column}", "attachment", [column])
    with op.batch_alter_table("contribution") as table:
        table.add_column(sa.Column("files", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("contribution") as table:
        table.drop_column("files")
    op.drop_table("attachment")
