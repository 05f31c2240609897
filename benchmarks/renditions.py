"""What a 12-megapixel photo costs: CPU and memory of all its renditions, and bytes by format.

    .venv/bin/python benchmarks/renditions.py [PHOTO.jpg]

Without a photo, one of the fixture's is made as large as a camera's, with a little noise so that it packs like one.
"""

import io
import os
import pathlib
import resource
import sys
import tempfile
import time
from types import SimpleNamespace

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
os.environ["VAR"] = tempfile.mkdtemp()

import django  # noqa: E402

django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from django.core.files.storage import default_storage  # noqa: E402
from PIL import Image  # noqa: E402

from articles import photos  # noqa: E402


def camera_picture():
    with Image.open(ROOT / "fixtures" / "photos" / "pasar-sentral.jpg") as small:
        large = small.convert("RGB").resize((4000, 3000), Image.Resampling.BICUBIC)
    noise = Image.effect_noise(large.size, 24).convert("RGB")
    out = io.BytesIO()
    Image.blend(large, noise, 0.06).save(out, "JPEG", quality=92)
    return out.getvalue()


def main():
    source = pathlib.Path(sys.argv[1]).read_bytes() if len(sys.argv) > 1 else camera_picture()
    name = default_storage.save("originals/bench.jpg", ContentFile(source))
    width, height = Image.open(io.BytesIO(source)).size
    photo = SimpleNamespace(
        file=SimpleNamespace(name=name), hash="0" * 32, width=width, height=height, focal_x=0.5, focal_y=0.5,
        photographer="", credit="", copyright="", usage_terms="", web_statement="", licensor_url="",
        digital_source_type="",
    )  # fmt: skip
    before, start = time.process_time(), time.perf_counter()
    sizes = {form: len(photos.make(photo, photos.rendition(photo, *form))) for form in photos.forms()}
    cpu, wall = time.process_time() - before, time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{width} × {height}, {len(source) / 1e6:.1f} MB: {len(sizes)} renditions")
    print(f"CPU {cpu:.1f} s, wall {wall:.1f} s, peak memory {peak:.0f} MB")
    print(f"{'crop':6} {'width':>5} {'avif':>8} {'webp':>8} {'jpg':>8}   bytes")
    for crop, width in sorted({form[:2] for form in sizes}):
        cells = " ".join(f"{sizes[crop, width, kind]:8}" for kind in photos.FORMATS)
        print(f"{crop:6} {width:5} {cells}")


if __name__ == "__main__":
    main()
