"""Groups of countries that programmes speak of: ASEAN, Africa, Asia and so on.

Sources: for ASEAN its members of 2026; for the others the regions of the United Nations (M49), read as Japan's Foreign
Ministry arranges them (Central Asia in Asia; the Middle East from Türkiye to Afghanistan's border; the Caribbean in
Latin America). Where that leaves doubt a country stands in no group, so that nobody is refused or let in by a guess.
"""

from ssc.core.i18n import Words, words
from ssc.places.countries import ASEAN

AFRICA = frozenset(
    """DZ AO BJ BW BF BI CM CV CF TD KM CG CD CI DJ EG GQ ER SZ ET GA GM GH GN GW KE LS LR LY MG MW ML MR MU MA MZ NA
    NE NG RW ST SN SC SL SO ZA SS SD TZ TG TN UG ZM ZW""".split()
)
ASIA = ASEAN | frozenset("AF BD BT CN HK IN KG KR KZ LK MN MO MV NP PK TJ TM TW UZ".split())
MIDDLE_EAST = frozenset("AE BH IL IQ IR JO KW LB OM PS QA SA SY TR YE".split())
LATIN_AMERICA = frozenset(
    """AG AR BB BO BR BS BZ CL CO CR CU DM DO EC GD GT GY HN HT JM KN LC MX NI PA PE PY SR SV TT UY VC VE""".split()
)
ISLANDS = frozenset("CK FJ FM KI MH NR NU PG PW SB TO TV VU WS".split())

GROUPS: dict[str, tuple[Words, frozenset[str]]] = {
    "asean": (words("the member states of ASEAN"), ASEAN),
    "asia": (words("Asia"), ASIA),
    "africa": (words("Africa"), AFRICA),
    "middle-east": (words("the Middle East"), MIDDLE_EAST),
    "latin-america": (words("Latin America and the Caribbean"), LATIN_AMERICA),
    "islands": (words("the island countries of the Pacific"), ISLANDS),
}
