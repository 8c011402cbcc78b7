"""Names of Bangladesh, Bhutan, the Maldives, Nepal, Pakistan and Sri Lanka."""

from ssc.demo.names.tradition import Tradition, names

BANGLADESHI = Tradition(
    language="bn",
    women=names(
        """Fatema=ফাতেমা Nusrat=নুসরাত Sumaiya=সুমাইয়া Tasnim=তাসনিম Farzana=ফারজানা Sharmin=শারমিন Rumana=রুমানা Nasrin=নাসরিন
        Sabrina=সাবরিনা Jannatul=জান্নাতুল Mahmuda=মাহমুদা Afroza=আফরোজা Tahmina=তাহমিনা Ishrat=ইশরাত Lamia=লামিয়া Rifat=রিফাত
        Shirin=শিরিন Anika=আনিকা Moushumi=মৌসুমী Samia=সামিয়া""",
    ),
    men=names(
        """Arif=আরিফ Tanvir=তানভীর Rakib=রাকিব Sajid=সাজিদ Mahmud=মাহমুদ Imran=ইমরান Nayeem=নাঈম Shafiq=শফিক Habib=হাবিব
        Mehedi=মেহেদী Fahim=ফাহিম Rashed=রাশেদ Kamrul=কামরুল Asif=আসিফ Sohel=সোহেল Jubayer=জুবায়ের Zahid=জাহিদ Mamun=মামুন
        Shakil=শাকিল Towhid=তৌহিদ""",
    ),
    families=names(
        """Rahman=রহমান Islam=ইসলাম Ahmed=আহমেদ Hossain=হোসেন Khan=খান Chowdhury=চৌধুরী Uddin=উদ্দিন Alam=আলম Haque=হক Karim=করিম
        Sarkar=সরকার Mia=মিয়া Talukder=তালুকদার Bhuiyan=ভূঁইয়া Molla=মোল্লা Sikder=সিকদার Kabir=কবির Mahbub=মাহবুব Faruk=ফারুক
        Majumder=মজুমদার""",
    ),
    script="BENGALI",
)

BHUTANESE = Tradition(
    language="dz",
    women=names(
        """Pema=པདྨ་ Dechen=བདེ་ཆེན་ Choki=ཆོས་སྐྱིད་ Deki=བདེ་སྐྱིད་ Yangchen=དབྱངས་ཅན་ Sangay=སངས་རྒྱས་ Kinley=ཀུན་ལེགས་
        Karma=ཀརྨ་ Sonam=བསོད་ནམས་ Tshering=ཚེ་རིང་""",
    ),
    men=names(
        """Ugyen=ཨོ་རྒྱན་ Jigme=འཇིགས་མེད་ Tashi=བཀྲ་ཤིས་ Namgay=རྣམ་རྒྱས་ Kuenga=ཀུན་དགའ་ Sangay=སངས་རྒྱས་ Kinley=ཀུན་ལེགས་
        Karma=ཀརྨ་ Sonam=བསོད་ནམས་ Tshering=ཚེ་རིང་""",
    ),
    families=names(
        """Dorji=རྡོ་རྗེ། Wangdi=དབང་འདུས། Wangmo=དབང་མོ། Lhamo=ལྷ་མོ། Zangmo=བཟང་མོ། Phuntsho=ཕུན་ཚོགས། Norbu=ནོར་བུ།
        Tenzin=བསྟན་འཛིན། Gyeltshen=རྒྱལ་མཚན། Choden=ཆོས་སྒྲོན།""",
    ),
    script="TIBETAN",
)

MALDIVIAN = Tradition(
    language="dv",
    women=names("Aishath=އައިޝަތު Mariyam=މަރިޔަމް Fathimath=ފާތިމަތު Hawwa=ހައްވާ Aminath=އާމިނަތު Shifa=ޝިފާ Nashwa=ނަޝްވާ"),
    men=names("Ahmed=އަޙްމަދު Ibrahim=އިބްރާހީމް Ismail=އިސްމާޢީލް Hussain=ޙުސައިން Ali=ޢަލީ Hassan=ޙަސަން Yoosuf=ޔޫސުފް"),
    families=names("Rasheed=ރަޝީދު Naseer=ނަޞީރު Waheed=ވަޙީދު Shareef=ޝަރީފު Adam=އާދަމް Moosa=މޫސާ Saeed=ސަޢީދު Latheef=ލަޠީފު"),
    script="THAANA",
)

