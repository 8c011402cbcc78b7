"""Where each country stands on the map of tiles: about where it lies, one square each, no borders drawn.

The arrangement is our own. What has no place here (dependencies, say) is drawn in a row below when it has people.
"""

_LAYOUT = """
. . . . . . . . IS . NO SE FI . . . . . . . . . . .
. CA . . . . . IE GB . DK EE LV LT RU . . . . . . . . .
. US . . . . . . NL DE PL BY UA . . . KZ . MN . . . . .
. . . . . . . FR BE LU CZ SK HU MD . GE AZ UZ KG CN KP JP . .
. MX . . . . PT ES CH LI AT SI RO BG . AM TM TJ AF . KR . . .
. GT BZ CU BS . AD MC IT SM HR BA RS MK TR . IR PK NP BT . TW . .
. SV HN HT DO KN . MT VA ME AL . GR CY SY IQ KW IN BD MM LA HK MO .
. . NI JM AG DM MA DZ TN LY EG . LB IL JO SA BH . LK TH VN KH PH PW
. . CR PA LC BB MR ML NE TD SD ER PS YE OM QA AE MV . MY SG BN FM MH
. . CO VE VC GD SN BF NG CF SS ET DJ . . . . . . ID TL PG NR KI
. EC GY SR TT CV GM GH BJ CM UG KE SO . . . . . . . . SB TV .
. PE BR . . GW GN CI TG GQ RW BI TZ SC . . . . . . AU VU FJ WS
. BO PY . . . SL LR ST GA CG CD MW KM . . . . . . . . TO NU
. CL UY . . . . . . AO ZM ZW MZ MG MU . . . . . NZ . CK .
. AR . . . . . . . NA BW SZ . . . . . . . . . . . .
. . . . . . . . . . ZA LS . . . . . . . . . . . .
"""

PLACES: dict[str, tuple[int, int]] = {
    code: (column, row)
    for row, line in enumerate(_LAYOUT.split("\n")[1:-1])
    for column, code in enumerate(line.split())
    if code != "."
}
COLUMNS = 1 + max(column for column, _row in PLACES.values())
ROWS = 1 + max(row for _column, row in PLACES.values())
