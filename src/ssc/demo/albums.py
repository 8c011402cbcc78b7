"""The demo's albums: pictures drawn here and now, hung by promised people into their cohorts' albums."""

import io
import math
import random
from dataclasses import dataclass
from uuid import UUID

from PIL import Image, ImageDraw
from sqlalchemy import select

from ssc.communities.albums.actions import add_photo
from ssc.communities.albums.forms import PhotoPlace, PhotoWords
from ssc.core import ids
from ssc.core.blobs import Blobs
from ssc.core.db import Session
from ssc.people.models import Member, Participation
from ssc.people.queries import exchanges_of
from ssc.people.viewer import Viewer
from ssc.programmes.models import Exchange

Colour = tuple[int, int, int]
WIDTH, HEIGHT = 1200, 800


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawn photo: who hung it, what it shows, in which light."""

    by: str
    caption: str
    above: Colour
    below: Colour
    hills: Colour
    petals: int = 0
    tall: bool = False


SCENES = (
    Scene("member5", "The Shinano river on our first evening", (249, 196, 148), (120, 110, 160), (58, 62, 98)),
    Scene(
        "member5", "Cherry trees behind the materials laboratory", (214, 232, 245), (250, 226, 230), (96, 132, 104), 160
    ),
    Scene("member5", "雪の朝、宿舎の前で", (226, 234, 242), (250, 250, 252), (150, 168, 190), 220),
    Scene("member1", "Six in the morning, before the rowers came", (255, 221, 170), (176, 198, 214), (70, 96, 120)),
    Scene("member8", "Back in Nagaoka a year later", (150, 190, 230), (224, 238, 214), (54, 104, 84), 0, True),
    Scene("member8", "", (40, 44, 92), (150, 96, 132), (22, 24, 48), 60),
    Scene(
        "coordinator-th",
        "The last day, with everybody's shoes at the door",
        (244, 214, 160),
        (236, 236, 214),
        (130, 96, 66),
    ),
    Scene("coordinator-th", "ลาก่อน", (180, 214, 240), (244, 214, 222), (88, 120, 88), 120, True),
)


async def hang(session: Session, blobs: Blobs) -> None:
    """Into the first exchange of each; nobody is told."""
    now = ids.new().int
    uploaders = list(dict.fromkeys(scene.by for scene in SCENES))
    # An hour apart, so that they stand in the same order in every demo.
    batches = {one: UUID(int=now - (number * 3_600_000 << 80)) for number, one in enumerate(uploaders, 1)}
    for place, scene in enumerate(SCENES):
        member = await session.scalar(select(Member).where(Member.handle == scene.by))
        exchange = await session.scalar(
            select(Exchange)
            .join(Participation, Participation.exchange_id == Exchange.id)
            .where(Participation.member_id == (member.id if member else None))
            .order_by(Exchange.fiscal_year.desc(), Exchange.code)
        )
        if member is None or exchange is None:
            continue
        viewer = Viewer(member, exchanges=await exchanges_of(session, member.id))
        where = PhotoPlace(batch=batches[scene.by], place=place)
        await add_photo(session, blobs, viewer, exchange, drawn(scene, place), where, PhotoWords(caption=scene.caption))


def drawn(scene: Scene, seed: int) -> bytes:
    """A JPEG: a sky, three rows of hills, and what falls from the trees. The same seed draws the same."""
    chance = random.Random(seed)  # of a picture
    width, height = (HEIGHT, WIDTH) if scene.tall else (WIDTH, HEIGHT)
    picture = Image.new("RGB", (width, height))
    pen = ImageDraw.Draw(picture)
    for line in range(height):
        pen.line([(0, line), (width, line)], _between(scene.above, scene.below, line / height))
    sun = chance.randrange(width // 5, width * 4 // 5), height // 3
    pen.ellipse([sun[0] - 60, sun[1] - 60, sun[0] + 60, sun[1] + 60], _between(scene.above, (255, 250, 235), 0.7))
    for row in range(3):
        _hills(pen, chance, (width, height), row, _between(scene.below, scene.hills, 0.4 + 0.3 * row))
    for _petal in range(scene.petals):
        left, top, size = chance.randrange(width), chance.randrange(height), chance.randrange(5, 15)
        pen.ellipse([left, top, left + size, top + size * 2 // 3], (252, 214 + chance.randrange(36), 226))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=88)
    return file.getvalue()


def _hills(pen: ImageDraw.ImageDraw, chance: random.Random, size: tuple[int, int], row: int, colour: Colour) -> None:
    width, height = size
    base, wave, shift = height * (0.55 + 0.14 * row), height * 0.07, chance.random() * 6
    edge = [
        (x, base + wave * math.sin(x / width * (5 + 2 * row) + shift) + wave / 3 * math.sin(x / width * 23 + shift))
        for x in range(0, width + 10, 10)
    ]
    pen.polygon([(0, height), *edge, (width, height)], fill=colour)


def _between(one: Colour, other: Colour, part: float) -> Colour:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue
