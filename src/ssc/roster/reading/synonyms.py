"""The words that rosters' headers use for our columns, English and Japanese."""

FIELDS = (
    "name",
    "name_native",
    "email",
    "email_2",
    "country",
    "birth_date",
    "programme",
    "exchange_code",
    "exchange_title",
    "fiscal_year",
    "host",
    "sending",
    "role",
    "starts_on",
    "ends_on",
    "field",
    "do_not_contact",
    "mail_opt_out",
    "deceased",
)
"""The columns of a roster."""

PARTS = ("family_name", "given_name", "family_name_native", "given_name_native", "period")
"""What files have instead: a name in two columns, both dates in one."""

CERTAIN: dict[str, str] = {
    "name": """name; full name; name in english; english name; name (english); name (roman); name in roman letters;
        romanized name; romanised name; name in alphabet; name in block letters; name as in passport;
        passport name; name on passport; participant name; participant's name; name of participant; member name;
        student name; 氏名(英語); 氏名(英字); 氏名(英文); 氏名(ローマ字); 氏名(アルファベット); 英語氏名;
        英文氏名; 英字氏名; ローマ字氏名; ローマ字; アルファベット氏名; 参加者氏名(英語); 参加者氏名(英字);
        参加者氏名(ローマ字); パスポート氏名; 氏名(パスポート表記); 英語名; 英名; 名前(英語); 名前(ローマ字)""",
    "name_native": """name native; native name; name in native language; name in native script; name (native);
        name (native language); local name; name in local language; name in own script; original name;
        name in original script; name in chinese characters; name (chinese characters); name (kanji);
        kanji name; chinese name; 氏名(母語); 母語氏名; 氏名(現地語); 現地語氏名; 氏名(漢字); 漢字氏名; 漢字;
        氏名(原語); 原語氏名; 氏名(母国語); 母国語氏名; 現地表記; 漢字表記; 氏名(現地表記); 氏名(漢字表記);
        名前(漢字)""",
    "family_name": """family name; surname; last name; family name (english); surname (english); last name (english); 姓;
        名字; 苗字; 姓(英語); 姓(英字); 姓(ローマ字); 姓(アルファベット); ファミリーネーム; ラストネーム""",
    "given_name": """given name; given names; first name; first names; forename; forenames; first and middle name;
        given name (english); first name (english); given and middle names; 名; 名(英語); 名(英字);
        名(ローマ字); 名(アルファベット); ファーストネーム; ギブンネーム""",
    "family_name_native": """family name (native); surname (native); 姓(漢字); 姓(母語); 姓(現地語); 姓(原語); 姓(母国語);
        family name (kanji); family name in native script""",
    "given_name_native": """given name (native); first name (native); 名(漢字); 名(母語); 名(現地語); 名(原語); 名(母国語);
        given name (kanji); given name in native script""",
    "email": """email; mail; email address; mail address; email 1; email address 1; primary email; contact email;
        main email; メール; メールアドレス; eメール; eメールアドレス; 電子メール; 電子メールアドレス;
        電子メール アドレス; メール1; メールアドレス1; 連絡先メールアドレス; 連絡先メール; e-mailアドレス;
        emailアドレス; 主メールアドレス""",
    "email_2": """email 2; email address 2; second email; secondary email; alternative email; alternate email;
        other email; backup email; private email; personal email; mail 2; second mail address;
        alternative email address; メール2; メールアドレス2; 予備メール; 予備メールアドレス; 別メールアドレス;
        個人メール; 個人メールアドレス; 私用メールアドレス; 副メールアドレス; サブメールアドレス; eメール2""",
    "country": """country; country or region; country and region; country/region; countries/regions; country code;
        country name; home country; country of origin; nationality; citizenship; country of citizenship; 国;
        国名; 国籍; 国・地域; 国地域名; 国・地域名; 国籍・地域; 国または地域; 国/地域; 出身国; 出身国・地域;
        国コード; 国・地域コード""",
    "birth_date": """birth date; date of birth; birthday; dob; d.o.b.; birthdate; born; born on; day of birth; 生年月日;
        誕生日; 出生日; 生年月日(西暦); 生年月日(和暦); 出生年月日""",
    "programme": """programme; program; course; programme code; program code; programme name; program name; course name;
        programme/course; program/course; プログラム; プログラム名; コース; コース名; 事業; 事業名; 交流コース;
        プログラム・コース; プログラム区分; コース区分""",
    "exchange_code": """exchange code; exchange; exchange id; exchange no; exchange number; project code; project number;
        project no; project id; plan number; plan no; adoption number; reference number; reference no;
        application number; application no; application id; 交流コード; 交流番号; 採択番号; 計画番号;
        交流計画番号; 課題番号; 受付番号; 申請番号; 企画番号; 交流計画コード; 計画コード; 交流計画id; 交流id;
        プロジェクト番号""",
    "exchange_title": """exchange title; title; project title; plan title; project name; exchange name; exchange theme; theme;
        title of exchange; title of the exchange; project theme; 交流テーマ; 交流テーマ名; 交流計画名; 計画名;
        交流名; 課題名; 企画名; 交流計画題目; 交流題目; テーマ; テーマ名; 題目; タイトル; 実施テーマ;
        プロジェクト名; 研究テーマ""",
    "fiscal_year": """fiscal year; fy; year; financial year; jfy; japanese fiscal year; fiscal year (japan); 年度; 実施年度;
        会計年度; 採択年度; 参加年度; 招へい年度; 招聘年度; 来日年度; 事業年度; 受入年度; 年度(和暦);
        年度(西暦)""",
    "host": """host; host organisation; host organization; host institution; host university; hosting organisation;
        hosting organization; hosting institution; receiving organisation; receiving organization;
        receiving institution; accepting organisation; accepting organization; accepting institution;
        japanese host; host in japan; host organisation in japan; host organization in japan; 受入機関;
        受け入れ機関; 受入れ機関; 受入機関名; 受け入れ機関名; 受入れ機関名; 受入大学; 受入先; 受入先機関;
        受入校; 実施機関; 実施機関名; 日本側機関; 日本側受入機関; 受入団体; ホスト機関; ホスト; 受入大学名""",
    "sending": """sending; sending organisation; sending organization; sending organisations; sending organizations;
        sending institution; sending institutions; sending university; home institution; home university;
        home organisation; home organization; institution of origin; 送出機関; 送出し機関; 送り出し機関;
        送出機関名; 送出し機関名; 送り出し機関名; 派遣機関; 派遣元; 派遣元機関; 送出大学; 送出し大学; 海外機関;
        海外側機関""",
    "role": """role; participant type; type of participant; participation type; participant category; 役割; 参加区分;
        参加者区分; 参加者種別; 参加形態; 参加種別; 役割区分""",
    "starts_on": """starts on; start; start date; starts; date from; from; arrival; arrival date; date of arrival;
        beginning; begin date; first day; start of exchange; exchange start; period from; period start; 開始日;
        開始; 開始年月日; 来日日; 入国日; 受入開始日; 招へい開始日; 招聘開始日; 滞在開始日; 交流開始日;
        実施開始日; 期間(自); 期間(開始); 自; 期間開始日; 来日年月日""",
    "ends_on": """ends on; end; end date; ends; date to; until; to; departure; departure date; date of departure;
        last day; end of exchange; exchange end; period to; period until; period end; 終了日; 終了; 終了年月日;
        帰国日; 離日日; 出国日; 受入終了日; 招へい終了日; 招聘終了日; 滞在終了日; 交流終了日; 実施終了日;
        期間(至); 期間(終了); 至; 期間終了日; 帰国年月日""",
    "period": """period; period of stay; exchange period; duration of stay; dates; stay; period of exchange; 期間;
        実施期間; 滞在期間; 招へい期間; 招聘期間; 交流期間; 受入期間; 来日期間""",
    "field": """field; research field; field of study; field of research; study field; discipline; major; specialty;
        speciality; area of study; research area; scientific field; 分野; 研究分野; 専門; 専門分野; 専攻;
        交流分野; 学問分野; 専攻分野; 実施分野""",
    "do_not_contact": """do not contact; dnc; no contact; contact refused; 連絡不可; 連絡禁止; 連絡拒否; 連絡不要; 連絡をしない;
        連絡しない; コンタクト不可""",
    "mail_opt_out": """mail opt out; mailing opt out; opt out; email opt out; opted out; unsubscribed; no mail; no mails;
        no newsletter; メール配信停止; 配信停止; メール不要; 配信不要; メールマガジン不要; メルマガ不要;
        配信拒否; メール拒否; メール配信拒否; メール配信不要; メルマガ停止""",
    "deceased": """deceased; died; dead; passed away; 逝去; 死亡; 故人; 物故; 物故者; ご逝去; 死去""",
}

LIKELY: dict[str, str] = {
    "name": """氏名; 名前; お名前; 参加者名; 参加者氏名; 参加者; 招へい者氏名; 招聘者氏名; 被招へい者氏名; 招へい者名;
        個人名; person""",
    "name_native": "氏名; 名前; お名前; 参加者氏名; 参加者名; 招へい者氏名",
    "family_name_native": "姓; 名字; 苗字",
    "given_name_native": "名",
    "sending": """所属; 所属機関; 所属機関名; 所属大学; 在籍校; 在籍大学; 学校名; 大学名; affiliation; institution;
        university; organisation; organization; school""",
    "country": "region; 地域; sending country; 送出国; 派遣国; 送出し国",
    "role": "category; type; 区分; 種別; 立場; participant",
    "exchange_code": "code; コード; id; 管理番号; 整理番号; project; プロジェクト",
    "exchange_title": "subject; 内容; exchange programme",
    "email": "アドレス; contact; 連絡先",
    "field": "area; subject area; topic",
    "email_2": "メールアドレス(予備); メール(予備); email (private); email (personal); email (alternative)",
}
"""Words that mean the column unless another says it better."""
