"""The lines of a form: label, help, what is wrong, field; and nothing typed becomes markup."""

from django import forms
from django.contrib.admin.helpers import Fieldset
from django.test import SimpleTestCase

from articles.desk.fields import lines
from articles.models import Credit

EVIL = "<b>tebal</b>"


class Form(forms.ModelForm):
    name = forms.CharField(help_text="Pendek.", label=EVIL)
    setuju = forms.BooleanField(required=False)
    kunci = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = Credit
        fields = []


class Reading:
    """As a ModelAdmin shows what may only be read."""

    def get_empty_value_display(self):
        return "–"

    def place(self, credit):
        return EVIL


class LinesTest(SimpleTestCase):
    def lines(self, data=None, fields=("name", "setuju", "kunci")):
        group = Fieldset(Form(data), fields=fields, readonly_fields=("place",), model_admin=Reading())
        return lines.of_group(group)

    def test_each_field_has_a_line_with_its_name_label_and_help(self):
        html = self.lines()
        self.assertInHTML('<div class="help" id="id_name_helptext"><div>Pendek.</div></div>', html)
        self.assertIn('class="form-row field-name"', html)
        self.assertIn('aria-describedby="id_name_helptext"', html)
        self.assertEqual(html.count("<label"), 3)

    def test_a_box_stands_before_its_label_and_a_hidden_field_has_a_hidden_line(self):
        html = self.lines()
        self.assertIn('<div class="checkbox"><input type="checkbox" name="setuju" id="id_setuju"><label', html)
        self.assertIn('class="form-row hidden field-kunci"', html)

    def test_what_is_wrong_stands_at_its_field(self):
        html = self.lines({"name": "", "kunci": "1"})
        self.assertIn('class="flex-container errors"', html)
        self.assertIn('<ul class="errorlist" id="id_name_error">', html)
        self.assertNotIn("errorlist", self.lines({"name": "Banjir", "kunci": "1"}))

    def test_neither_labels_nor_values_nor_what_may_only_be_read_become_markup(self):
        html = self.lines({"name": EVIL, "kunci": EVIL}, fields=("name", "kunci", "place"))
        self.assertNotIn("<b>", html)
        self.assertEqual(html.count("&lt;b&gt;tebal"), 4)
