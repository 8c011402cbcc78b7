"""What the promised people have been talking about: lines of days long written, for a club that is alive at once."""

from dataclasses import dataclass

COHORT = "Materials that last"


@dataclass(frozen=True, slots=True)
class Said:
    """A message. `ago` days before the demo is made, at `at` Japan's time; `answers` a line by its place, from 1."""

    by: str
    ago: int
    at: str
    body: str
    answers: int | None = None
    reactions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation: `cohort` (then everybody of the exchange is in it), `group` or `direct`.

    `behind` names who has not read the last lines, and how many.
    """

    kind: str
    title: str
    people: tuple[str, ...]
    lines: tuple[Said, ...]
    behind: tuple[tuple[str, int], ...] = ()


_COHORT = Talk(
    "cohort",
    COHORT,
    tuple(f"member{number}" for number in range(1, 10)),
    (
        Said("member5", 9, "20:41", "I have put our photographs in order at last: 214 of them, by day. 📷"),
        Said("member5", 9, "20:42", "If you find yourself asleep on the bus, that is day three and I am sorry."),
        Said("member7", 9, "20:55", "Please delete nothing!", None, (("😂", ("member2", "member4", "member6")),)),
        Said("member4", 9, "21:10", "Day three was worth it for the furnace alone."),
        Said("member2", 8, "10:04", "Does anyone still have the handout on fatigue tests? Mine ended in the rain."),
        Said(
            "member8",
            8,
            "10:31",
            "I have it, and asked: we may share it among us. I will scan it tonight.",
            5,
            (("🙏", ("member2", "member9", "member1")),),
        ),
        Said("member8", 8, "22:17", "Scanned. Whoever needs it, write to me and I send it.", None, (), True),
        Said("member1", 6, "13:20", "A student of mine begins in April and asks about winter clothes. What do I say?"),
        Said("member8", 6, "13:46", "That Nagaoka has **two metres of snow**, and that the second-hand shop is kind."),
        Said("member6", 6, "14:02", "Boots first. Then boots again."),
        Said(
            "member3",
            6,
            "14:15",
            "And 長岡花火 in August makes up for all of it. 🎆",
            None,
            (("🌸", ("member8", "member1")),),
        ),
        Said("member9", 4, "08:33", "My sensors survived their first monsoon! Eleven of twelve, anyway."),
        Said("member1", 4, "08:50", "Congratulations! What became of the twelfth?", 12),
        Said("member9", 4, "08:52", "A buffalo."),
        Said(
            "member6",
            4,
            "08:58",
            "That is a failure mode we did not cover.",
            14,
            (("😂", ("member1", "member5", "member7")),),
        ),
        Said(
            "member4",
            3,
            "17:25",
            "I give a talk on scholarships next month, online, in Indonesian and English. Send people!",
        ),
        Said("member7", 3, "23:40", "Can I translate the slides into Portuguese afterwards?", 16),
        Said("member4", 2, "07:12", "With pleasure. I will send you the source.", 17),
        Said("member2", 2, "19:05", "Shall we meet online once before the year ends? One hour, no agenda."),
        Said(
            "member3", 2, "19:11", "Yes. Saturday, 20:00 in Japan, is possible from São Paulo to Suva, I checked.", 19
        ),
        Said("member7", 2, "19:30", "It is eight in the morning here. I will bring coffee. ☕"),
        Said(
            "member5",
            1,
            "12:08",
            "Saturday, 20:00 then. I make the link. 楽しみにしています！",
            20,
            (("👍", ("member1", "member2", "member3", "member4", "member6")), ("🌸", ("member8",))),
        ),
        Said("member6", 1, "18:47", "@member1 will you show us the thin films?"),
        Said("member8", 1, "21:14", "It snows here since noon. Somebody should see this: the river is quite gone."),
    ),
    (("member1", 2), ("member4", 3), ("member9", 1)),
)
_RIVERS = Talk(
    "group",
    "Sensors for rivers",
    ("member9", "member1", "member3", "member6"),
    (
        Said("member9", 7, "15:00", "So that the others can sleep: here we talk about sensors."),
        Said("member3", 7, "15:22", "Good. Which cells do you use? I may have a drawer of tested ones."),
        Said(
            "member9",
            7,
            "15:40",
            "What I need:\n\n- 3.2 V, any capacity above 2 Ah\n- no swelling in 45 °C\n- a price I can say aloud",
        ),
        Said("member3", 6, "09:05", "Then yes. I send you twenty.", 3, (("🎉", ("member9", "member6")),)),
        Said("member6", 3, "11:30", "For the housing: try laterite with 8 % lime. It takes water and gives it back."),
        Said("member1", 3, "12:10", "I could coat the contacts. Post me two."),
    ),
)
_TWO = Talk(
    "direct",
    "",
    ("coordinator-in", "member1"),
    (
        Said(
            "coordinator-in",
            5,
            "16:00",
            "Dear Arjun, our chapter meets in Hyderabad in January. Would you say a few words?",
        ),
        Said("member1", 5, "18:30", "Gladly. How many minutes, and to whom?"),
        Said(
            "coordinator-in",
            4,
            "10:15",
            "Fifteen, to about sixty people, half of them new. Your two weeks, honestly told.",
        ),
        Said("member1", 4, "10:40", "Then I will begin with the furnace."),
        Said("coordinator-in", 1, "09:20", "Could you send me a title by Friday? Two lines are enough."),
    ),
    (("member1", 1),),
)
TALKS = (_COHORT, _RIVERS, _TWO)
