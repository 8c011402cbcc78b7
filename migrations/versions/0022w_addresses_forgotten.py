"""Letters to visitors who were promised that their address goes with it: the log forgets to whom they went."""

import sqlalchemy as sa
from alembic import op

revision = "0022w"
down_revision = "0021r"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "outgoing_letter",
        sa.Column(
            "address_kept",
            sa.Boolean(),
            server_default=sa.text("true"),
            nullable=False,
            comment="false: to whom it went is forgotten once it has left",
        ),
    )
    # What was promised before this could be kept holds for them too.
    op.execute(
        """
        UPDATE outgoing_letter SET address_kept = false,
            to_address = CASE WHEN state IN ('sent', 'bounced', 'stopped') THEN '' ELSE to_address END
        WHERE kind IN ('guide.confirm-watch', 'guide.opened', 'stories.confirm-question', 'stories.answered',
            'stories.question-declined', 'stories.consent')
        """
    )
    op.execute(
        """
        UPDATE token SET address = '' WHERE kind = 'guide-watch' AND NOT EXISTS (
            SELECT FROM guide_watch w WHERE w.slug = token.payload->>'slug' AND lower(w.address) = lower(token.address)
        ) AND used_at IS NOT NULL
        """
    )
    op.execute(
        """
        UPDATE token SET forget_at = expires_at + interval '7 days' WHERE kind = 'guide-watch' AND used_at IS NULL
        """
    )


def downgrade() -> None:
    op.drop_column("outgoing_letter", "address_kept")
