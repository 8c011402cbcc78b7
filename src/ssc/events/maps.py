"""Where the venue is on a map: links that open the reader's own map, also where one of them is not to be had."""

from urllib.parse import quote, urlencode

from ssc.core.i18n import _
from ssc.events.models import Event


def links(event: Event) -> list[tuple[str, str]]:
    """(label, address) of a phone's own map (`geo:`), OpenStreetMap, and Amap, which is read in China."""
    name = ", ".join(part for part in (event.venue, event.address) if part)
    if event.latitude is None or event.longitude is None:
        return _searches(name) if name else []
    point = f"{event.latitude:.6f},{event.longitude:.6f}"
    latitude, longitude = point.split(",")
    marked = {"mlat": latitude, "mlon": longitude}
    amap = {"position": f"{longitude},{latitude}", "name": event.venue or event.title, "coordinate": "wgs84"}
    return [
        (_("Your map"), f"geo:{point}?q={quote(f'{point}({event.venue or event.title})')}"),
        ("OpenStreetMap", f"https://www.openstreetmap.org/?{urlencode(marked)}#map=17/{latitude}/{longitude}"),
        ("Amap 高德地图", f"https://uri.amap.com/marker?{urlencode(amap)}"),
    ]


def _searches(name: str) -> list[tuple[str, str]]:
    return [
        (_("Your map"), f"geo:0,0?{urlencode({'q': name})}"),
        ("OpenStreetMap", f"https://www.openstreetmap.org/search?{urlencode({'query': name})}"),
        ("Amap 高德地图", f"https://uri.amap.com/search?{urlencode({'keyword': name})}"),
    ]
