"""the programme: blocks by day with what belongs to them, the rooms they open, rooms that people do not see yet"""
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from workshop.store.models.base import Moment

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TEXTS = ("aim", "materials", "notes")


def upgrade() -> None:
    with op.batch_alter_table("block") as table:
        table.add_column(sa.Column("day", sa.String(10), nullable=False, server_default=""))
        table.add_column(sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("pinned", sa.Boolean(), nullable=False, server_default=sa.true()))
        for name in TEXTS:
            table.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("leader", sa.String(80), nullable=False, server_default=""))
        table.add_column(sa.Column("call", sa.String(400), nullable=False, server_default=""))
        table.add_column(sa.Column("method", sa.String(60)))
        table.add_column(sa.Column("started_by", sa.String(40)))
        table.add_column(sa.Column("dropped_at", Moment()))
    op.add_column("room", sa.Column("prepared", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "block_room",
        sa.Column("block_id", sa.String(40), nullable=False), sa.Column("room_id", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["block_id"], ["block.id"], name="fk_block_room_block_id_block"),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name="fk_block_room_room_id_room"),
        sa.PrimaryKeyConstraint("block_id", "room_id", name="pk_block_room"), sqlite_with_rowid=False)
    op.create_index("ix_block_room_room_id", "block_room", ["room_id"])
    _days()


def _days() -> None:
    """Puts each block under the day that its start has in the workshop's first zone, in the order of their times."""
    connection = op.get_bind()
    workshop = sa.table("workshop", sa.column("id"), sa.column("zones", sa.JSON()))
    block = sa.table("block", sa.column("id"), sa.column("workshop_id"), sa.column("starts_at", Moment()), sa.column("day"),
                     sa.column("position"))
    zones = {row.id: ZoneInfo(row.zones[0]) for row in connection.execute(sa.select(workshop.c.id, workshop.c.zones))}
    rows = connection.execute(sa.select(block.c.id, block.c.workshop_id, block.c.starts_at).order_by(block.c.starts_at)).all()
    for position, row in enumerate(rows):
        day = row.starts_at.astimezone(zones[row.workshop_id]).date().isoformat()
        connection.execute(sa.update(block).where(block.c.id == row.id).values(day=day, position=position))


def downgrade() -> None:
    op.drop_table("block_room")
    op.drop_column("room", "prepared")
    with op.batch_alter_table("block") as table:
        for name in (*TEXTS, "day", "position", "pinned", "leader", "call", "method", "started_by", "dropped_at"):
            table.drop_column(name)
