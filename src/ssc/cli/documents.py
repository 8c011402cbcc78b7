"""`ssc openapi`."""

import json

import click

from ssc.app import create_app
from ssc.core.config import Settings
from ssc.web.openapi import document


@click.command()
def openapi() -> None:
    """Print the API's description (OpenAPI 3.1)."""
    click.echo(json.dumps(document(create_app(Settings(env="test"))), indent=2, ensure_ascii=False))
