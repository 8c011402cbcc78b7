"""Cohorts' albums."""

import sqlalchemy as sa
from alembic import op

revision = "0019al"
down_revision = "0020e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "album_photo",
        sa.Column("exchange_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column(
            "batch",
            sa.Uuid(),
            nullable=False,
            comment="what was brought together: a UUIDv7, so that the latest sorts last",
        ),
        sa.Column("place", sa.Integer(), nullable=False, comment="in which order they were chosen"),
        sa.Column("caption", sa.String(length=300), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["exchange_id"], ["exchange.id"], name=op.f("fk_album_photo_exchange_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_album_photo_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_album_photo")),
        sa.UniqueConstraint(
            "exchange_id", "member_id", "batch", "place", name=op.f("uq_album_photo_exchange_id_member_id_batch_place")
        ),
    )
    op.create_index("ix_album_photo_exchange_id", "album_photo", ["exchange_id", "batch", "place", "id"])
    op.create_index("ix_album_photo_member_id", "album_photo", ["member_id"])
    op.create_table(
        "album_take_down",
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True, comment="who; shown to nobody, in the audit log for staff"),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_album_take_down_member_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["album_photo.id"], name=op.f("fk_album_take_down_photo_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("photo_id", name=op.f("pk_album_take_down")),
    )
    op.create_index("ix_album_take_down_member_id", "album_take_down", ["member_id"])


def downgrade() -> None:
    op.drop_table("album_take_down")
    op.drop_table("album_photo")
