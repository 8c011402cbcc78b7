"""Organisations abroad that send: a few real universities of each larger country, patterns for the rest."""

from ssc.demo.countries import COUNTRIES

_REAL = """
CN Tsinghua University | 清华大学
CN Peking University | 北京大学, PKU
CN Zhejiang University | 浙江大学
CN Tongji University | 同济大学
CN Fudan University | 复旦大学
CN Shanghai Jiao Tong University | 上海交通大学, SJTU
CN Dalian University of Technology | 大连理工大学, DUT
CN Huazhong University of Science and Technology | 华中科技大学, HUST
CN Sichuan University | 四川大学
CN Xi'an Jiaotong University | 西安交通大学, XJTU
CN Jilin University | 吉林大学
CN Nanjing Agricultural University | 南京农业大学
CN China Agricultural University | 中国农业大学
CN Lanzhou University | 兰州大学
CN Harbin Institute of Technology | 哈尔滨工业大学, HIT
CN Northeastern University | 东北大学
IN IIT Hyderabad | Indian Institute of Technology Hyderabad, IITH
IN IIT Madras | Indian Institute of Technology Madras, IITM
IN IIT Bombay | Indian Institute of Technology Bombay, IITB
IN IIT Delhi | Indian Institute of Technology Delhi, IITD, भारतीय प्रौद्योगिकी संस्थान दिल्ली
IN IIT Kharagpur | Indian Institute of Technology Kharagpur, IITKGP
IN IIT Guwahati | Indian Institute of Technology Guwahati, IITG
IN Indian Institute of Science | IISc, भारतीय विज्ञान संस्थान
IN University of Delhi | Delhi University, दिल्ली विश्वविद्यालय
IN Anna University | அண்ணா பல்கலைக்கழகம்
IN Jadavpur University | যাদবপুর বিশ্ববিদ্যালয়
IN University of Hyderabad | Hyderabad Central University
IN Savitribai Phule Pune University | University of Pune
IN Vellore Institute of Technology | VIT
IN National Institute of Technology Tiruchirappalli | NIT Trichy
IN Aligarh Muslim University | AMU
IN Cochin University of Science and Technology | CUSAT
ID Universitas Indonesia | University of Indonesia, UI
ID Bogor Agricultural University | Institut Pertanian Bogor, IPB University
ID Bandung Institute of Technology | Institut Teknologi Bandung, ITB
ID Universitas Gadjah Mada | Gadjah Mada University, UGM
ID Sepuluh Nopember Institute of Technology | Institut Teknologi Sepuluh Nopember, ITS
ID Universitas Hasanuddin | Hasanuddin University
ID Universitas Airlangga | Airlangga University
TH Chulalongkorn University | จุฬาลงกรณ์มหาวิทยาลัย
TH Kasetsart University | มหาวิทยาลัยเกษตรศาสตร์
TH Mahidol University | มหาวิทยาลัยมหิดล
TH Chiang Mai University | มหาวิทยาลัยเชียงใหม่
TH Khon Kaen University | มหาวิทยาลัยขอนแก่น
TH King Mongkut's University of Technology Thonburi | มหาวิทยาลัยเทคโนโลยีพระจอมเกล้าธนบุรี, KMUTT
TH Suranaree University of Technology | มหาวิทยาลัยเทคโนโลยีสุรนารี
KR Seoul National University | 서울대학교, SNU
KR Korea Advanced Institute of Science and Technology | 한국과학기술원, KAIST
KR Pusan National University | 부산대학교
KR Chonnam National University | 전남대학교
KR Kyungpook National University | 경북대학교
MY Universiti Malaya | University of Malaya, UM
MY Universiti Kebangsaan Malaysia | National University of Malaysia, UKM
MY Universiti Putra Malaysia | University of Putra Malaysia, UPM
MY Universiti Sains Malaysia | University of Science Malaysia, USM
MY Universiti Teknologi Malaysia | University of Technology Malaysia, UTM
MM University of Yangon | ရန်ကုန်တက္ကသိုလ်, Rangoon University
MM University of Mandalay | မန္တလေးတက္ကသိုလ်
MM Yangon Technological University | YTU, Rangoon Institute of Technology
MM Yezin Agricultural University | YAU
TW National Taiwan University | 國立臺灣大學, NTU
TW National Cheng Kung University | 國立成功大學, NCKU
TW National Tsing Hua University | 國立清華大學, NTHU
TW National Chung Hsing University | 國立中興大學, NCHU
VN Hanoi University of Science and Technology | Đại học Bách khoa Hà Nội
VN Vietnam National University, Hanoi | Đại học Quốc gia Hà Nội, VNU
VN Can Tho University | Đại học Cần Thơ
VN Ho Chi Minh City University of Technology | Trường Đại học Bách khoa, HCMUT
VN Hue University | Đại học Huế
VN Da Nang University of Technology | Đại học Bách khoa Đà Nẵng
PH University of the Philippines | UP, Unibersidad ng Pilipinas
PH De La Salle University | DLSU
PH Ateneo de Manila University | ADMU
PH Mindanao State University | MSU
PK National University of Sciences and Technology | NUST
PK University of the Punjab | جامعہ پنجاب
PK Quaid-i-Azam University | QAU
BD University of Dhaka | ঢাকা বিশ্ববিদ্যালয়
BD Bangladesh University of Engineering and Technology | BUET
BD Bangladesh Agricultural University | BAU
CO Universidad Nacional de Colombia | National University of Colombia, UNAL
CO Universidad de los Andes | University of the Andes
CO Universidad de Antioquia | University of Antioquia
MN National University of Mongolia | Монгол Улсын Их Сургууль, NUM
MN Mongolian University of Science and Technology | Шинжлэх Ухаан Технологийн Их Сургууль, MUST
BN Universiti Brunei Darussalam | UBD
KH Royal University of Phnom Penh | RUPP
KH Institute of Technology of Cambodia | ITC
LA National University of Laos | ມະຫາວິທະຍາໄລແຫ່ງຊາດລາວ, NUOL
LA Souphanouvong University | SU
SG National University of Singapore | NUS
SG Nanyang Technological University | NTU Singapore
NP Tribhuvan University | त्रिभुवन विश्वविद्यालय
NP Kathmandu University | काठमाडौं विश्वविद्यालय
LK University of Peradeniya | පේරාදෙණිය විශ්වවිද්‍යාලය
LK University of Moratuwa | මොරටුව විශ්වවිද්‍යාලය
HK The Hong Kong University of Science and Technology | 香港科技大學, HKUST
KZ Al-Farabi Kazakh National University | әл-Фараби атындағы Қазақ ұлттық университеті
UZ National University of Uzbekistan | NUUz
BT Royal University of Bhutan | RUB
FJ The University of the South Pacific | USP
EG Cairo University | جامعة القاهرة
EG Egypt-Japan University of Science and Technology | E-JUST, الجامعة المصرية اليابانية للعلوم والتكنولوجيا
EG Ain Shams University | جامعة عين شمس
KE University of Nairobi | UoN
KE Jomo Kenyatta University of Agriculture and Technology | JKUAT
GH University of Ghana | Legon
GH Kwame Nkrumah University of Science and Technology | KNUST
NG University of Ibadan | UI Ibadan
NG Ahmadu Bello University | ABU
ZA University of Pretoria | UP Pretoria, Universiteit van Pretoria
ZA Stellenbosch University | Universiteit Stellenbosch
ET Addis Ababa University | አዲስ አበባ ዩኒቨርሲቲ
TZ University of Dar es Salaam | Chuo Kikuu cha Dar es Salaam
UG Makerere University | MAK
RW University of Rwanda | UR
ZM University of Zambia | UNZA
TN University of Carthage | جامعة قرطاج
MA Mohammed V University | جامعة محمد الخامس
TR Middle East Technical University | ODTÜ, Orta Doğu Teknik Üniversitesi
TR Boğaziçi University | Bogazici, Boğaziçi Üniversitesi
JO The University of Jordan | الجامعة الأردنية
IR University of Tehran | دانشگاه تهران
BR University of São Paulo | Universidade de São Paulo, USP Brazil
BR University of Brasília | Universidade de Brasília, UnB
MX National Autonomous University of Mexico | Universidad Nacional Autónoma de México, UNAM
PE National University of San Marcos | Universidad Nacional Mayor de San Marcos
AR University of Buenos Aires | Universidad de Buenos Aires, UBA
CL University of Chile | Universidad de Chile
UA Taras Shevchenko National University of Kyiv | Київський національний університет імені Тараса Шевченка
"""


def _real(line: str) -> tuple[str, tuple[str, str]]:
    country, _, rest = line.partition(" ")
    name, _, others = rest.partition("|")
    return country, (name.strip(), others.strip())


def universities() -> dict[str, list[tuple[str, str]]]:
    """Universities by country, each with its other names; every country has at least two."""
    found: dict[str, list[tuple[str, str]]] = {code: [] for code in COUNTRIES}
    for country, university in map(_real, _REAL.strip().splitlines()):
        found[country].append(university)
    for country, known in found.items():
        known.extend(_patterns(country)[: max(2 - len(known), 1)])
    return found


def _patterns(country: str) -> list[tuple[str, str]]:
    place = COUNTRIES[country]
    return [
        (f"{place.cities[-1]} University of Science and Technology", ""),
        (f"{place.cities[0]} State University", ""),
    ]


def schools() -> dict[str, list[tuple[str, str]]]:
    """High schools by country: one or two in each of its cities."""
    return {
        code: [
            (f"{city} {kind}", "") for city in country.cities for kind in ("Science High School", "Senior High School")
        ]
        for code, country in COUNTRIES.items()
    }
