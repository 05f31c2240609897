"""Photos in a bucket: moto's server plays S3, at a port of its own."""

import io
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import override_settings
from PIL import Image

from articles import photos
from articles.models import Photo
from newsroom.settings import media_storage

from ..newsroom import NewsroomTestCase, make_photo
from ..uploads import UPLOAD, upload

FORM = {"focal_x": "0.5", "focal_y": "0.5"}


def test_the_address_of_a_bucket_gives_its_options():
    address = "s3://foto.gorontalo/asli/2026/?endpoint_url=http://minio:9000&region_name=id-1&addressing_style=path"
    assert media_storage(address)["OPTIONS"] == {
        "bucket_name": "foto.gorontalo", "location": "asli/2026", "endpoint_url": "http://minio:9000",
        "region_name": "id-1", "addressing_style": "path",
    }  # fmt: skip
    assert media_storage("s3://foto")["OPTIONS"] == {"bucket_name": "foto", "location": ""}
    assert "FileSystem" in media_storage("")["BACKEND"]


@pytest.mark.parametrize(
    "address",
    ["foto", "s3://", "s3:///foto", "https://foto.example", "s3://kunci:rahasia@foto", "s3://Foto", "s3://foto?x=1",
     "s3://foto?region_name=", "s3://foto?region_name", "s3://foto?endpoint_url=minio:9000", "s3://foto#asli",
     "s3://foto?default_acl=public-read", "s3://foto?addressing_style=any"],
)  # fmt: skip
def test_any_other_address_is_refused_and_not_repeated(address):
    with pytest.raises(ImproperlyConfigured, match="AWS_ACCESS_KEY_ID") as refused:
        media_storage(address)
    assert "rahasia" not in str(refused.value)


@pytest.mark.wide
def test_without_a_bucket_nothing_of_it_is_loaded():
    asks = "import django; django.setup(); from django.core.files.storage import default_storage as files; import sys;"
    asks += "import newsroom.urls; files.exists('x'); sys.exit('boto3' in sys.modules or 'storages' in sys.modules)"
    command = [sys.executable, "-c", f"import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'newsroom.settings'; {asks}"]
    assert subprocess.run(command, cwd=settings.ROOT, check=False).returncode == 0


def kept_at(endpoint):
    default = media_storage(f"s3://foto/redaksi?endpoint_url={endpoint}&region_name=us-east-1")
    return override_settings(STORAGES={**settings.STORAGES, "default": default})


def address_of(server):
    return "http://{}:{}".format(*server.getsockname())


def answers(host, port):
    with socket.socket() as knock:
        return knock.connect_ex((host, port)) == 0


def kept(start):
    return [found.key for found in default_storage.bucket.objects.filter(Prefix=f"redaksi/{start}")]


