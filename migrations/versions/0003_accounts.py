"""Accounts: addresses, sessions, tokens."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_in_failure",
        sa.Column("key", sa.LargeBinary(), nullable=False, comment="keyed hash: names nobody"),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_failure")),
    )
    op.create_index("ix_sign_in_failure_ends_at", "sign_in_failure", ["ends_at"], unique=False)
    op.create_table(
        "access_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.String(length=20)), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_access_token_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_access_token_digest")),
    )
    op.create_index("ix_access_token_member_id", "access_token", ["member_id"], unique=False)
    op.create_table(
        "account",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True, comment="argon2id, as PHC string"),
        sa.Column("password_set_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "limited_until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="recovered by vouching: no directory and no first messages until then",
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_account_member_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_account")),
    )
    op.create_table(
        "email_address",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column(
            "key", sa.String(length=320), nullable=False, comment="accounts.addresses.key_of: look-alikes share it"
        ),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("source IN ('roster', 'claim', 'member')", name=op.f("ck_email_address_source")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_email_address_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_address")),
        sa.UniqueConstraint("member_id", "key", name=op.f("uq_email_address_member_id_key")),
    )
    op.create_index("ix_email_address_key", "email_address", ["key"], unique=False)
    op.create_index(
        "uq_email_address_confirmed_key",
        "email_address",
        ["key"],
        unique=True,
        postgresql_where=sa.text("confirmed_at IS NOT NULL"),
    )
    op.create_index(
        "uq_email_address_primary", "email_address", ["member_id"], unique=True, postgresql_where=sa.text("is_primary")
    )
    op.create_table(
        "email_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("before", postgresql.JSONB(), nullable=False, comment="{addresses: [rows as they were]}"),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_email_change_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_change")),
    )
    op.create_index("ix_email_change_member_id", "email_change", ["member_id"], unique=False)
    op.create_table(
        "known_device",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_known_device_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_device")),
        sa.UniqueConstraint("member_id", "digest", name=op.f("uq_known_device_member_id_digest")),
    )
    op.create_index("ix_known_device_digest", "known_device", ["digest"], unique=False)
    op.create_table(
        "session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("device", sa.String(length=80), nullable=False, comment="for people, e.g. Chrome on Android"),
        sa.Column("rights", sa.Text(), nullable=False, comment="the roles in force when the cookie was given"),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_session_member_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("digest", name=op.f("uq_session_digest")),
    )
    op.create_index("ix_session_member_id", "session", ["member_id"], unique=False)
    op.create_table(
        "token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.String(length=320), nullable=False, comment="to which it was mailed"),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "forget_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="until then its holder hears what became of it",
        ),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_token_member_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_token_digest")),
    )
    op.create_index("ix_token_forget_at", "token", ["forget_at"], unique=False)
    op.create_index("ix_token_member_id", "token", ["member_id", "kind"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_token_member_id", table_name="token")
    op.drop_index("ix_token_forget_at", table_name="token")
    op.drop_table("token")
    op.drop_index("ix_session_member_id", table_name="session")
    op.drop_table("session")
    op.drop_index("ix_known_device_digest", table_name="known_device")
    op.drop_table("known_device")
    op.drop_index("ix_email_change_member_id", table_name="email_change")
    op.drop_table("email_change")
    op.drop_index("uq_email_address_primary", table_name="email_address", postgresql_where=sa.text("is_primary"))
    op.drop_index(
        "uq_email_address_confirmed_key",
        table_name="email_address",
        postgresql_where=sa.text("confirmed_at IS NOT NULL"),
    )
    op.drop_index("ix_email_address_key", table_name="email_address")
    op.drop_table("email_address")
    op.drop_table("account")
    op.drop_index("ix_access_token_member_id", table_name="access_token")
    op.drop_table("access_token")
    op.drop_index("ix_sign_in_failure_ends_at", table_name="sign_in_failure")
    op.drop_table("sign_in_failure")
