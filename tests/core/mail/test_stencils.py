"""A mailing's letters, written quickly, are the letters that Python's own classes write."""

from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage

import pytest

from ssc.core import clock, ids
from ssc.core.config import Settings
from ssc.core.mail import mark
from ssc.core.mail.models import Wording
from ssc.core.mail.stencils import WordingStencil
from ssc.core.mail.writing import Parcel, message, octets

SETTINGS = Settings(_env_file=None)
FILLS = {"name": "田中 <b>花子</b> & Söhne", "kind": "n." + "A" * 180, "all": "n." + "B" * 180}
LONG = "さくらサイエンスクラブ。" * 60


def stencil(text: str, html: str, subject: str = "春の便り: two words, 桜") -> WordingStencil:
    headers = {
        "List-Id": '"Mail magazine" <mail-magazine.club.example>',
        "List-Unsubscribe": f"<https://club.example/unsubscribe/{mark('kind')}>, "
        f"<mailto:club@club.example?subject=unsubscribe%20{mark('kind')}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    wording = Wording(language="ja", subject=subject, text=text, html=html, headers=headers)
    return WordingStencil(wording, SETTINGS)


def parcel(to: str = "mai@example.org") -> Parcel:
    return Parcel(ids.new(), ids.new(), "x.y", to, "ja", "", "", "", {}, created_at=clock.now(), fills=FILLS)


def read(content: bytes) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    mail = message_from_bytes(content, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    headers = [(name, str(value)) for name, value in mail.items() if name not in ("Date", "Content-Type")]
    return sorted(headers), [(part.get_content_type(), part.get_content()) for part in mail.iter_parts()]


@pytest.mark.parametrize("eight_bit", [True, False])
@pytest.mark.parametrize(
    "text",
    ["Dear {},\n\n.\nfrom the club\n", "{}さん、\n" + LONG + "\n", "x" * 2000 + " {}\n"],
    ids=["short", "japanese", "one long line"],
)
def test_it_is_the_same_mail(text: str, *, eight_bit: bool) -> None:
    words = text.format(mark("name"))
    made = stencil(words, f"<p>{words}</p><a href='https://club.example/unsubscribe/{mark('all')}'>x</a>\n")
    one = parcel()
    quick = made.octets(one, SETTINGS, eight_bit=eight_bit)
    assert read(quick) == read(octets(message(made.spelled(one), SETTINGS, eight_bit=eight_bit)))
    assert FILLS["kind"].encode() in quick
    assert eight_bit or quick.isascii()
    [_text, (_kind, html)] = read(quick)[1]
    assert "田中 &lt;b&gt;花子&lt;/b&gt; &amp; Söhne" in html


def test_an_address_in_another_script_or_quoted_is_written_as_ever() -> None:
    made = stencil("Dear you,\n", "<p>Dear you,</p>\n")
    for address in ("田中@example.org", '"odd one"@example.org'):
        headers = dict(read(made.octets(parcel(address), SETTINGS, eight_bit=True))[0])
        assert headers["To"] == address


@pytest.mark.parametrize("address", ["mai@example.org\r\nBcc: eve@example.org", "a@b.example, c@d.example", ""])
def test_no_address_adds_a_header_or_a_reader(address: str) -> None:
    with pytest.raises((ValueError, LookupError, MessageError)):
        stencil("x\n", "x\n").octets(parcel(address), SETTINGS, eight_bit=True)
