"""Of digests: when somebody was last looked for, also where there was nothing to say."""

import sqlalchemy as sa
from alembic import op

revision = "0019t"
down_revision = "0014c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("digest_sent", "sent_at", existing_type=sa.DateTime(timezone=True), nullable=True)
    op.add_column("digest_sent", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM digest_sent WHERE sent_at IS NULL")
    op.drop_column("digest_sent", "asked_at")
    op.alter_column("digest_sent", "sent_at", existing_type=sa.DateTime(timezone=True), nullable=False)
