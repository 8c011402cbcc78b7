"""Names of China, Taiwan, Hong Kong, Korea, Mongolia and Japan."""

from ssc.demo.names.tradition import Tradition, joined, names

CHINESE = Tradition(
    language="zh",
    women=joined(
        """Xiao=晓 Yu=雨 Jia=佳 Si=思 Xin=欣 Yi=怡 Meng=梦 Ya=雅 Shu=淑 Hui=慧 Li=丽 Xue=雪 Jing=静 Zi=子 Ruo=若
        Wan=婉 Qing=清 Mei=美 Lan=兰 Ke=可 Han=涵 Bing=冰 Chun=春 Yue=月""",
        """Ting=婷 Yan=妍 Na=娜 Lin=琳 Fang=芳 Ying=莹 Qian=倩 Yao=瑶 Ning=宁 Xuan=萱 Han=涵 Yue=悦 Zhen=珍 Hua=华
        Ping=萍 Rong=蓉 Lu=露 Qi=琪 Min=敏 Jie=洁 Wen=雯 Tong=彤 Shan=珊 Juan=娟""",
    ),
    men=joined(
        """Zhi=志 Jian=建 Wen=文 Hao=浩 Yu=宇 Ming=明 Guo=国 Jun=俊 Zi=子 Tian=天 Hai=海 Yong=永 Shao=少 De=德 Li=立
        Bo=博 Cheng=成 Hong=鸿 Jia=家 Xiao=晓 Zheng=正 Chun=春 Qi=启 Rui=瑞""",
        """Qiang=强 Wei=伟 Feng=峰 Jun=军 Hao=豪 Peng=鹏 Lei=磊 Tao=涛 Bin=斌 Xuan=轩 Kai=凯 Long=龙 Hui=辉 Hang=航
        Chao=超 Bo=波 Ning=宁 Xiang=翔 Gang=刚 Jie=杰 Liang=亮 Sheng=胜 Yi=毅 Lin=林""",
    ),
    families=names(
        """Wang=王 Li=李 Zhang=张 Liu=刘 Chen=陈 Yang=杨 Zhao=赵 Huang=黄 Zhou=周 Wu=吴 Xu=徐 Sun=孙 Hu=胡 Zhu=朱 Gao=高
        Lin=林 He=何 Guo=郭 Ma=马 Luo=罗 Liang=梁 Song=宋 Zheng=郑 Xie=谢 Han=韩 Tang=唐 Yu=于 Dong=董 Xiao=萧
        Cheng=程 Cao=曹 Yuan=袁 Deng=邓 Fu=傅 Shen=沈 Zeng=曾 Peng=彭 Lu=吕 Su=苏 Jiang=蒋 Cai=蔡 Jia=贾 Ding=丁
        Wei=魏 Xue=薛 Ye=叶 Yan=阎 Pan=潘 Du=杜 Dai=戴 Xia=夏 Zhong=钟 Tian=田 Ren=任 Fan=范 Fang=方 Shi=石 Yao=姚
        Tan=谭 Liao=廖 Zou=邹 Xiong=熊 Jin=金 Hao=郝 Kong=孔 Bai=白 Cui=崔 Kang=康 Qiu=邱 Qin=秦""",
    ),
    written="{family} {given}",
    native="{family}{given}",
    script="CJK",
)

