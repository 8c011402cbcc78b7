"""Messages: what validation found, as a sentence that says what to do."""

from collections.abc import Sequence
from typing import Any

from ssc.core.errors import FieldError
from ssc.core.i18n import Words, _, words


def field_errors(errors: Sequence[Any], body: Any = None) -> list[FieldError]:
    """Pydantic's errors as pointers and sentences in the reader's language. `body`: what was sent, where known."""
    return [FieldError(pointer(_without_kind(error["loc"], body)), sentence(error)) for error in errors]


def _without_kind(loc: Sequence[int | str], body: Any) -> Sequence[int | str]:
    """Where a body is one of several kinds, Pydantic names the kind as if it were a field that holds the others."""
    kind = body.get("kind") if isinstance(body, dict) else None
    return (loc[0], *loc[2:]) if len(loc) > 2 and kind is not None and loc[:2] == ("body", kind) else loc


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
    said = _SENTENCES.get(kind, _UNUSABLE)()
    bound = next((context[name] for name in _BOUNDS if name in context), "")
    return said.format(n=bound, choices=context.get("expected", ""))


def _ours(error: Any, context: Any) -> str:
    """Our own validators raise translated sentences; email-validator's English ones become ours."""
    if "reason" in context:
        return _("This is not an address that mail can reach. Write it like name@example.org.")
    return str(context.get("error") or error["msg"])


_BOUNDS = ("max_length", "min_length", "ge", "le")
_UNUSABLE = words("This value cannot be used here.")
_YES_OR_NO = words("Answer yes or no.")
_WHOLE = words("Write a whole number.")
_DATE = words("Write the date like 2001-04-30.")
_ONE_OF = words("Choose one of: {choices}.")
_OBJECT = words("Give an object.")

# By Pydantic's names. `{n}` is the bound that was passed, `{choices}` what there is to choose from.
_SENTENCES: dict[str, Words] = {
    "missing": words("Please fill this in."),
    "extra_forbidden": words("There is no such field here."),
    "string_type": words("Write this as text."),
    "string_too_long": words("Use at most {n} characters."),
    "string_too_short": words("Use at least {n} characters."),
    "string_pattern_mismatch": words("This is not written as it should be."),
    "bool_parsing": _YES_OR_NO,
    "bool_type": _YES_OR_NO,
    "int_parsing": _WHOLE,
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "greater_than_equal": words("It must be {n} or more."),
    "less_than_equal": words("It must be {n} or less."),
    "date_from_datetime_parsing": _DATE,
    "date_parsing": _DATE,
    "date_type": _DATE,
    "datetime_parsing": words("Write the time like 2026-12-01T18:00:00Z."),
    "literal_error": _ONE_OF,
    "enum": _ONE_OF,
    "list_type": words("Give a list."),
    "too_long": words("Give at most {n}."),
    "too_short": words("Give at least {n}."),
    "dict_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "model_type": _OBJECT,
}
