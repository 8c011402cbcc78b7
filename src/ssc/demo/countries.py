"""Which countries the demo's people come from, how many from each, and where their organisations stand.

The shares follow the participants by country that the club published for 2017; countries it only
counts as "12 or fewer", and those of the other continents, have a few each.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Country:
    code: str
    name: str
    share: int
    cities: tuple[str, ...]


_TABLE = """
CN China 324 Beijing Shanghai Hangzhou Chengdu Wuhan Xi'an Dalian Guangzhou
IN India 259 New_Delhi Chennai Hyderabad Pune Kolkata Bengaluru Lucknow Kochi Ahmedabad
ID Indonesia 60 Jakarta Bandung Yogyakarta Surabaya Makassar
TH Thailand 48 Bangkok Chiang_Mai Khon_Kaen Songkhla
KR Korea 43 Seoul Busan Daejeon Gwangju
MY Malaysia 36 Kuala_Lumpur Penang Johor_Bahru Kota_Kinabalu
MM Myanmar 36 Yangon Mandalay Naypyidaw
TW Taiwan 36 Taipei Tainan Hsinchu
VN Viet_Nam 36 Hanoi Ho_Chi_Minh_City Da_Nang Can_Tho
PH Philippines 25 Manila Quezon_City Cebu
PK Pakistan 23 Islamabad Lahore Karachi
BD Bangladesh 23 Dhaka Chattogram Rajshahi
CO Colombia 20 Bogotá Medellín
MN Mongolia 12 Ulaanbaatar Darkhan
BN Brunei 8 Bandar_Seri_Begawan
KH Cambodia 12 Phnom_Penh Battambang
LA Laos 12 Vientiane Luang_Prabang
SG Singapore 12 Singapore
NP Nepal 12 Kathmandu Pokhara
LK Sri_Lanka 12 Colombo Kandy
HK Hong_Kong 8 Hong_Kong
KZ Kazakhstan 12 Almaty Astana
KG Kyrgyzstan 6 Bishkek
TJ Tajikistan 5 Dushanbe
TM Turkmenistan 4 Ashgabat
UZ Uzbekistan 12 Tashkent Samarkand
BT Bhutan 6 Thimphu
MV Maldives 4 Malé
TL Timor-Leste 5 Dili
FJ Fiji 5 Suva
MH Marshall_Islands 2 Majuro
FM Micronesia 2 Pohnpei
PW Palau 2 Koror
PG Papua_New_Guinea 4 Port_Moresby
WS Samoa 3 Apia
SB Solomon_Islands 3 Honiara
TO Tonga 3 Nukuʻalofa
KI Kiribati 2 Tarawa
VU Vanuatu 2 Port_Vila
EG Egypt 11 Cairo Alexandria
KE Kenya 11 Nairobi Mombasa
GH Ghana 6 Accra Kumasi
NG Nigeria 6 Lagos Abuja
ZA South_Africa 7 Pretoria Cape_Town
ET Ethiopia 5 Addis_Ababa
TZ Tanzania 4 Dar_es_Salaam
UG Uganda 4 Kampala
RW Rwanda 4 Kigali
BW Botswana 3 Gaborone
ZM Zambia 4 Lusaka
SN Senegal 3 Dakar
CM Cameroon 2 Yaoundé
MZ Mozambique 2 Maputo
MG Madagascar 3 Antananarivo
ZW Zimbabwe 2 Harare
MW Malawi 2 Lilongwe
NA Namibia 2 Windhoek
CI Côte_d'Ivoire 2 Abidjan
BJ Benin 2 Cotonou
MA Morocco 4 Rabat Fès
TN Tunisia 5 Tunis Sfax
DZ Algeria 3 Algiers
TR Türkiye 6 Ankara Istanbul
JO Jordan 3 Amman
SA Saudi_Arabia 3 Riyadh
IQ Iraq 2 Baghdad
AE United_Arab_Emirates 2 Abu_Dhabi
OM Oman 2 Muscat
IR Iran 3 Tehran
BR Brazil 11 São_Paulo Brasília
MX Mexico 8 Mexico_City Monterrey
PE Peru 6 Lima Cusco
AR Argentina 5 Buenos_Aires Córdoba
CL Chile 4 Santiago
BO Bolivia 3 La_Paz
EC Ecuador 3 Quito
PY Paraguay 3 Asunción
UY Uruguay 2 Montevideo
CR Costa_Rica 2 San_José
GT Guatemala 2 Guatemala_City
JM Jamaica 2 Kingston
UA Ukraine 4 Kyiv Lviv
PL Poland 2 Warsaw
HU Hungary 2 Budapest
RO Romania 2 Bucharest
BG Bulgaria 2 Sofia
CZ Czechia 2 Prague
GE Georgia 2 Tbilisi
AM Armenia 2 Yerevan
AZ Azerbaijan 2 Baku
"""


def _country(line: str) -> Country:
    code, name, share, *cities = (word.replace("_", " ") for word in line.split())
    return Country(code, name, int(share), tuple(cities))


COUNTRIES = {country.code: country for country in map(_country, _TABLE.strip().splitlines())}

ASEAN = ("BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "VN")
# fmt: off
AFRICA = (
    "BJ", "BW", "CI", "CM", "DZ", "EG", "ET", "GH", "KE", "MA", "MG", "MW",
    "MZ", "NA", "NG", "RW", "SN", "TN", "TZ", "UG", "ZA", "ZM", "ZW",
)
# fmt: on
EVERYWHERE = tuple(COUNTRIES)

NEIGHBOURS = (
    ASEAN,
    ("IN", "NP", "BD", "LK", "BT", "MV", "PK"),
    ("CN", "KR", "TW", "MN", "HK"),
    ("KZ", "KG", "TJ", "TM", "UZ", "AZ", "AM", "GE"),
    ("FJ", "MH", "FM", "PW", "PG", "WS", "SB", "TO", "KI", "VU", "TL"),
    AFRICA,
    ("TR", "JO", "SA", "IQ", "AE", "OM", "IR", "EG", "TN"),
    ("BR", "CO", "MX", "PE", "AR", "CL", "BO", "EC", "PY", "UY", "CR", "GT", "JM"),
    ("UA", "PL", "HU", "RO", "BG", "CZ"),
)
