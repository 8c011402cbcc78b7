"""Push: encrypted for one browser, signed by the club, only where it is wanted; 410 forgets. Cases 23, 57."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from sqlalchemy import select, text

from ssc.core import clock
from ssc.core.config import Settings
from ssc.core.outgoing import Outgoing
from ssc.core.process import Process
from ssc.notifications import jobs, webpush
from ssc.notifications.jobs import Unheard
from ssc.notifications.models import PushSubscription
from ssc.notifications.webpush import Keys, spelled, unspelled
from ssc.people.models import Member
from tests.cast import Cast
from tests.certificates import self_signed
from tests.core.https import HttpsServer, https_server
from tests.notifications.conftest import ACTIVITY, Club
from tests.notifications.test_mailing import Browser

API = "/api/v1/me/push-subscriptions"


class Device:
    """A browser's push keys; it reads what was encrypted for it."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(webpush.CURVE)
        self.auth = b"sixteen octets!!"
        self.keys = {"p256dh": spelled(webpush._point(self.key)), "auth": spelled(self.auth)}

    def read(self, body: bytes) -> Any:
        salt, sender, sealed = body[:16], body[21 : 21 + body[20]], body[21 + body[20] :]
        public = ec.EllipticCurvePublicKey.from_encoded_point(webpush.CURVE, sender)
        info = b"WebPush: info\x00" + webpush._point(self.key) + sender
        secret = webpush._derived(self.key.exchange(ec.ECDH(), public), self.auth, info, 32)
        key = webpush._derived(secret, salt, b"Content-Encoding: aes128gcm\x00", 16)
        nonce = webpush._derived(secret, salt, b"Content-Encoding: nonce\x00", 12)
        return json.loads(AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\x02"))


@pytest.fixture
def device() -> Device:
    return Device()


@pytest.fixture
async def service(tmp_path: Path, running: Process) -> AsyncIterator[HttpsServer]:
    """The push service, which counts as public here."""
    certificate = self_signed(tmp_path)
    async with https_server(certificate.context) as server:
        way = Outgoing(allows=lambda address: True, ports=frozenset({server.port}), trust=certificate.trust)
        object.__setattr__(running, "outgoing", way)
        yield server


@pytest.fixture
async def anan(cast: Cast) -> Member:
    return await cast.member("Anan Suda")


@pytest.fixture
async def berit(cast: Cast) -> Member:
    return await cast.member("Berit Berg", country="KE")


@pytest.fixture
async def browser(cast: Cast, anan: Member) -> AsyncIterator[httpx.AsyncClient]:
    async with await cast.browser(anan) as opened:
        yield opened


async def subscribed(cast: Cast, browser: httpx.AsyncClient, device: Device, service: HttpsServer) -> None:
    body = {"endpoint": "https://push.example/device", "expirationTime": None, "keys": device.keys}
    answer = await browser.post(API, json=body)
    assert answer.status_code == 201, answer.text
    async with cast.running.database.transaction() as session:
        for row in await session.scalars(select(PushSubscription)):
            row.endpoint = f"https://localhost:{service.port}/device"


async def test_a_message_rings_on_the_device_and_only_it_can_read_it(
    club: Club,
    cast: Cast,
    browser: httpx.AsyncClient,
    device: Device,
    service: HttpsServer,
    anan: Member,
    berit: Member,
) -> None:
    await subscribed(cast, browser, device, service)
    await club.tell(anan, berit)
    await cast.run_jobs()
    [(headers, body)] = service.asked
    assert device.read(body) == {
        "title": "Sakura Science Club",
        "body": "Berit Berg wrote in Thread 1 (1)",
        "url": "/messages/1",
        "tag": "thread:1",
    }
    assert b"Berit" not in body
    assert (headers["content-encoding"], headers["ttl"], headers["urgency"]) == ("aes128gcm", "86400", "normal")
    await club.tell(anan, berit, ACTIVITY, thread="2")
    await cast.run_jobs()
    assert len(service.asked) == 1


async def test_the_sender_signs_itself_with_the_key_that_browsers_are_given(
    cast: Cast, browser: httpx.AsyncClient
) -> None:
    settings = cast.running.settings
    given = (await browser.get(API)).json()
    assert given == {"key": webpush.public_key(settings.vapid), "devices": 0, "items": []}
    header = webpush.signed("https://push.example/a/b", "mailto:a@example.org", settings.vapid)["authorization"]
    token, key = (part.split("=", 1)[1] for part in header.removeprefix("vapid ").split(", "))
    assert key == given["key"]
    head, claims, signature = token.split(".")
    raw = unspelled(signature)
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    public = ec.EllipticCurvePublicKey.from_encoded_point(webpush.CURVE, unspelled(key))
    public.verify(encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    said = json.loads(unspelled(claims))
    assert (said["aud"], said["sub"]) == ("https://push.example", "mailto:a@example.org")
    assert 0 < said["exp"] - clock.now().timestamp() <= 24 * 3600


def test_it_is_encrypted_as_the_standard_shows() -> None:
    """RFC 8291, appendix A."""
    keys = Keys(
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
    )
    own = webpush._private("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
    body = webpush.encrypted(
        b"When I grow up, I want to be a watermelon", keys, own, unspelled("DGv6ra1nlYgDCS1FRnbzlw")
    )
    assert spelled(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95b"
        "Qpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"endpoint": "http://push.example/x"},
        {"endpoint": "https://push.example:8080/x"},
        {"endpoint": "https://user:pass@push.example/"},
        {"endpoint": "javascript:alert(1)"},
        {"endpoint": "https://push.example/" + "x" * 1000},
        {"keys": {"p256dh": "AAAA", "auth": "AAAA"}},
        {"keys": {"p256dh": spelled(b"\x04" + b"x" * 64), "auth": spelled(b"x" * 16)}},
        {"keys": {}},
        {"keys": {"auth": spelled(b"x" * 16) + "=" * 60}},
    ],
)
async def test_what_is_no_subscription_is_refused(
    browser: httpx.AsyncClient, device: Device, change: dict[str, Any]
) -> None:
    body = {"endpoint": "https://push.example/device", "keys": device.keys}
    if "auth" in change.get("keys", {}) and "p256dh" not in change["keys"]:
        change = {"keys": {**device.keys, **change["keys"]}}
    assert (await browser.post(API, json={**body, **change})).status_code == 422
    assert (await browser.post(API, json=body)).status_code == 201


async def test_an_endpoint_at_a_private_address_is_never_called_and_forgotten(
    club: Club, cast: Cast, browser: httpx.AsyncClient, device: Device, anan: Member, berit: Member
) -> None:
    """Case 57: as in production, with a name that leads to ourselves."""
    body = {"endpoint": "https://localhost/device", "keys": device.keys}
    assert (await browser.post(API, json=body)).status_code == 201
    await club.tell(anan, berit)
    await cast.run_jobs()
    assert (await browser.get(API)).json()["devices"] == 0


@pytest.mark.parametrize("status", [404, 410])
async def test_what_the_push_service_does_not_know_any_more_is_forgotten(
    club: Club,
    cast: Cast,
    browser: httpx.AsyncClient,
    device: Device,
    service: HttpsServer,
    anan: Member,
    berit: Member,
    status: int,
) -> None:
    await subscribed(cast, browser, device, service)
    service.answers = [status]
    await club.tell(anan, berit)
    await cast.run_jobs()
    await club.tell(anan, berit, thread="2")
    await cast.run_jobs()
    assert ((await browser.get(API)).json()["devices"], len(service.asked)) == (0, 1)


@pytest.mark.parametrize("status", [302, 429, 500, 503])
async def test_a_push_service_in_trouble_is_tried_again(
    club: Club,
    cast: Cast,
    browser: httpx.AsyncClient,
    device: Device,
    service: HttpsServer,
    anan: Member,
    berit: Member,
    status: int,
) -> None:
    """Case 23. What was read meanwhile does not ring."""
    await subscribed(cast, browser, device, service)
    service.answers = [status]
    await club.tell(anan, berit)
    await jobs.push(cast.running)
    [ring] = await rings(cast)
    with pytest.raises(Unheard):
        await jobs.ring(cast.running, **ring)
    await jobs.ring(cast.running, **ring)
    assert ((await browser.get(API)).json()["devices"], len(service.asked)) == (1, 2)
    await club.withdraw("1", anan)
    await jobs.ring(cast.running, **ring)
    assert len(service.asked) == 2


async def rings(cast: Cast) -> list[dict[str, Any]]:
    async with cast.running.database.transaction() as session:
        waiting = await session.execute(
            text("SELECT args FROM procrastinate_jobs WHERE task_name = 'notifications.ring'")
        )
        return list(waiting.scalars())


async def test_not_to_who_is_here_sleeps_has_read_it_or_switched_it_off(
    club: Club,
    cast: Cast,
    browser: httpx.AsyncClient,
    device: Device,
    service: HttpsServer,
    anan: Member,
    berit: Member,
) -> None:
    await subscribed(cast, browser, device, service)
    here = Browser(anan.id)
    async with cast.running.live.connect(here):
        await club.tell(anan, berit)
        await jobs.push(cast.running)
    await club.tell(anan, berit, thread="2")
    await club.withdraw("2", anan)
    await jobs.push(cast.running)
    local = clock.now().astimezone(ZoneInfo("Asia/Tokyo"))
    quiet = {"from": f"{local - timedelta(hours=1):%H:%M}", "to": f"{local + timedelta(hours=1):%H:%M}"}
    for change in ({"quiet_hours": quiet}, {"quiet_hours": None, "notifications": {"direct-message": {"push": False}}}):
        await club.tell(anan, berit, thread="3")
        (await browser.patch("/api/v1/me/preferences", json=change)).raise_for_status()
        await jobs.push(cast.running)
        await club.withdraw("3", anan)
    assert await rings(cast) == []
    await browser.patch("/api/v1/me/preferences", json={"notifications": {"direct-message": {"push": True}}})
    await club.tell(anan, berit, thread="4")
    await jobs.push(cast.running)
    assert len(await rings(cast)) == 1


async def test_who_signs_out_is_not_rung_and_who_comes_after_her_gets_her_own(
    club: Club,
    cast: Cast,
    browser: httpx.AsyncClient,
    device: Device,
    service: HttpsServer,
    anan: Member,
    berit: Member,
) -> None:
    await subscribed(cast, browser, device, service)
    async with await cast.browser(berit) as second:
        body = {"endpoint": f"https://localhost:{service.port}/device", "keys": device.keys}
        assert (await second.post(API, json=body)).status_code == 422  # not the usual port
        async with cast.running.database.transaction() as session:
            for row in await session.scalars(select(PushSubscription)):
                row.endpoint = "https://push.example/device"
        assert (await second.post(API, json={**body, "endpoint": "https://push.example/device"})).status_code == 201
        assert (await browser.get(API)).json()["devices"] == 0
        assert (await second.get(API)).json()["devices"] == 1
        await second.delete("/api/v1/session")
    await club.tell(berit, anan)
    await cast.run_jobs()
    assert service.asked == []
    async with cast.running.database.transaction() as session:
        assert await session.scalar(select(PushSubscription.id)) is None


async def test_one_tries_it_out_and_gives_it_back(
    cast: Cast, browser: httpx.AsyncClient, device: Device, service: HttpsServer
) -> None:
    assert (await browser.post(f"{API}/test")).status_code == 404
    await subscribed(cast, browser, device, service)
    tried = await browser.post(f"{API}/test")
    assert (tried.status_code, tried.json()) == (202, {"devices": 1})
    await cast.run_jobs()
    assert device.read(service.asked[0][1])["body"] == "This is how the club rings."
    endpoint = f"https://localhost:{service.port}/device"
    for _again in range(2):
        assert (await browser.request("DELETE", API, json={"endpoint": endpoint})).status_code == 204
    assert (await browser.get(API)).json()["devices"] == 0


class TestLimits:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"limits": "on"})

    async def test_nobody_has_the_club_call_an_address_again_and_again(
        self, browser: httpx.AsyncClient, device: Device
    ) -> None:
        await browser.post(API, json={"endpoint": "https://push.example/device", "keys": device.keys})
        tried = [(await browser.post(f"{API}/test")).status_code for _n in range(20)]
        assert tried == [202] * 20
        assert (await browser.post(f"{API}/test")).status_code == 429
        assert (await browser.post("/me/push-devices/test")).status_code == 429


