"""Names of the ASEAN member states and Timor-Leste."""

from ssc.demo.names.east_asia import CANTONESE
from ssc.demo.names.india import TAMIL
from ssc.demo.names.tradition import Tradition, joined, names

THAI = Tradition(
    language="th",
    women=names(
        """Siriporn=ศิริพร Kanokwan=กนกวรรณ Nattaya=ณัฐยา Pimchanok=พิมพ์ชนก Suda=สุดา Wanida=วนิดา Chutima=ชุติมา Orathai=อรทัย
        Malee=มาลี Arisa=อริสา Ploy=พลอย Ratchanee=รัชนี Supaporn=สุภาพร Jiraporn=จิราพร Benjawan=เบญจวรรณ Nichapa=ณิชาภา
        Thidarat=ธิดารัตน์ Kamonwan=กมลวรรณ Sasithorn=ศศิธร Duangjai=ดวงใจ Yupin=ยุพิน Rungnapa=รุ่งนภา""",
    ),
    men=names(
        """Somchai=สมชาย Anan=อนันต์ Kittipong=กิตติพงษ์ Nattapong=ณัฐพงษ์ Prasert=ประเสริฐ Wichai=วิชัย Thanakorn=ธนากร
        Chaiwat=ชัยวัฒน์ Surasak=สุรศักดิ์ Peerapat=พีรพัฒน์ Ekkachai=เอกชัย Narong=ณรงค์ Apichat=อภิชาติ Teerawat=ธีรวัฒน์
        Jakkrit=จักรกฤษณ์ Weerachai=วีรชัย Pongsakorn=พงศกร Sakda=ศักดา Thanawat=ธนวัฒน์ Krit=กฤษณ์ Danai=ดนัย Manop=มานพ""",
    ),
    families=names(
        """Saetang=แซ่ตั้ง Srisuk=ศรีสุข Thongchai=ทองชัย Boonmee=บุญมี Wongsa=วงศ์ษา Chaiyasit=ไชยสิทธิ์ Rattanakul=รัตนกุล
        Suwan=สุวรรณ Phromma=พรหมมา Kaewkla=แก้วกล้า Jantarasri=จันทรศรี Intharat=อินทรัตน์ Charoensuk=เจริญสุข Panyadee=ปัญญาดี
        Somboon=สมบูรณ์ Thammasat=ธรรมสถิตย์ Wattana=วัฒนา Khamdee=คำดี Saelim=แซ่ลิ้ม Phanthong=พันธุ์ทอง Ruangrit=เรืองฤทธิ์
        Sukjai=สุขใจ Boonyarit=บุญฤทธิ์ Maneerat=มณีรัตน์""",
    ),
    script="THAI",
)

VIETNAMESE = Tradition(
    language="vi",
    women=names(
        """Anh=Anh Linh=Linh Huong=Hương Lan=Lan Mai=Mai Trang=Trang Thao=Thảo Ngoc=Ngọc Ha=Hà Hoa=Hoa Yen=Yến Chi=Chi Nhung=Nhung
        Phuong=Phương Quynh=Quỳnh Thuy=Thủy Tuyet=Tuyết Van=Vân Vy=Vy Hang=Hằng Diep=Diệp My=My""",
    ),
    men=names(
        """An=An Binh=Bình Cuong=Cường Dung=Dũng Duc=Đức Hai=Hải Hieu=Hiếu Hoang=Hoàng Hung=Hùng Khoa=Khoa Long=Long Minh=Minh
        Nam=Nam Phuc=Phúc Quang=Quang Son=Sơn Thang=Thắng Thanh=Thành Tuan=Tuấn Viet=Việt Kien=Kiên Dat=Đạt""",
    ),
    families=names(
        """Nguyen=Nguyễn Nguyen=Nguyễn Nguyen=Nguyễn Tran=Trần Tran=Trần Le=Lê Pham=Phạm Hoang=Hoàng Phan=Phan Vu=Vũ Dang=Đặng
        Bui=Bùi Do=Đỗ Ho=Hồ Ngo=Ngô Duong=Dương Ly=Lý Dinh=Đinh Truong=Trương Lam=Lâm Mai=Mai Cao=Cao""",
    ),
    middles_of_women=names(
        "Thi=Thị Thi=Thị Thuy=Thùy Ngoc=Ngọc Minh=Minh Hong=Hồng Thu=Thu Bich=Bích Kim=Kim Thanh=Thanh Mai=Mai"
    ),
    middles_of_men=names("Van=Văn Van=Văn Duc=Đức Minh=Minh Quoc=Quốc Huu=Hữu Cong=Công Gia=Gia Ngoc=Ngọc Anh=Anh"),
    written="{family} {middle} {given}",
    native="{family} {middle} {given}",
)

