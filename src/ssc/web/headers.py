"""The headers that every answer bears unless its route has set its own."""

from ssc.core.config import Settings
from ssc.web import templates


def security_headers(settings: Settings) -> list[tuple[bytes, bytes]]:
    """Name and value: what a browser may do with a page of ours, and that nothing is kept unasked."""
    policy = (
        f"default-src 'none'; script-src 'self' '{templates.importmap_hash()}'; style-src 'self'; "
        "img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    headers = [
        ("content-security-policy", policy),
        ("cache-control", "private, no-store"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"),
    ]
    if settings.secure:
        headers.append(("strict-transport-security", "max-age=63072000; includeSubDomains"))
    return [(name.encode(), value.encode()) for name, value in headers]
