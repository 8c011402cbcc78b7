"""Names of the Middle East and North Africa."""

from ssc.demo.names.tradition import Tradition, names

ARABIC = Tradition(
    language="ar",
    women=names(
        """Aisha=عائشة Fatima=فاطمة Mariam=مريم Noura=نورة Layla=ليلى Huda=هدى Salma=سلمى Yasmin=ياسمين Rania=رانيا Dina=دينا
        Amal=أمل Hanan=حنان Iman=إيمان Reem=ريم Samira=سميرة Nadia=نادية Hala=هالة Zahra=زهراء Khadija=خديجة Lina=لينا""",
    ),
    men=names(
        """Ahmed=أحمد Mohamed=محمد Omar=عمر Khaled=خالد Youssef=يوسف Hassan=حسن Ibrahim=إبراهيم Tarek=طارق Karim=كريم Samir=سمير
        Mahmoud=محمود Mostafa=مصطفى Hamza=حمزة Bilal=بلال Walid=وليد Rami=رامي Fadi=فادي Anas=أنس Ziad=زياد Nabil=نبيل""",
    ),
    families=names(
        """Hassan=حسن Ibrahim=إبراهيم Mansour=منصور Khalil=خليل Haddad=حداد Najjar=نجار Saleh=صالح Othman=عثمان Nasser=ناصر Farouk=فاروق
        El-Sayed=السيد Abdelrahman=عبدالرحمن Mahdi=مهدي Kamal=كمال Zaki=زكي Shawky=شوقي Badawi=بدوي Taha=طه Ramadan=رمضان Hamdan=حمدان
        Al-Amin=الأمين Qasim=قاسم""",
    ),
    script="ARABIC",
)

GULF_ARABIC = Tradition(
    language="ar",
    women=ARABIC.women,
    men=ARABIC.men,
    families=names(
        """Al-Harbi=الحربي Al-Qahtani=القحطاني Al-Ghamdi=الغامدي Al-Zahrani=الزهراني Al-Shehri=الشهري Al-Balushi=البلوشي
        Al-Mansoori=المنصوري Al-Kindi=الكندي Al-Rashidi=الراشدي Al-Hinai=الهنائي Al-Suwaidi=السويدي Al-Tamimi=التميمي""",
    ),
    script="ARABIC",
)

MAGHREBI = Tradition(
    language="ar",
    women=ARABIC.women,
    men=ARABIC.men,
    families=names(
        """Benali=بن_علي Bouzid=بوزيد Trabelsi=الطرابلسي Gharbi=الغربي Jaziri=الجزيري El-Idrissi=الإدريسي Alaoui=العلوي Chraibi=الشرايبي
        Tazi=التازي Mansouri=المنصوري Belhadj=بلحاج Hamdi=حمدي Saidi=السعيدي Khelifi=خليفي""",
    ),
    script="ARABIC",
)

PERSIAN = Tradition(
    language="fa",
    women=names(
        "Maryam=مریم Zahra=زهرا Sara=سارا Niloufar=نیلوفر Parisa=پریسا Shirin=شیرین Mahsa=مهسا Elham=الهام Narges=نرگس"
    ),
    men=names("Ali=علی Reza=رضا Amir=امیر Mehdi=مهدی Hossein=حسین Arash=آرش Behnam=بهنام Kaveh=کاوه Saeed=سعید"),
    families=names(
        "Ahmadi=احمدی Hosseini=حسینی Moradi=مرادی Karimi=کریمی Jafari=جعفری Rahimi=رحیمی Ebrahimi=ابراهیمی Tehrani=تهرانی Shirazi=شیرازی"
    ),
    script="ARABIC",
)

TURKISH = Tradition(
    language="tr",
    women=names("Ayşe Zeynep Elif Merve Büşra Gülşah İrem Özge Selin Çiğdem Derya Ebru"),
    men=names("Mehmet Emre Burak Oğuz Çağrı Serkan Umut Ömer Volkan Barış Tolga Kerem"),
    families=names("Yılmaz Kaya Demir Şahin Çelik Yıldız Aydın Öztürk Arslan Doğan Kılıç Koç Güneş Aksoy Şimşek"),
)

TRADITIONS = {
    "AE": ((1, GULF_ARABIC),),
    "DZ": ((1, MAGHREBI),),
    "EG": ((1, ARABIC),),
    "IQ": ((1, ARABIC),),
    "IR": ((1, PERSIAN),),
    "JO": ((1, ARABIC),),
    "MA": ((1, MAGHREBI),),
    "OM": ((1, GULF_ARABIC),),
    "SA": ((1, GULF_ARABIC),),
    "TN": ((1, MAGHREBI),),
    "TR": ((1, TURKISH),),
}
