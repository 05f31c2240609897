"""What the tests of working copies share: a browser's post of what is typed."""

import json
import uuid

from django.urls import reverse

from articles.desk import kept_posts
from articles.models import WorkingCopy

from ...cases import OpenedTest

KEEP = reverse("admin:articles_story_keep")
TYPED = "Kalimat yang hilang kalau mati lampu."


class CopyTest(OpenedTest):
    def fields(self, story=None, **changes):
        """The whole form of `story`, by default the draft, as a browser sends it with `changes`."""
        return {**(self.opened(story) if story else self.as_opened), "body": f"<p>{TYPED}</p>", **changes}

    def keep(self, fields=None, story="", uid=None, client=None, by=None, **more):
        """The answer to what the form of `story`, by default the draft, sends while somebody types."""
        fields = fields if fields is not None else self.fields()
        posted = {
            "copy": str(uid or fields.get("_copy") or uuid.uuid4()),
            "story": self.naskah.pk if story == "" else (story.pk if story else ""),
            "version": fields.get("version", ""),
            "typed": json.dumps(list(fields.items())),
            "whose": kept_posts.whose(by or self.writer),
            **more,
        }
        return (client or self.client).post(KEEP, posted)

    def kept(self, **more):
        """The one copy there is, after the form was kept."""
        answer = self.keep(**more)
        self.assertEqual(answer.status_code, 200, answer.content)
        return WorkingCopy.objects.get()

    def at(self, copy, page="copy"):
        return reverse(f"admin:articles_story_{page}", args=[copy.uid])

    def do(self, copy, page, client=None):
        return (client or self.client).post(self.at(copy, page))
