"""The fields of a form stand in HTML as Django's own templates write them."""

import datetime
import re

from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.utils import ErrorList
from django.template.loader import get_template
from django.test import SimpleTestCase
from django.utils.safestring import mark_safe

from articles.desk.fields import written
from articles.desk.fields.renderer import FieldRenderer

EVIL = """<b>"Danau" & 'Limboto'</b>"""
GROUPED = [("", EVIL), (1, "satu"), (EVIL, [("a", "A"), ("b", mark_safe("B &amp; b"))])]


class Everything(forms.Form):
    judul = forms.CharField(help_text="Pendek.", widget=forms.TextInput(attrs={"title": EVIL, "data-on": True}))
    isi = forms.CharField(widget=forms.Textarea(attrs={"rows": 2, "hidden": False}), required=False)
    jumlah = forms.IntegerField(label=mark_safe("Jumlah &amp; urutan"), widget=forms.NumberInput)
    setuju = forms.BooleanField(label=EVIL, required=False)
    pilihan = forms.ChoiceField(choices=GROUPED)
    rahasia = forms.CharField(widget=forms.HiddenInput)
    sandi = forms.CharField(widget=forms.PasswordInput)
    surel = forms.EmailField()
    situs = forms.URLField()
    hari = forms.DateField()
    jam = forms.TimeField()


class WrittenFieldsTest(SimpleTestCase):
    def written(self, renderer, **kwargs):
        form = Everything(renderer=renderer(), **kwargs)
        form.errors  # noqa: B018 (made before they are shown)
        parts = [part for bound in form for part in (bound, bound.label_tag(), bound.errors)]
        return [re.sub(r"\s+", " ", str(part)) for part in parts]

    def test_each_is_written_as_django_writes_it(self):
        typed = {"judul": EVIL, "isi": EVIL, "jumlah": "tiga", "setuju": "on", "pilihan": EVIL, "hari": "kemarin"}
        dated = {"hari": datetime.date(2026, 11, 30), "jam": datetime.time(20), "jumlah": 1_000, "pilihan": 1}
        for kwargs in [{}, {"data": typed}, {"data": {}}, {"initial": typed}, {"initial": dated}]:
            with self.subTest(**kwargs):
                self.assertEqual(self.written(FieldRenderer, **kwargs), self.written(DjangoTemplates, **kwargs))

    def test_what_was_typed_never_becomes_markup(self):
        form = Everything({"judul": EVIL, "isi": EVIL, "pilihan": EVIL}, renderer=FieldRenderer())
        for bound in form:
            with self.subTest(field=bound.name):
                self.assertNotIn("<b>", f"{bound}{bound.label_tag()}{bound.errors}")

    def test_an_error_has_the_place_to_which_its_field_points(self):
        errors = ErrorList([EVIL], error_class="nonform", renderer=FieldRenderer(), field_id="id_judul")
        expected = ErrorList([EVIL], error_class="nonform", renderer=DjangoTemplates(), field_id="id_judul")
        self.assertHTMLEqual(str(errors), str(expected))
        self.assertEqual(str(ErrorList(renderer=FieldRenderer())), "")

    def test_django_has_a_template_of_each_name(self):
        for name in written.BY_TEMPLATE:
            with self.subTest(template=name):
                (get_template if name.startswith("admin") else DjangoTemplates().get_template)(name)
