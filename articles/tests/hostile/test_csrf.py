"""No form is taken from another site: whatever address is posted to asks for the token, and every form has one."""

from html.parser import HTMLParser

import pytest
from django.test import Client

from articles import urls
from articles.models import AuditEntry, Story

from .junk import JunkCase

pytestmark = pytest.mark.wide

WITH_A_SECRET = {"preview"}  # of readers' addresses: whoever posts there must know the secret of a link


class _Posting(HTMLParser):
    """[has a token] of each form of a page that is posted."""

    def __init__(self, page):
        super().__init__()
        self.found, self.is_posted = [], False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        if tag == "form":
            self.is_posted = (has.get("method") or "").lower() == "post"
            self.found += [False] * self.is_posted
        elif tag == "input" and self.is_posted and has.get("name") == "csrfmiddlewaretoken":
            self.found[-1] = True

    def handle_endtag(self, tag):
        self.is_posted = self.is_posted and tag != "form"


class CsrfTest(JunkCase):
    def setUp(self):
        super().setUp()
        self.strict = Client(headers={"host": self.host}, enforce_csrf_checks=True)
        self.strict.force_login(self.people["admin"])

    def before(self):
        return Story.objects.count(), AuditEntry.objects.count(), list(Story.objects.values_list("state", "version"))

    def test_no_address_of_the_desk_takes_a_post_without_the_token(self):
        before, wrong = self.before(), []
        for name, address in self.addresses():
            for sent in ({}, {"csrfmiddlewaretoken": "x" * 32}):
                status = self.strict.post(address, {"_continue": "", "post": "yes", **sent}).status_code
                if status not in (403, 404, 405):
                    wrong.append(f"{name} {address}: {status}")
        self.assertEqual((wrong, self.before()), ([], before))

    def test_nor_does_an_address_of_readers(self):
        posting = {pattern.name for pattern in urls.urlpatterns if getattr(pattern.callback, "csrf_exempt", False)}
        self.assertEqual(posting, WITH_A_SECRET)

    def test_every_form_that_is_posted_has_the_token(self):
        lacking, forms = [], 0
        for name, address in self.addresses():
            page = self.asks("admin", "get", address)
            if page is not None and page.get("Content-Type", "").startswith("text/html"):
                found = _Posting(page.text).found
                forms += len(found)
                lacking += [f"{name} {address}"] * found.count(False)
        self.assertEqual(lacking, [])
        self.assertGreater(forms, 60)

    def test_a_post_of_another_site_is_refused_though_it_has_the_token(self):
        self.strict.get("/admin/articles/tag/add/")
        token = self.strict.cookies["csrftoken"].value
        sent = {"csrfmiddlewaretoken": token, "name": "Baru", "slug": "baru"}
        for told in ({"origin": "https://evil.example"}, {"origin": "null"}):
            answer = self.strict.post("/admin/articles/tag/add/", sent, headers=told)
            self.assertEqual(answer.status_code, 403, told)
