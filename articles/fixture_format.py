"""Django's JSON fixtures, but a reference that leads nowhere is told with its row and its value.

Django puts every unknown reference off until all rows are read; one that must not be empty can never be stored
that way, and would fail later with neither.
"""

from django.core.serializers import base, json

Serializer = json.Serializer


class Deserializer(json.Deserializer):
    def _handle_fk_field_node(self, field, field_value):
        may_wait = self.handle_forward_references and field.null
        return base.deserialize_fk_value(field, field_value, self.using, may_wait)
