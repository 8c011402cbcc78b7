"""Names of Central Asia, the Caucasus and the few European countries among the club's ninety."""

from ssc.demo.names.tradition import Tradition, names

KAZAKH = Tradition(
    language="kk",
    women=names(
        """Aigerim=Айгерім Dana=Дана Zarina=Зарина Madina=Мадина Aliya=Әлия Gulnaz=Гүлназ Asel=Әсел Tomiris=Томирис Kamila=Камила
        Saule=Сәуле Zhanar=Жанар Ainur=Айнұр""",
    ),
    men=names(
        """Nurlan=Нұрлан Yerlan=Ерлан Arman=Арман Daniyar=Данияр Timur=Тимур Bauyrzhan=Бауыржан Sanzhar=Санжар Alikhan=Әлихан
        Ruslan=Руслан Askar=Асқар Olzhas=Олжас Marat=Марат""",
    ),
    families=names(
        """Akhmetov=Ахметов Omarov=Омаров Ibrayev=Ибраев Suleimenov=Сүлейменов Kasymov=Қасымов Abdrakhmanov=Абдрахманов
        Zhumabayev=Жұмабаев Serikov=Серіков Iskakov=Ысқақов Tulegenov=Төлегенов""",
    ),
    families_of_women=names(
        """Akhmetova=Ахметова Omarova=Омарова Ibrayeva=Ибраева Suleimenova=Сүлейменова Kasymova=Қасымова
        Abdrakhmanova=Абдрахманова Zhumabayeva=Жұмабаева Serikova=Серікова Iskakova=Ысқақова Tulegenova=Төлегенова""",
    ),
    script="CYRILLIC",
)

KYRGYZ = Tradition(
    language="ky",
    women=names(
        "Aizada=Айзада Nurgul=Нургүл Begimai=Бегимай Cholpon=Чолпон Jyldyz=Жылдыз Ayana=Аяна Meerim=Мээрим Gulzat=Гүлзат"
    ),
    men=names("Azamat=Азамат Bakyt=Бакыт Ulan=Улан Nurbek=Нурбек Emir=Эмир Aibek=Айбек Talant=Талант Kubat=Кубат"),
    families=names(
        "Asanov=Асанов Toktogulov=Токтогулов Mamytov=Мамытов Sydykov=Сыдыков Isakov=Исаков Bekov=Беков Osmonov=Осмонов"
    ),
    families_of_women=names(
        "Asanova=Асанова Toktogulova=Токтогулова Mamytova=Мамытова Sydykova=Сыдыкова Isakova=Исакова Bekova=Бекова Osmonova=Осмонова"
    ),
    script="CYRILLIC",
)

TAJIK = Tradition(
    language="tg",
    women=names(
        "Shahnoza=Шаҳноза Zebo=Зебо Manizha=Манижа Nigora=Нигора Parvina=Парвина Farzona=Фарзона Munisa=Муниса"
    ),
    men=names("Farrukh=Фаррух Jamshed=Ҷамшед Rustam=Рустам Sherzod=Шерзод Daler=Далер Firdavs=Фирдавс Komron=Комрон"),
    families=names(
        "Rahimov=Раҳимов Karimov=Каримов Nazarov=Назаров Sharipov=Шарипов Davlatov=Давлатов Saidov=Саидов Yusufov=Юсуфов"
    ),
    families_of_women=names(
        "Rahimova=Раҳимова Karimova=Каримова Nazarova=Назарова Sharipova=Шарипова Davlatova=Давлатова Saidova=Саидова Yusufova=Юсуфова"
    ),
    script="CYRILLIC",
)

UZBEK = Tradition(
    language="uz",
    women=names(
        "Dilnoza=Дилноза Gulnora=Гулнора Malika=Малика Nilufar=Нилуфар Sevara=Севара Zulfiya=Зулфия Barno=Барно Kamola=Камола"
    ),
    men=names(
        "Jasur=Жасур Otabek=Отабек Sardor=Сардор Bobur=Бобур Aziz=Азиз Sherali=Шерали Doniyor=Дониёр Ulugbek=Улуғбек"
    ),
    families=names(
        "Yuldashev=Йўлдошев Tursunov=Турсунов Ergashev=Эргашев Khasanov=Ҳасанов Mirzayev=Мирзаев Saidov=Саидов Usmonov=Усмонов"
    ),
    families_of_women=names(
        "Yuldasheva=Йўлдошева Tursunova=Турсунова Ergasheva=Эргашева Khasanova=Ҳасанова Mirzayeva=Мирзаева Saidova=Саидова Usmonova=Усмонова"
    ),
    script="CYRILLIC",
)

TURKMEN = Tradition(
    language="tk",
    women=names("Aýna Ogulgerek Jeren Maral Selbi Gözel Bahar Aknabat"),
    men=names("Myrat Batyr Döwlet Kerim Serdar Maksat Arslan Begenç"),
    families=names("Annaýew Berdiýew Garajaýew Hojaýew Meredow Orazow Saparow Ýazmyradow"),
    families_of_women=names("Annaýewa Berdiýewa Garajaýewa Hojaýewa Meredowa Orazowa Saparowa Ýazmyradowa"),
)

AZERBAIJANI = Tradition(
    language="az",
    women=names("Aysel Günel Leyla Nigar Sevinc Aytən Fidan Lalə"),
    men=names("Elçin Rəşad Tural Orxan Kamran Vüsal Elnur Fuad"),
    families=names("Məmmədov Quliyev Həsənov Əliyarov Hüseynov Kərimov Rəhimov Abbasov"),
    families_of_women=names("Məmmədova Quliyeva Həsənova Əliyarova Hüseynova Kərimova Rəhimova Abbasova"),
)

