"""Names of the island countries of the Pacific."""

from ssc.demo.names.tradition import Tradition, names

FIJIAN = Tradition(
    language="fj",
    women=names("Ana Litia Mereseini Salote Vasiti Losalini Unaisi Adi_Mere"),
    men=names("Ratu_Josefa Semi Waisale Epeli Jone Sitiveni Apisai Ilaitia"),
    families=names("Tuilagi-Vuli Koroi Naivalu Ravuvu Tabua Vakatawa Waqanivalu Qarase-Lala Cakau Bola"),
)

FIJI_INDIAN = Tradition(
    language="hif",
    women=names("Shalini Priya Roshni Anjeela Kavita"),
    men=names("Vinay Ashneel Rajnesh Avinash Praneel"),
    families=names("Prasad Chand Lal Kumar Sharma Naidu Singh"),
)

POLYNESIAN = Tradition(
    language="sm",
    women=names("Sina Malia Lupe Talia Mele Ana ʻOfa Fetu"),
    men=names("Sione Tavita Ioane Semisi Viliami Tevita Lafai Manu"),
    families=names("Tuiasosopo-Lealaiauloto Faleolo Leota Moala Tupou-Hala Vaipulu Faʻasavalu Tuimavave Taufa Seumalo"),
)

MICRONESIAN = Tradition(
    language="en",
    women=names("Jolina Mercy Rosina Emmy Kiora Dilubech Marlina Tereau"),
    men=names("Alden Johnsay Ricky Benjamin Kaleb Tutii Rensley Nakibae"),
    families=names("Jorkan Anjain-Lani Lokeijak Ngiraked Rengulbai Skilling-Nena Mori-Ehsa Kioa Tebano Rechelluul"),
)

MELANESIAN = Tradition(
    language="tpi",
    women=names("Serah Elizabeth Rachael Freda Wilma Janet Nerrie Dorcas"),
    men=names("Kila Wesley Rodney Nigel Jeffery Philemon Silas Moffat"),
    families=names("Kaupa Wari Temu Maima Fakavai Ramo Kabini Natuman-Tari Bong Vagi Ovia Kila-Pat Dausabea"),
)

TRADITIONS = {
    "FJ": ((2, FIJIAN), (1, FIJI_INDIAN)),
    "FM": ((1, MICRONESIAN),),
    "KI": ((1, MICRONESIAN),),
    "MH": ((1, MICRONESIAN),),
    "PG": ((1, MELANESIAN),),
    "PW": ((1, MICRONESIAN),),
    "SB": ((1, MELANESIAN),),
    "TO": ((1, POLYNESIAN),),
    "VU": ((1, MELANESIAN),),
    "WS": ((1, POLYNESIAN),),
}
