"""What browsers and robots ask for by themselves: the manifest, the icon, the rules for robots."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from ssc.core import i18n
from ssc.core.i18n import _
from ssc.web import static

router = APIRouter(include_in_schema=False)

_A_DAY = "public, max-age=86400"
_ICONS = (
    ("icons/mark-192.png", "192x192", "any"),
    ("icons/mark-512.png", "512x512", "any"),
    ("icons/mark-maskable-512.png", "512x512", "maskable"),
)
# Nothing of a person's is public; these are pages that only the person concerned has a use for.
_NOT_FOR_ROBOTS = ("/api/", "/desk", "/claim", "/sign-in", "/account", "/files/", "/metrics")


@router.get("/manifest.webmanifest")
async def manifest() -> Response:
    """Makes the site installable."""
    content = {
        "id": "/",
        "name": _("Sakura Science Club"),
        "short_name": _("Sakura Club"),
        "lang": i18n.language(),
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#fefefe",
        "theme_color": "#fefefe",
        "icons": [
            {"src": static.address(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in _ICONS
        ],
    }
    headers = {"Cache-Control": _A_DAY, "Vary": "Cookie, Accept-Language"}
    return JSONResponse(content, headers=headers, media_type="application/manifest+json")


@router.get("/robots.txt")
async def robots(request: Request) -> Response:
    """Which pages robots leave alone."""
    sitemap = f"Sitemap: {request.app.state.settings.base_url}/sitemap.xml"
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _NOT_FOR_ROBOTS), sitemap]
    return PlainTextResponse("\n".join(lines) + "\n", headers={"Cache-Control": _A_DAY})


@router.get("/favicon.ico")
async def favicon() -> Response:
    """For browsers that do not read the page's own links."""
    return RedirectResponse(static.address("icons/mark-32.png"), 307, {"Cache-Control": _A_DAY})
