"""What pictures may take of a worker's memory, whatever is asked at once."""

import os
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings
from PIL import Image

from articles.photos import budget

WORK = """
import os, sys
import django
django.setup()
from concurrent.futures import ThreadPoolExecutor
from articles import photos
from articles.models import Photo
from articles.photos import originals

originals.read_metadata = lambda *asked: {}  # what asks the database, of which there is none here

def work(name):
    photo = Photo()
    with open(os.path.join(os.environ["VAR"], "media", name), "rb") as file:
        photos.describe(photo, file)
    photo.file.name = name
    for width in (1600, 320):
        photos.make(photo, photos.rendition(photo, "full", width, "avif"))

with ThreadPoolExecutor(8) as several:
    list(several.map(work, sys.argv[1:]))
with open("/proc/self/status") as status:
    print(next(line.split()[1] for line in status if line.startswith("VmHWM")))
"""


def peak(folder, names):
    """Megabytes that a process of its own took at most, to describe all of these at once and make renditions."""
    environment = {**os.environ, "VAR": str(folder), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    command = [sys.executable, "-c", WORK, *names]
    done = subprocess.run(command, cwd=settings.ROOT, env=environment, capture_output=True, text=True, check=True)
    return int(done.stdout) // 1024


@pytest.mark.slow
def test_pictures_of_109_million_pixels_all_at_once_stay_below_1500_megabytes(tmp_path):
    folder = tmp_path / "media"
    folder.mkdir()
    side = 10_440
    clear = Image.new("RGBA", (side, side), (10, 200, 30, 128))
    clear.save(folder / "tembus.png")
    clear.convert("RGB").save(folder / "foto.jpg", progressive=True)
    clear.convert("CMYK").save(folder / "cetak.jpg", progressive=True)
    clear.convert("CMYK").save(folder / "cetak.tif", compression="tiff_adobe_deflate")
    Image.new("I;16", (side, side), 30_000).save(folder / "dalam.png")
    names = sorted(path.name for path in folder.iterdir())
    assert peak(tmp_path, names) < 1500


def test_what_is_asked_at_once_is_never_more_than_there_is_and_all_get_their_turn():
    shared, most, done = budget.Budget(100), [0], []

    def work(cost):
        with shared.spent(cost):
            most[0] = max(most[0], shared.used)
            time.sleep(0.002)
            done.append(cost)

    threads = [threading.Thread(target=work, args=[cost]) for cost in (60, 60, 5, 500, 30, 100, 1) * 5]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] <= 100
    assert (len(done), shared.used) == (35, 0)


def test_what_fails_gives_its_memory_back():
    shared = budget.Budget(100)
    with pytest.raises(MemoryError), shared.spent(80):
        raise MemoryError
    assert shared.used == 0
