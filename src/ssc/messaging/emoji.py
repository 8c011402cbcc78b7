"""What one emoji is: so that a reaction is a picture, and not a word."""

import re

_ONE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935"
    "\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f004\U0001f0cf\U0001f170-\U0001f189\U0001f18e-\U0001f19a"
    "\U0001f201-\U0001f251\U0001f300-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]?"
)
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_KEY = "[0-9#*]\ufe0f?\u20e3"
_REGION = "\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]{3,6}\U000e007f"
_EMOJI = re.compile(f"{_FLAG}|{_KEY}|{_REGION}|{_ONE}(?:\u200d{_ONE}){{0,6}}")


def is_emoji(text: str) -> bool:
    """Whether it is exactly one: with skin, hair and joined parts, or a flag."""
    return _EMOJI.fullmatch(text) is not None
