"""Japanese eras and numerals: 令和6年 is 2024."""

import re

_ERAS = {
    "明治": (1868, 45), "大正": (1912, 15), "昭和": (1926, 64), "平成": (1989, 31), "令和": (2019, 81),
    "m": (1868, 45), "t": (1912, 15), "s": (1926, 64), "h": (1989, 31), "r": (2019, 81),
}  # fmt: skip
_DIGITS = {numeral: value for value, numeral in enumerate("〇一二三四五六七八九")}
_NUMERALS = re.compile(r"[〇一二三四五六七八九十]+(?=[年月日])")


def era_year(era: str, year: str) -> int:
    """2024 for 令和 and 6; ValueError beyond the era's last year."""
    first, length = _ERAS[era.lower()]
    number = 1 if year == "元" else int(year)
    if not 1 <= number <= length:
        raise ValueError(year)
    return first + number - 1


def arabic(text: str) -> str:
    """Kanji numerals before 年, 月 and 日 as digits: 六年四月十一日 becomes 6年4月11日."""
    return _NUMERALS.sub(lambda match: str(_number(match[0])), text)


def _number(numerals: str) -> int:
    if "十" not in numerals:
        return int("".join(str(_DIGITS[numeral]) for numeral in numerals))
    tens, _ten, ones = numerals.partition("十")
    if "十" in ones:
        return 0
    return 10 * int("".join(str(_DIGITS[n]) for n in tens) or 1) + int("".join(str(_DIGITS[n]) for n in ones) or 0)
