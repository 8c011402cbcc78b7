"""Pictures for the demo's stories, painted by a program: nobody is in them, and nobody's photographs are taken."""

import io
import random
from math import sin, tau

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1200, 800)
_HORIZON = 430

Colour = tuple[int, int, int]
# Sky above and at the horizon, the sun, the farthest hill and the nearest.
PALETTES: dict[str, tuple[Colour, Colour, Colour, Colour, Colour]] = {
    "morning": ((141, 170, 205), (248, 220, 205), (255, 244, 224), (150, 160, 190), (52, 66, 92)),
    "evening": ((80, 72, 120), (240, 160, 140), (255, 222, 178), (140, 110, 150), (42, 40, 66)),
    "snow": ((168, 184, 200), (238, 240, 242), (255, 255, 250), (196, 206, 218), (92, 108, 126)),
    "spring": ((150, 190, 214), (252, 226, 232), (255, 250, 236), (158, 186, 170), (58, 92, 78)),
}


def painted(palette: str, seed: int) -> bytes:
    """Hills over a river, as a JPEG; the same for the same seed."""
    chance = random.Random(seed)
    high, low, sun, far, near = PALETTES[palette]
    image = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(image)
    for y in range(SIZE[1]):
        draw.line(((0, y), (SIZE[0], y)), _between(high, low, min(y / _HORIZON, 1)))
    x, y, radius = chance.randint(250, 950), chance.randint(140, 280), chance.randint(45, 75)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), sun)
    image = image.filter(ImageFilter.GaussianBlur(2))
    draw = ImageDraw.Draw(image)
    for layer in range(5):
        draw.polygon(_hill(chance, 300 + layer * 62, 70 - layer * 8), _between(far, near, layer / 4))
    draw.polygon(_river(chance), _between(low, high, 0.35))
    if palette in ("snow", "spring"):
        _fall(draw, chance, (255, 255, 255) if palette == "snow" else (246, 196, 210))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=88)
    return file.getvalue()


def _hill(chance: random.Random, top: int, height: int) -> list[tuple[float, float]]:
    waves = [(chance.uniform(0.4, 2.6), chance.uniform(0, tau), chance.uniform(0.3, 1)) for _ in range(4)]
    ridge = [
        (float(x), top - height * sum(weight * sin(x / SIZE[0] * tau * often + at) for often, at, weight in waves) / 2)
        for x in range(0, SIZE[0] + 1, 10)
    ]
    return [*ridge, (SIZE[0], SIZE[1]), (0, SIZE[1])]


def _river(chance: random.Random) -> list[tuple[float, float]]:
    bend, left, right = chance.uniform(0, tau), [], []
    for step in range(40):
        down = step / 39
        middle = 620 + 190 * sin(bend + down * 2.4)
        width = 12 + 190 * down**1.7
        left.append((middle - width, 600 + 200 * down))
        right.append((middle + width, 600 + 200 * down))
    return [*left, *reversed(right)]


def _fall(draw: ImageDraw.ImageDraw, chance: random.Random, colour: Colour) -> None:
    for _flake in range(150):
        x, y, size = chance.randint(0, SIZE[0]), chance.randint(0, SIZE[1]), chance.choice((2, 3, 3, 5))
        draw.ellipse((x, y, x + size, y + size), colour)


def _between(one: Colour, other: Colour, part: float) -> Colour:
    first, second, third = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return first, second, third
