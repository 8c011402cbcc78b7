"""Logs: one line of JSON for each entry, without secrets, addresses or forged lines. Case 46."""

import errno
import io
import json
import logging
import re
from datetime import datetime
from time import process_time

import pytest

from ssc.core.logs import JsonLines, access, request_id, without_secrets
from tests.cast import Cast
from tests.conftest import AccessLines

SECRETS = [
    ("mailed to Tanaka.Taro+x@sub.example.co.jp today", "mailed to [address] today"),
    ("<taro@example.org>", "<[address]>"),
    ("to=taro@example.org", "to=[address]"),
    ("Authorization: Bearer abc.def-ghi", "Authorization: Bearer [secret]"),
    ("cookie ssc_session=abcdefg; x=1", "cookie ssc_session=[secret]; x=1"),
    ("/invitations?token=abc&x=1", "/invitations?token=[secret]&x=1"),
    ('{"password": "hunter2 three"}', '{"password": "[secret]"}'),
    ("password=hunter2&next=/", "password=[secret]&next=/"),
    ("postgresql://club:hunter2@db/club", "postgresql://[secret]@db/club"),
    ("GET /claim/" + "Aa1_-" * 8 + "xyz HTTP", "GET /claim/[secret] HTTP"),
]


ACCESS = ("at", "level", "logger", "message", "request", "method", "route", "status", "ms")


def logged(message: str, *arguments: object, **extra: object) -> str:
    record = logging.makeLogRecord({"msg": message, "args": arguments, "levelname": "INFO", "name": "ssc.test"})
    record.__dict__.update(extra)
    return JsonLines().format(record)


@pytest.mark.parametrize(("message", "shown"), SECRETS)
def test_secrets_and_addresses_are_blotted_out(message: str, shown: str) -> None:
    assert without_secrets(message)[: len(shown)] == shown
    for secret in ("hunter2", "taro", "abcdefg", "abc.def"):
        assert secret not in without_secrets(message).lower()


@pytest.mark.parametrize("piece", ["a", "a.", "password=", "://a", "a@"])
def test_a_long_line_is_written_at_once(piece: str) -> None:
    """What somebody sent may stand in the error that it caused."""
    line = (piece * 100_000)[:100_000]
    began = process_time()
    without_secrets(line)
    assert process_time() - began < 0.5


def test_what_is_no_secret_stays() -> None:
    plain = "GET /api/v1/members/{handle} 200 in 12.3 ms, request fcd51caa9a705989, SSP-2023-A12"
    assert without_secrets(plain) == plain


def test_an_entry_is_one_line_however_it_is_forged() -> None:
    line = logged('x\n{"level": "error", "message": "%s"}\r\u2028', "forged", more="a\nb")
    assert line.count("\n") == 0
    assert json.loads(line)["level"] == "info"
    assert json.loads(line)["more"] == "a\nb"
    hidden = logged('{"password": "hunter2"}', password="hunter2")
    assert json.loads(hidden)["password"] == "[secret]"
    assert json.loads(hidden)["message"] == '{"password": "[secret]"}'


def test_the_request_is_named_in_what_is_logged_for_it() -> None:
    token = request_id.set("fcd51caa9a705989")
    assert json.loads(logged("x"))["request"] == "fcd51caa9a705989"
    request_id.reset(token)
    assert "request" not in json.loads(logged("x"))


async def test_a_request_is_logged_by_its_pattern_and_never_by_its_path(
    cast: Cast, caplog: pytest.LogCaptureFixture, access_lines: AccessLines
) -> None:
    """Mailed links carry their token in the path."""
    caplog.set_level(logging.INFO)
    async with cast.visitor(**{"user-agent": "forged\n{}", "referer": "http://x/secret-referer"}) as browser:
        await browser.get("/invitations/secret-in-a-path?token=secret-in-a-query")
        await browser.get("/nowhere/secret-in-a-path")
    assert access_lines.answers == [("GET", "/invitations/{token}", 404), ("GET", "unrouted", 404)]
    entries = access_lines.entries
    assert [set(line) for line in entries] == [set(ACCESS)] * 2
    assert all(
        datetime.fromisoformat(line["at"]).tzinfo and re.fullmatch("[0-9a-f]{16}", line["request"]) for line in entries
    )
    ours = "\n".join(JsonLines().format(record) for record in caplog.records if record.name != "httpx")
    everything = access_lines.getvalue() + ours
    assert "secret-in" not in everything
    assert "secret-referer" not in everything


async def test_a_log_that_takes_no_more_lines_fails_no_request(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """(case 15) Its disk is full, or who read it has gone."""

    class Full(io.StringIO):
        tried = 0

        def write(self, _line: str) -> int:
            self.tried += 1
            raise OSError(errno.ENOSPC, "No space left on device")

    stream = Full()
    monkeypatch.setattr(access, "stream", stream)
    await cast.running.shelf.heard()
    async with cast.visitor() as browser:
        made, kept, other = [await browser.get(path) for path in ("/", "/", "/exchanges")]
    assert [answer.status_code for answer in (made, kept, other)] == [200, 200, 200]
    assert stream.tried == 3
