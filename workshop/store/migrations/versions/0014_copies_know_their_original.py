"""cards that came along from another board know of which card they are a copy"""
import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

CARD = sa.table("contribution", sa.column("id"), sa.column("copy_of"))


def upgrade() -> None:
    op.add_column("contribution", sa.Column("copy_of", sa.String(40), nullable=True))
    op.create_index("ix_contribution_copy_of", "contribution", ["copy_of"],
                    sqlite_where=sa.text("copy_of IS NOT NULL"), postgresql_where=sa.text("copy_of IS NOT NULL"))
    base = op.get_bind()
    before: dict[str, str] = dict(base.execute(sa.text("SELECT source_id, target_id FROM link WHERE kind = 'carries'")).all())
    for copy, card in before.items():
        while card in before:  # it was a copy itself
            card = before[card]
        base.execute(CARD.update().where(CARD.c.id == copy).values(copy_of=card))


def downgrade() -> None:
    op.drop_index("ix_contribution_copy_of", "contribution")
    op.drop_column("contribution", "copy_of")
