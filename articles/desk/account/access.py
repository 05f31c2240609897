"""The page where whoever gives roles invites somebody, and helps somebody who has lost their device."""

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from articles import permissions
from articles.models import Edition, Section
from articles.models.membership import DeskRole
from articles.sign_in import factors, invitations, sessions

from . import letters

MOST_SHOWN = 200


class InvitationForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("For whom"), max_length=150)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, max_length=254)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=DeskRole.choices)
    edition = forms.ModelChoiceField(Edition.objects.none(), label=gettext_lazy("Edition"))
    section = forms.ModelChoiceField(Section.objects.none(), label=gettext_lazy("Section"), required=False)

    def __init__(self, by, data=None):
        super().__init__(data)
        editions = permissions.editions(by, "add", "membership")
        self.fields["edition"].queryset = editions
        self.fields["edition"].initial = editions.first()
        self.fields["section"].queryset = Section.objects.filter(edition__in=editions).select_related("edition")

    def clean(self):
        section, edition = self.cleaned_data.get("section"), self.cleaned_data.get("edition")
        if section and section.edition != edition:
            self.add_error("section", _("Choose a section of this edition."))


def page(request):
    if not may_open(request.user):
        raise PermissionDenied
    form = InvitationForm(request.user, request.POST or None)
    link = _made(request, form) if request.method == "POST" and form.is_valid() else ""
    now = timezone.now()
    rows = invitations.seen_by(request.user)[:MOST_SHOWN]
    context = {
        **admin.site.each_context(request),
        "title": _("Invitations and lost devices"),
        "form": InvitationForm(request.user) if link else form,
        "link": link,
        "rows": [(row, not (row.revoked_at or row.taken_at) and row.ends_at > now) for row in rows],
        "accounts": _accounts(request.user),
    }
    return TemplateResponse(request, "admin/account/access.html", context)


def may_open(user):
    return permissions.allows_somewhere(user, "add", "membership")


def _made(request, form):
    """The link, which is shown this once."""
    row, secret = invitations.make(request.user, timezone.now(), request, **form.cleaned_data)
    link = f"{request.build_absolute_uri(reverse('joining'))}#{secret}"
    if row.email and letters.invite(row, link):
        messages.success(request, _("The link is on its way to %(address)s.") % {"address": row.email})
    return link


def _accounts(by):
    has_any = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    rows = permissions.accounts(by).filter(is_active=True, is_staff=True).exclude(pk=by.pk)
    return rows.annotate(has_factor=Exists(has_any)).order_by("first_name", "username")[:MOST_SHOWN]


@require_POST
def end_invitation(request, uid):
    row = get_object_or_404(invitations.seen_by(request.user), uid=uid)
    invitations.end(row, request.user, timezone.now(), request)
    messages.success(request, _("The invitation has ended."))
    return HttpResponseRedirect(reverse("access"))


@require_POST
def reset(request, pk):
    """Take away the factors of somebody who has lost their device, and end their sessions."""
    account = get_object_or_404(permissions.accounts(request.user), pk=pk)
    if request.POST.get("only") == "sessions":
        if not factors.may_reset(request.user, account):
            raise PermissionDenied
        count = sessions.end(sessions.open_to(account), account, request.user.get_username(), request)
        told = ngettext("%(count)d session has ended.", "%(count)d sessions have ended.", count) % {"count": count}
    else:
        factors.reset(account, request.user, request)
        letters.tell_reset(account, request.user)
        told = _("The second factors of %(name)s are taken away, and their sessions have ended.")
        told %= {"name": account.get_full_name() or account.get_username()}
    messages.success(request, told)
    return HttpResponseRedirect(reverse("access"))
