"""Every address of the desk, opened by everybody: what it answers, and that nothing of another edition stands in it."""

import datetime
import itertools
import logging

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import (
    Credit,
    Person,
    Section,
    Story,
    StoryPhoto,
    TaggedStory,
)

from ..cases import EveryKindTestCase

pytestmark = pytest.mark.wide

SECRET = "rahasia7391"  # stands in every row of the other edition that Gorontalo's desk may not see

# Which rows somebody sees (v), adds (a), changes (c) and deletes (d) at Gorontalo's desk.
TABLE = """
             nobody  reporter  photo  section  editor  chief  admin
story        –       vac       vc     vac      vac     vacd   vacd
assignment   –       va        va     vac      vac     vac    vac
photo        –       vac       vacd   vac      vac     vacd   vacd
person       –       v         v      vac      vac     vacd   vacd
section      –       v         v      v        v       vacd   vacd
series       –       v         v      vac      vac     vacd   vacd
tag          –       va        v      vac      vac     vacd   vacd
edition      –       v         v      v        v       vc     vacd
revision     –       v         v      v        v       v      v
correction   –       v         v      v        v       v      v
address      –       –         –      v        v       v      vacd
readcount    –       –         –      v        v       v      v
auditentry   –       –         –      –        –       v      v
policy       –       –         –      –        –       vacd   vacd
membership   –       –         –      –        –       vacd   vacd
network      –       –         –      –        –       v      vacd
owner        –       –         –      –        –       v      vacd
"""
_head, *_rows = [line.split() for line in TABLE.strip().splitlines()]
RULES = {role: {model: cells[column] for model, *cells in _rows} for column, role in enumerate(_head)}
SHARED = {"photo", "person", "series", "tag", "network", "owner"}
KEPT = {"story", "series", "person", "section", "photo", "tag"}  # used, or released: see test_escalations.py
WATCHED = ["reporter", "editor", "chief"]
QUERIES = [
    "?q=rahasia",
    "?e=1",
    "?_popup=1",
    "?_to_field=id",
    "?_to_field=uid",
    "?o=1.-2.3.-4",
    "?o=99",
    "?all=",
    "?p=1",
    "?is_facets=1&_facets=True",
    "?edition__id__exact={jogja}",
    "?section__id__exact={kota}",
    "?story__id__exact={story}",
    "?story__edition__id__exact={jogja}",
    "?story__headline__startswith=Rahasia",
    "?stories__id__exact={story}",
    "?led_stories__id__exact={story}",
    "?uses__story__id__exact={story}",
    "?credits__story__id__exact={story}",
    "?by__password__startswith=a",
    "?user__password=a",
    "?verified_in__headline__startswith=Rahasia",
    "?of_edition={jogja}",
    "?standing=scheduled",
    "?tab=waiting",
    "?author={person}&tag={tag}&columns=words&columns=reads&columns=age",
    "?place=rahasia",
    "?id__exact={story}",
    "?pk={story}",
]


