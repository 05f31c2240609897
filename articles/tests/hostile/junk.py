"""What is junk, which addresses the desk has, and somebody of every role who asks them: for the tests that send it."""

import logging
import traceback
from functools import partial

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from articles import publishing
from articles.models import Person, Revision, Story

from ..cases import EveryKindTestCase

DIGITS = "123456789012345678901234567890"
JUNK = {
    "word": "x",
    "empty": "",
    "zero": "0",
    "negative": "-1",
    "thirty digits": DIGITS,
    "digits of another script": "٣٤",
    "five thousand digits": "9" * 5_000,
    "fraction": "1e400",
    "not a number": "NaN",
    "the last day": "9999-12-31",
    "the first day": "0001-01-01",
    "the last moment": "9999-12-31 23:59:59",
    "the first moment": "0001-01-01T00:00:00",
    "no day": "2023-02-31",
    "NUL": "a\0b",
    "vertical tab": "a\x0bb\ufffe",
    "quotes": "'\"`--;<script>",
    "percent": "%s%(x)s{0}{x}%",
    "wildcards": "%_\\*(\\w+\\s?)*!",
    "letters of many bytes": "😀\u202e\u200b\u0301é",
    "long": "panjang " * 2_000,
    "a long word": "p" * 70_000,
    "list": "1,2,x,,",
    "json": '[{"a": 1}]',
    "path": "../../etc/passwd",
    "uuid": "00000000-0000-0000-0000-000000000000",
}
RAW = {  # what no browser sends: bytes as they stand in an address or in a post
    "broken UTF-8": "%ff%fe%80",
    "lone surrogate": "%ed%a0%80",
    "NUL": "%00",
    "half an escape": "%",
    "no escape": "%zz",
    "UTF-16": "%d8%00%dc",
}
IN_PATHS = ["x", "0", "-1", DIGITS, "٣٤", "9" * 5_000, "%", "a" * 3_000, "1/2", "_5F", "😀", "'", "1\0"]
QUERY = [
    "q", "p", "o", "e", "all", "_popup", "_to_field", "_facets", "_changelist_filters", "_source_model", "next",
    "term", "page", "app_label", "model_name", "field_name", "waiting", "uid", "of_edition", "standing",
    "lacking", "rights", "used", "shape",
]  # fmt: skip
ROLES = ["nobody", "reporter", "photo", "editor", "chief", "admin"]


def desk_addresses():
    """(name, route with its converters) of every address below /admin/, from the resolver itself."""
    return list(_within(get_resolver().url_patterns, ""))


def _within(patterns, before):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield pattern.name, route
        elif not before and not route.startswith("admin/"):
            continue
        else:
            yield from _within(pattern.url_patterns, route)