async def test_ten_devices_ring(browser: httpx.AsyncClient, device: Device) -> None:
    for n in range(12):
        await browser.post(API, json={"endpoint": f"https://push.example/{n}", "keys": device.keys})
    assert (await browser.get(API)).json()["devices"] == 10


async def test_the_page_lists_what_rings_and_each_of_it_can_be_removed(
    cast: Cast, browser: httpx.AsyncClient, device: Device, anan: Member, berit: Member
) -> None:
    for n in range(2):
        await browser.post(API, json={"endpoint": f"https://push.example/{n}", "keys": device.keys})
    listed = (await browser.get(API)).json()["items"]
    assert [(one["device"], one["current"]) for one in listed] == [("Firefox on Linux", True)] * 2
    page = (await browser.get("/me/preferences")).text
    first, second = (f"/me/push-devices/{one['id']}/remove" for one in listed)
    assert (first in page, second in page, "/me/push-devices/test" in page) == (True, True, True)
    async with await cast.browser(berit) as other:
        assert (await other.post(first)).status_code == 404
        assert "/me/push-devices" not in (await other.get("/me/preferences")).text
    assert (await browser.post(first)).headers["location"] == "/me/preferences?done=saved#push"
    assert (await browser.delete(f"{API}/{listed[1]['id']}")).status_code == 204
    assert (await browser.get(API)).json()["items"] == []


async def test_where_nothing_can_ring_one_tap_brings_mail(cast: Cast, browser: httpx.AsyncClient, anan: Member) -> None:
    chosen = {"direct-message": {"mail": False, "push": True}, "thread-activity": {"digest": False}}
    await browser.patch("/api/v1/me/preferences", json={"notifications": chosen, "mail_opt_out": True})
    assert "/me/mail-instead" in (await browser.get("/me/preferences")).text
    assert (await browser.post("/me/mail-instead")).status_code == 303
    told = (await browser.get("/api/v1/me/preferences")).json()
    assert (told["notifications"]["direct-message"]["mail"], told["mail_opt_out"]) == (True, False)
    assert told["notifications"]["thread-activity"]["digest"] is False
    assert told["notifications"]["thread-activity"]["mail"] is False
