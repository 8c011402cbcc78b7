"""Links that members make for missing mates."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claim_link",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("exchange_id", sa.Uuid(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False, comment="birth dates given that were not the record's"),
        sa.Column(
            "ended_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="used, replaced by a newer one, or too many errors",
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["exchange_id"], ["exchange.id"], name=op.f("fk_claim_link_exchange_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["made_by"], ["member.id"], name=op.f("fk_claim_link_made_by"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["record_id"], ["member.id"], name=op.f("fk_claim_link_record_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_link")),
    )
    op.create_index("ix_claim_link_made_by", "claim_link", ["made_by"])
    op.create_index("ix_claim_link_record_id", "claim_link", ["record_id"])


def downgrade() -> None:
    op.drop_table("claim_link")