TAIWANESE = Tradition(
    language="zh-TW",
    women=joined(
        "Ya=雅 Yi=怡 Shu=淑 Mei=美 Hui=惠 Pei=佩 Yu=玉 Hsin=欣 Chia=佳 Tzu=子 Wan=婉 Ssu=思",
        "Ting=婷 Chun=君 Fen=芬 Ling=玲 Chen=珍 Wen=雯 Hua=華 Ju=如 Han=涵 Hsuan=萱 Yun=雲 Jung=蓉",
        between="-",
    ),
    men=joined(
        "Chih=志 Chien=建 Chun=俊 Tsung=宗 Chia=家 Wen=文 Ming=明 Po=柏 Kuan=冠 Cheng=承 Yu=宇 Hung=宏",
        "Hao=豪 Wei=偉 Ming=銘 Hung=鴻 Lin=霖 Hsiang=翔 Yuan=元 Han=翰 Ting=廷 Jen=仁 Chieh=傑 Hsien=賢",
        between="-",
    ),
    families=names(
        """Chen=陳 Lin=林 Huang=黃 Chang=張 Li=李 Wang=王 Wu=吳 Liu=劉 Tsai=蔡 Yang=楊 Hsu=許 Cheng=鄭 Hsieh=謝 Kuo=郭 Hung=洪
        Chiu=邱 Tseng=曾 Liao=廖 Lai=賴 Chou=周 Yeh=葉 Su=蘇 Chuang=莊 Lu=呂 Chiang=江 Ho=何 Hsiao=蕭 Lo=羅 Kao=高 Chien=簡""",
    ),
    written="{family} {given}",
    native="{family}{given}",
    script="CJK",
)

CANTONESE = Tradition(
    language="zh-HK",
    women=joined(
        "Ka=嘉 Wing=詠 Hoi=凱 Tsz=紫 Yuk=玉 Sze=思 Mei=美 Suet=雪 Pui=佩 Lok=樂",
        "Yan=欣 Man=文 Ying=瑩 Ting=婷 Ki=琪 Lam=琳 Yi=怡 Wai=慧 Ching=晴 Yee=儀",
        between=" ",
        lower=False,
    ),
    men=joined(
        "Ka=家 Chun=俊 Chi=志 Wai=偉 Ho=浩 Tsz=子 Kin=健 Wing=永 Man=文 Kwok=國",
        "Ming=明 Hin=軒 Lok=樂 Fung=峰 Kit=傑 Keung=強 Long=朗 Yin=然 Wah=華 Hong=康",
        between=" ",
        lower=False,
    ),
    families=names(
        """Chan=陳 Wong=黃 Lee=李 Cheung=張 Lau=劉 Leung=梁 Ng=吳 Ho=何 Lam=林 Cheng=鄭 Chow=周 Tsang=曾 Tang=鄧 Yip=葉 Kwok=郭
        Mak=麥 Fung=馮 Yeung=楊 Tse=謝 Chu=朱 Lo=羅 Siu=蕭 Hui=許 Poon=潘 So=蘇""",
    ),
    written="{family} {given}",
    native="{family}{given}",
    script="CJK",
)

KOREAN = Tradition(
    language="ko",
    women=joined(
        "Seo=서 Ji=지 Min=민 Ye=예 Su=수 Ha=하 Yu=유 Eun=은 Da=다 Chae=채 Mi=미 So=소 Hye=혜 Jeong=정 Na=나 Ga=가",
        "Yeon=연 Yun=윤 Won=원 Jin=진 Eun=은 Bin=빈 Ah=아 Rin=린 Hyeon=현 Young=영 Kyung=경 Hee=희 Seo=서 Na=나",
    ),
    men=joined(
        """Min=민 Seo=서 Do=도 Ji=지 Jun=준 Hyun=현 Seung=승 Tae=태 Dong=동 Sang=상 Jae=재 Sung=성 Young=영 Woo=우 Gun=건
        Kyung=경""",
        "Jun=준 Woo=우 Ho=호 Hyeon=현 Min=민 Hoon=훈 Jin=진 Seok=석 Won=원 Soo=수 Gyu=규 Yoon=윤 Chan=찬 Bin=빈",
    ),
    families=names(
        """Kim=김 Lee=이 Park=박 Choi=최 Jung=정 Kang=강 Cho=조 Yoon=윤 Jang=장 Lim=임 Han=한 Oh=오 Seo=서 Shin=신 Kwon=권
        Hwang=황 Ahn=안 Song=송 Ryu=류 Hong=홍 Jeon=전 Ko=고 Moon=문 Yang=양 Son=손 Bae=배 Baek=백 Heo=허 Nam=남 Shim=심""",
    ),
    written="{family} {given}",
    native="{family}{given}",
    script="HANGUL",
)

