"""Organisations in Japan that receive exchanges, with the other names they are searched by."""

AGENCY = "Japan Science and Technology Agency"

_TABLE = """
Japan Science and Technology Agency | 科学技術振興機構, 国立研究開発法人科学技術振興機構, JST
Hokkaido University | 北海道大学
Muroran Institute of Technology | 室蘭工業大学
Tohoku University | 東北大学
Iwate University | 岩手大学
Akita University | 秋田大学
Yamagata University | 山形大学
University of Tsukuba | 筑波大学
Utsunomiya University | 宇都宮大学
Gunma University | 群馬大学
Saitama University | 埼玉大学
Chiba University | 千葉大学
The University of Tokyo | 東京大学, UTokyo
Institute of Science Tokyo | 東京科学大学, Tokyo Institute of Technology, 東京工業大学, Tokyo Medical and Dental University
The University of Electro-Communications | 電気通信大学, UEC
Tokyo University of Agriculture and Technology | 東京農工大学, TUAT
Tokyo University of Marine Science and Technology | 東京海洋大学
Ochanomizu University | お茶の水女子大学
Tokyo Metropolitan University | 東京都立大学, 首都大学東京
Yokohama National University | 横浜国立大学, YNU
Keio University | 慶應義塾大学
Waseda University | 早稲田大学
Shibaura Institute of Technology | 芝浦工業大学, SIT
Tokyo University of Science | 東京理科大学
Hosei University | 法政大学
Meiji University | 明治大学
Musashino University | 武蔵野大学
Tokai University | 東海大学
Toyo University | 東洋大学
Tokyo University of Agriculture | 東京農業大学
Nagaoka University of Technology | 長岡技術科学大学, NUT
Niigata University | 新潟大学
University of Toyama | 富山大学
Kanazawa University | 金沢大学
Japan Advanced Institute of Science and Technology | 北陸先端科学技術大学院大学, JAIST
University of Fukui | 福井大学
University of Yamanashi | 山梨大学
Shinshu University | 信州大学
Gifu University | 岐阜大学
Shizuoka University | 静岡大学
Nagoya University | 名古屋大学
Nagoya Institute of Technology | 名古屋工業大学, NITech
Toyohashi University of Technology | 豊橋技術科学大学
Chubu University | 中部大学
Mie University | 三重大学
Shiga University | 滋賀大学
Kyoto University | 京都大学
Kyoto Institute of Technology | 京都工芸繊維大学, KIT
Doshisha University | 同志社大学
Ritsumeikan University | 立命館大学
The University of Osaka | 大阪大学, Osaka University
Osaka Metropolitan University | 大阪公立大学, Osaka City University, 大阪市立大学, 大阪府立大学
Kansai University | 関西大学
Kobe University | 神戸大学
Nara Institute of Science and Technology | 奈良先端科学技術大学院大学, NAIST
Wakayama University | 和歌山大学
Tottori University | 鳥取大学
Shimane University | 島根大学
Okayama University | 岡山大学
Hiroshima University | 広島大学
Yamaguchi University | 山口大学
Tokushima University | 徳島大学
Kagawa University | 香川大学
Ehime University | 愛媛大学
Kochi University of Technology | 高知工科大学
Kyushu University | 九州大学
Kyushu Institute of Technology | 九州工業大学, Kyutech
Saga University | 佐賀大学
Nagasaki University | 長崎大学
Kumamoto University | 熊本大学
Oita University | 大分大学
University of Miyazaki | 宮崎大学
Kagoshima University | 鹿児島大学
University of the Ryukyus | 琉球大学
Okinawa Institute of Science and Technology | 沖縄科学技術大学院大学, OIST
National Institute of Technology, Toyama College | 富山高等専門学校, Toyama KOSEN
National Institute of Technology, Tsuruoka College | 鶴岡工業高等専門学校, Tsuruoka KOSEN
National Institute of Technology, Sendai College | 仙台高等専門学校, Sendai KOSEN
National Institute of Technology, Nagaoka College | 長岡工業高等専門学校, Nagaoka KOSEN
National Institute of Technology, Kumamoto College | 熊本高等専門学校, Kumamoto KOSEN
National Institute of Technology, Okinawa College | 沖縄工業高等専門学校, Okinawa KOSEN
RIKEN | 理化学研究所, National Research and Development Agency RIKEN
National Institute for Materials Science | 物質・材料研究機構, NIMS
National Institute of Advanced Industrial Science and Technology | 産業技術総合研究所, AIST
High Energy Accelerator Research Organization | 高エネルギー加速器研究機構, KEK
National Institute of Genetics | 国立遺伝学研究所, NIG
National Institute for Basic Biology | 基礎生物学研究所, NIBB
National Institute of Informatics | 国立情報学研究所, NII
National Institute for Environmental Studies | 国立環境研究所, NIES
Japan Agency for Marine-Earth Science and Technology | 海洋研究開発機構, JAMSTEC
National Institutes for Quantum Science and Technology | 量子科学技術研究開発機構, QST
National Museum of Emerging Science and Innovation | 日本科学未来館, Miraikan
Ibaraki Prefecture | 茨城県
Shizuoka Prefecture | 静岡県
Fukuoka Prefecture | 福岡県
City of Kitakyushu | 北九州市
Hanamura Precision Instruments | 花村精密計器株式会社
Kitahara Water Technologies | 北原水技術株式会社
"""

HOSTS = tuple(
    (name.strip(), others.strip()) for name, _, others in (line.partition("|") for line in _TABLE.strip().splitlines())
)
