"""Messages: what validation found, as a sentence that says what to do."""

from collections.abc import Sequence
from typing import Any

from ssc.core.errors import FieldError
from ssc.core.i18n import _


def field_errors(errors: Sequence[Any]) -> list[FieldError]:
    """Pydantic's errors as pointers and sentences in the reader's language."""
    return [FieldError(pointer(error["loc"]), sentence(error)) for error in errors]


def pointer(loc: Sequence[int | str]) -> str:
    """A JSON pointer; FastAPI's leading `body`, `query` … is where it came from, not part of it."""
    parts = [str(part) for part in loc]
    if parts and parts[0] in ("body", "query", "path", "header", "cookie"):
        parts = parts[1:]
    if parts and parts[-1] == "[key]":  # Pydantic's word for a name that no map of this kind has
        parts = parts[:-1]
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


def sentence(error: Any) -> str:
    """What is wrong and what to do, for one of Pydantic's error types."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return _ours(error, context)
    written = _sentences(context).get(kind)
    return written if written is not None else _("This value cannot be used here.")


def _ours(error: Any, context: Any) -> str:
    """Our own validators raise translated sentences; email-validator's English ones become ours."""
    if "reason" in context:
        return _("This is not an address that mail can reach. Write it like name@example.org.")
    return str(context.get("error") or error["msg"])


def _sentences(context: Any) -> dict[str, str]:
    return {
        "missing": _("Please fill this in."),
        "extra_forbidden": _("There is no such field here."),
        "string_type": _("Write this as text."),
        "string_too_long": _("Use at most {n} characters.", n=context.get("max_length", "")),
        "string_too_short": _("Use at least {n} characters.", n=context.get("min_length", "")),
        "string_pattern_mismatch": _("This is not written as it should be."),
        "bool_parsing": _("Answer yes or no."),
        "bool_type": _("Answer yes or no."),
        "int_parsing": _("Write a whole number."),
        "int_type": _("Write a whole number."),
        "int_from_float": _("Write a whole number."),
        "greater_than_equal": _("It must be {n} or more.", n=context.get("ge", "")),
        "less_than_equal": _("It must be {n} or less.", n=context.get("le", "")),
        "date_from_datetime_parsing": _("Write the date like 2001-04-30."),
        "date_parsing": _("Write the date like 2001-04-30."),
        "date_type": _("Write the date like 2001-04-30."),
        "datetime_parsing": _("Write the time like 2026-12-01T18:00:00Z."),
        "literal_error": _("Choose one of: {choices}.", choices=context.get("expected", "")),
        "enum": _("Choose one of: {choices}.", choices=context.get("expected", "")),
        "list_type": _("Give a list."),
        "too_long": _("Give at most {n}.", n=context.get("max_length", "")),
        "too_short": _("Give at least {n}.", n=context.get("min_length", "")),
        "dict_type": _("Give an object."),
        "model_attributes_type": _("Give an object."),
        "model_type": _("Give an object."),
    }
