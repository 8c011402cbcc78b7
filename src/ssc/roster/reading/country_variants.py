"""Names of countries and regions that CLDR does not list: formal, former, spoken, and nationalities."""

VARIANTS: dict[str, str] = {
    "AE": "UAE; U.A.E.; Emirates; アラブ首長国連邦; UAE国",
    "AF": "Islamic Republic of Afghanistan; アフガン",
    "BA": "Bosnia; Bosnia and Herzegovina; ボスニア",
    "BD": "People's Republic of Bangladesh; バングラディシュ; バングラディッシュ",
    "BN": "Brunei Darussalam; ブルネイ・ダルサラーム; ブルネイダルサラーム国",
    "BO": "Plurinational State of Bolivia; Bolivia, Plurinational State of",
    "BT": "Kingdom of Bhutan",
    "CD": """DR Congo; DRC; D.R. Congo; Democratic Republic of the Congo; Democratic Republic of Congo;
        Congo, Democratic Republic of the; Zaire; コンゴ民主共和国""",
    "CG": "Republic of the Congo; Congo-Brazzaville; Congo Republic; コンゴ共和国",
    "CI": "Ivory Coast; Cote d'Ivoire; Côte d'Ivoire; コートジボアール; 象牙海岸",
    "CN": """People's Republic of China; P.R. China; P. R. China; PR China; PRC; P.R.C.; Mainland China; China PR;
        China (Mainland); China, People's Republic of; 中華人民共和国; 中国大陸; 中国（本土）; 中国本土;
        中国(中華人民共和国)""",
    "CV": "Cape Verde; Cabo Verde; カーボベルデ",
    "CZ": "Czech Republic; Czechia; チェコ; チェコ共和国",
    "EG": "Arab Republic of Egypt; エジプト・アラブ共和国",
    "ET": "Federal Democratic Republic of Ethiopia; エチオピア連邦民主共和国",
    "FM": """Micronesia; Federated States of Micronesia; Micronesia, Federated States of; FSM; ミクロネシア;
        ミクロネシア連邦""",
    "FJ": "Republic of Fiji; Fiji Islands; フィジー共和国",
    "GB": """UK; U.K.; Great Britain; Britain; England; Scotland; Wales;
        United Kingdom of Great Britain and Northern Ireland; 英国; イギリス; 連合王国""",
    "GM": "The Gambia; Gambia, The",
    "HK": """Hong Kong; Hongkong; Hong Kong SAR; HKSAR; Hong Kong (China); Hong Kong, China; China, Hong Kong;
        China, Hong Kong SAR; 香港; ホンコン; 中国香港; 中国（香港）; 香港特別行政区""",
    "ID": "Republic of Indonesia; インドネシア共和国; INA",
    "IN": "Republic of India; Bharat; インド共和国",
    "IR": "Islamic Republic of Iran; Iran, Islamic Republic of; イラン・イスラム共和国; Persia",
    "JP": "Nippon; Nihon; 日本国",
    "KE": "Republic of Kenya; ケニア共和国",
    "KG": "Kyrgyz Republic; Kyrgyz; Kirghizstan; キルギス共和国; キルギスタン",
    "KH": "Kingdom of Cambodia; カンボジア王国; Kampuchea",
    "KP": """North Korea; DPRK; D.P.R. Korea; Democratic People's Republic of Korea;
        Korea, Democratic People's Republic of; Korea (North); 北朝鮮; 朝鮮民主主義人民共和国""",
    "KR": """Korea; South Korea; Republic of Korea; Rep. of Korea; Rep of Korea; Korea, Republic of; Korea Rep;
        Korea (South); Korea, South; R.O.K.; ROK; S. Korea; 韓国; 大韓民国; 南朝鮮; 한국; 대한민국""",
    "KZ": "Republic of Kazakhstan; カザフ; カザフスタン共和国",
    "LA": "Lao PDR; Lao P.D.R.; Lao; LPDR; Lao People's Democratic Republic; ラオス人民民主共和国",
    "LK": "Ceylon; Democratic Socialist Republic of Sri Lanka; Srilanka; スリランカ民主社会主義共和国",
    "MD": "Republic of Moldova; Moldova, Republic of",
    "MH": """Marshall Islands; Republic of the Marshall Islands; RMI; マーシャル諸島; マーシャル諸島共和国;
        マーシャル""",
    "MK": "Macedonia; FYROM; North Macedonia; マケドニア; 北マケドニア",
    "MM": """Burma; Union of Myanmar; Republic of the Union of Myanmar; ビルマ; ミャンマー連邦共和国; Myanmar/Burma""",
    "MN": "Republic of Mongolia; モンゴル国; 蒙古",
    "MO": """Macau; Macao; Macau SAR; Macao SAR; Macao, China; China, Macao SAR; マカオ; 澳門; 中国マカオ;
        中国（マカオ）""",
    "MV": "Republic of Maldives; The Maldives; モルジブ; モルディブ共和国",
    "MY": "Federation of Malaysia; マレイシア; マレーシア連邦",
    "NL": "Holland; The Netherlands; オランダ王国; 和蘭",
    "NP": "Federal Democratic Republic of Nepal; ネパール連邦民主共和国; ネパール王国",
    "NZ": "Aotearoa; ニュージーランド",
    "PG": "PNG; P.N.G.; Independent State of Papua New Guinea; パプア・ニューギニア",
    "PH": """Republic of the Philippines; The Philippines; Philippine; Philipines; Phillipines; Phillippines; RP;
        フィリッピン; フィリピン共和国; 比国""",
    "PK": "Islamic Republic of Pakistan; パキスタン・イスラム共和国",
    "PS": """Palestine; State of Palestine; Palestine, State of; Palestinian Territories; パレスチナ;
        パレスチナ自治区""",
    "PW": "Republic of Palau; Belau; パラオ共和国",
    "RU": "Russia; Russian Federation; ロシア連邦; 露国",
    "SB": "The Solomon Islands; Solomons; ソロモン",
    "SG": "Republic of Singapore; シンガポール共和国; 星国",
    "SY": "Syrian Arab Republic; シリア・アラブ共和国",
    "SZ": "Swaziland; スワジランド",
    "TH": "Kingdom of Thailand; Siam; タイ王国; 泰国; タイランド",
    "TL": "East Timor; Timor Leste; Timor-Leste; 東ティモール; 東チモール; 東ティモール民主共和国",
    "TJ": "Republic of Tajikistan; タジク; タジキスタン; タジキスタン共和国",
    "TM": "Turkmenia; トルクメン",
    "TR": "Turkey; Türkiye; Turkiye; Republic of Türkiye; Republic of Turkey; トルコ; トルコ共和国",
    "TW": """Taiwan, Province of China; Taiwan (ROC); Taiwan R.O.C.; Taiwan, R.O.C.; Chinese Taipei;
        Republic of China; ROC; R.O.C.; Republic of China (Taiwan); Formosa; 台湾; 臺灣; 台灣; 中華民国;
        チャイニーズタイペイ; 中国台湾; 台湾（中華民国）""",
    "TZ": "United Republic of Tanzania; Tanzania, United Republic of; タンザニア連合共和国",
    "US": """USA; U.S.A.; U.S.; America; United States; United States of America; 米国; アメリカ; アメリカ合衆国""",
    "UZ": "Republic of Uzbekistan; ウズベク; ウズベキスタン共和国",
    "VA": "Holy See; Vatican; バチカン",
    "VE": "Bolivarian Republic of Venezuela; Venezuela, Bolivarian Republic of",
    "VN": """Viet Nam; Vietnam; Viet-Nam; Việt Nam; S.R. Vietnam; Socialist Republic of Vietnam;
        Socialist Republic of Viet Nam; ベトナム; ヴェトナム; ヴィエトナム; ベトナム社会主義共和国; 越国""",
    "WS": "Western Samoa; Independent State of Samoa; 西サモア; サモア独立国",
    "ZA": "Republic of South Africa; RSA; 南アフリカ; 南アフリカ共和国; 南ア",
}

