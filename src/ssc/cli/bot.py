"""`ssc bot-example`: a bot small enough to be read at once, and to begin one's own with."""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from ssc.client import Club, ClubProblem, Connected, Live, Message, MessageCame

JAPAN = ZoneInfo("Asia/Tokyo")


@click.command("bot-example")
@click.argument("thread_id")
@click.option("--url", default="http://localhost:8000", show_default=True, help="The club.")
@click.option("--token", envvar="SSC_BOT_TOKEN", required=True, help="An access token with the scope `messages`.")
def bot_example(thread_id: str, url: str, token: str) -> None:
    """Tell the time in Japan to whoever mentions the bot in the thread. Ctrl-C ends it."""
    try:
        asyncio.run(answering(url, token, thread_id))
    except ClubProblem as refused:
        raise click.ClickException(str(refused)) from None


async def answering(url: str, token: str, thread_id: str) -> None:
    """Answers as long as it runs. Restarts, lost lines and what was asked meanwhile are the client's affair."""
    async with Club(url, token=token) as club:
        me = await club.me()
        async with club.connect() as live:
            async for event in live:
                if isinstance(event, Connected):
                    click.echo(f"Listening by {event.by}: write @{me['handle']} in the thread.")
                elif (
                    isinstance(event, MessageCame) and event.is_new and is_asked(event.message, thread_id, me["handle"])
                ):
                    await answer(live, event.message)


def is_asked(message: Message, thread_id: str, handle: str) -> bool:
    """Somebody else mentions the bot; a bot that answers itself never stops."""
    author = message["author"]
    return (
        message["thread_id"] == thread_id
        and author is not None
        and author["handle"] != handle
        and f"@{handle}" in message["body"]
    )


async def answer(live: Live, asked: Message) -> None:
    """As a reply, under a `client_id` made of what was asked: however often it runs, it answers once."""
    await live.typing(asked["thread_id"])
    now = datetime.now(JAPAN)
    await live.send(
        asked["thread_id"],
        f"In Japan it is {now:%H:%M} on {now:%A}.",
        client_id=f"time-{asked['id']}",
        reply_to=asked["seq"],
    )
