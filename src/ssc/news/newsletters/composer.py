"""The composer's form: an issue as fields of a page, and back."""

from collections.abc import Sequence
from typing import Any

from starlette.datastructures import FormData

from ssc.core import i18n
from ssc.news.forms import Audience
from ssc.news.newsletters.forms import NewsletterBody
from ssc.news.newsletters.models import Newsletter
from ssc.web import forms
from ssc.web.forms import Form


def languages(issue: Newsletter | None, added: Sequence[str] = ()) -> list[str]:
    """Those of the issue, those that the pages speak, and what the editor adds."""
    own = [edition.lang for edition in issue.editions] if issue else []
    return list(dict.fromkeys([*own, *(one.code for one in i18n.languages()), *added]))


def filled(issue: Newsletter, slugs: Sequence[str]) -> Form[NewsletterBody]:
    """The form as the issue stands."""
    audience = Audience.model_validate(issue.audience)
    values: dict[str, Any] = {"items": list(slugs), "rev": f'"r{issue.rev}"', **audience.model_dump()}
    values["fields"] = ", ".join(audience.fields)
    for edition in issue.editions:
        values |= {f"subject_{edition.lang}": edition.subject, f"body_{edition.lang}": edition.body}
    return Form(values=values)


def read(submitted: FormData) -> Form[NewsletterBody]:
    """A language of which nothing is written is none of the issue's."""
    plain = {name: str(value) for name, value in submitted.multi_items()}
    langs = list(dict.fromkeys(str(lang) for lang in submitted.getlist("lang")))
    written = [
        lang for lang in langs if plain.get(f"subject_{lang}", "").strip() or plain.get(f"body_{lang}", "").strip()
    ]
    several = {name: [str(one) for one in submitted.getlist(name)] for name in _LISTS}
    fields = [one.strip() for one in plain.get("fields", "").replace("、", ",").split(",") if one.strip()]
    audience = {name: several[name] for name in ("languages", "countries", "programmes")} | {"fields": fields}
    form = forms.check(
        NewsletterBody,
        {
            "editions": [
                {"lang": lang, "subject": plain.get(f"subject_{lang}", ""), "body": plain.get(f"body_{lang}", "")}
                for lang in written
            ],
            "items": several["items"],
            "audience": audience,
        },
    )
    form.values = {**plain, **several}
    _place_errors(form, written)
    return form


_LISTS = ("items", "languages", "countries", "programmes")


def _place_errors(form: Form[NewsletterBody], langs: Sequence[str]) -> None:
    """At the subjects, where one is missing; else at the top, where the whole is meant."""
    for lang in langs:
        if "editions" in form.errors and not form.value(f"subject_{lang}"):
            form.errors[f"subject_{lang}"] = form.errors["editions"]
    if any(name.startswith("subject_") for name in form.errors):
        form.errors.pop("editions", None)
    elif "editions" in form.errors:
        form.errors[""] = form.errors.pop("editions")
