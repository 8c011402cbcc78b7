"""The ways out: connections to the mail server, or a folder of `.eml` files where there is none."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.errors import MessageError
from ipaddress import ip_address
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib

from ssc.core.config import Settings
from ssc.core.mail.wire import Answer, Wire
from ssc.core.mail.writing import Parcel, sender, written

ANSWER_S = 20  # for each command
TAKEN_S = 60  # after the content: a server that scans it may think for a while


class Refused(Exception):
    """The server refuses this letter for good. `of_address`: because of whom it is for."""

    def __init__(self, reason: str, *, of_address: bool) -> None:
        super().__init__(reason)
        self.of_address = of_address


class Later(Exception):
    """The server does not take this letter now."""


class Unreachable(Exception):
    """The server itself is in trouble: no other letter will do better just now."""


class Line(Protocol):
    """One way out, used by one letter at a time: first the envelope, then the content."""

    async def offer(self, row: Parcel) -> None:
        """Writes the mail, and asks whether it would be taken. May be repeated without harm."""

    async def hand_over(self, row: Parcel) -> None:
        """Sends what was offered. Once begun, nobody can tell from outside whether it arrived."""

    async def take_back(self) -> None:
        """What was offered is not handed over."""

    async def close(self) -> None: ...


@asynccontextmanager
async def lines(settings: Settings, number: int) -> AsyncIterator[list[Line]]:
    """At most `number` ways out, closed at the end; connected when first used."""
    made = _made(settings, number)
    try:
        yield made
    finally:
        for line in made:
            await line.close()


def _made(settings: Settings, number: int) -> list[Line]:
    if settings.mail_url is None:
        return [Folder(settings)]  # one, so that files are written in order
    return [Connection(settings) for _one in range(number)]


class Folder:
    """Letters become files; the same letter the same file."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.data_dir / "mail"
        self._content = b""

    async def offer(self, row: Parcel) -> None:
        self._content = _written(row, self._settings)

    async def hand_over(self, row: Parcel) -> None:
        name = f"{row.created_at:%Y%m%d-%H%M%S-%f}-{row.id.hex[-12:]}.eml"
        try:
            await asyncio.to_thread(_write, self._folder / name, self._content.replace(b"\r\n", b"\n"))
        except OSError as full:
            raise Unreachable(f"{self._folder}: {full.strerror}") from full

    async def take_back(self) -> None:
        return

    async def close(self) -> None:
        return


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".part")
    fresh.write_bytes(content)
    fresh.rename(path)


