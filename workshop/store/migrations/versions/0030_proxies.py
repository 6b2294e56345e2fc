"""voices that people give to others, and how many one person may hold"""
import sqlalchemy as sa
from alembic import op

from workshop.store.models.base import Moment

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("room", sa.Column("proxies", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "proxy",
        sa.Column("id", sa.String(40), nullable=False), sa.Column("room_id", sa.String(40), nullable=False),
        sa.Column("giver_id", sa.String(40), nullable=False), sa.Column("holder_id", sa.String(40), nullable=False),
        sa.Column("account_id", sa.String(40)), sa.Column("at", Moment(), nullable=False),
        sa.Column("ended_at", Moment()), sa.Column("ended_by", sa.String(40)),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name="fk_proxy_room_id_room"),
        sa.ForeignKeyConstraint(["giver_id"], ["seat.id"], name="fk_proxy_giver_id_seat"),
        sa.ForeignKeyConstraint(["holder_id"], ["seat.id"], name="fk_proxy_holder_id_seat"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_proxy_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_proxy"))
    for column in ("room_id", "giver_id", "holder_id"):
        op.create_index(f"ix_proxy_{column}", "proxy", [column])


def downgrade() -> None:
    op.drop_table("proxy")
    op.drop_column("room", "proxies")