class JunkCase(EveryKindTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.people = {role: cls.sign_in(role) for role in ROLES}
        cls.ours = cls.rows("Terang", cls.gorontalo, cls.dunia, cls.people["reporter"])
        for _number in (2, 3):
            publishing.record(cls.ours["story"], cls.people["reporter"], timezone.now())
        Revision.objects.filter(number=1).update(snapshot=Revision.objects.get(number=2).snapshot)
        Person.objects.filter(pk=cls.nina.pk).update(user=cls.people["reporter"])

    def setUp(self):
        super().setUp()
        logging.disable(logging.CRITICAL)
        self.addCleanup(logging.disable, logging.NOTSET)
        self.failures = {}
        self.clients = {role: Client(headers={"host": self.host}) for role in ROLES}
        for role, client in self.clients.items():
            client.force_login(self.people[role])

    def tearDown(self):
        told = [f"{count} × {what}\n    first: {first}" for what, (count, first) in self.failures.items()]
        self.assertFalse(told, "\n".join([f"{len(told)} failures", *told]))

    def asks(self, role, method, address, **sent):
        """One request, whose changes are undone."""
        told = str(sent)[:150]
        try:
            with transaction.atomic():
                client = self.clients[role]
                ask = partial(client.generic, "POST") if method == "generic" else getattr(client, method)
                response = ask(address, **sent)
                transaction.set_rollback(True)
        except Exception as error:  # what would be a 500
            place = traceback.extract_tb(error.__traceback__)[-1]
            what = f"{type(error).__name__}: {str(error)[:150]}, in {place.filename.rpartition('/')[2]}:{place.lineno}"
            self.failed(what, role, method, address, told)
            return None
        if response.status_code >= 500:
            self.failed(str(response.status_code), role, method, address, told)
        return response

    def failed(self, what, role, method, address, told):
        count, first = self.failures.get(what, (0, f"{role} {method} {address[:200]} {told[:200]}"))
        self.failures[what] = (count + 1, first)

    def addresses(self, role="admin"):
        """Every address of the desk with ids that are there."""
        for name, route in desk_addresses():
            for filled in self._filled(name, route):
                yield name, "/" + filled

    def _filled(self, name, route):
        path = route.replace("^", "").replace("$", "").replace("\\Z", "")
        model = next((model for model in self.ours if f"/{model}/" in path), None)
        pk = str(self.ours[model].pk) if model else str(self.people["reporter"].pk)
        values = {
            "<path:object_id>": pk,
            "<int:pk>": pk,
            "<path:content_type_id>": str(ContentType.objects.get_for_model(Story).pk),
            "<id>": pk,
            "<slug:name>": "withdraw",
            "(?P<app_label>auth|articles)": "articles",
            "(?P<url>.*)": "nichts",
        }
        for part, value in values.items():
            path = path.replace(part, value)
        yield path

    def with_junk(self, route, junk):
        path = route.replace("^", "").replace("$", "").replace("(?P<app_label>auth|articles)", junk)
        for part in ("<path:object_id>", "<int:pk>", "<path:content_type_id>", "<id>", "<slug:name>", "(?P<url>.*)"):
            path = path.replace(part, junk)
        return path

    def params(self, name):
        """What an address of that name may be asked: lists by their lookups, forms by their fields."""
        model_admin = self.admin_of(name)
        fields = [field.name for field in model_admin.opts.fields] if model_admin else []
        if name and name.endswith("_changelist"):
            deeper = [f"{field}__{lookup}" for field in fields[:3] for lookup in ("regex", "in", "year", "id__exact")]
            return [*model_admin.allowed_lookups(self.request()), *QUERY, *fields, *deeper]
        if name and name.endswith("_add"):
            return [*fields, *QUERY[:10]]
        return QUERY

    def admin_of(self, name):
        for model, model_admin in admin.site._registry.items():
            if (name or "").startswith(f"{model._meta.app_label}_{model._meta.model_name}_"):
                return model_admin
        return None

    def request(self):
        request = Client().get("/healthz").wsgi_request
        request.user = self.people["admin"]
        return request

    def form_at(self, address):
        """What a browser would send back from the form at an address, unchanged."""
        page = self.clients["admin"].get(address)
        context = getattr(page, "context", None)
        if not context:
            return {"_ask": "", "post": "yes"}
        if "adminform" not in context:
            form = context.get("form")
            return {"_ask": "", "post": "yes", **dict.fromkeys(form.fields if hasattr(form, "fields") else [], "1")}
        filled = {"_continue": ""}
        form = context["adminform"].form
        for bound in form:
            for part, value in _sent(bound):
                filled[part] = value
        for inline in context.get("inline_admin_formsets", []):
            formset = inline.formset
            filled[f"{formset.prefix}-TOTAL_FORMS"] = formset.total_form_count()
            filled[f"{formset.prefix}-INITIAL_FORMS"] = formset.initial_form_count()
            for row in formset.forms[:2]:
                for bound in row:
                    filled |= dict(_sent(bound))
        return filled


def _sent(bound):
    """(name, value) of each box of a field."""
    value = bound.value()
    if bound.name in ("file",) or bound.widget_type == "clearablefile":
        return
    if hasattr(bound.field, "fields"):
        parts = bound.field.widget.decompress(value) if value else ["", ""]
        for number, part in enumerate(parts):
            yield f"{bound.html_name}_{number}", "" if part is None else str(part)
    else:
        yield bound.html_name, "" if value is None else str(value.pk if hasattr(value, "pk") else value)
