"""What a question for who has a story open costs, while two others have it open: CPU and queries of the whole request.

    .venv/bin/python benchmarks/presence.py [--times 400]

A scratch newsroom on SQLite or, where DATABASE_URL names a PostgreSQL, in a database beside that one. The request goes
through the WSGI application as the server calls it, without the server, and every second one renews its row, as it does
while a form is open. Printed are milliseconds of CPU of this process and, on PostgreSQL on this machine, of the process
that serves it: the median of ten rounds. The limit is 2.
"""

import argparse
import datetime
import io
import json
import statistics
import time

import desk_pages
import scratch

LIMIT = 2  # milliseconds
ROUNDS = 10


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--times", type=int, default=400)
    given = options.parse_args()
    with scratch.newsroom():
        for told in measured(given.times):
            print(json.dumps(told))


def measured(times):
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from articles.models import Presence, Story
    from newsroom.wsgi import application

    story = Story.objects.order_by("pk").first()
    for role in ("editor", "reporter", "chief"):
        asker, *others = [somebody(get_user_model(), f"{role}-{number}", role, story) for number in range(3)]
        for one in (*others, asker):
            asked(application, environ(one, story))
        Presence.objects.exclude(user=asker).update(seen_at=now() + datetime.timedelta(hours=1))  # they stay
        made, mine = environ(asker, story), Presence.objects.filter(user=asker)
        took = [per_poll(application, made, times // ROUNDS, mine) for _round in range(ROUNDS)]
        with CaptureQueriesContext(connection) as queries:
            answer = asked(application, made)
        told = {"queries": len(queries), "people": len(answer["people"])}
        yield {"role": role, "cpu ms": round(statistics.median(took), 2), "limit": LIMIT, **told}


def per_poll(application, made, times, mine):
    took = 0
    for _time in range(times // 2):
        mine.update(seen_at=now() - datetime.timedelta(seconds=16))
        began = cpu()
        asked(application, made)
        asked(application, made)
        took += cpu() - began
    return took * 1000 / (times // 2 * 2)


def now():
    return datetime.datetime.now(datetime.UTC)


def cpu():
    return time.process_time() + desk_pages.of_server()


def somebody(accounts, name, role, story):
    """An account with its session, signed in and credited for the story."""
    from django.test import Client

    from articles.models import Credit, Membership, Person

    user = accounts.objects.create_user(name, password="x", is_staff=True)  # noqa: S106 (nobody can reach it)
    Membership.objects.create(user=user, role=role, edition=story.edition)
    person = Person.objects.create(name=name, slug=name, user=user)
    Credit.objects.create(story=story, person=person, role="author")
    user.client = Client(HTTP_HOST=scratch.HOST)
    user.client.force_login(user)
    return user


def environ(user, story):
    """The question as a browser sends it."""
    from django.conf import settings
    from django.middleware.csrf import _get_new_csrf_string

    from articles.desk.writing import questions

    token = _get_new_csrf_string()
    session = user.client.cookies[settings.SESSION_COOKIE_NAME].value
    body = f"version={story.version}".encode()
    return {
        "REQUEST_METHOD": "POST", "PATH_INFO": questions.ADDRESS % story.pk,
        "QUERY_STRING": "", "HTTP_HOST": scratch.HOST, "SERVER_NAME": "localhost", "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.errors": io.StringIO(),
        "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body)), "body": body,
        "HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}",
        "HTTP_X_CSRFTOKEN": token, "HTTP_ORIGIN": f"http://{scratch.HOST}", "HTTP_ACCEPT_LANGUAGE": "id",
        "HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36",
    }  # fmt: skip


def asked(application, made):
    began = {}
    sent = {**made, "wsgi.input": io.BytesIO(made["body"])}
    answer = application(sent, lambda status, headers, *_: began.update(status=status))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    if began["status"] != "200 OK":
        raise SystemExit(f"{began['status']}: {body[:300]}")
    return json.loads(body)


if __name__ == "__main__":
    main()
