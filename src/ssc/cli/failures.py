"""Failures in a person's words: one line on stderr and an exit code, never a trace."""

import os
import traceback
from typing import Any

import click
from psycopg import OperationalError as DriverError
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ssc.core.config import Settings, UnsafeSettings
from ssc.core.embedded import EmbeddedError
from ssc.core.errors import Problem
from ssc.core.logs import without_secrets
from ssc.server.serving import PortTaken
from ssc.server.valkey import ValkeyError


class Commands(click.Group):
    """A group whose commands end with a sentence when something is wrong. SSC_LOG_LEVEL=debug adds the trace."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, KeyboardInterrupt):
            raise
        except BrokenPipeError:
            raise SystemExit(1) from None
        except Exception as failure:
            if os.environ.get("SSC_LOG_LEVEL") == "debug":
                traceback.print_exception(failure)
            raise click.ClickException(sentence(failure)) from None


def load_settings(**given: Any) -> Settings:
    """The settings with what the command line says put over them; a usage error names each wrong one."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as refused:
        wrong = [f"SSC_{str(e['loc'][0]).upper()}: {e['msg']}" for e in refused.errors() if e["loc"]]
        raise click.UsageError("; ".join(wrong)) from None


def sentence(failure: Exception) -> str:
    """What went wrong, in one line without secrets."""
    return without_secrets(" ".join(_told(failure).split()))


def _told(failure: Exception) -> str:
    match failure:
        case UnsafeSettings():
            return f"Not started, the settings are not safe for production: {failure}."
        case EmbeddedError() | PortTaken() | ValkeyError():
            return str(failure)
        case Problem():
            return _problem(failure)
        case DBAPIError() if isinstance(failure.orig, DriverError):
            return f"The database does not answer: {failure.orig}"
        case DriverError():
            return f"The database does not answer: {failure}"
        case SQLAlchemyError():
            return f"The database refused: {failure}"
        case OSError():
            return f"{failure.strerror or failure}: {failure.filename}" if failure.filename else str(failure)
    return f"Something broke ({type(failure).__name__}): {failure}. SSC_LOG_LEVEL=debug shows where."


def _problem(problem: Problem) -> str:
    fields = [f"{e.pointer.removeprefix('/')}: {e.message}" for e in problem.errors]
    return "; ".join(fields) or problem.detail or problem.kind.title()
