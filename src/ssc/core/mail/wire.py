"""What is said on a connection to a mail server: commands, in one breath if it takes that (RFC 2920), and answers."""

import asyncio
import re
from collections import deque
from typing import NamedTuple, cast

import aiosmtplib

LONGEST_ANSWER = 1 << 15
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")
_LINE_ENDS = re.compile(rb"\r\n|\r|\n")
_ANSWER = re.compile(rb"(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\r?\n")


class Answer(NamedTuple):
    """What a mail server says to one command."""

    code: int
    text: str


class Wire(asyncio.Protocol):
    """A connection that the library made, secured and signed in on; from then on it is spoken on here.

    The library waits for each answer before its next command, which at a server far away is four journeys a letter.
    """

    def __init__(self, client: aiosmtplib.SMTP) -> None:
        assert client.transport is not None
        self._client = client
        self._transport = cast(asyncio.Transport, client.transport)
        self._held = b""
        self._answers: deque[Answer] = deque()
        self._awaited = 0
        self._heard: asyncio.Future[None] | None = None
        self._broken: Exception | None = None
        self.in_one_breath = client.supports_extension("pipelining")
        self._transport.set_protocol(self)

    def takes(self, extension: str) -> bool:
        return self._client.supports_extension(extension)

    @property
    def is_open(self) -> bool:
        return self._broken is None and not self._transport.is_closing()

    async def say(self, *commands: bytes, within: float) -> list[Answer]:
        """Answers to all of them, or, at a server that wants one at a time, up to the first it does not take.

        `SMTPException` where the server is gone or talks nonsense, TimeoutError where it is silent, ValueError for a
        command that would be several.
        """
        if any(_CONTROL.search(command) for command in commands):
            raise ValueError("a command is one line")
        if self.in_one_breath:
            return await self._exchange(b"\r\n".join((*commands, b"")), len(commands), within)
        answers: list[Answer] = []
        for command in commands:
            answers += await self._exchange(command + b"\r\n", 1, within)
            if answers[-1].code >= 400:
                break
        return answers

    async def content(self, octets: bytes, *, within: float) -> Answer:
        """What the server says to a mail, after it has asked for it."""
        [answer] = await self._exchange(_dotted(octets), 1, within)
        return answer

    def close(self) -> None:
        self._client.close()

    def data_received(self, data: bytes) -> None:
        if self._heard is None or self._heard.done():
            return  # nobody asked: it must not be taken for the answer to what is asked next
        self._held += data
        try:
            while len(self._answers) < self._awaited and (ended := _ANSWER.match(self._held)) is not None:
                self._answers.append(_read(ended[0]))
                self._held = self._held[ended.end() :]
            if len(self._held) > LONGEST_ANSWER or not _may_be_answer(self._held):
                raise aiosmtplib.SMTPResponseException(-1, f"no answer: {self._held[:60]!r}")
        except aiosmtplib.SMTPException as nonsense:
            self._fail(nonsense)
        else:
            if len(self._answers) == self._awaited:
                self._heard.set_result(None)

    def eof_received(self) -> bool:
        self._fail(aiosmtplib.SMTPServerDisconnected("the server hung up"))
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail(aiosmtplib.SMTPServerDisconnected(f"the connection was lost: {exc or 'closed'}"))

    async def _exchange(self, octets: bytes, answers: int, within: float) -> list[Answer]:
        if self._broken is not None:
            raise self._broken
        self._awaited, self._held = answers, b""
        self._answers.clear()
        self._heard = asyncio.get_running_loop().create_future()
        self._transport.write(octets)
        try:
            async with asyncio.timeout(within):
                await self._heard
        finally:
            self._heard = None
        return list(self._answers)

    def _fail(self, why: Exception) -> None:
        self._broken = self._broken or why
        if self._heard is not None and not self._heard.done():
            self._heard.set_exception(why)


def _read(answer: bytes) -> Answer:
    lines = [_CONTROL.sub(b"?", line[4:].strip()) for line in answer.split(b"\n") if line]
    return Answer(int(answer[:3]), b"\n".join(lines).decode("utf-8", "replace"))


def _may_be_answer(held: bytes) -> bool:
    """Whether an answer may begin so: nonsense is not waited for to become sense."""
    return held[:3].isdigit() or len(held) < 3


def _dotted(octets: bytes) -> bytes:
    """As RFC 5321 sends a mail: each line ended by CRLF and nothing else, which no server reads as the mail's end."""
    pairs = octets.count(b"\r\n")
    if octets.count(b"\r") != pairs or octets.count(b"\n") != pairs:
        octets = _LINE_ENDS.sub(b"\r\n", octets)
    if octets.startswith(b"."):
        octets = b"." + octets
    ended = octets if octets.endswith(b"\r\n") else octets + b"\r\n"
    return ended.replace(b"\r\n.", b"\r\n..") + b".\r\n"