NEPALI = Tradition(
    language="ne",
    women=names(
        """Sita=सीता Anjali=अञ्जली Puja=पूजा Sunita=सुनिता Asmita=अस्मिता Kabita=कविता Srijana=सृजना Bimala=बिमला Sabina=सबिना
        Prakriti=प्रकृति Manisha=मनिषा Gita=गीता Rachana=रचना Samjhana=सम्झना Nirmala=निर्मला Alina=अलिना""",
    ),
    men=names(
        """Bikash=विकास Suman=सुमन Prakash=प्रकाश Ramesh=रमेश Dipesh=दिपेश Sujan=सुजन Nabin=नविन Anil=अनिल Kiran=किरण Roshan=रोशन
        Bishal=विशाल Santosh=सन्तोष Manoj=मनोज Sagar=सागर Rajan=राजन Pradip=प्रदीप""",
    ),
    families=names(
        """Shrestha=श्रेष्ठ Tamang=तामाङ Gurung=गुरुङ Adhikari=अधिकारी Thapa=थापा Karki=कार्की Rai=राई Magar=मगर Maharjan=महर्जन
        Poudel=पौडेल Basnet=बस्नेत Bhandari=भण्डारी Khadka=खड्का Limbu=लिम्बु Acharya=आचार्य Pandey=पाण्डे Ghimire=घिमिरे Dahal=दाहाल""",
    ),
    script="DEVANAGARI",
)

PAKISTANI = Tradition(
    language="ur",
    women=names(
        """Ayesha=عائشہ Fatima=فاطمہ Sana=ثنا Hira=حرا Maryam=مریم Zainab=زینب Iqra=اقرا Amna=آمنہ Rabia=رابعہ Nida=ندا Saima=صائمہ
        Mehwish=مہوش Sadia=سعدیہ Bushra=بشریٰ Kiran=کرن Areeba=عریبہ Noor=نور Hafsa=حفصہ""",
    ),
    men=names(
        """Ahmed=احمد Bilal=بلال Usman=عثمان Hamza=حمزہ Ali=علی Zubair=زبیر Faisal=فیصل Kashif=کاشف Adeel=عدیل Saad=سعد Waqas=وقاص
        Junaid=جنید Talha=طلحہ Haris=حارث Omar=عمر Yasir=یاسر Asad=اسد Danish=دانش""",
    ),
    families=names(
        """Khan=خان Ahmad=احمد Hussain=حسین Malik=ملک Qureshi=قریشی Siddiqui=صدیقی Butt=بٹ Sheikh=شیخ Raza=رضا Iqbal=اقبال
        Javed=جاوید Mirza=مرزا Chaudhry=چوہدری Akhtar=اختر Shah=شاہ Abbasi=عباسی Awan=اعوان Rehman=رحمان Baig=بیگ Aslam=اسلم""",
    ),
    script="ARABIC",
)

SINHALESE = Tradition(
    language="si",
    women=names(
        """Nadeesha=නදීශා Dilini=දිලිනි Chathurika=චතුරිකා Sanduni=සඳුනි Ishara=ඉෂාරා Hiruni=හිරුනි Thilini=තිලිනි Kavindi=කවිඳි
        Nimali=නිමාලි Sachini=සචිනි Anusha=අනුෂා Malini=මාලිනී Dinithi=දිනිති Upeksha=උපේක්ෂා""",
    ),
    men=names(
        """Kasun=කසුන් Nuwan=නුවන් Chamara=චාමර Dinesh=දිනේෂ් Tharindu=තරිඳු Sanjeewa=සංජීව Isuru=ඉසුරු Lahiru=ලහිරු Ruwan=රුවන්
        Asela=අසේල Pasindu=පසිඳු Gayan=ගයාන් Sampath=සම්පත් Janaka=ජනක""",
    ),
    families=names(
        """Perera=පෙරේරා Fernando=ප්‍රනාන්දු Silva=සිල්වා Jayasuriya=ජයසූරිය Bandara=බණ්ඩාර Dissanayake=දිසානායක Gunawardena=ගුණවර්ධන
        Herath=හේරත් Karunaratne=කරුණාරත්න Wijesinghe=විජේසිංහ Rathnayake=රත්නායක Senanayake=සේනානායක Amarasinghe=අමරසිංහ
        Weerasinghe=වීරසිංහ Liyanage=ලියනගේ Kumara=කුමාර""",
    ),
    script="SINHALA",
)

SRI_LANKAN_TAMIL = Tradition(
    language="ta",
    women=names(
        "Abirami=அபிராமி Tharshini=தர்ஷினி Kavitha=கவிதா Nirosha=நிரோஷா Vithya=வித்யா Sangeetha=சங்கீதா Thulasi=துளசி Mathuri=மாதுரி"
    ),
    men=names(
        "Kajan=கஜன் Nirojan=நிரோஜன் Suren=சுரேன் Pirathap=பிரதாப் Thusyanthan=துஷ்யந்தன் Mayuran=மயூரன் Vimalan=விமலன் Sivan=சிவன்"
    ),
    families=names(
        """Selvarajah=செல்வராஜா Sivakumar=சிவகுமார் Nadarajah=நடராஜா Kandasamy=கந்தசாமி Thangarajah=தங்கராஜா Rajendran=ராஜேந்திரன்
        Balasingam=பாலசிங்கம் Yogeswaran=யோகேஸ்வரன்""",
    ),
    script="TAMIL",
)

TRADITIONS = {
    "BD": ((1, BANGLADESHI),),
    "BT": ((1, BHUTANESE),),
    "LK": ((4, SINHALESE), (1, SRI_LANKAN_TAMIL)),
    "MV": ((1, MALDIVIAN),),
    "NP": ((1, NEPALI),),
    "PK": ((1, PAKISTANI),),
}
