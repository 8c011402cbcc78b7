"""Organisations and exchanges; members and what hangs on them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("handle", sa.String(length=40), nullable=True, comment="a-z 0-9 -, given at the claim"),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_native", sa.String(length=120), nullable=True),
        sa.Column(
            "name_key",
            sa.String(length=240),
            nullable=False,
            comment="core.text.plain of the name, words sorted",
        ),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column(
            "adult_from",
            sa.Date(),
            nullable=False,
            comment="the day from which the club treats her as an adult; kept by people.actions",
        ),
        sa.Column("lives_in", sa.String(length=2), nullable=True),
        sa.Column("headline", sa.String(length=160), nullable=True),
        sa.Column("bio", sa.Text(), nullable=True),
        sa.Column("fields", postgresql.ARRAY(sa.String(length=120)), nullable=False),
        sa.Column("affiliation", sa.String(length=200), nullable=True),
        sa.Column("languages", postgresql.ARRAY(sa.String(length=35)), nullable=False),
        sa.Column("links", postgresql.ARRAY(sa.String(length=500)), nullable=False),
        sa.Column("open_to", postgresql.ARRAY(sa.String(length=20)), nullable=False),
        sa.Column("photo", sa.Uuid(), nullable=True, comment="names the files photos/<photo>/<size>.webp"),
        sa.Column("visibility", postgresql.JSONB(), nullable=False, comment="field → audience, where not default"),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("contact", sa.String(length=20), nullable=False),
        sa.Column("read_receipts", sa.Boolean(), nullable=False),
        sa.Column("presence", sa.Boolean(), nullable=False),
        sa.Column(
            "notifications",
            postgresql.JSONB(),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="kind → channel → wanted, where not default",
        ),
        sa.Column(
            "quiet_hours",
            postgresql.JSONB(),
            nullable=True,
            comment="{from, to}, as 22:00, on the member's clock",
        ),
        sa.Column("do_not_contact", sa.Boolean(), nullable=False),
        sa.Column("mail_opt_out", sa.Boolean(), nullable=False),
        sa.Column("deceased", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("handle", name=op.f("uq_member_handle")),
    )
    op.create_index("ix_member_country", "member", ["country"], unique=False)
    op.create_index(
        "ix_member_joined_at",
        "member",
        ["joined_at"],
        unique=False,
        postgresql_where=sa.text("joined_at IS NOT NULL"),
    )
    op.create_index("ix_member_name_key", "member", ["name_key"], unique=False)
    op.create_index(
        "ix_member_photo",
        "member",
        ["photo"],
        unique=False,
        postgresql_where=sa.text("photo IS NOT NULL"),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "country",
            sa.String(length=2),
            nullable=True,
            comment="ISO 3166-1 alpha-2; unknown for some senders",
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    op.create_table(
        "block",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("blocked_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["blocked_id"], ["member.id"], name=op.f("fk_block_blocked_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_block_member_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member_id", "blocked_id", name=op.f("pk_block")),
    )
    op.create_index("ix_block_blocked_id", "block", ["blocked_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False, comment="terms, privacy"),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_consent_member_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index("ix_consent_member_id", "consent", ["member_id", "kind"], unique=False)
    op.create_table(
        "exchange",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("programme", sa.String(length=30), nullable=False, comment="a code of programmes.catalogue"),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Uuid(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("fields", postgresql.ARRAY(sa.String(length=120)), nullable=False),
        sa.Column(
            "countries",
            postgresql.ARRAY(sa.String(length=2)),
            nullable=False,
            comment="of its people; kept by people.actions",
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name=op.f("ck_exchange_in_order")
        ),
        sa.ForeignKeyConstraint(["host_id"], ["organisation.id"], name=op.f("fk_exchange_host_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange")),
        sa.UniqueConstraint("code", name=op.f("uq_exchange_code")),
    )
    op.create_index("ix_exchange_fiscal_year", "exchange", ["fiscal_year", "code"], unique=False)
    op.create_index("ix_exchange_host_id", "exchange", ["host_id"], unique=False)
    op.create_table(
        "organisation_name",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "key",
            sa.String(length=400),
            nullable=False,
            comment="core.text.plain of the name: one name, one organisation",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_name_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_name")),
        sa.UniqueConstraint("key", name=op.f("uq_organisation_name_key")),
    )
    op.create_index("ix_organisation_name_organisation_id", "organisation_name", ["organisation_id"], unique=False)
    op.create_table(
        "role",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("lead", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True, comment="the last day; None: until it is taken away"),
        sa.Column("granted_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(role = 'coordinator') = (country IS NOT NULL)", name=op.f("ck_role_country")),
        sa.CheckConstraint("role IN ('staff', 'editor', 'moderator', 'coordinator')", name=op.f("ck_role_role")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_role_member_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
    )
    op.create_index("ix_role_member_id", "role", ["member_id"], unique=False)
    op.create_table(
        "suspension",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True, comment="None: until lifted"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("imposed_by", sa.Uuid(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_suspension_member_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension")),
    )
    op.create_index("ix_suspension_member_id", "suspension", ["member_id"], unique=False)
    op.create_table(
        "exchange_sending",
        sa.Column("exchange_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exchange_id"], ["exchange.id"], name=op.f("fk_exchange_sending_exchange_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_exchange_sending_organisation_id")
        ),
        sa.PrimaryKeyConstraint("exchange_id", "organisation_id", name=op.f("pk_exchange_sending")),
    )
    op.create_index("ix_exchange_sending_organisation_id", "exchange_sending", ["organisation_id"], unique=False)
    op.create_table(
        "participation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("exchange_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("field", sa.String(length=120), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "role IN ('participant', 'supervisor', 'host', 'staff')", name=op.f("ck_participation_role")
        ),
        sa.ForeignKeyConstraint(["exchange_id"], ["exchange.id"], name=op.f("fk_participation_exchange_id")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_participation_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
        sa.UniqueConstraint("member_id", "exchange_id", name=op.f("uq_participation_member_id_exchange_id")),
    )
    op.create_index("ix_participation_exchange_id", "participation", ["exchange_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_participation_exchange_id", table_name="participation")
    op.drop_table("participation")
    op.drop_index("ix_exchange_sending_organisation_id", table_name="exchange_sending")
    op.drop_table("exchange_sending")
    op.drop_index("ix_suspension_member_id", table_name="suspension")
    op.drop_table("suspension")
    op.drop_index("ix_role_member_id", table_name="role")
    op.drop_table("role")
    op.drop_index("ix_organisation_name_organisation_id", table_name="organisation_name")
    op.drop_table("organisation_name")
    op.drop_index("ix_exchange_host_id", table_name="exchange")
    op.drop_index("ix_exchange_fiscal_year", table_name="exchange")
    op.drop_table("exchange")
    op.drop_index("ix_consent_member_id", table_name="consent")
    op.drop_table("consent")
    op.drop_index("ix_block_blocked_id", table_name="block")
    op.drop_table("block")
    op.drop_table("organisation")
    op.drop_index("ix_member_photo", table_name="member", postgresql_where=sa.text("photo IS NOT NULL"))
    op.drop_index("ix_member_name_key", table_name="member")
    op.drop_index("ix_member_joined_at", table_name="member", postgresql_where=sa.text("joined_at IS NOT NULL"))
    op.drop_index("ix_member_country", table_name="member")
    op.drop_table("member")