INDONESIAN = Tradition(
    language="id",
    women=names(
        """Dewi Siti Putri Ratna Sri Rina Indah Ayu Wulan Fitri Nurul Yuni Lestari Maya Citra Dian Intan Kartika Rahma Mega Novi Anisa
        Retno Hana Laila Tiara""",
    ),
    men=names(
        """Budi Agus Andi Bayu Rizky Dedi Eko Fajar Hendra Irfan Joko Kurnia Lukman Muhammad Nugroho Oka Putra Rahmat Sigit Taufik
        Wahyu Yoga Zainal Arif Gede Made""",
    ),
    families=names(
        """Santoso Wijaya Hidayat Saputra Pratama Kusuma Setiawan Nugraha Siregar Nasution Simanjuntak Lubis Sitompul Harahap Gunawan
        Susanto Hartono Rahayu Permana Maulana Firmansyah Ramadhan Suryadi Utami Wibowo Halim Sutrisno Purnomo Ginting Tarigan""",
    ),
    middles_of_women=names("Nur Tri Eka Dwi _ _ _ Ayu Putri Kartika _ _ Anggun Permata"),
    middles_of_men=names("Adi Tri Eka Dwi _ _ _ Bagus Surya _ _ Budi Satria Ari"),
    written="{given} {middle} {family}",
)

BALINESE = Tradition(
    language="id",
    women=names("Ni_Luh_Sari Ni_Made_Ayu Ni_Wayan_Dewi Ni_Ketut_Suci Ni_Nyoman_Rai Ni_Putu_Intan"),
    men=names("I_Wayan I_Made I_Nyoman I_Ketut I_Gede I_Putu"),
    families=names("Suastika Sudarma Artana Wirawan Adnyana Mahendra Parwata Suardana Widiana Arimbawa"),
)

_MALAY_FATHERS = """Abdullah Ahmad Ismail Hassan Ibrahim Yusof Rahman Osman Omar Razak Zainuddin Mohamad Hamzah Sulaiman Kamaruddin
Jamaluddin Salleh Aziz Bakar Idris Ariffin Shamsuddin"""

MALAY = Tradition(
    language="ms",
    women=names(
        """Nurul_Aina Siti_Hajar Nur_Aisyah Farah Aminah Izzati Nadia Hidayah Syafiqah Balqis Husna Zulaikha Sofea Liyana Nabila
        Mardhiah Umairah Athirah""",
    ),
    men=names(
        """Ahmad_Faiz Muhammad_Amin Hafiz Azlan Syafiq Firdaus Haziq Izzat Danial Amirul Fikri Hakim Iskandar Khairul Luqman Naim
        Ridzuan Zulkifli""",
    ),
    families=names(" ".join(f"bin_{father}" for father in _MALAY_FATHERS.split())),
    families_of_women=names(" ".join(f"binti_{father}" for father in _MALAY_FATHERS.split())),
)

