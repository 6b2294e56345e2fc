"""secrets that were lost on the line: until a device has shown its new secret, the one before it opens too"""
import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SAID = sa.text("former_hash IS NOT NULL")


def upgrade() -> None:
    op.add_column("device", sa.Column("former_hash", sa.String(length=64), nullable=True))
    op.add_column("device", sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_device_former_hash", "device", ["former_hash"], sqlite_where=SAID, postgresql_where=SAID)


def downgrade() -> None:
    op.drop_index("ix_device_former_hash", "device")
    op.drop_column("device", "renewed_at")
    op.drop_column("device", "former_hash")
