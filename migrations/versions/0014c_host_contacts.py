"""How hosts want to be reached, by their consent."""

import sqlalchemy as sa
from alembic import op

revision = "0014c"
down_revision = "0016b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guide_host_contact",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("contact", sa.String(length=300), nullable=False, comment="an https address or a mail address"),
        sa.Column("consented_on", sa.Date(), nullable=False),
        sa.Column("consent", sa.String(length=500), nullable=False, comment="who said so, and how"),
        sa.Column("by_id", sa.Uuid(), nullable=True, comment="who of the secretariat noted it"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_guide_host_contact_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_guide_host_contact")),
    )


def downgrade() -> None:
    op.drop_table("guide_host_contact")