_MONGOLIAN_FATHERS = names(
    """Batbayar=Батбаяр Ganbold=Ганболд Bat-Erdene=Бат-Эрдэнэ Otgonbayar=Отгонбаяр Enkhbayar=Энхбаяр Tsogtbaatar=Цогтбаатар
    Munkhbat=Мөнхбат Dorj=Дорж Sukhbat=Сүхбат Purevdorj=Пүрэвдорж Altangerel=Алтангэрэл Gantulga=Гантулга Davaasuren=Даваасүрэн
    Boldbaatar=Болдбаатар Nyamdorj=Нямдорж Tumurbaatar=Төмөрбаатар Khurelbaatar=Хүрэлбаатар Erdenebileg=Эрдэнэбилэг
    Jargalsaikhan=Жаргалсайхан Lkhagvasuren=Лхагвасүрэн Batsaikhan=Батсайхан Chinbat=Чинбат""",
)

MONGOLIAN = Tradition(
    language="mn",
    women=names(
        """Nomin=Номин Enkhjin=Энхжин Anu=Ану Sarnai=Сарнай Oyun=Оюун Bolormaa=Болормаа Tsetseg=Цэцэг Solongo=Солонго Khulan=Хулан
        Maral=Марал Uranchimeg=Уранчимэг Saruul=Саруул Ariunaa=Ариунаа Munkhzul=Мөнхзул Gerelmaa=Гэрэлмаа Undral=Ундрал
        Misheel=Мишээл Tuya=Туяа Dulguun=Дөлгөөн Enkhtuya=Энхтуяа Nandin=Нандин Delgermaa=Дэлгэрмаа""",
    ),
    men=names(
        """Temuulen=Тэмүүлэн Bilguun=Билгүүн Tuguldur=Төгөлдөр Anand=Ананд Munkh-Orgil=Мөнх-Оргил Enkhbold=Энхболд Khangai=Хангай
        Batzorig=Батзориг Sodnom=Содном Altan=Алтан Ider=Идэр Chuluun=Чулуун Usukhbayar=Өсөхбаяр Tengis=Тэнгис Orgil=Оргил
        Erkhes=Эрхэс Naranbaatar=Наранбаатар Tuvshin=Түвшин Zorigt=Зоригт Gan-Erdene=Ган-Эрдэнэ Bayar=Баяр Sukhee=Сүхээ""",
    ),
    families=_MONGOLIAN_FATHERS,
    native="{family} {given}",
    script="CYRILLIC",
)

JAPANESE = Tradition(
    language="ja",
    women=names(
        "Haruka=遥 Yui=結衣 Aoi=葵 Sakura=桜 Misaki=美咲 Nanami=七海 Kaori=香織 Mayumi=真由美 Ayaka=彩花 Chihiro=千尋"
    ),
    men=names("Haruto=陽斗 Sota=颯太 Kenji=健二 Takumi=匠 Daichi=大地 Yuto=悠斗 Naoki=直樹 Ryo=涼 Hayato=隼人 Shun=駿"),
    families=names(
        """Minagawa=皆川 Hayashida=林田 Kitahara=北原 Onodera=小野寺 Shiraishi=白石 Asakura=朝倉 Kurokawa=黒川 Tachibana=橘
        Mizushima=水島 Hanamura=花村""",
    ),
    native="{family} {given}",
    script="CJK",
)

TRADITIONS = {
    "CN": ((1, CHINESE),),
    "TW": ((1, TAIWANESE),),
    "HK": ((1, CANTONESE),),
    "KR": ((1, KOREAN),),
    "MN": ((1, MONGOLIAN),),
    "JP": ((1, JAPANESE),),
}
