"""Near doubles are found among pictures that are like photographs: 60 of them, each scaled, cut and mirrored."""

import functools
import io
import random

import pytest
from django.db import transaction
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from articles import photos
from articles.models import Photo
from articles.photos.near_doubles import columns, doubles, likeness, looks

pytestmark = pytest.mark.wide

SIZES = [(480, 320), (480, 360), (320, 480), (480, 320)]


def texture(chance, size):
    """Clouds: noise of many sizes, as natural pictures have it."""
    grown = None
    for side in (2, 4, 8, 16, 32, 64):
        noise = Image.frombytes("L", (side, side), chance.randbytes(side * side)).resize(size, Image.Resampling.BICUBIC)
        grown = Image.blend(grown, noise, 0.4) if grown else noise
    return ImageOps.autocontrast(grown)


@functools.cache
def scene(seed):
    """Sky and ground, clouds, and houses, people or hills."""
    chance = random.Random(seed)
    width, height = size = SIZES[seed % len(SIZES)]

    def colour():
        return tuple(chance.randrange(20, 240) for _ in range(3))

    gradient = Image.linear_gradient("L").resize(size)
    image = Image.composite(Image.new("RGB", size, colour()), Image.new("RGB", size, colour()), gradient)
    image = Image.blend(image, texture(chance, size).convert("RGB"), chance.uniform(0.2, 0.6))
    draw = ImageDraw.Draw(image)
    for _ in range(chance.randrange(3, 9)):
        x, y = chance.randrange(width), chance.randrange(height // 3, height)
        wide, high = chance.randrange(width // 20, width // 4), chance.randrange(height // 10, height // 2)
        shapes = (draw.rectangle, draw.ellipse)
        chance.choice(shapes)([x, y - high, x + wide, y], fill=colour())
    return image.filter(ImageFilter.GaussianBlur(1))


@functools.cache
def haze(seed):
    """Nothing but clouds, of which the brightest is hardly brighter than the darkest: of all the same two colours."""
    clouds = texture(random.Random(seed), SIZES[seed % len(SIZES)])
    dark, bright = (Image.new("RGB", clouds.size, colour) for colour in ("#788290", "#98a0a8"))
    return Image.composite(bright, dark, clouds)


def sent(image):
    """As it comes by another way: packed once more."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=75)
    return Image.open(out).convert("RGB")


def cut(image, left, top, right, bottom):
    width, height = image.size
    return image.crop((round(left * width), round(top * height), round(right * width), round(bottom * height)))


def in_16_to_9(image):
    box = photos.crop_box(*image.size, 16 / 9, (0.5, 0.4))
    return image.crop(box)


WAYS = {
    "smaller": lambda image: image.resize((image.width // 2, image.height // 2)),
    "without a tenth on every side": lambda image: cut(image, 0.1, 0.1, 0.9, 0.9),
    "without a tenth on the left": lambda image: cut(image, 0.1, 0, 1, 1),
    "without a tenth at the foot": lambda image: cut(image, 0, 0, 1, 0.9),
    "a tenth less, off the middle": lambda image: cut(image, 0.03, 0.07, 0.93, 0.97),
    "in 16:9": in_16_to_9,
    "mirrored": ImageOps.mirror,
    "in grey": lambda image: image.convert("L").convert("RGB"),
}


@functools.cache
def known(seed):
    """What a library keeps of a photo."""
    return seen(scene(seed))


def seen(image):
    return looks.of(looks.square(image)), image.width / image.height


def searched(image):
    return likeness.Searched(looks.square(image), image.width / image.height)


def distance(one, seen):
    """As a library is searched: by outlines first."""
    near = one.nearest([(0, likeness.Outline.of(*seen))])
    return one.distance(*seen, near[0][1]) if near else None


HARD = ("without a tenth on every side", "in 16:9", "mirrored")


@pytest.mark.parametrize(("way", "count"), [(way, 60 if way in HARD else 24) for way in WAYS])
@pytest.mark.wide
def test_of_60_photos_at_least_50_are_found_again_whichever_came_first(way, count):
    later = first = 0
    for seed in range(count):
        other = sent(WAYS[way](scene(seed)))
        later += distance(searched(other), known(seed)) is not None
        first += distance(searched(scene(seed)), seen(other)) is not None
    assert min(later, first) >= count * 50 / 60, (later, first)


@pytest.mark.parametrize("count", [8, pytest.param(60, marks=pytest.mark.wide)])
def test_of_1770_pairs_of_different_photos_none_is_a_near_double(count):
    for seed in range(count):
        one = searched(scene(seed))
        assert [other for other in range(count) if distance(one, known(other)) is not None] == [seed]


@pytest.mark.parametrize("way", HARD)
@pytest.mark.wide
def test_pictures_of_haze_are_found_again_and_told_apart(way):
    found = {
        (one, other)
        for one in range(12)
        for other in range(12)
        if distance(searched(sent(WAYS[way](haze(one)))), seen(haze(other))) is not None
    }
    assert len(found) >= 10
    assert all(one == other for one, other in found), found


def test_flat_pictures_are_alike_only_where_their_colour_is():
    red, other_red, blue = (
        searched(Image.new("RGB", (300, 200), colour)) for colour in ("#aa1111", "#ac1111", "#1111aa")
    )
    assert distance(red, (other_red.looks, 1.5)) == 0
    assert distance(red, (blue.looks, 1.5)) is None
    assert distance(red, known(0)) is None


@pytest.mark.django_db
def test_pictures_of_16_bits_are_told_apart():
    described = []
    for seed in (1, 2, 3):
        deep = scene(seed).convert("L").convert("I").point(lambda value: value * 257).convert("I;16")
        file, photo = io.BytesIO(), Photo()
        deep.save(file, "PNG")
        photos.describe(photo, file)
        described.append((looks.Looks.parse(photo.looks), photo.width / photo.height, photo.squared))
    for number, (_of, shape, squared) in enumerate(described):
        one = likeness.Searched(squared, shape)
        near = [distance(one, (of, other)) is not None for of, other, _squared in described]
        assert near == [number == other for other in range(3)]


def test_looks_survive_being_written_and_those_of_before_are_passed_over():
    of = known(0)[0]
    assert looks.Looks.parse(str(of)) == of
    assert looks.Looks.parse("0123456789abcdef") is None


def copies(count, shapes):
    """Outlines of a library: copies of a few photos, each with some bits that differ."""
    chance, found = random.Random(1), []
    for key in range(count):
        of, _shape = known(chance.randrange(4))
        for _ in range(chance.choice([4, 16, 40, 64])):
            of = of._replace(bits=of.bits ^ 1 << chance.randrange(looks.BITS))
        of = of._replace(sure=of.sure & (chance.getrandbits(looks.BITS) | chance.getrandbits(looks.BITS)))
        found.append((key, likeness.Outline.of(of, chance.choice(shapes))))
    return found


@pytest.mark.parametrize("few", [0, 150])
def test_columns_of_a_library_give_what_a_comparison_one_by_one_gives(few, monkeypatch):
    monkeypatch.setattr(columns, "FEW", few)
    library = copies(600, [1.5, 1.5, 1.5, 4 / 3, 2 / 3])
    library.append((600, likeness.Outline.of(searched(Image.new("RGB", (300, 200), "#aa1111")).looks, 1.5)))
    for image in (scene(0), in_16_to_9(scene(1)), Image.new("RGB", (300, 200), "#ac1111")):
        one = searched(image)
        near = one.nearest(library)
        assert near
        assert one.nearest([], columns.Columns(library)) == near
        assert one.nearest(library[:300], columns.Columns(library[300:])) == near


def test_few_pictures_of_a_large_library_are_compared_one_by_one(monkeypatch):
    compared = []
    views_like = likeness.Searched._views_like
    monkeypatch.setattr(likeness.Searched, "_views_like", lambda *args: compared.append(args) or views_like(*args))
    chance = random.Random(2)
    of = known(0)[0]._replace(sure=2**looks.BITS - 1)
    library = [(key, likeness.Outline.of(of._replace(bits=chance.getrandbits(looks.BITS)), 1.5)) for key in range(1000)]
    searched(scene(0)).nearest([], columns.Columns(library))
    assert len(compared) < 50


@pytest.fixture(params=[doubles.MOST_BESIDE, 0], ids=["beside", "in columns"])
def held(request, monkeypatch):
    """A library that is held one by one, and one that is all in columns."""
    monkeypatch.setattr(doubles, "MOST_BESIDE", request.param)
    monkeypatch.setattr(columns, "FEW", request.param)


def stored(seed, **fields):
    of, _shape = known(seed)
    width, height = scene(seed).size
    return Photo.objects.create(title=f"foto {seed}", looks=str(of), width=width, height=height, **fields)


def crop_of(seed):
    image = in_16_to_9(scene(seed))
    photo = Photo(width=image.width, height=image.height)
    photo.squared = looks.square(image)
    photo.looks = str(looks.of(photo.squared))
    return photo


@pytest.mark.django_db(transaction=True)
def test_what_changed_in_the_library_since_it_was_read_is_known(held):
    one = stored(0)
    assert photos.alike(crop_of(0)) == [one]
    other = stored(1)
    assert photos.alike(crop_of(1)) == [other]
    Photo.objects.filter(pk=one.pk).update(looks=other.looks, width=other.width, height=other.height)
    assert photos.alike(crop_of(0)) == []
    assert set(photos.alike(crop_of(1))) == {one, other}
    other.delete()
    assert photos.alike(crop_of(1)) == [one]


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_not_remembered(held):
    for seed in (0, 1):  # of the same primary key
        with transaction.atomic():
            photo = stored(seed)
            assert photos.alike(crop_of(seed)) == [photo]
            transaction.set_rollback(True)
        assert photos.alike(crop_of(seed)) == []