PEOPLE: dict[str, str] = {
    "AU": "Australian", "BD": "Bangladeshi", "BN": "Bruneian", "BR": "Brazilian", "BT": "Bhutanese", "CA": "Canadian",
    "CL": "Chilean", "CN": "Chinese", "CO": "Colombian", "DE": "German", "EG": "Egyptian", "ET": "Ethiopian",
    "FJ": "Fijian", "FR": "French", "GB": "British", "GH": "Ghanaian", "HK": "Hong Konger", "ID": "Indonesian",
    "IN": "Indian", "IR": "Iranian", "IT": "Italian", "JP": "Japanese", "KE": "Kenyan", "KG": "Kyrgyzstani",
    "KH": "Cambodian", "KR": "Korean; South Korean", "KZ": "Kazakh; Kazakhstani", "LA": "Laotian", "LK": "Sri Lankan",
    "MA": "Moroccan", "MH": "Marshallese", "MM": "Burmese", "MN": "Mongolian", "MV": "Maldivian", "MX": "Mexican",
    "MY": "Malaysian", "NG": "Nigerian", "NP": "Nepalese; Nepali", "PE": "Peruvian", "PH": "Filipino; Filipina",
    "PK": "Pakistani", "PW": "Palauan", "RU": "Russian", "RW": "Rwandan", "SG": "Singaporean", "TH": "Thai",
    "TJ": "Tajik; Tajikistani", "TL": "Timorese", "TM": "Turkmen", "TO": "Tongan", "TR": "Turkish", "TW": "Taiwanese",
    "TZ": "Tanzanian", "UG": "Ugandan", "US": "American", "UZ": "Uzbek; Uzbekistani", "VN": "Vietnamese",
    "WS": "Samoan", "ZA": "South African", "ZM": "Zambian", "ZW": "Zimbabwean",
}  # fmt: skip

AMBIGUOUS: dict[str, str] = {
    "congo": "CD, CG",
    "コンゴ": "CD, CG",
    "guineas": "GN, GW, GQ",
    "朝鮮": "KR, KP",
    "sudans": "SD, SS",
}
