"""When somebody is told by e-mail: one choice a kind, and the hour of the digest. Part of the page of preferences."""

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.text import capfirst

from articles.models import MailChoice
from articles.models.desk.notice import Mail, Told


class MailFields(forms.ModelForm):
    """Mixin for the form of preferences. Without a mail server there is nothing to choose."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not settings.MAIL_IS_ON:
            self.fields.pop("digest_hour", None)
            return
        self.fields["digest_hour"].widget.attrs |= {"min": 0, "max": 23}
        chosen = dict(MailChoice.objects.filter(user=self.instance.user).values_list("kind", "mail"))
        for kind, label in Told.choices:
            first = chosen.get(kind, Mail.DIGEST)
            field = forms.ChoiceField(label=capfirst(label), choices=Mail.choices, initial=first)
            self.fields[f"mail_{kind}"] = field

    @property
    def mail_rows(self):
        return [self[f"mail_{kind}"] for kind in Told.values if f"mail_{kind}" in self.fields]

    @transaction.atomic
    def save(self, commit=True):
        row = super().save(commit)
        for kind in Told.values if settings.MAIL_IS_ON else ():
            chosen = {"mail": self.cleaned_data[f"mail_{kind}"]}
            MailChoice.objects.update_or_create(user=row.user, kind=kind, defaults=chosen)
        return row
