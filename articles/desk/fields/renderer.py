"""How the fields of the desk's forms become HTML."""

from django.forms import renderers
from django.utils.functional import cached_property

OF_DJANGO = "django/forms/"


class FieldRenderer(renderers.DjangoTemplates):
    """Django's own field templates in its Jinja2 version: a form has some 240 of them, and they were half its time.

    Those of the admin and of other libraries exist only as Django templates.
    """

    @cached_property
    def _jinja2(self):
        return renderers.Jinja2()

    def get_template(self, template_name):
        if template_name.startswith(OF_DJANGO):
            return self._jinja2.get_template(template_name)
        return super().get_template(template_name)