class Connection:
    """A connection to the mail server, kept from letter to letter; after any trouble a new one is made."""

    def __init__(self, settings: Settings) -> None:
        assert settings.mail_url is not None
        self._settings = settings
        self._url = urlsplit(settings.mail_url.get_secret_value())
        self._sender = sender(settings).encode()
        self._wire: Wire | None = None
        self._content = b""
        self._is_asked_for = False  # the server waits for the content

    async def offer(self, row: Parcel) -> None:
        self._is_asked_for = False
        async with self._in_trouble():
            wire = await self._connected()
            self._content = _written(row, self._settings, eight_bit=wire.takes("8bitmime"))
            commands = [self._from(wire, row), b"RCPT TO:<%s>" % row.to_address.encode()]
            if wire.in_one_breath:
                commands.append(b"DATA")
            taken, *others = await wire.say(*commands, within=ANSWER_S)
            if taken.code != 250:
                raise aiosmtplib.SMTPResponseException(*taken)
        self._is_asked_for = len(others) > 1 and others[1].code == 354
        if others[0].code not in (250, 251):
            await self._end_nothing()
            raise _verdict(others[0], of_address=True)
        if len(others) > 1 and not self._is_asked_for:
            await self.take_back()
            raise _verdict(others[1], of_address=False)

    async def hand_over(self, row: Parcel) -> None:
        async with self._in_trouble():
            wire = await self._connected()
            answer = Answer(354, "") if self._is_asked_for else (await wire.say(b"DATA", within=ANSWER_S))[0]
            if answer.code == 354:
                self._is_asked_for = True  # until it is answered: who is stopped in between says no more
                answer = await wire.content(self._content, within=TAKEN_S)
        self._is_asked_for = False
        if answer.code != 250:
            await self.take_back()
            raise _verdict(answer, of_address=False)

    async def take_back(self) -> None:
        """Who has asked for the content is left: a connection that ends before it does brings nothing."""
        if self._is_asked_for:
            await self.close()
        elif self._wire is not None:
            await self._quietly(b"RSET")

    async def close(self) -> None:
        if self._wire is not None and self._wire.is_open and not self._is_asked_for:
            await self._quietly(b"QUIT", within=2)
        if self._wire is not None:
            self._wire.close()
        self._wire, self._is_asked_for = None, False

    @asynccontextmanager
    async def _in_trouble(self) -> AsyncIterator[None]:
        try:
            yield
        except _TROUBLE as trouble:
            self._drop()
            raise Unreachable(_said(trouble)) from trouble

    async def _end_nothing(self) -> None:
        """Of who asks for the content of a letter to nobody, RFC 2920 says: it gets a single dot."""
        if not self._is_asked_for:
            await self.take_back()
            return
        self._is_asked_for = False
        try:
            assert self._wire is not None
            await self._wire.say(b".", within=ANSWER_S)
        except _TROUBLE:
            self._drop()

    async def _quietly(self, command: bytes, within: float | None = None) -> None:
        try:
            assert self._wire is not None
            await self._wire.say(command, within=within or ANSWER_S)
        except _TROUBLE:
            self._drop()

    def _drop(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()

    async def _connected(self) -> Wire:
        if self._wire is None or not self._wire.is_open:
            self._wire = Wire(await self._connect())
        return self._wire

    async def _connect(self) -> aiosmtplib.SMTP:
        url = self._url
        client = aiosmtplib.SMTP(
            hostname=url.hostname,
            port=url.port or (465 if url.scheme == "smtps" else 25),
            use_tls=url.scheme == "smtps",
            start_tls=False,
            timeout=ANSWER_S,
        )
        try:
            async with asyncio.timeout(2 * ANSWER_S):
                await client.connect()
                await client.ehlo()
                if url.scheme != "smtps" and client.supports_extension("starttls"):
                    await client.starttls()
                    await client.ehlo()  # what it said before may not have been the server's
                if url.username:
                    await self._sign_in(client, url.username, url.password or "")
        except BaseException:
            client.close()
            raise
        return client

    async def _sign_in(self, client: aiosmtplib.SMTP, name: str, password: str) -> None:
        """Never in clear over a network: whoever takes STARTTLS out of the greeting would read it."""
        secured = client.get_transport_info("sslcontext") is not None
        if not secured and not _is_here(self._url.hostname or ""):
            raise aiosmtplib.SMTPException("the server offers no TLS, so the password is not sent")
        await client.login(unquote(name), unquote(password))

    def _from(self, wire: Wire, row: Parcel) -> bytes:
        options = b" BODY=8BITMIME" if wire.takes("8bitmime") else b""
        if not row.to_address.isascii():
            if not wire.takes("smtputf8"):
                raise Refused("the mail server takes no address in this script", of_address=False)
            options += b" SMTPUTF8"
        return b"MAIL FROM:<%s>%s" % (self._sender, options)


def _written(row: Parcel, settings: Settings, *, eight_bit: bool = True) -> bytes:
    """A letter that cannot be written harms no other."""
    try:
        return written(row, settings, eight_bit=eight_bit)
    except (ValueError, LookupError, MessageError) as broken:
        raise Refused(f"it cannot be written: {broken}", of_address=False) from broken


_TROUBLE = (aiosmtplib.SMTPException, OSError, TimeoutError, ssl.SSLError, ValueError, asyncio.IncompleteReadError)


def _verdict(answer: Answer, *, of_address: bool) -> Exception:
    said = f"{answer.code} {answer.text}"[:250]
    if 500 <= answer.code < 600:
        return Refused(said, of_address=of_address)
    if 400 <= answer.code < 500 and answer.code != 421:
        return Later(said)
    return Unreachable(said)


def _said(trouble: BaseException) -> str:
    return (str(trouble) or type(trouble).__name__)[:250]


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
