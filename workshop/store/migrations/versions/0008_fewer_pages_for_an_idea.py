"""fewer pages for an idea: indexes of what is mostly empty hold what is not, small rows stand in the tree of their key"""
import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOSTLY_EMPTY = (("contribution", "parent_id"), ("contribution", "group_id"), ("contribution", "merged_into"),
                ("room_seat", "alone"), ("room_seat", "pair"), ("room_seat", "four"))
BY_KEY = ("answer", "ballot", "device_seat", "link")


def upgrade() -> None:
    for table, column in MOSTLY_EMPTY:
        said = sa.text(f"{column} IS NOT NULL")
        op.drop_index(f"ix_{table}_{column}", table)
        op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=said, postgresql_where=said)
    _draw_anew(with_rowid=False)


def downgrade() -> None:
    _draw_anew(with_rowid=True)
    for table, column in MOSTLY_EMPTY:
        op.drop_index(f"ix_{table}_{column}", table)
        op.create_index(f"ix_{table}_{column}", table, [column])


def _draw_anew(with_rowid: bool) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in BY_KEY:
            with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_with_rowid": with_rowid}):
                pass
