"""Countries and regions by ISO 3166-1 alpha-2, named by CLDR in the reader's language.

Source of the codes: ISO 3166-1 as of 2026 (249 entries). The club speaks of "countries and regions":
Taiwan, Hong Kong and Macao are listed as regions, beside the countries.
"""

from functools import cache

from babel import Locale

from ssc.core import i18n

CODES = frozenset(
    """AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW
    BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI
    FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN
    IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME
    MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF
    PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV
    SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE
    YT ZA ZM ZW""".split()
)
REGIONS = frozenset({"HK", "MO", "TW"})
ASEAN = frozenset("BN ID KH LA MM MY PH SG TH TL VN".split())

# CLDR says "Hong Kong SAR China" and so on; the programme's lists say it shorter.
_CLUB_NAMES = {
    "en": {"HK": "Hong Kong", "MO": "Macao", "VN": "Viet Nam", "MM": "Myanmar"},
    "ja": {"HK": "香港", "MO": "マカオ"},
}


def name(code: str, language: str | None = None) -> str:
    """The name in the reader's language (or the one given); an unknown code is its own name."""
    return _names(language or i18n.language()).get(code, code)


def choices() -> tuple[tuple[str, str], ...]:
    """(code, name) of all countries and regions, in the alphabet of the reader's language."""
    return _choices(i18n.language())


def exists(code: str) -> bool:
    return code in CODES


@cache
def _choices(language: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(_names(language).items(), key=lambda pair: pair[1]))


@cache
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse(language, sep="-").territories
    ours = _CLUB_NAMES.get(language, {})
    return {code: ours.get(code) or territories.get(code, code) for code in CODES}
