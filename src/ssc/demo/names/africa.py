"""Names of Africa south of the Sahara."""

from ssc.demo.names.tradition import Tradition, names

_ENGLISH_WOMEN = "Grace Mercy Faith Esther Ruth Joyce Lydia Naomi Beatrice Gloria Hope Patience"
_ENGLISH_MEN = "Daniel Samuel Joseph Peter David Emmanuel Moses Isaac Stephen Victor Charles Elijah"
_FRENCH_WOMEN = "Aminata Mariam Fatou Solange Clémence Bernadette Edwige Nadège Viviane Rokia"
_FRENCH_MEN = "Jean-Pierre Moussa Serge Alain Didier Ousmane Rodrigue Cédric Mamadou Achille"

AMHARIC = Tradition(
    language="am",
    women=names("Selam=ሰላም Hiwot=ሕይወት Tigist=ትዕግስት Meron=ሜሮን Bethlehem=ቤተልሔም Almaz=አልማዝ Sara=ሳራ Eden=ኤደን Rahel=ራሔል"),
    men=names("Abebe=አበበ Dawit=ዳዊት Yonas=ዮናስ Bereket=በረከት Samuel=ሳሙኤል Henok=ሄኖክ Tesfaye=ተስፋዬ Girma=ግርማ Kaleb=ካሌብ"),
    families=names(
        "Bekele=በቀለ Tadesse=ታደሰ Alemu=አለሙ Kebede=ከበደ Worku=ወርቁ Mekonnen=መኮንን Haile=ኃይሌ Getachew=ጌታቸው Desta=ደስታ"
    ),
    script="ETHIOPIC",
)

KENYAN = Tradition(
    language="sw",
    women=names(f"{_ENGLISH_WOMEN} Wanjiru Achieng Nyambura Chebet Akinyi Mwende"),
    men=names(f"{_ENGLISH_MEN} Kamau Otieno Kiprotich Mutua Barasa Njoroge"),
    families=names(
        "Mwangi Odhiambo Kariuki Wekesa Kiplagat Muthoni Omondi Njeri Kimani Cheruiyot Musyoka Onyango Wafula Maina Rotich Nyaga Mutiso Okoth"
    ),
)

TANZANIAN = Tradition(
    language="sw",
    women=names(f"{_ENGLISH_WOMEN} Neema Rehema Zawadi Amina Asha Upendo"),
    men=names(f"{_ENGLISH_MEN} Baraka Juma Hamisi Salum Rashidi Omari"),
    families=names("Mushi Massawe Kimaro Mwakyusa Lyimo Shayo Mbwambo Komba Ngowi Mollel Chuwa Swai Mrema Kessy"),
)

UGANDAN = Tradition(
    language="en-UG",
    women=names(f"{_ENGLISH_WOMEN} Nakato Namutebi Akello Apio Birungi"),
    men=names(f"{_ENGLISH_MEN} Kato Wasswa Okello Mugisha Opio"),
    families=names("Ssempijja Nsubuga Kizza Byaruhanga Tumusiime Odongo Lubega Nabirye Asiimwe Kaggwa Ochieng Mukasa"),
)

RWANDAN = Tradition(
    language="rw",
    women=names("Claudine Vestine Diane Solange Ingabire Umutoni Aline Chantal"),
    men=names("Jean-Claude Eric Patrick Innocent Olivier Fabrice Aimable Thierry"),
    families=names("Uwase Habimana Niyonzima Mukamana Nshimiyimana Uwimana Hakizimana Iradukunda Nsengiyumva Mugabo"),
)

YORUBA = Tradition(
    language="yo",
    women=names("Folake Yetunde Abimbola Ṣadé Bukola Titilayo Oluwaseun Morẹ́nikẹ́"),
    men=names("Adewale Babatunde Olumide Ayọ̀délé Kayode Oluwafemi Segun Ṣọlá"),
    families=names("Adeyemi Ogunleye Afolabi Adebayo Ọlátúnjí Akinola Bamidele Ojo Adekunle Fashola"),
)

IGBO_AND_HAUSA = Tradition(
    language="en-NG",
    women=names("Chioma Ngozi Adaeze Ifeoma Hauwa Zainab Amara Obioma Halima"),
    men=names("Chinedu Emeka Obinna Ikechukwu Musa Ibrahim Uchenna Nnamdi Sani"),
    families=names("Okafor Nwosu Eze Okonkwo Bello Abubakar Nnadi Onyekachi Danjuma Umeh Garba Iwuoha"),
)

