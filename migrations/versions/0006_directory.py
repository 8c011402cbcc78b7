"""What the directory searches and counts."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "directory_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_change")),
    )
    op.create_table(
        "directory_tally",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("within", sa.String(length=12), nullable=False, comment="the filter under which it counts, or empty"),
        sa.Column("within_value", sa.String(length=240), nullable=False),
        sa.Column("dimension", sa.String(length=12), nullable=False, comment="what is counted; empty: all"),
        sa.Column("value", sa.String(length=240), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False, comment="the value as people write it"),
        sa.Column("from_day", sa.Date(), nullable=False, comment="counts from this day on: a minor's, from adulthood"),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_tally")),
    )
    op.create_index("ix_directory_tally_within", "directory_tally", ["within", "within_value"], unique=False)
    op.create_table(
        "directory_word",
        sa.Column("word", sa.String(length=24), nullable=False),
        sa.Column(
            "shapes", sa.ARRAY(sa.String(length=24)), nullable=False, comment="the word, and it without any one letter"
        ),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_directory_word")),
    )
    op.create_index("ix_directory_word_shapes", "directory_word", ["shapes"], unique=False, postgresql_using="gin")
    op.create_table(
        "directory_entry",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("reach", sa.SmallInteger(), nullable=False, comment="0 everyone, 1 members, 2 cohorts"),
        sa.Column("adult_from", sa.Date(), nullable=False),
        sa.Column(
            "chapter", sa.String(length=2), nullable=False, comment="whose coordinators see her while she is a minor"
        ),
        sa.Column("sort_key", sa.String(length=240), nullable=False),
        sa.Column("names", sa.Text(), nullable=False, comment="directory.words.searchable of the names"),
        sa.Column("text", sa.Text(), nullable=False, comment="the same of all that is searched"),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("lives_in", sa.String(length=2), nullable=True),
        sa.Column("programmes", sa.ARRAY(sa.String(length=30)), nullable=False),
        sa.Column("fiscal_years", sa.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("exchanges", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("hosts", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("sendings", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("fields", sa.ARRAY(sa.String(length=120)), nullable=False),
        sa.Column("field_keys", sa.ARRAY(sa.String(length=240)), nullable=False, comment="as `fields`, as compared"),
        sa.Column("open_to", sa.ARRAY(sa.String(length=20)), nullable=False),
        sa.CheckConstraint("reach BETWEEN 0 AND 2", name=op.f("ck_directory_entry_reach")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_directory_entry_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "reach", name=op.f("pk_directory_entry")),
    )
    op.create_index(
        "ix_directory_entry_everyone",
        "directory_entry",
        ["sort_key", "member_id"],
        unique=False,
        postgresql_where=sa.text("reach = 0"),
    )
    op.create_index("ix_directory_entry_country", "directory_entry", ["country", "sort_key", "member_id"], unique=False)
    op.create_index(
        "ix_directory_entry_field_keys", "directory_entry", ["field_keys"], unique=False, postgresql_using="gin"
    )
    op.create_index(
        "ix_directory_entry_fiscal_years", "directory_entry", ["fiscal_years"], unique=False, postgresql_using="gin"
    )
    op.create_index("ix_directory_entry_lives_in", "directory_entry", ["lives_in"], unique=False)
    op.create_index(
        "ix_directory_entry_organisations",
        "directory_entry",
        ["hosts", "sendings", "exchanges"],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index(
        "ix_directory_entry_programmes", "directory_entry", ["programmes"], unique=False, postgresql_using="gin"
    )
    op.create_index("ix_directory_entry_sort_key", "directory_entry", ["sort_key", "member_id", "reach"], unique=False)
    op.create_index(
        "ix_directory_entry_text",
        "directory_entry",
        ["text"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"text": "gin_trgm_ops"},
    )


def downgrade() -> None:
    op.drop_index(
        "ix_directory_entry_text",
        table_name="directory_entry",
        postgresql_using="gin",
        postgresql_ops={"text": "gin_trgm_ops"},
    )
    op.drop_index("ix_directory_entry_sort_key", table_name="directory_entry")
    op.drop_index("ix_directory_entry_programmes", table_name="directory_entry", postgresql_using="gin")
    op.drop_index("ix_directory_entry_organisations", table_name="directory_entry", postgresql_using="gin")
    op.drop_index("ix_directory_entry_lives_in", table_name="directory_entry")
    op.drop_index("ix_directory_entry_fiscal_years", table_name="directory_entry", postgresql_using="gin")
    op.drop_index("ix_directory_entry_field_keys", table_name="directory_entry", postgresql_using="gin")
    op.drop_index("ix_directory_entry_everyone", table_name="directory_entry", postgresql_where=sa.text("reach = 0"))
    op.drop_index("ix_directory_entry_country", table_name="directory_entry")
    op.drop_table("directory_entry")
    op.drop_index("ix_directory_word_shapes", table_name="directory_word", postgresql_using="gin")
    op.drop_table("directory_word")
    op.drop_index("ix_directory_tally_within", table_name="directory_tally")
    op.drop_table("directory_tally")
    op.drop_table("directory_change")
