"""Other ways to Japan, for whom no programme fits: not ours, each with whose it is and where it says so."""

from datetime import date
from typing import NamedTuple

from ssc.core.i18n import Words, words


class Alternative(NamedTuple):
    """A way, for whom it is, who runs it, and the page that says so.

    `checked_on`: when somebody of the club last looked whether that page still stands there and still says so; None:
    nobody has yet, and the page says that too.
    """

    name: Words
    for_whom: Words
    run_by: Words
    url: str
    checked_on: date | None = None


ALTERNATIVES = (
    Alternative(
        words("Study in Japan"),
        words("For everybody who thinks of studying in Japan: universities, costs, scholarships, examinations."),
        words("JASSO, Japan Student Services Organization"),
        "https://www.studyinjapan.go.jp/en/",
    ),
    Alternative(
        words("Scholarships of the Japanese government (MEXT)"),
        words(
            "For school leavers, students, teachers; one applies at the Japanese embassy or by a Japanese university."
        ),
        words("Japan's Ministry of Education, by way of its embassies"),
        "https://www.studyinjapan.go.jp/en/planning/scholarships/",
    ),
    Alternative(
        words("JSPS fellowships for research in Japan"),
        words(
            "For doctoral students and postdocs; one applies by the host in Japan, or by an authority of one's country."
        ),
        words("Japan Society for the Promotion of Science"),
        "https://www.jsps.go.jp/english/",
    ),
    Alternative(
        words("Training and partnership programmes of JICA"),
        words("For people in public service and development in partner countries; one asks JICA's office there."),
        words("Japan International Cooperation Agency"),
        "https://www.jica.go.jp/english/",
    ),
)
