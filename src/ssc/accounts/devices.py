"""What a browser calls itself, in words that its owner recognises in a list."""

import re

from ssc.core.i18n import _

# In this order: browsers name their forebears, and apps' own browsers name the engine they use.
_BROWSERS = (
    ("Line/", "LINE"),
    ("MicroMessenger/", "WeChat"),
    ("WhatsApp/", "WhatsApp"),
    ("Instagram", "Instagram"),
    ("FBAN/", "Facebook"),
    ("FBAV/", "Facebook"),
    ("FB_IAB/", "Facebook"),
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("OPT/", "Opera"),
    ("Opera Mini", "Opera Mini"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("UCBrowser/", "UC Browser"),
    ("YaBrowser/", "Yandex Browser"),
    ("HuaweiBrowser/", "Huawei Browser"),
    ("MiuiBrowser/", "Mi Browser"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "HarmonyOS"),
    ("KAIOS/", "KaiOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
_PROGRAM = re.compile(r"([A-Za-z][A-Za-z0-9._-]{1,30})(?:/[\w.]*)?")


def device_name(user_agent: str) -> str:
    """`Chrome on Android`; a program by its own name; "" when nothing is to be recognised."""
    known = user_agent[:500]
    browser, system = _first(_BROWSERS, known), _first(_SYSTEMS, known)
    if browser and system:
        return f"{browser} on {system}"
    if browser or system:
        return browser or system
    program = _PROGRAM.match(known)
    return program[1] if program else ""


def shown(device: str) -> str:
    """A stored device's name in the reader's language."""
    browser, _on, system = device.partition(" on ")
    if system:
        return _("{browser} on {system}", browser=browser, system=system)
    return browser or _("Unknown device")


def _first(marks: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for mark, name in marks if mark in text), "")
