"""Photos of a cohort on a phone, one of them taken down; a host with a secretary looks at her exchanges."""

import io
import re

from PIL import Image
from playwright.async_api import FilePayload, Route, expect

from tests.browser.conftest import NARROW, Arrive
from tests.browser.person import Person

COHORT = "/exchanges/SSP-C-2024-50001"
HOSTS = (
    "/me/exchanges",
    "/me/exchanges/SSP-C-2024-50001",
    "/me/secretaries",
)


def drawn(name: str, colour: str) -> FilePayload:
    file = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(file, "JPEG")
    return FilePayload(name=name, mimeType="image/jpeg", buffer=file.getvalue())


async def looked_at(person: Person, *paths: str) -> dict[str, list[str]]:
    """What keeps somebody from using these pages, in both languages."""
    wrong = {}
    for language in ("ja", "en"):
        await person.speak(language)
        for path in paths:
            await person.visit(path)
            if found := await person.barriers_in_every_look(language):
                wrong[f"{path} {language}"] = found
    await person.page.set_viewport_size(NARROW)
    return wrong


async def captions(person: Person) -> list[str]:
    await person.visit(f"{COHORT}/album")
    return [await one.get_attribute("alt") or "" for one in await person.page.locator(".album img").all()]


async def test_three_photos_by_phone_and_one_taken_down(arrive: Arrive) -> None:
    """The second does not get through at first; it is tried again and stands where it was chosen."""
    faith, bayu = await arrive(size=NARROW), await arrive(size=NARROW)
    await faith.slip_in("member6@demo.example")
    await faith.visit(COHORT)
    await faith.page.get_by_role("link", name=re.compile("^All \\d+ photos")).click()
    assert await faith.barriers() == []
    failed: list[str] = []

    async def breaks_once(route: Route) -> None:
        if not failed and b'name="place"\r\n\r\n1\r\n' in (route.request.post_data_buffer or b""):
            failed.append(route.request.url)
            await route.fulfill(status=503, body="")
        else:
            await route.continue_()

    await faith.page.route("**/api/v1/exchanges/*/album", breaks_once)
    files = [drawn("morning.jpg", "orange"), drawn("noon.jpg", "blue"), drawn("night.jpg", "navy")]
    with faith.refused(503):
        await faith.page.get_by_label("Photos", exact=True).set_input_files(files)
        await faith.page.get_by_role("button", name="Try again noon.jpg").click()
        await faith.page.wait_for_url("**/captions?done=added")
    assert await faith.barriers() == []
    for number, words in enumerate(("Morning on the river", "Bayu asleep at noon", "Night in the laboratory"), 1):
        await faith.fill(f"Photo {number}", words)
    await faith.press("Save the words")
    await bayu.slip_in("member4@demo.example")
    assert (await captions(bayu))[:3] == [
        "Morning on the river",
        "Bayu asleep at noon",
        "Night in the laboratory",
    ]
    await bayu.page.get_by_role("link", name="Morning on the river").click()
    await expect(bayu.page.locator("figure img")).to_have_attribute("alt", "Morning on the river")
    await bayu.page.wait_for_function("customElements.get('photo-keys') !== undefined")
    await bayu.page.keyboard.press("ArrowRight")
    await expect(bayu.page.locator("figure img")).to_have_attribute("alt", "Bayu asleep at noon")
    assert await bayu.barriers() == []
    address = await bayu.page.locator("figure img").get_attribute("src")
    await bayu.press("I am in this picture: take it down")
    await bayu.reads("The photo is down: nobody sees it any more.")
    assert await bayu.barriers() == []
    assert "Bayu asleep at noon" not in await captions(faith)
    for person in (faith, bayu):
        assert (await person.context.request.get(f"{person.club.address}{address}")).status == 404
    await faith.visit("/notifications")
    await faith.reads(re.compile("A photo of yours in the album"))
    assert "Bayu" not in await faith.page.locator("main").inner_text()
    await bayu.visit(f"{COHORT}/album")
    await bayu.page.get_by_role("button", name=re.compile("^Bring it back ")).click()
    await bayu.reads("The photo is back.")
    assert "Bayu asleep at noon" in await captions(faith)


async def test_several_photos_without_scripts(arrive: Arrive) -> None:
    linh = await arrive(size=NARROW, java_script_enabled=False)
    await linh.slip_in("member3@demo.example")
    await linh.visit(f"{COHORT}/album")
    await linh.page.get_by_label("Photos", exact=True).set_input_files([drawn("a.jpg", "red"), drawn("b.jpg", "green")])
    await linh.press("Add to the album")
    await linh.reads("Your photos are in the album.")
    await linh.fill("Photo 1", "Maple")
    await linh.press("Save the words")
    assert (await captions(linh))[0] == "Maple"


async def test_a_host_and_her_secretary_look_at_their_exchanges(arrive: Arrive) -> None:
    haruka, mizuki, arjun = await arrive(), await arrive(size=NARROW), await arrive(size=NARROW)
    await haruka.slip_in("host@demo.example")
    assert await looked_at(haruka, *HOSTS) == {}
    await mizuki.slip_in("secretary@demo.example")
    await mizuki.visit("/")
    await mizuki.visit("/me/exchanges")
    await mizuki.reads("Secretary")
    await mizuki.page.get_by_role("link", name=re.compile("^Who came, and how they are")).first.click()
    await mizuki.visit("/me/exchanges/SSP-C-2024-50001")
    await mizuki.reads(re.compile("Doctoral student in Materials Science"))
    assert await mizuki.barriers() == []
    await arjun.slip_in("member1@demo.example")
    await arjun.visit("/me/preferences")
    await arjun.page.get_by_label("My hosts may see how I am doing").uncheck()
    await arjun.press("Save preferences")
    await mizuki.visit("/me/exchanges/SSP-C-2024-50001")
    assert "Doctoral student in Materials Science" not in await mizuki.page.locator("main").inner_text()
    await haruka.visit("/me/secretaries")
    await haruka.press("End it Mizuki Hayashi")
    await haruka.reads("Nobody acts for you")
    await mizuki.visit("/me/exchanges/SSP-C-2024-50001", status=404)


async def test_staff_invite_a_host_who_claims_her_place(arrive: Arrive) -> None:
    sachi, chie = await arrive(), await arrive(size=NARROW)
    await sachi.slip_in("staff@demo.example")
    await sachi.visit("/desk/hosts")
    await sachi.fill("Name", "Chie Contact")
    await sachi.fill("Email", "chie@host.example")
    await sachi.fill("Looks after all exchanges of (optional)", "Nagaoka University of Technology")
    await sachi.press("Invite")
    await sachi.reads("The invitation is on its way.")
    assert await sachi.barriers() == []
    letter = await sachi.club.letter("chie@host.example", "/invitations/")
    assert "受け入れ" in letter.text
    await chie.open(letter, "/invitations/")
    await chie.fill("Your date of birth", "1971-02-03")
    await chie.check("I have read the terms")
    await chie.press("Claim my place")
    await chie.visit("/me/exchanges")
    await chie.reads("Contact of the host")
    assert await chie.barriers() == []
