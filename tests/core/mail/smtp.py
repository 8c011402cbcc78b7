"""Mail servers: a real one, and one that is down, slow, refuses, or talks nonsense when it is told to."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

Received = list[tuple[list[str], EmailMessage]]


@dataclass
class MailServer:
    """Speaks just enough SMTP (RFC 5321).

    `refusals` are answered to RCPT TO, one after another, `answers` to a content; `trouble`: `silent`, `nonsense`
    (whatever it is asked) or `hangs up` (when it has the content, once). `offers`: what it says it can; with
    `wants_content` it asks for the content of a letter to nobody too. `hold`: at RCPT or DATA it waits until
    `release`, after `let_through` of them; `holding` is set when `to_hold` wait.
    """

    port: int = 0
    refusals: list[bytes] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    received: Received = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    trouble: str = ""
    offers: tuple[str, ...] = ()
    wants_content: bool = False
    said: list[bytes] = field(default_factory=list)
    hold: str = ""
    let_through: int = 0
    to_hold: int = 1
    holding: asyncio.Event = field(default_factory=asyncio.Event)
    connections: int = 0
    at_once: int = 0
    _open: int = 0
    release: asyncio.Event = field(default_factory=asyncio.Event)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._open += 1
        self.at_once = max(self.at_once, self._open)
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await self._talk(reader, writer)
        self._open -= 1
        writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        recipients: list[str] = []
        if self.trouble == "silent":
            await reader.read()
            return
        writer.write(b"\x00\xff what?\r\n" * 50 if self.trouble == "nonsense" else b"220 club.test\r\n")
        while line := await reader.readline():
            verb = line[:4].upper()
            self.said.append(verb.strip())
            if self.trouble == "nonsense":
                writer.write(b"no idea\r\n")
            elif verb == b"EHLO":
                lines = ["club.test", *self.offers]
                writer.write(b"".join(b"250-%s\r\n" % one.encode() for one in lines[:-1]))
                writer.write(b"250 %s\r\n" % lines[-1].encode())
            elif verb == b"DATA" and not recipients:
                if not self.wants_content:
                    writer.write(b"554 5.5.1 to nobody\r\n")
                    continue
                writer.write(b"354 go on\r\n")
                assert await reader.readline() == b".\r\n"
                writer.write(b"554 5.5.1 to nobody\r\n")
            elif verb == b"DATA":
                writer.write(b"354 go on\r\n")
                await self._take(recipients, await reader.readuntil(b"\r\n.\r\n"))
                if self.trouble == "hangs up":
                    self.trouble = ""
                    return
                writer.write(self.answers.pop(0) + b"\r\n" if self.answers else b"250 ok\r\n")
                recipients = []
            elif verb == b"RCPT":
                await self._wait("RCPT")
                if self.refusals:
                    writer.write(self.refusals.pop(0) + b"\r\n")
                    continue
                recipients.append(line.decode().strip())
                writer.write(b"250 ok\r\n")
            elif verb == b"QUIT":
                writer.write(b"221 bye\r\n")
                return
            else:
                recipients = [] if verb in (b"MAIL", b"RSET") else recipients
                writer.write(b"250 ok\r\n")

    async def _take(self, recipients: list[str], body: bytes) -> None:
        mail = message_from_bytes(body[:-5].replace(b"\r\n..", b"\r\n."), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.received.append((recipients, mail))
        self.raw.append(body)
        await self._wait("DATA")

    async def _wait(self, where: str) -> None:
        if self.hold != where:
            return
        if self.let_through:
            self.let_through -= 1
            return
        self.to_hold -= 1
        if self.to_hold == 0:
            self.holding.set()
        await self.release.wait()


@asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    server = MailServer()
    listening = await asyncio.start_server(server.talk, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        server.release.set()
        listening.close()


@dataclass
class RealServer:
    """aiosmtpd: STARTTLS, passwords, and everything that it insists on.

    After `takes` letters it keeps each that comes without a word, until `release`; `holding` is set when `to_hold`
    wait.
    """

    port: int = 0
    received: Received = field(default_factory=list)
    passwords: list[tuple[str, bool]] = field(default_factory=list)
    takes: int = 1 << 30
    to_hold: int = 1
    holding: asyncio.Event = field(default_factory=asyncio.Event)
    release: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        mail = message_from_bytes(content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.received.append((list(envelope.rcpt_tos), mail))
        if len(self.received) > self.takes:
            if len(self.received) == self.takes + self.to_hold:
                self.holding.set()
            await self.release.wait()
        return "250 taken"

    def check(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.passwords.append((data.password.decode(), session.ssl is not None))
        return AuthResult(success=data.password == b"s e:cret/")


@asynccontextmanager
async def real_server(tls: ssl.SSLContext | None = None, *, direct: bool = False) -> AsyncIterator[RealServer]:
    """`tls`: offered by STARTTLS; with `direct` spoken from the first octet."""
    made = RealServer()

    def protocol() -> SMTP:
        return SMTP(
            made,
            hostname="mx.test",
            tls_context=None if direct else tls,
            authenticator=made.check,
            auth_require_tls=False,
            enable_SMTPUTF8=True,
        )

    listening = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0, ssl=tls if direct else None)
    made.port = listening.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        made.release.set()
        listening.close()
