"""Whatever a story holds, it leaves as ninjs and comes back the same (rules.md J5)."""

import datetime
import io
import json

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.models import (
    Correction,
    Credit,
    Person,
    Photo,
    Revision,
    Section,
    Series,
    Story,
    StoryPhoto,
    Tag,
    TaggedStory,
)
from articles.models.correction import Kind, Reason
from articles.models.label import Label
from articles.models.person import Role
from articles.models.story import State
from articles.text import letters
from articles.wire import formats, ninjs, outgoing
from articles.wire.store import ingest

from ..newsroom import NewsroomTestCase

pytestmark = pytest.mark.wide

NOW = timezone.now()
signs = st.characters(codec="utf-8", exclude_characters="\x00")
words = st.text(signs, max_size=80)
headlines = words.filter(letters.line).filter(letters.prose)
slugs = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)?", fullmatch=True).map(lambda slug: slug[:60])
past = st.integers(600_000_000, 1_760_000_000).map(lambda at: datetime.datetime.fromtimestamp(at, datetime.UTC))
fractions = st.floats(0, 1)


def fields(*names):
    return dict.fromkeys(names, words)


photos = st.fixed_dictionaries(
    {
        **fields("caption", "alt", "agency", "photographer", "copyright", "usage_terms", "place", "long_description"),
        "people": st.lists(slugs, max_size=3).map(", ".join),
        "is_decorative": st.booleans(),
        "taken_at": st.none() | past,
        "focal_x": fractions,
        "focal_y": fractions,
        "width": st.integers(900, 4000),
        "height": st.integers(900, 4000),
        "hash": st.from_regex("[0-9a-f]{32}", fullmatch=True),
    }
)
stories = st.fixed_dictionaries(
    {
        "headline": headlines,
        "slug": slugs,
        **fields("kicker", "short_headline", "source_line", "place", "ai_note", "lead_caption"),
        "standfirst": headlines,  # a headline alone does not go out
        "body": st.lists(words.map(lambda text: f"<p>{text}</p>"), max_size=3).map("".join) | words,
        "label": st.sampled_from(Label.values),
        "urgency": st.integers(1, 9),
        "is_made_with_ai": st.booleans(),
        "is_about_suicide": st.booleans(),
        "involves_child": st.booleans(),
        "publish_at": past,
        "embargo_until": st.none() | past,
        "updated_at": st.none() | past,
        "version": st.integers(1, 10_000),
        "state": st.sampled_from([State.RELEASED, State.RELEASED, State.WITHDRAWN]),
    }
)


def folded(one):
    return letters.folded(one[0])


names = st.lists(
    st.tuples(headlines, slugs), max_size=3, unique_by=(lambda one: letters.folded(one[0]), lambda one: one[1])
)
notices = st.lists(st.tuples(st.sampled_from(Kind.values), headlines, past), max_size=2)


class RoundTripTest(NewsroomTestCase, TestCase):
    def setUp(self):
        """Nobody reads here: there is no client while examples are tried."""

    @given(stories, names, names, st.lists(photos, max_size=3), notices, st.booleans())
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    def test_a_story_leaves_and_comes_back_the_same(self, told, people, tags, pictures, corrections, in_series):
        self.store(told, people, tags, pictures, corrections, in_series)
        before = self.export()
        for model in (Revision, StoryPhoto, Credit, TaggedStory, Story, Person, Tag, Series, Photo, Section):
            if model is Person:
                model.objects.exclude(pk=self.gorontalo.responsible_id).delete()
            else:
                model.objects.all().delete()
        lines = "\n".join(json.dumps(one) for one in before).encode()
        wanted = ingest.IngestOptions(at=NOW, released=True)
        entries = formats.entries(io.BytesIO(lines), self.gorontalo.zone)
        results = list(ingest.take_in(entries, wanted))
        self.assertEqual([result.outcome for result in results], [ingest.Outcome.NEW] * len(before), results)
        self.assertEqual(self.export(), before)

    def export(self):
        return [ninjs.from_item(item) for item in outgoing.every(outgoing.public(NOW), NOW)]

    def store(self, told, people, tags, pictures, corrections, in_series):
        first = max(filter(None, [told["publish_at"], told["embargo_until"]]))
        library = [
            Photo.objects.create(title="Foto", file=f"originals/{at}.jpg", **one) for at, one in enumerate(pictures)
        ]
        story = Story.objects.create(
            edition=self.gorontalo,
            section=self.dunia,
            series=self.perang if in_series else None,
            lead_photo=library[0] if library else None,
            day=self.gorontalo.day(first),
            first_published_at=first,
            **told,
        )
        for order, (name, slug) in enumerate(people):
            person = Person.objects.create(name=name, slug=f"orang-{slug}")
            Credit.objects.create(story=story, person=person, role=Role.values[order], order=order)
        for order, (name, slug) in enumerate(tags):
            tag = Tag.objects.create(name=name, slug=slug)
            TaggedStory.objects.create(content_object=story, tag=tag, order=order)
        for order, photo in enumerate(library[1:]):
            StoryPhoto.objects.create(story=story, photo=photo, caption=photo.place, order=order)
        for kind, text, at in corrections:
            reason = Reason.CHILD if kind == Kind.WITHDRAWAL else ""
            Correction.objects.create(story=story, kind=kind, reason=reason, text=text, at=at)
