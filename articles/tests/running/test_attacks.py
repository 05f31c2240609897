"""What somebody tried against the newsroom once, and must not work again."""

import io

from django.urls import reverse
from django_prose_editor.config import EXTENSION_MAPPING, allowlist_from_extensions, expand_extensions
from PIL import Image

from articles import photos, publishing
from articles.admin.editor import NODES, TEXT
from articles.models import Address, Photo, Story
from articles.text import body

from ..newsroom import PUBLISHED, NewsroomTestCase, make_photo


class AttackTest(NewsroomTestCase):
    def test_who_may_not_release_cannot_lift_an_embargo_through_the_form(self):
        story = self.story(embargo_until=PUBLISHED.replace(year=2099))
        for role in ("reporter", "photo"):
            self.client.force_login(self.somebody(role))
            self.client.post(reverse("admin:articles_story_change", args=[story.pk]), {"embargo_until_0": ""})
        self.assertEqual(Story.objects.live(PUBLISHED).count(), 0)

    def test_a_mistyped_year_is_refused_and_an_old_one_has_an_address(self):
        story = self.draft()
        story.publish_at = PUBLISHED.replace(year=203)
        with self.assertRaisesMessage(Exception, "publish_at"):
            story.full_clean()
        story.day = story.publish_at.date()
        self.assertTrue(story.get_absolute_url().startswith("/0203/10/19/"))

    def test_the_editor_keeps_every_mark_that_a_body_may_hold(self):
        ours = {name: config for name, config in (TEXT | NODES).items() if name in EXTENSION_MAPPING}
        known = allowlist_from_extensions(expand_extensions(ours))["tags"]
        self.assertEqual((body.INLINE | body.TEXT_BLOCKS) - known, set())

    def test_a_picture_that_is_a_strip_or_of_another_kind_is_not_taken(self):
        strip, script = io.BytesIO(), io.BytesIO()
        Image.new("RGB", (1, 2000)).save(strip, "PNG")
        Image.new("RGB", (90, 90)).save(script, "EPS")
        for file in (strip, script):
            with self.assertRaises(OSError):
                photos.describe(Photo(title="x"), file)
        with self.assertRaisesMessage(Exception, "photo_is_no_strip"):
            Photo.objects.create(title="x", file="originals/x.png", hash="0" * 32, width=1, height=2000)

    def test_an_address_with_another_focal_point_makes_no_file(self):
        photo = make_photo(colour="#aa0000")
        self.story(lead_photo=photo)
        wanted = photos.rendition(photo, "1x1", 160, "jpg")
        response = self.client.get(f"/media/r/{wanted._replace(focus=(1, 2)).name}")
        self.assertRedirects(response, f"/media/r/{wanted.name}")

    def test_the_former_address_of_one_story_is_not_given_to_another(self):
        Address.objects.create(story=self.story(), edition=self.gorontalo, day=PUBLISHED.date(), slug="dulu")
        with self.assertRaises(publishing.Refused):
            publishing.release(self.draft(slug="dulu"), None, PUBLISHED)

    def test_nul_bytes_and_long_numbers_are_no_failure(self):
        self.client.force_login(self.somebody("admin"))
        for address in ("photo/find/?q=a%00", f"section/?of_edition={'9' * 5000}", f"section/?of_edition={'9' * 30}"):
            self.assertLess(self.client.get(f"/admin/articles/{address}").status_code, 500, address)
        self.page("/edition/a%00-b.css", status=404)

    def test_a_host_of_no_edition_has_no_desk_page_that_fails(self):
        self.client.defaults["HTTP_HOST"] = "nix.localhost"
        self.client.force_login(self.somebody("admin"))
        self.assertEqual(self.client.get("/admin/nix/nix/").status_code, 400)
