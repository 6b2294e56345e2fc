"""invitations and accounts of their owners: one-time links, administrators, what a signed-in device is"""
import sqlalchemy as sa
from alembic import op

from workshop.store.models.base import Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SIGNED_IN = sa.text("account_id IS NOT NULL")
DEVICE = (("signed_in_at", Moment()), ("seen_at", Moment()), ("browser", sa.String(60)))


def upgrade() -> None:
    op.add_column("account", sa.Column("administrator", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name, kind in DEVICE:
        op.add_column("device", sa.Column(name, kind, nullable=True))
    op.create_index("ix_device_account_id", "device", ["account_id"], sqlite_where=SIGNED_IN, postgresql_where=SIGNED_IN)
    op.execute("UPDATE device SET signed_in_at = created_at WHERE account_id IS NOT NULL")
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("workshop_id", sa.String(40), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("room_id", sa.String(40)),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("account_id", sa.String(40)),
        sa.Column("made_by", sa.String(40), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_at", Moment()),
        sa.Column("used_by", sa.String(40)),
        sa.Column("revoked_at", Moment()),
        *(sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_invitation_{column}_{table}")
          for column, table in (("workshop_id", "workshop"), ("room_id", "room"), ("account_id", "account"),
                                ("made_by", "account"), ("used_by", "account"))),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("token_hash", name="uq_invitation_token_hash"))
    op.create_table(
        "password_link",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("account_id", sa.String(40), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_at", Moment()),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_password_link_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_password_link"),
        sa.UniqueConstraint("token_hash", name="uq_password_link_token_hash"))
    for table, column in (("invitation", "workshop_id"), ("invitation", "account_id"), ("password_link", "account_id")):
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    op.drop_table("password_link")
    op.drop_table("invitation")
    op.drop_index("ix_device_account_id", "device")
    for name, _kind in DEVICE:
        op.drop_column("device", name)
    op.drop_column("account", "administrator")
