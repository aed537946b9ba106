"""Draws the demo's landscapes: no photograph of the centres is free to use, and none of their patients ever will be."""

import math
import random
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 900
FINE = 2  # drawn twice as large, then reduced: Pillow's shapes have hard edges


@dataclass(frozen=True)
class Hour:
    """The colours of a moment of the day: sky from top to bottom, sun, hills from far to near, roofs."""

    sky: tuple[str, str]
    sun: str
    sun_at: tuple[float, float]
    hills: tuple[str, str, str, str]
    roofs: tuple[str, ...]


HOURS = {
    "morning": Hour(
        sky=("#cfe2ef", "#fdf1d4"),
        sun="#f2b544",
        sun_at=(0.74, 0.26),
        hills=("#b9d3c6", "#8fbba3", "#5b9a78", "#3d8464"),
        roofs=("#c2643f", "#c2452d", "#d28a55"),
    ),
    "noon": Hour(
        sky=("#9cc8e4", "#e2eef6"),
        sun="#fdf1d4",
        sun_at=(0.2, 0.2),
        hills=("#a9cdb0", "#86b886", "#5fa06a", "#3f8458"),
        roofs=("#b8573a", "#5d6b77", "#cf7a4e"),
    ),
    "evening": Hour(
        sky=("#f4c9a4", "#fbe5de"),
        sun="#e8743f",
        sun_at=(0.52, 0.44),
        hills=("#d5b9a8", "#a7a58a", "#6f8f6f", "#2f6a55"),
        roofs=("#8f3a2a", "#a8523a", "#6d5a63"),
    ),
    "autumn": Hour(
        sky=("#dfe6ea", "#f8ecd6"),
        sun="#f7d48a",
        sun_at=(0.82, 0.3),
        hills=("#cdbf9b", "#c79f5b", "#a9803f", "#6f7a45"),
        roofs=("#7c4634", "#9c5a3c", "#5d6b77"),
    ),
}


def landscape(hour: str, seed: int) -> bytes:
    """A village in its hills as a JPEG of 1600 × 900; the same hour and seed always give the same picture."""
    colours, chance = HOURS[hour], random.Random(seed)  # noqa: S311 — a picture, no secret
    image = _sky(colours)
    pen = ImageDraw.Draw(image)
    for depth, colour in enumerate(colours.hills):
        line = _hill(chance, 0.5 + 0.12 * depth)
        _fill_below(pen, line, colour)
        if depth == 2:
            _village(pen, line, colours, chance)
        _trees(pen, line, depth, chance)
    out = BytesIO()
    image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(out, "JPEG", quality=90)
    return out.getvalue()


def _sky(colours: Hour) -> Image.Image:
    """A gradient, the sun and its halo."""
    size = (WIDTH * FINE, HEIGHT * FINE)
    top, bottom = (Image.new("RGB", size, colour) for colour in colours.sky)
    image = Image.composite(bottom, top, Image.linear_gradient("L").resize(size))
    x, y = colours.sun_at[0] * size[0], colours.sun_at[1] * size[1]
    for radius, strength in ((270, 60), (190, 90), (125, 255)):
        halo = Image.new("L", size, 0)
        ImageDraw.Draw(halo).ellipse((x - radius, y - radius, x + radius, y + radius), fill=strength)
        image.paste(Image.new("RGB", size, colours.sun), mask=halo.filter(ImageFilter.GaussianBlur(2)))
    return image


def _hill(chance: random.Random, base: float):
    """The height of a hill's edge at each x, in pixels from the top."""
    waves = [(chance.uniform(20, 60), chance.uniform(0.6, 1.4), chance.uniform(0, 6)), (14, chance.uniform(2, 3), 1)]
    return lambda x: (
        FINE * (HEIGHT * base + sum(a * math.sin(x / (WIDTH * FINE) * 2 * math.pi * f + p) for a, f, p in waves))
    )


def _fill_below(pen: ImageDraw.ImageDraw, line, colour: str) -> None:
    """Everything under the edge."""
    width, height = WIDTH * FINE, HEIGHT * FINE
    edge = [(x, line(x)) for x in range(0, width + 1, 8)]
    pen.polygon([(0, height), *edge, (width, height)], fill=colour)


def _village(pen: ImageDraw.ImageDraw, line, colours: Hour, chance: random.Random) -> None:
    """A church among a handful of houses, on the edge of a hill."""
    middle = chance.uniform(0.3, 0.6) * WIDTH * FINE
    _church(pen, middle, line(middle) + 30)
    for number in (-4, -3, -2, -1, 1, 2, 3, 4):
        x = middle + number * 150 + chance.uniform(-30, 30)
        _house(pen, x, line(x) + chance.uniform(24, 70), chance.uniform(110, 170), chance.choice(colours.roofs))


def _church(pen: ImageDraw.ImageDraw, x: float, ground: float) -> None:
    """A square tower under its spire, with the nave beside."""
    pen.rectangle((x + 70, ground - 130, x + 300, ground), fill="#f4ead8")
    pen.polygon(
        [(x + 60, ground - 128), (x + 110, ground - 200), (x + 260, ground - 200), (x + 310, ground - 128)],
        fill="#5d6b77",
    )
    pen.rectangle((x - 10, ground - 300, x + 80, ground), fill="#fbf3e4")
    pen.rectangle((x + 45, ground - 300, x + 80, ground), fill="#e6dac4")
    pen.polygon([(x - 22, ground - 298), (x + 35, ground - 470), (x + 92, ground - 298)], fill="#5d6b77")
    pen.polygon([(x + 35, ground - 470), (x + 92, ground - 298), (x + 48, ground - 298)], fill="#4a5660")
    pen.ellipse((x + 16, ground - 260, x + 54, ground - 222), fill="#ffffff", outline="#5d6b77", width=6)


def _house(pen: ImageDraw.ImageDraw, x: float, ground: float, width: float, roof: str) -> None:
    """Walls, a shaded end, a roof, two windows and a door."""
    height = width * 0.62
    pen.rectangle((x, ground - height, x + width, ground), fill="#fbf3e4")
    pen.rectangle((x + width * 0.68, ground - height, x + width, ground), fill="#e9dcc6")
    eaves, ridge = ground - height, ground - height - width * 0.42
    pen.polygon(
        [(x - width * 0.07, eaves), (x + width * 0.15, ridge), (x + width * 0.85, ridge), (x + width * 1.07, eaves)],
        fill=roof,
    )
    for place in (0.14, 0.74):
        left = x + width * place
        pen.rectangle((left, ground - height * 0.72, left + width * 0.13, ground - height * 0.4), fill="#5e86a6")
    pen.rectangle((x + width * 0.43, ground - height * 0.45, x + width * 0.57, ground), fill="#17493b")


def _trees(pen: ImageDraw.ImageDraw, line, depth: int, chance: random.Random) -> None:
    """Round trees, larger and more numerous as the hill comes nearer."""
    for _ in range(3 + 3 * depth):
        x, size = chance.uniform(0, WIDTH * FINE), (18 + 16 * depth) * chance.uniform(0.7, 1.3)
        ground = line(x) + chance.uniform(10, 40 + 60 * depth)
        pen.rectangle((x - size * 0.12, ground - size, x + size * 0.12, ground), fill="#6d5140")
        pen.ellipse((x - size * 0.8, ground - size * 3, x + size * 0.8, ground - size * 0.7), fill="#2a6750")
        pen.chord((x - size * 0.8, ground - size * 3, x + size * 0.8, ground - size * 0.7), -90, 90, fill="#17493b")