GHANAIAN = Tradition(
    language="ak",
    women=names("Akosua Abena Efua Ama Adwoa Esi Afia Araba Serwaa"),
    men=names("Kwame Kofi Kwabena Yaw Kojo Kwaku Kwesi Ekow Nii"),
    families=names("Mensah Owusu Boateng Asante Osei Appiah Amoah Agyeman Darko Quaye Tetteh Addo Lamptey Sarpong"),
)

SOUTH_AFRICAN = Tradition(
    language="en-ZA",
    women=names("Nomsa Thandiwe Lerato Zanele Anneke Marié Ayanda Palesa Priyanka Chantelle"),
    men=names("Sipho Thabo Bongani Pieter Johan Mandla Tshepo Lwazi Yusuf Werner"),
    families=names(
        "Nkosi Dlamini Botha van_Wyk Naidoo Khumalo Mokoena Venter Sithole Govender Molefe Pretorius Zulu Adams Mahlangu"
    ),
)

SOUTHERN_AFRICAN = Tradition(
    language="en",
    women=names(f"{_ENGLISH_WOMEN} Chipo Thoko Mutinta Boitumelo Kagiso Ndapewa Tendai"),
    men=names(f"{_ENGLISH_MEN} Tapiwa Chikondi Mulenga Kabelo Tuhafeni Themba Farai"),
    families=names(
        """Banda Phiri Mwale Tembo Moyo Ncube Chirwa Mulenga Zimba Sibanda Motsumi Seretse-Modise Kgosi Haufiku Shikongo Nyirenda
        Kapenda Dube Chanda Lungu-Mwila""",
    ),
)

FRANCOPHONE = Tradition(
    language="fr",
    women=names(_FRENCH_WOMEN),
    men=names(_FRENCH_MEN),
    families=names(
        """Ndiaye Diop Fall Sarr Koné Traoré Ouattara Kouassi Yao Adjovi Hounkpè Dossou Nguema Mbarga Fotso Tchoumi Kamga Essomba Sow
        Cissé Zinsou-Agbo""",
    ),
)

MALAGASY = Tradition(
    language="mg",
    women=names("Hanitra Voahangy Mialy Fanja Lalaina Noro Soa Tahiry"),
    men=names("Hery Rivo Faly Tojo Mamy Solofo Andry Njaka"),
    families=names(
        "Rakotomalala Randriamanana Rasoanaivo Andriantsoa Razafindrabe Ratsimbazafy Rabemananjara-Soa Ramaroson Andrianaivo"
    ),
)

MOZAMBICAN = Tradition(
    language="pt",
    women=names("Celeste Graça Lurdes Anabela Felismina Zaida Isaura Olinda"),
    men=names("Armindo Alberto Zacarias Hélder Inácio Ernesto Lázaro Simião"),
    families=names("Machava Nhantumbo Cossa Mabunda Sitoe Chissano-Bila Tembe Muianga Langa Mucavele"),
)

TRADITIONS = {
    "BJ": ((1, FRANCOPHONE),),
    "BW": ((1, SOUTHERN_AFRICAN),),
    "CI": ((1, FRANCOPHONE),),
    "CM": ((1, FRANCOPHONE),),
    "ET": ((1, AMHARIC),),
    "GH": ((1, GHANAIAN),),
    "KE": ((1, KENYAN),),
    "MG": ((1, MALAGASY),),
    "MW": ((1, SOUTHERN_AFRICAN),),
    "MZ": ((1, MOZAMBICAN),),
    "NA": ((1, SOUTHERN_AFRICAN),),
    "NG": ((1, YORUBA), (1, IGBO_AND_HAUSA)),
    "RW": ((1, RWANDAN),),
    "SN": ((1, FRANCOPHONE),),
    "TZ": ((1, TANZANIAN),),
    "UG": ((1, UGANDAN),),
    "ZA": ((1, SOUTH_AFRICAN),),
    "ZM": ((1, SOUTHERN_AFRICAN),),
    "ZW": ((1, SOUTHERN_AFRICAN),),
}
