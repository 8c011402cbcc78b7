"""The API's manual: the OpenAPI document arranged for reading, one page that a browser's search goes through."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_REF = "#/components/schemas/"


@dataclass(frozen=True)
class Field:
    """A parameter, or a field of a shape. `kind` says what it may hold."""

    name: str
    kind: str
    required: bool
    text: str
    place: str = ""


@dataclass(frozen=True)
class Answer:
    status: str
    text: str
    kind: str


@dataclass(frozen=True)
class Call:
    """One method of one address."""

    method: str
    path: str
    title: str
    text: str
    sign_in: str
    parameters: list[Field]
    body: str
    body_fields: list[Field]
    answers: list[Answer]

    @property
    def anchor(self) -> str:
        return f"{self.method}-{self.path.strip('/').replace('/', '-').replace('{', '').replace('}', '')}".lower()


@dataclass(frozen=True)
class Shape:
    name: str
    text: str
    fields: list[Field]


def sections(document: dict[str, Any]) -> dict[str, list[Call]]:
    """The calls under their tags, in the order of their addresses."""
    found: dict[str, list[Call]] = {}
    for path in sorted(document["paths"]):
        for method, operation in document["paths"][path].items():
            tag = (operation.get("tags") or ["other"])[0]
            found.setdefault(tag, []).append(_call(document, path, method, operation))
    return dict(sorted(found.items()))


def shapes(document: dict[str, Any]) -> list[Shape]:
    """What bodies and answers are made of, by name."""
    known = document["components"]["schemas"]
    return [
        Shape(name, schema.get("description", ""), _fields(schema))
        for name, schema in sorted(known.items())
        if schema.get("properties")
    ]


def spelled(schema: dict[str, Any]) -> str:
    """What a value may be, in words: `text of at most 80 characters, or nothing`."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_REF)
    if "anyOf" in schema or "oneOf" in schema:
        return " or ".join(spelled(one) for one in schema.get("anyOf") or schema["oneOf"])
    if "enum" in schema:
        return " | ".join(f"“{one}”" for one in schema["enum"])
    if "const" in schema:
        return f"“{schema['const']}”"
    if schema.get("type") == "array":
        return f"list of {spelled(schema.get('items', {}))}"
    return _plain(schema)


def _plain(schema: dict[str, Any]) -> str:
    kind = str(schema.get("format") or schema.get("type") or "anything")
    bounds = [
        f"{words} {schema[key]}"
        for key, words in (("minimum", "from"), ("maximum", "to"), ("minLength", "from"), ("maxLength", "at most"))
        if key in schema
    ]
    return " ".join([kind, *bounds])


def _call(document: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> Call:
    body = _schema(operation.get("requestBody", {}))
    return Call(
        method=method.upper(),
        path=path,
        title=operation.get("summary", ""),
        text=operation.get("description", ""),
        sign_in=_sign_in(operation),
        parameters=[_parameter(one) for one in operation.get("parameters", ())],
        body=spelled(body) if body else "",
        body_fields=_fields(_resolved(document, body)),
        answers=list(_answers(operation)),
    )


def _sign_in(operation: dict[str, Any]) -> str:
    """`required`, `possible` or empty."""
    ways = operation.get("security")
    return "" if not ways else "possible" if {} in ways else "required"


def _parameter(one: dict[str, Any]) -> Field:
    schema = one.get("schema", {})
    text = one.get("description") or schema.get("description", "")
    return Field(one["name"], spelled(schema), one.get("required", False), text, one["in"])


def _fields(schema: dict[str, Any]) -> list[Field]:
    required = schema.get("required", ())
    return [
        Field(name, spelled(one), name in required, one.get("description", ""))
        for name, one in schema.get("properties", {}).items()
    ]


def _schema(carrier: dict[str, Any]) -> dict[str, Any]:
    """What a body or an answer holds, by its first media type."""
    for content in carrier.get("content", {}).values():
        found: dict[str, Any] = content.get("schema", {})
        return found
    return {}


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = document["components"]["schemas"][spelled(schema)]
    return found


def _answers(operation: dict[str, Any]) -> Iterator[Answer]:
    for status, answer in sorted(operation["responses"].items()):
        schema = _schema(answer)
        yield Answer(status, answer.get("description", ""), spelled(schema) if schema else "")
