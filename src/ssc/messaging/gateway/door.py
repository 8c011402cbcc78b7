"""Who may open a socket: from our own pages by cookie, from anywhere by token."""

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from ssc.core.config import Settings


def is_refused(connection: HTTPConnection, settings: Settings) -> bool:
    """Refused before it is accepted (403): a foreign host, another site's page, a cookie without an origin.

    Browsers send cookies along with any page's WebSocket, and ask nobody before (case 56).
    """
    hosts = connection.headers.getlist("host")
    if len(hosts) != 1 or hosts[0].lower() not in settings.hosts:
        return True
    if "authorization" in connection.headers:  # which no page can send
        return False
    origins = connection.headers.getlist("origin")
    if not origins:
        return settings.session_cookie in connection.cookies
    return len(origins) != 1 or not is_own(origins[0], settings)


def is_own(origin: str, settings: Settings) -> bool:
    scheme = urlsplit(settings.base_url).scheme
    return origin.lower() in {f"{scheme}://{host}" for host in settings.hosts}
