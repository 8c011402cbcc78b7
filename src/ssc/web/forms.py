"""Forms of pages: what a person typed, the model it must satisfy, and errors at their fields."""

import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from ssc.core.errors import NOT_PARSABLE, FieldError, Problem
from ssc.web import messages

M = TypeVar("M", bound=BaseModel)


@dataclass
class Form(Generic[M]):
    """A form as submitted or as first shown. `data` is there when every field was right."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    data: M | None = None

    @property
    def valid(self) -> bool:
        return self.data is not None and not self.errors

    def value(self, name: str) -> Any:
        return self.values.get(name, "")

    def error(self, name: str) -> str | None:
        return self.errors.get(name)

    def refuse(self, problem: Problem) -> "Form[M]":
        """Takes over a problem that the action raised: its field errors, else its sentence at the top."""
        for error in problem.errors:
            self.errors.setdefault(_field(error), error.message)
        if not problem.errors:
            self.errors[""] = problem.detail or problem.kind.title()
        return self


def blank(**values: Any) -> Form[Any]:
    """A form as first shown, with what is already known filled in."""
    return Form(values=values)


async def read(request: Request, model: type[M]) -> Form[M]:
    """Reads the submitted form and holds it against `model`; never raises for what was typed.

    A field whose type is a list takes all values of its name; a checkbox left empty is false.
    """
    submitted = await submission(request)
    values: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        texts = [v for v in submitted.getlist(name) if not isinstance(v, UploadFile)]
        if _is_list(info.annotation):
            values[name] = texts
        elif texts:
            values[name] = texts[-1]
    return check(model, values)


async def submission(request: Request) -> FormData:
    """The form's fields as they came; 400 for NUL, which no text of ours may hold."""
    submitted = await request.form()
    if any("\x00" in name or (isinstance(value, str) and "\x00" in value) for name, value in submitted.multi_items()):
        raise Problem(NOT_PARSABLE)
    return submitted


async def uploaded(request: Request, name: str = "file") -> bytes:
    """The file that came in this field; nothing where none was chosen."""
    async with request.form() as submitted:
        file = submitted.get(name)
        return await file.read() if isinstance(file, UploadFile) else b""


def check(model: type[M], values: Mapping[str, Any]) -> Form[M]:
    """The form for these values."""
    form: Form[M] = Form(values=dict(values))
    given = {k: v for k, v in values.items() if v != "" or _is_text(model.model_fields[k].annotation)}
    try:
        form.data = model.model_validate(given)
    except ValidationError as refused:
        for error in messages.field_errors(refused.errors()):
            form.errors.setdefault(_field(error), error.message)
    return form


def _field(error: FieldError) -> str:
    return error.pointer.removeprefix("/").split("/")[0]


def _is_list(annotation: Any) -> bool:
    return any(typing.get_origin(part) in (list, set, tuple) for part in _parts(annotation))


def _is_text(annotation: Any) -> bool:
    return any(part is str for part in _parts(annotation))


def _parts(annotation: Any) -> list[Any]:
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _parts(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        return [p for arg in typing.get_args(annotation) for p in _parts(arg)]
    return [annotation]
