"""The club's words for what stands in an event as a code."""

from ssc.core.i18n import words

HOST_KINDS = {
    "chapter": words("Chapter"),
    "jst": words("JST"),
    "embassy": words("Embassy"),
    "foundation": words("Foundation"),
    "university": words("University"),
    "other": words("Other"),
}


def host_kinds() -> list[tuple[str, str]]:
    return [(kind, word()) for kind, word in HOST_KINDS.items()]


STATUSES = {
    "going": words("Going"),
    "maybe": words("Maybe"),
    "waitlisted": words("On the waitlist"),
    "declined": words("Declined"),
}


def statuses() -> dict[str, str]:
    return {status: word() for status, word in STATUSES.items()}
