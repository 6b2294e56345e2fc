"""the speakers' list of the plenary, and the questions to all"""
import sqlalchemy as sa
from alembic import op

from workshop.store.models.base import Moment

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}")


def upgrade() -> None:
    op.create_table(
        "floor",
        sa.Column("id", sa.String(40), nullable=False), sa.Column("workshop_id", sa.String(40), nullable=False),
        sa.Column("stream_id", sa.String(40), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("rule", sa.String(20), nullable=False), sa.Column("minutes", sa.JSON(), nullable=False),
        sa.Column("asking", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("queue", sa.Boolean(), nullable=False), sa.Column("nameless", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        _to("floor", "workshop_id", "workshop"), _to("floor", "stream_id", "stream"),
        sa.PrimaryKeyConstraint("id", name="pk_floor"), sa.UniqueConstraint("workshop_id", name="uq_floor_workshop_id"))
    op.create_index("ix_floor_stream_id", "floor", ["stream_id"])
    op.create_table(
        "speech",
        sa.Column("id", sa.String(40), nullable=False), sa.Column("workshop_id", sa.String(40), nullable=False),
        sa.Column("stream_id", sa.String(40), nullable=False), sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.String(40), nullable=False), sa.Column("delegation_id", sa.String(40)),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("called", sa.String(80), nullable=False, server_default=""),
        sa.Column("channel", sa.String(10), nullable=False), sa.Column("entered_by", sa.String(40)),
        sa.Column("raised_at", Moment(), nullable=False), sa.Column("pin", sa.Integer()), sa.Column("seconds", sa.Integer()),
        sa.Column("started_at", Moment()), sa.Column("ended_at", Moment()), sa.Column("lowered_at", Moment()),
        sa.Column("seq", sa.Integer(), nullable=False),
        _to("speech", "workshop_id", "workshop"), _to("speech", "stream_id", "stream"), _to("speech", "seat_id", "seat"),
        _to("speech", "delegation_id", "delegation"),
        sa.PrimaryKeyConstraint("id", name="pk_speech"),
        sa.UniqueConstraint("workshop_id", "number", name="uq_speech_workshop_id_number"))
    op.create_index("ix_speech_stream_id", "speech", ["stream_id"])
    op.create_index("ix_speech_seat_id", "speech", ["seat_id"])
    op.create_table(
        "question",
        sa.Column("id", sa.String(40), nullable=False), sa.Column("workshop_id", sa.String(40), nullable=False),
        sa.Column("stream_id", sa.String(40), nullable=False), sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.String(40), nullable=False), sa.Column("entered_by", sa.String(40)),
        sa.Column("text", sa.Text(), nullable=False), sa.Column("nameless", sa.Boolean(), nullable=False),
        sa.Column("supports", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("asked_at", Moment(), nullable=False), sa.Column("let_out_at", Moment()),
        sa.Column("answered_at", Moment()), sa.Column("dropped_at", Moment()),
        sa.Column("seq", sa.Integer(), nullable=False),
        _to("question", "workshop_id", "workshop"), _to("question", "stream_id", "stream"),
        _to("question", "seat_id", "seat"),
        sa.PrimaryKeyConstraint("id", name="pk_question"),
        sa.UniqueConstraint("workshop_id", "number", name="uq_question_workshop_id_number"))
    op.create_index("ix_question_stream_id", "question", ["stream_id"])
    op.create_index("ix_question_seat_id", "question", ["seat_id"])
    op.create_table(
        "support",
        sa.Column("question_id", sa.String(40), nullable=False), sa.Column("seat_id", sa.String(40), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False), sa.Column("rev", sa.Integer(), nullable=False),
        _to("support", "question_id", "question"), _to("support", "seat_id", "seat"),
        sa.PrimaryKeyConstraint("question_id", "seat_id", name="pk_support"), sqlite_with_rowid=False)
    op.create_index("ix_support_seat_id", "support", ["seat_id"])


def downgrade() -> None:
    for table in ("support", "question", "speech", "floor"):
        op.drop_table(table)