MALAYSIAN_CHINESE = Tradition(
    language="zh",
    women=joined(
        "Wei=伟 Hui=慧 Mei=美 Siew=秀 Li=丽 Xin=欣 Jia=佳 Pei=佩",
        "Ling=玲 Yee=仪 Wen=雯 Ying=莹 Ting=婷 Shan=珊 Min=敏",
        between=" ",
        lower=False,
    ),
    men=joined(
        "Wei=伟 Jun=俊 Chee=志 Kok=国 Zhi=智 Kian=建 Yong=永 Jia=家",
        "Hao=豪 Jie=杰 Keong=强 Ming=明 Hong=鸿 Sheng=胜 Liang=亮",
        between=" ",
        lower=False,
    ),
    families=names(
        """Tan=陈 Lim=林 Lee=李 Ng=黄 Ong=王 Wong=黄 Goh=吴 Chua=蔡 Chan=陈 Koh=许 Teo=张 Ang=洪 Yeo=杨 Tay=郑 Ho=何 Low=刘 Sim=沈
        Chong=张 Leong=梁 Foo=符 Loh=罗 Yap=叶""",
    ),
    written="{family} {given}",
    native="{family}{given}",
    script="CJK",
)

FILIPINO = Tradition(
    language="fil",
    women=names(
        """Maria_Clara Angelica Jasmine Kristine Mary_Joy Rosalie Camille Princess Bianca Lorna Cherry Diwata Ligaya Marisol Tala Luz
        Hazel Jenny_Rose Patricia Aileen""",
    ),
    men=names(
        """Jose Juan_Miguel Mark_Anthony John_Paul Rodel Angelo Christian Ramon Dennis Arnel Jericho Rommel Bayani Carlo Noel Emilio
        Jayson Ronald Paolo Vicente""",
    ),
    families=names(
        """Santos Reyes Cruz Bautista Ocampo Garcia Mendoza Torres Castillo Flores Villanueva Ramos Gonzales Aquino Navarro Salazar
        Mercado Dimaculangan Macaraeg Pangilinan Manalo Dela_Cruz Del_Rosario Magsaysay Catacutan Lacson Tolentino Abad""",
    ),
)

_BURMESE_LAST = """Aung=အောင် Win=ဝင်း Htun=ထွန်း Oo=ဦး Naing=နိုင် Lwin=လွင် Zaw=ဇော် Soe=စိုး Htet=ထက် Myint=မြင့် Kyaw=ကျော် Thu=သူ
Swe=ဆွေ Hlaing=လှိုင် Thein=သိန်း Maung=မောင်"""

BURMESE = Tradition(
    language="my",
    women=joined(
        "Aye=အေး Khin=ခင် Thida=သီတာ Su=စု Ei=အိ Phyu=ဖြူ Hnin=နှင်း May=မေ Nilar=နီလာ Wai=ဝေ Yin=ယဉ် Moe=မိုး",
        "Mon=မွန် Wah=ဝါ Mar=မာ Thwe=သွယ် Chan=ချမ်း Zin=ဇင် Sandar=စန္ဒာ Nwe=နွယ် Thazin=သဇင် Yu=ယု Myat=မြတ် Nandar=နန္ဒာ",
        between=" ",
        lower=False,
    ),
    men=joined(
        "Kyaw=ကျော် Min=မင်း Ye=ရဲ Thura=သူရ Zin=ဇင် Pyae=ပြည့် Wai=ဝေ Nay=နေ Phone=ဘုန်း Hein=ဟိန်း Than=သန်း Tin=တင်",
        "Ko=ကို Htut=ထွဋ် Zeya=ဇေယျ Yan=ယံ Thant=သန့် Lin=လင်း Phyo=ဖြိုး Khant=ခန့် Moe=မိုး Myo=မျိုး Bo=ဗို Sein=စိန်",
        between=" ",
        lower=False,
    ),
    families=names(_BURMESE_LAST),
    native="{given}{family}",
    script="MYANMAR",
)