class DeskWallsTest(EveryKindTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.people = {role: cls.sign_in(role) for role in RULES}
        cls.clients = {role: Client(headers={"host": cls.host}) for role in RULES}
        cls.ours = cls.rows("Terang", cls.gorontalo, cls.dunia, cls.people["reporter"])
        cls.jogja = cls.edition(name="TribunJogja.com", slug="jogja", host="jogja.localhost")
        kota = Section.objects.create(edition=cls.jogja, name=SECRET.title(), slug=SECRET)
        stranger = cls.somebody("chief", name=SECRET, edition=cls.jogja)
        cls.theirs = cls.rows(SECRET.title(), cls.jogja, kota, stranger)
        Person.objects.filter(pk=cls.theirs["person"].pk).update(user=stranger)
        ours, theirs = cls.ours["story"], cls.theirs["story"]
        Story.objects.filter(pk=ours.pk).update(verified_in=theirs)
        StoryPhoto.objects.create(story=theirs, photo=cls.ours["photo"], caption=SECRET)
        Story.objects.filter(pk=theirs.pk).update(series=cls.ours["series"])
        TaggedStory.objects.create(content_object=theirs, tag=cls.ours["tag"])
        Credit.objects.create(story=theirs, person=cls.ours["person"])
        for role, client in cls.clients.items():
            client.force_login(cls.people[role])  # last, because a membership that is given ends the sessions

    def setUp(self):
        super().setUp()
        logging.disable(logging.ERROR)
        self.addCleanup(logging.disable, logging.NOTSET)

    def test_every_page_of_every_model_answers_as_the_table_says(self):
        models = {model._meta.model_name for model in admin.site._registry if model._meta.app_label == "articles"}
        self.assertEqual(models, set(RULES["admin"]))
        wrong = []
        for role, model in itertools.product(RULES, models):
            for address, expected in self.pages_of(role, model):
                answer = self.clients[role].get(address)
                got = answer["Location"] if answer.status_code == 302 else answer.status_code
                if got != expected and not (expected is None and got in (403, "/admin/")):
                    wrong.append(f"{role} {address}: {got}, not {expected}")
                if role != "admin" and SECRET in _told(answer):
                    wrong.append(f"{role} {address} tells of the other edition")
        self.assertFalse(wrong, "\n".join(wrong))

    def pages_of(self, role, model):
        """(address, status or where it redirects to); None: refused, as Django happens to."""
        may, name = RULES[role][model], f"admin:articles_{model}"
        yield reverse(f"{name}_changelist"), 200 if "v" in may else 403
        yield reverse(f"{name}_add"), 200 if "a" in may else 403
        for side in (self.ours, self.theirs):
            is_seen = "v" in may and (side is self.ours or model in SHARED or role == "admin")
            is_kept = model == "story" or (model in KEPT and role != "admin")
            args = [side[model].pk]
            yield reverse(f"{name}_change", args=args), 200 if is_seen else "/admin/" if "v" in may else None
            yield reverse(f"{name}_history", args=args), 200 if is_seen else None
            if not (is_seen and is_kept):
                yield reverse(f"{name}_delete", args=args), 200 if is_seen and "d" in may else None

    def test_the_further_pages(self):
        for role, (story, is_ours) in itertools.product(
            RULES, [(self.ours["story"], True), (self.theirs["story"], False)]
        ):
            is_seen = role == "admin" or (is_ours and role != "nobody")
            may_edit = is_seen and role not in ("reporter", "photo")
            links = (200 if may_edit else 403) if is_seen else 404
            move = lambda name: reverse("admin:articles_story_move", args=[story.pk, name])  # noqa: B023, E731
            pages = {
                reverse("admin:articles_story_preview", args=[story.pk]): 200 if is_seen else 404,
                reverse("admin:articles_story_peek", args=[story.pk]): 200 if is_seen else 404,
                reverse("admin:articles_story_notes", args=[story.pk]): 302 if is_seen else 404,
                reverse("admin:articles_story_note_people", args=[story.pk]): 200 if is_seen else 404,
                reverse("admin:articles_story_links", args=[story.pk]): links,
                **{
                    move(name): 200 if may_edit else 403 if is_seen else 404
                    for name in ("return", "correct", "withdraw")
                },
                **{
                    move(name): (302 if may_edit or (role, name) == ("reporter", "submit") else 403) if is_seen else 404
                    for name in ("submit", "approve", "release")  # pressed; opened, they lead to the form
                },
                **{move(name): 404 for name in ("delete", "nix")},
                reverse("admin:view_on_site", args=[self.kind(Story), story.pk]): 302 if is_seen else 404,
                reverse("admin:view_on_site", args=[self.kind(Story), f" {story.pk}"]): 302 if is_seen else 404,
                reverse("admin:view_on_site", args=["x", "x"]): 404,
                reverse("admin:view_on_site", args=[self.kind(get_user_model()), 1]): 404,
            }
            for address, expected in pages.items():
                self.opens(role, address, expected)
            found = f"{reverse('admin:articles_story_find')}?uid={story.uid}"
            self.opens(role, found, 403 if role == "nobody" else 200)

    def test_the_presses_of_an_assignment(self):
        """Opened, they lead to the assignment; only a POST acts."""
        for role, side in itertools.product(RULES, [self.ours, self.theirs]):
            is_seen = role == "admin" or (side is self.ours and role != "nobody")
            for name in ("start", "take", "confirm", "finish", "drop", "reopen"):
                address = reverse("admin:articles_assignment_act", args=[side["assignment"].pk, name])
                self.opens(role, address, 302 if is_seen else 403 if role == "nobody" else 404)

    def test_another_time_on_the_agenda(self):
        for role, side, kind in itertools.product(RULES, [self.ours, self.theirs], ["story", "assignment"]):
            is_seen = role == "admin" or (side is self.ours and role != "nobody")
            address = reverse("admin:articles_story_agenda_move", args=[side[kind].pk, kind])
            self.opens(role, address, 200 if is_seen else 403 if role == "nobody" else 404)

    def test_the_pages_of_no_story(self):
        for role in RULES:
            agenda, budget = reverse("admin:articles_story_agenda"), reverse("admin:articles_assignment_budget")
            for address in (f"{agenda}?view=day", f"{agenda}?view=week", budget):
                self.opens(role, address, 403 if role == "nobody" else 200)
            for name in ("agenda", "find", "views"):
                self.opens(role, reverse(f"admin:articles_story_{name}"), 403 if role == "nobody" else 200)
            for name in ("edition", "section", "series", "author", "tag"):
                for words in ("", "?q=rahasia"):
                    address = reverse("admin:articles_story_choose", args=[name]) + words
                    self.opens(role, address, 403 if role == "nobody" else 200)
            self.opens(role, reverse("admin:articles_photo_views"), 403 if role == "nobody" else 200)
            self.opens(role, reverse("admin:articles_story_import"), 200 if role in ("chief", "admin") else 403)
            arranges = role in ("editor", "chief", "admin")
            self.opens(role, reverse("admin:articles_story_front"), 200 if arranges else 403)
            self.opens(role, f"{reverse('admin:articles_story_front')}?edition=jogja", 200 if role == "admin" else 403)
            self.opens(role, f"{reverse('admin:articles_photo_find')}?q=r", 403 if role == "nobody" else 200)
            for name in ("index", "jsi18n", "password_change", "settings", "preferences", "search", "told"):
                self.opens(role, reverse(f"admin:{name}"), 200)
            self.opens(role, reverse("admin:app_list", args=["articles"]), 302)
            for page in ("user_changelist", "user_add", "group_changelist"):
                self.opens(role, reverse(f"admin:auth_{page}"), 200 if role == "admin" else 403)

    def kind(self, model):
        return ContentType.objects.get_for_model(model).pk

    def opens(self, role, address, *expected):
        answer = self.clients[role].get(address)
        self.assertIn(answer.status_code, expected, (role, address))
        if role != "admin":
            self.assertNotIn(SECRET, _told(answer), (role, address))

    def test_no_chooser_of_any_field_offers_what_is_anothers(self):
        fields = [
            (model._meta.model_name, field.name)
            for model in admin.site._registry
            if model._meta.app_label == "articles"
            for field in model._meta.fields
            if field.is_relation
        ]
        self.assertIn(("story", "verified_in"), fields)
        for role, (model, field), term in itertools.product(WATCHED, fields, ["", "rahasia"]):
            asked = f"?app_label=articles&model_name={model}&field_name={field}&term={term}"
            self.opens(role, reverse("admin:autocomplete") + asked, 200, 403, 404)

    def test_no_question_to_a_list_is_answered_with_what_is_anothers(self):
        """400: a question that Django's admin does not take. The two, who see the same edition, ask in turn."""
        shared = {name: self.ours[name].pk for name in ("person", "tag")}
        known = {**shared, "jogja": self.jogja.pk, "kota": self.theirs["section"].pk, "story": self.theirs["story"].pk}
        for number, (model, query) in enumerate(itertools.product(RULES["chief"], QUERIES)):
            role = "chief" if number % 2 or "v" not in RULES["reporter"][model] else "reporter"
            if "v" in RULES[role][model]:
                address = reverse(f"admin:articles_{model}_changelist") + query.format(**known)
                self.opens(role, address, 200, 302, 400)

    def test_the_home_and_its_poll_tell_nothing_of_it(self):
        """Theirs is submitted and late, so that each block could show it."""
        late = {"state": "submitted", "publish_at": timezone.now() - datetime.timedelta(days=1), "lead_photo": None}
        Story.objects.filter(pk__in=[self.ours["story"].pk, self.theirs["story"].pk]).update(**late)
        for role, address in itertools.product(RULES, ["/admin/", "/admin/home_state/"]):
            self.opens(role, address, 200)

    def test_the_shared_do_not_tell_what_stories_of_another_desk_hold(self):
        """Which tags, series, photos, people has story 5?"""
        story = self.theirs["story"].pk
        asked = {"tag": "stories", "series": "stories", "photo": "led_stories", "person": "credits__story"}
        for model, path in asked.items():
            self.opens("chief", reverse(f"admin:articles_{model}_changelist") + f"?{path}__id__exact={story}", 400)

    def test_who_has_not_signed_in_is_asked_to(self):
        for model in RULES["admin"]:
            address = reverse(f"admin:articles_{model}_change", args=[self.ours[model].pk])
            self.assertRedirects(Client(headers={"host": self.host}).get(address), f"/admin/login/?next={address}")


def _told(answer):
    return (answer.text + answer.get("Location", "")).lower()
