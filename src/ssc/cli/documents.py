"""`ssc openapi`."""

import json

import click

from ssc.app import create_app
from ssc.core.config import Settings


@click.command()
def openapi() -> None:
    """Print the API's description (OpenAPI 3.1)."""
    click.echo(json.dumps(create_app(Settings(env="test")).openapi(), indent=2, ensure_ascii=False))
