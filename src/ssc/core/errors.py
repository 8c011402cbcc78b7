"""Problems: everything that a request can be refused for, as RFC 9457 knows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ssc.core.i18n import Words, words

T = TypeVar("T")


@dataclass(frozen=True)
class Kind:
    """A kind of problem: its page is `/problems/<slug>`."""

    slug: str
    status: int
    title: Words
    explanation: Words
    door: str = ""
    """The page on which a person can remove the obstacle; it takes `next`, to come back."""


KINDS: dict[str, Kind] = {}


def kind(slug: str, status: int, title: Words, explanation: Words, *, door: str = "") -> Kind:
    """Declares a kind of problem; packages call it once, at import."""
    made = Kind(slug, status, title, explanation, door)
    KINDS[slug] = made
    return made


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field: a JSON pointer into the body (`/email`) and a sentence."""

    pointer: str
    message: str


class Problem(Exception):
    """A refusal. Raise it anywhere below a route; the answer is problem+json or a page."""

    def __init__(
        self,
        kind: Kind,
        detail: str | None = None,
        *,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind.slug)
        self.kind = kind
        self.detail = detail
        self.errors = list(errors)
        self.headers = dict(headers or {})


TOO_LARGE = kind(
    "too-large",
    413,
    words("That is too large"),
    words("A request may carry 1 MiB of JSON, an upload 10 MiB, a roster 30 MiB. Send less at a time."),
)
NOT_JSON = kind(
    "not-json",
    415,
    words("The body is not JSON"),
    words("Send the body as JSON in UTF-8, with the header Content-Type: application/json."),
)
UNSUPPORTED = kind(
    "unsupported-file",
    415,
    words("This kind of file cannot be read"),
    words("The file is of a kind that this address does not take. The page or the call names those it takes."),
)
NOT_PARSABLE = kind(
    "not-parsable",
    400,
    words("The request could not be understood"),
    words(
        "The body is not valid JSON, or holds what JSON in UTF-8 cannot: NaN, NUL, half a surrogate, too deep nesting."
    ),
)
NOT_SIGNED_IN = kind(
    "not-signed-in",
    401,
    words("Please sign in"),
    words("This is for members who are signed in. Sign in and try again."),
    door="/sign-in",
)
NOT_FOUND = kind(
    "not-found",
    404,
    words("There is nothing here"),
    words("The address is wrong, the thing is gone, or it is not for you to see."),
)
NOT_ALLOWED_METHOD = kind(
    "method-not-allowed",
    405,
    words("This cannot be done here"),
    words("The address exists, but not for this method. The header Allow names those it knows."),
)
FORBIDDEN = kind(
    "forbidden",
    403,
    words("You may not do this"),
    words("You may see that this exists, but it is for others to do."),
)
CROSS_SITE = kind(
    "cross-site",
    403,
    words("The request came from another site"),
    words("Changes are accepted only from the club's own pages, or with an access token."),
)
INVALID = kind(
    "invalid",
    422,
    words("Something needs to be corrected"),
    words("The request was understood, but a field holds what it cannot. Each is named with its reason."),
)
CONFLICT = kind(
    "conflict",
    409,
    words("This does not go with the present state"),
    words("Somebody was faster, or the thing is not in the state that this needs. Look again and decide."),
)
GONE = kind(
    "gone",
    410,
    words("This link is used up or has expired"),
    words("Links in letters work once and for a limited time. Ask for a new one."),
)
TOO_MANY = kind(
    "too-many",
    429,
    words("Too many attempts"),
    words("There is a limit to how often this can be done. Wait as long as the answer says."),
)
MISDIRECTED = kind(
    "misdirected",
    421,
    words("Not this host"),
    words("The club is served under another name; the request named a host that is not the club's."),
)
UNAVAILABLE = kind(
    "unavailable",
    503,
    words("The club is not available for a moment"),
    words("A part that this needs does not answer just now. Nothing was lost; try again shortly."),
)
BROKEN = kind(
    "broken",
    500,
    words("Something broke on our side"),
    words("The fault is ours and has been recorded under the number shown. Nothing of yours was changed."),
)


def not_signed_in() -> Problem:
    return Problem(NOT_SIGNED_IN, headers={"WWW-Authenticate": "Bearer"})


def not_found() -> Problem:
    return Problem(NOT_FOUND)


def found(sought: T | None) -> T:
    """What was sought, for loaders and pages; 404 where there is nothing, or nothing for this viewer."""
    if sought is None:
        raise not_found()
    return sought


def forbidden(detail: str | None = None) -> Problem:
    return Problem(FORBIDDEN, detail)


def invalid(*errors: tuple[str, str]) -> Problem:
    """422 with (field, message) pairs; a field is a name or a whole JSON pointer."""
    pointers = [FieldError(f if f.startswith("/") else f"/{f}", message) for f, message in errors]
    return Problem(INVALID, errors=pointers)


def conflict(detail: str | None = None, kind: Kind = CONFLICT) -> Problem:
    return Problem(kind, detail)


def gone() -> Problem:
    return Problem(GONE)


def too_many(retry_after: int, detail: str | None = None) -> Problem:
    """429; `retry_after` in seconds, at least one."""
    return Problem(TOO_MANY, detail, headers={"Retry-After": str(max(1, retry_after))})
