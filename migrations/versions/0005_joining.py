"""Invitations, requests and recoveries."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invitation_refusal",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_invitation_refusal_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_invitation_refusal")),
    )
    op.create_table(
        "membership_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("key", sa.String(length=320), nullable=False, comment="accounts.addresses.key_of the address"),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("programme", sa.String(length=30), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("host", sa.String(length=200), nullable=False),
        sa.Column("sending", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column(
            "outcome",
            sa.String(length=10),
            nullable=True,
            comment="approved or declined by staff; by itself: member already, invited since on the roster",
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True, comment="None: decided by itself, or not yet"),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True, comment="who she turned out to be, or became"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('approved', 'declined', 'member', 'invited')", name=op.f("ck_membership_request_outcome")
        ),
        sa.CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name=op.f("ck_membership_request_decided")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_membership_request_member_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_request")),
    )
    op.create_index("ix_membership_request_created_at", "membership_request", ["created_at", "id"], unique=False)
    op.create_table(
        "invitation_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True, comment="None: from the command line"),
        sa.Column("language", sa.String(length=12), nullable=True, comment="of all letters; None: guessed by country"),
        sa.Column(
            "counted_from",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="bounces of letters sent before this are forgiven",
        ),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["roster_import.id"], name=op.f("fk_invitation_round_import_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_round")),
    )
    op.create_index(
        "uq_invitation_round_open",
        "invitation_round",
        ["import_id"],
        unique=True,
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "contestable_until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="until then the record's known addresses may object, and the account is limited",
        ),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "gave_birth_date",
            sa.Boolean(),
            nullable=False,
            comment="the record's birth date came with the claim, not from the roster",
        ),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_invitation_member_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["round_id"], ["invitation_round.id"], name=op.f("fk_invitation_round_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    op.create_index("ix_invitation_created_at", "invitation", ["created_at", "id"], unique=False)
    op.create_index("ix_invitation_member_id", "invitation", ["member_id"], unique=False)
    op.create_index("ix_invitation_round_id", "invitation", ["round_id"], unique=False)
    op.create_table(
        "recovery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("programme", sa.String(length=30), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("key", sa.String(length=320), nullable=False, comment="accounts.addresses.key_of the address"),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True, comment="the record that is asked for, once found"),
        sa.Column("invitation_id", sa.Uuid(), nullable=True, comment="with which an unclaimed record is claimed"),
        sa.Column(
            "approved_at", sa.DateTime(timezone=True), nullable=True, comment="enough have vouched; the 72 hours begin"
        ),
        sa.Column(
            "completed_at", sa.DateTime(timezone=True), nullable=True, comment="the link to the new address was used"
        ),
        sa.Column("vetoed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_recovery_invitation_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_recovery_member_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery")),
    )
    op.create_index("ix_recovery_created_at", "recovery", ["created_at"], unique=False)
    op.create_index("ix_recovery_member_id", "recovery", ["member_id"], unique=False)
    op.create_table(
        "vouch",
        sa.Column("recovery_id", sa.Uuid(), nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "capacity IN ('mate', 'supervisor', 'host', 'coordinator', 'staff')", name=op.f("ck_vouch_capacity")
        ),
        sa.ForeignKeyConstraint(
            ["recovery_id"], ["recovery.id"], name=op.f("fk_vouch_recovery_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["voucher_id"], ["member.id"], name=op.f("fk_vouch_voucher_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("recovery_id", "voucher_id", name=op.f("pk_vouch")),
    )
    op.create_index("ix_vouch_voucher_id", "vouch", ["voucher_id", "created_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_vouch_voucher_id", table_name="vouch")
    op.drop_table("vouch")
    op.drop_index("ix_recovery_member_id", table_name="recovery")
    op.drop_index("ix_recovery_created_at", table_name="recovery")
    op.drop_table("recovery")
    op.drop_index("ix_invitation_round_id", table_name="invitation")
    op.drop_index("ix_invitation_member_id", table_name="invitation")
    op.drop_index("ix_invitation_created_at", table_name="invitation")
    op.drop_table("invitation")
    op.drop_index(
        "uq_invitation_round_open", table_name="invitation_round", postgresql_where=sa.text("finished_at IS NULL")
    )
    op.drop_table("invitation_round")
    op.drop_index("ix_membership_request_created_at", table_name="membership_request")
    op.drop_table("membership_request")
    op.drop_table("invitation_refusal")
