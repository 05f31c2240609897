"""How the fields of the desk's forms become HTML."""

from django.forms import renderers

from . import written


class FieldRenderer(renderers.DjangoTemplates):
    """Django's own templates, or, for the small parts that stand in each form a hundred times, what written.py writes
    in their place."""

    def render(self, template_name, context, request=None):
        if write := written.BY_TEMPLATE.get(template_name):
            return write(context).strip()
        return super().render(template_name, context, request)
