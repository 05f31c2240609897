"""Run in the shell of a newsroom: makes COUNT editors whose names begin with PREFIX, each with a live story of their
own, and prints them as JSON."""

import datetime
import json

from django.conf import settings
from django.contrib.auth.models import User
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from django.utils import timezone

from articles.desk.kept_posts import whose
from articles.models import Credit, Person, Story

PREFIX, COUNT = globals().get("PREFIX", "meja"), globals().get("COUNT", 1)
A_DAY = datetime.timedelta(days=1)  # so that they are live by a clock that is wrong by hours, too
pattern = Story.objects.live(timezone.now()).filter(edition__slug="gorontalo").newest()[0]
writer = Person.objects.create(name=f"{PREFIX} penulis", slug=f"{PREFIX}-penulis")
people = []
for number in range(COUNT):
    name, now, client = f"{PREFIX}-{number}", timezone.now() - A_DAY, Client(HTTP_HOST="gorontalo.localhost")
    user = User.objects.create_superuser(name, email=f"{name}@gorontalo.example")
    client.force_login(user)
    story = Story.objects.create(
        headline=f"Nomor {name}-0.", slug=f"nomor-{name}", standfirst="Ukur.", body="<p>Ukur.</p>", state="released",
        edition=pattern.edition, section=pattern.section, publish_at=now, first_published_at=now,
        day=pattern.edition.day(now),
    )  # fmt: skip
    person = Person.objects.create(name=name, slug=name, user=user)
    Credit.objects.create(story=story, person=writer, role="author")
    Credit.objects.create(story=story, person=person, role="editor")
    token, session = _get_new_csrf_string(), client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}"
    mine = {"name": name, "story": story.pk, "path": story.get_absolute_url(), "uid": str(story.uid)}
    people.append({**mine, "cookie": cookie, "token": token, "whose": whose(user), "user": user.pk})
print(json.dumps(people))
