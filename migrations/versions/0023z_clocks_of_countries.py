"""Who has not joined yet lives by the clocks of her country, not by the secretariat's; who has joined chose hers."""

from importlib.resources import files

import sqlalchemy as sa
from alembic import op

revision = "0023z"
down_revision = "0022w"
branch_labels = None
depends_on = None

# Where the time zone database does not begin with the most peopled. A copy, since what `places.zones` knows may change.
MOST_PEOPLED = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CN": "Asia/Shanghai",
    "ID": "Asia/Jakarta",
    "KZ": "Asia/Almaty",
    "MN": "Asia/Ulaanbaatar",
    "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "US": "America/New_York",
}


def upgrade() -> None:
    table = files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    zones = {row[0]: row[2].strip() for row in reversed(rows)} | MOST_PEOPLED
    moved = sa.text(
        "UPDATE member SET time_zone = :zone "
        "WHERE country = :country AND joined_at IS NULL AND time_zone = 'Asia/Tokyo'"
    )
    for country, zone in zones.items():
        op.execute(moved.bindparams(zone=zone, country=country))


def downgrade() -> None:
    """What they live by is no structure: it stays."""
