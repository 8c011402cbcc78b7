"""Hosts: contacts of organisations, secretaries, and whether hosts see how a visitor is doing."""

import sqlalchemy as sa
from alembic import op

revision = "0020ho"
down_revision = "0019al"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "member",
        sa.Column(
            "hosts_see",
            sa.Boolean(),
            nullable=True,
            comment="whether her hosts see how she is doing; None: not asked yet",
        ),
    )
    op.create_table(
        "host_seat",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("host_id", sa.Uuid(), nullable=True),
        sa.Column(
            "name",
            sa.String(length=120),
            nullable=False,
            comment="as who invited her calls her: says nothing of an account",
        ),
        sa.Column("by_id", sa.Uuid(), nullable=True, comment="who invited her"),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(organisation_id IS NULL) <> (host_id IS NULL)", name=op.f("ck_host_seat_for_one")),
        sa.CheckConstraint("host_id <> member_id", name=op.f("ck_host_seat_for_another")),
        sa.ForeignKeyConstraint(["host_id"], ["member.id"], name=op.f("fk_host_seat_host_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_host_seat_member_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_host_seat_organisation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_seat")),
    )
    op.create_index("ix_host_seat_host_id", "host_seat", ["host_id"], postgresql_where=sa.text("host_id IS NOT NULL"))
    op.create_index("ix_host_seat_member_id", "host_seat", ["member_id"])
    op.create_index(
        "ix_host_seat_organisation_id",
        "host_seat",
        ["organisation_id"],
        postgresql_where=sa.text("organisation_id IS NOT NULL"),
    )
    op.create_index(
        "uq_host_seat_contact",
        "host_seat",
        ["member_id", "organisation_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL AND organisation_id IS NOT NULL"),
    )
    op.create_index(
        "uq_host_seat_secretary",
        "host_seat",
        ["member_id", "host_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL AND host_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("host_seat")
    op.drop_column("member", "hosts_see")