KHMER = Tradition(
    language="km",
    women=names(
        """Sreymom=ស្រីមុំ Bopha=បុប្ផា Chanthy=ចាន់ធី Kunthea=គន្ធា Sokha=សុខា Sophea=សុភា Maly=ម៉ាលី Rachana=រចនា Sreyneang=ស្រីនាង
        Theary=ធារី Channary=ចាន់ណារី Leakhena=លក្ខិណា Mealea=មាលា Nary=ណារី""",
    ),
    men=names(
        """Dara=ដារ៉ា Sovann=សុវណ្ណ Vibol=វិបុល Rithy=រិទ្ធី Sophal=សុផល Piseth=ពិសិដ្ឋ Chenda=ចិន្តា Bunthoeun=ប៊ុនធឿន Kosal=កុសល
        Makara=មករា Phirun=ភិរុណ Ratanak=រតនៈ Samnang=សំណាង Veasna=វាសនា""",
    ),
    families=names(
        """Sok=សុខ Chea=ជា Chan=ចាន់ Kim=គឹម Keo=កែវ Ly=លី Meas=មាស Nhem=ញ៉ែម Ouk=អ៊ុក Pen=ប៉ែន Prak=ប្រាក់ Seng=សេង Sim=ស៊ឹម
        Som=សោម Tep=ទេព Yim=យឹម Chhay=ឆាយ Heng=ហេង""",
    ),
    written="{family} {given}",
    native="{family} {given}",
    script="KHMER",
)

LAO = Tradition(
    language="lo",
    women=names(
        """Bounmy=ບຸນມີ Chanthala=ຈັນທະລາ Daovone=ດາວວອນ Keo=ແກ້ວ Latsamy=ລັດສະໝີ Manivone=ມະນີວອນ Noy=ນ້ອຍ Phonesavanh=ໂພນສະຫວັນ
        Souphaphone=ສຸພາພອນ Thipphavanh=ທິບພະວັນ Vilayvanh=ວິໄລວັນ Sengdeuane=ແສງເດືອນ""",
    ),
    men=names(
        """Bounthavy=ບຸນທະວີ Khamphone=ຄຳພອນ Somsack=ສົມສັກ Vilay=ວິໄລ Sisouk=ສີສຸກ Anousone=ອານຸສອນ Phouthone=ພູທອນ Khamla=ຄຳຫຼ້າ
        Soulivanh=ສຸລິວັນ Thongchanh=ທອງຈັນ Viengxay=ວຽງໄຊ Sengaloun=ແສງອາລຸນ""",
    ),
    families=names(
        """Phommachanh=ພົມມະຈັນ Keomany=ແກ້ວມະນີ Sisavath=ສີສະຫວາດ Vongsa=ວົງສາ Inthavong=ອິນທະວົງ Sayavong=ໄຊຍະວົງ
        Bounyavong=ບຸນຍະວົງ Chanthavong=ຈັນທະວົງ Luangrath=ຫຼວງລາດ Souvannalath=ສຸວັນນະລາດ Douangchanh=ດວງຈັນ
        Xayasone=ໄຊຍະສອນ""",
    ),
    script="LAO",
)

TIMORESE = Tradition(
    language="tet",
    women=names("Domingas Filomena Joaninha Ana_Paula Natalia Odete Lurdes Rosita Zelia Madalena"),
    men=names("Domingos Agostinho Natalino Jacinto Alcino Marito Elias Octavio Zeferino Gaspar"),
    families=names("da_Costa Soares Ximenes Pereira dos_Santos Guterres Amaral Belo da_Cruz Sarmento Freitas de_Jesus"),
)

TRADITIONS = {
    "BN": ((4, MALAY), (1, MALAYSIAN_CHINESE)),
    "ID": ((9, INDONESIAN), (1, BALINESE)),
    "KH": ((1, KHMER),),
    "LA": ((1, LAO),),
    "MM": ((1, BURMESE),),
    "MY": ((6, MALAY), (3, MALAYSIAN_CHINESE), (1, TAMIL)),
    "PH": ((1, FILIPINO),),
    "SG": ((6, MALAYSIAN_CHINESE), (1, CANTONESE), (2, MALAY), (1, TAMIL)),
    "TH": ((1, THAI),),
    "TL": ((1, TIMORESE),),
    "VN": ((1, VIETNAMESE),),
}