GEORGIAN = Tradition(
    language="ka",
    women=names("Nino=ნინო Tamar=თამარ Mariam=მარიამ Ana=ანა Salome=სალომე Natia=ნათია Ketevan=ქეთევან"),
    men=names("Giorgi=გიორგი Luka=ლუკა Davit=დავით Levan=ლევან Nika=ნიკა Irakli=ირაკლი Zurab=ზურაბ"),
    families=names(
        "Beridze=ბერიძე Kapanadze=კაპანაძე Gelashvili=გელაშვილი Maisuradze=მაისურაძე Lomidze=ლომიძე Tsiklauri=წიკლაური Bolkvadze=ბოლქვაძე"
    ),
    script="GEORGIAN",
)

ARMENIAN = Tradition(
    language="hy",
    women=names("Ani=Անի Mariam=Մարիամ Lilit=Լիլիթ Nare=Նարե Gayane=Գայանե Anahit=Անահիտ Astghik=Աստղիկ"),
    men=names("Davit=Դավիթ Narek=Նարեկ Tigran=Տիգրան Hayk=Հայկ Aram=Արամ Gor=Գոռ Vahan=Վահան"),
    families=names(
        """Grigoryan=Գրիգորյան Harutyunyan=Հարությունյան Hakobyan=Հակոբյան Petrosyan=Պետրոսյան Vardanyan=Վարդանյան
        Avetisyan=Ավետիսյան Khachatryan=Խաչատրյան""",
    ),
    script="ARMENIAN",
)

UKRAINIAN = Tradition(
    language="uk",
    women=names(
        "Olena=Олена Iryna=Ірина Oksana=Оксана Daryna=Дарина Yuliia=Юлія Solomiia=Соломія Kateryna=Катерина Mariia=Марія"
    ),
    men=names("Andrii=Андрій Taras=Тарас Oleh=Олег Maksym=Максим Ivan=Іван Bohdan=Богдан Dmytro=Дмитро Serhii=Сергій"),
    families=names(
        "Kovalenko=Коваленко Bondarenko=Бондаренко Tkachenko=Ткаченко Kravchenko=Кравченко Melnyk=Мельник Savchenko=Савченко Lysenko=Лисенко"
    ),
    script="CYRILLIC",
)

BULGARIAN = Tradition(
    language="bg",
    women=names("Elena=Елена Desislava=Десислава Maria=Мария Viktoria=Виктория Radka=Радка Tsveta=Цвета"),
    men=names("Georgi=Георги Dimitar=Димитър Nikolay=Николай Stoyan=Стоян Plamen=Пламен Kaloyan=Калоян"),
    families=names("Ivanov=Иванов Petrov=Петров Dimitrov=Димитров Stoyanov=Стоянов Nikolov=Николов Todorov=Тодоров"),
    families_of_women=names(
        "Ivanova=Иванова Petrova=Петрова Dimitrova=Димитрова Stoyanova=Стоянова Nikolova=Николова Todorova=Тодорова"
    ),
    script="CYRILLIC",
)

POLISH = Tradition(
    language="pl",
    women=names("Agnieszka Małgorzata Zofia Katarzyna Joanna Magdalena Łucja Hanna"),
    men=names("Paweł Łukasz Michał Tomasz Wojciech Grzegorz Piotr Stanisław"),
    families=names("Nowak Wójcik Kowalczyk Mazur Krawczyk Zając Król Wróbel Dąbek Pawlak Sikora Gołąb"),
)

HUNGARIAN = Tradition(
    language="hu",
    women=names("Zsófia Eszter Réka Boglárka Katalin Ágnes Judit Dóra"),
    men=names("László Gábor Bence Máté Zoltán Péter Ádám Balázs"),
    families=names("Nagy Kovács Tóth Szabó Horváth Varga Kiss Molnár Farkas Balogh"),
    written="{family} {given}",
)

ROMANIAN = Tradition(
    language="ro",
    women=names("Andreea Ioana Mihaela Raluca Ștefania Elena Bianca Cătălina"),
    men=names("Andrei Mihai Ștefan Răzvan Vlad Bogdan Cosmin Ionuț"),
    families=names("Popescu Ionescu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu Munteanu"),
)

CZECH = Tradition(
    language="cs",
    women=names("Tereza Kateřina Lucie Eliška Barbora Veronika Markéta Jana"),
    men=names("Jan Tomáš Jiří Ondřej Lukáš Vojtěch Matěj Petr"),
    families=names("Novák Svoboda Novotný Dvořák Černý Procházka Kučera Veselý"),
    families_of_women=names("Nováková Svobodová Novotná Dvořáková Černá Procházková Kučerová Veselá"),
)

TRADITIONS = {
    "AM": ((1, ARMENIAN),),
    "AZ": ((1, AZERBAIJANI),),
    "BG": ((1, BULGARIAN),),
    "CZ": ((1, CZECH),),
    "GE": ((1, GEORGIAN),),
    "HU": ((1, HUNGARIAN),),
    "KG": ((1, KYRGYZ),),
    "KZ": ((1, KAZAKH),),
    "PL": ((1, POLISH),),
    "RO": ((1, ROMANIAN),),
    "TJ": ((1, TAJIK),),
    "TM": ((1, TURKMEN),),
    "UA": ((1, UKRAINIAN),),
    "UZ": ((1, UZBEK),),
}