@pytest.fixture(scope="module")
def endpoint():
    with socket.create_server(("127.0.0.1", 0)) as free:
        host, port = free.getsockname()
        address = address_of(free)
    command = [sys.executable, "-m", "moto.server", "-H", host, "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            until = time.monotonic() + 60
            while not answers(host, port):
                assert time.monotonic() < until, "moto's server did not start"
                time.sleep(0.1)
            yield address
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def bucket(endpoint):
    with pytest.MonkeyPatch.context() as environment, kept_at(endpoint):
        environment.setenv("AWS_ACCESS_KEY_ID", "kunci")
        environment.setenv("AWS_SECRET_ACCESS_KEY", "rahasia")
        default_storage.connection.create_bucket(Bucket="foto")
        yield


@pytest.mark.service
@pytest.mark.usefixtures("bucket")
class BucketTest(NewsroomTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(self.somebody("photo"))

    def neutral(self, photo):
        """Whether the photo's address answers with the neutral picture; it is logged."""
        with self.assertLogs("articles", "ERROR"):
            answer = self.client.get(photos.address(photo, "full", 640, "webp"))
        answer.close()
        return (answer.status_code, answer["Content-Type"]) == (404, "image/svg+xml")

    def test_an_upload_lands_there_described_and_for_nobody_else(self):
        file = upload()
        self.client.post(UPLOAD, {"files": file})
        photo = Photo.objects.get(title="lilin")
        self.assertEqual(kept(f"originals/{photo.uid}"), [f"redaksi/originals/{photo.uid}.jpg"])
        self.assertEqual((photo.width, photo.agency, len(photo.hash)), (900, "AFP", 32))
        with photo.file.open() as original:
            file.seek(0)
            self.assertEqual(original.read(), file.read())
        self.assertEqual(photo.file.url, f"/originals/{photo.uid}.jpg")
        address = f"{default_storage.endpoint_url}/foto/redaksi/{photo.file.name}"
        with self.assertRaises(urllib.error.HTTPError) as stranger:
            urllib.request.urlopen(address)
        stranger.exception.close()
        self.assertEqual(stranger.exception.code, 403)

    def test_a_rendition_is_made_once_and_served_from_there(self):
        photo = make_photo(colour="#102030")
        address, wanted = photos.address(photo, "4x3", 320, "webp"), photos.rendition(photo, "4x3", 320, "webp")
        first = self.client.get(address)
        self.assertEqual(Image.open(io.BytesIO(first.content)).size, (320, 240))
        self.assertEqual(kept(photos.addresses.FOLDER), [f"redaksi/{wanted.path}"])
        default_storage.delete(photo.file.name)  # so that it cannot be made again
        self.assertEqual(self.client.get(address).content, first.content)

    def test_another_host_that_made_the_same_rendition_leaves_no_second_copy(self):
        wanted = photos.rendition(make_photo(colour="#203040"), "4x3", 480, "jpg")
        names = {default_storage.save(wanted.path, ContentFile(b"sama")) for _ in range(2)}
        self.assertEqual((names, len(kept(wanted.path[:-4]))), ({wanted.path}, 1))

    def test_a_file_that_replaces_another_takes_a_name_of_its_own(self):
        photo = make_photo(colour="#304050")
        before = photo.file.name
        photo.file.save("baru.jpg", ContentFile(b"baru"))
        self.assertNotEqual(photo.file.name, before)
        photo.delete()
        self.assertEqual(len(kept(f"originals/{photo.uid}")), 2)

    def test_where_the_original_is_gone_a_neutral_picture_stands_in(self):
        photo = make_photo(colour="#405060")
        default_storage.delete(photo.file.name)
        self.assertTrue(self.neutral(photo))
        self.assertIn("Berkas hilang", self.page(f"/admin/articles/photo/{photo.pk}/change/"))

    def test_a_bucket_that_says_nothing_holds_up_no_page_for_long(self):
        photo = make_photo(colour="#506070")
        began = time.monotonic()
        with socket.create_server(("127.0.0.1", 0)) as silent, kept_at(address_of(silent)):
            self.assertTrue(self.neutral(photo))
            self.assertIn(photo.title, self.page("/admin/articles/photo/"))
            self.assertNotIn("Berkas hilang", self.page(f"/admin/articles/photo/{photo.pk}/change/"))
            self.assertTrue(self.neutral(photo))
            with self.assertLogs("articles", "ERROR"):
                told = self.client.post(UPLOAD, {"files": upload("hilang.jpg", colour="#00ffee")})
                self.assertContains(told, "Penyimpanan foto tidak menjawab")
                answer = self.client.post("/admin/articles/photo/add/", FORM | {"file": upload(colour="#00ffdd")})
                self.assertContains(answer, "Penyimpanan foto tidak menjawab")
        self.assertFalse(Photo.objects.filter(title="hilang").exists())
        self.assertLess(time.monotonic() - began, 15)


@pytest.mark.service
@pytest.mark.django_db
@pytest.mark.usefixtures("bucket")
def test_loaddata_brings_the_pictures_there():
    for _ in range(2):
        call_command("loaddata", "newsroom", verbosity=0)
        assert {f"redaksi/{photo.file.name}" for photo in Photo.objects.all()} <= set(kept("originals/"))
