"""The Sakura Science Program Supporters, who lend the programme their names.

Source: JST International Youth Exchange brochure (2025), which leaves honorifics out, as we do.
"""

from typing import NamedTuple

from ssc.core.i18n import Words, words


class Supporter(NamedTuple):
    """`native` is the name in Japanese; `known_for` what the brochure says beside it."""

    name: str
    native: str
    known_for: Words


SUPPORTERS = (
    Supporter("ESAKI Leo", "江崎玲於奈", words("Nobel Prize in Physics, 1973")),
    Supporter("TONEGAWA Susumu", "利根川進", words("Nobel Prize in Physiology or Medicine, 1987")),
    Supporter("SHIRAKAWA Hideki", "白川英樹", words("Nobel Prize in Chemistry, 2000")),
    Supporter("NOYORI Ryoji", "野依良治", words("Nobel Prize in Chemistry, 2001")),
    Supporter("TANAKA Koichi", "田中耕一", words("Nobel Prize in Chemistry, 2002")),
    Supporter("KOBAYASHI Makoto", "小林誠", words("Nobel Prize in Physics, 2008")),
    Supporter("SUZUKI Akira", "鈴木章", words("Nobel Prize in Chemistry, 2010")),
    Supporter("YAMANAKA Shinya", "山中伸弥", words("Nobel Prize in Physiology or Medicine, 2012")),
    Supporter("AMANO Hiroshi", "天野浩", words("Nobel Prize in Physics, 2014")),
    Supporter("NAKAMURA Shuji", "中村修二", words("Nobel Prize in Physics, 2014")),
    Supporter("ŌMURA Satoshi", "大村智", words("Nobel Prize in Physiology or Medicine, 2015")),
    Supporter("KAJITA Takaaki", "梶田隆章", words("Nobel Prize in Physics, 2015")),
    Supporter("OHSUMI Yoshinori", "大隅良典", words("Nobel Prize in Physiology or Medicine, 2016")),
    Supporter("HONJO Tasuku", "本庶佑", words("Nobel Prize in Physiology or Medicine, 2018")),
    Supporter("MANABE Syukuro", "真鍋淑郎", words("Nobel Prize in Physics, 2021")),
    Supporter("TSUTSUI Yoshinobu", "筒井義信", words("Chairman of Keidanren")),
    Supporter("KURODA Reiko", "黒田玲子", words("Distinguished Professor, Chubu University")),
    Supporter("MOHRI Mamoru", "毛利衛", words("Chief Executive Director Emeritus, Miraikan; astronaut")),
)
