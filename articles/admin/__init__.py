"""The desk: one module for each model, and the parts of the story's form."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag as PlainTag

from . import home
from .account import AccountAdmin
from .address import AddressAdmin
from .assignment.admin import AssignmentAdmin
from .audit_entry import AuditEntryAdmin
from .correction import CorrectionAdmin
from .edition import EditionAdmin, NetworkAdmin, OwnerAdmin, PolicyAdmin
from .membership import MembershipAdmin
from .person import PersonAdmin
from .photo.admin import PhotoAdmin
from .read_count import ReadCountAdmin
from .revision.admin import RevisionAdmin
from .section import SectionAdmin
from .series import SeriesAdmin
from .story.admin import StoryAdmin
from .tag import TagAdmin

__all__ = [
    "AccountAdmin",
    "AssignmentAdmin",
    "AuditEntryAdmin",
    "StoryAdmin",
    "PhotoAdmin",
    "PersonAdmin",
    "SectionAdmin",
    "SeriesAdmin",
    "TagAdmin",
    "OwnerAdmin",
    "NetworkAdmin",
    "EditionAdmin",
    "PolicyAdmin",
    "MembershipAdmin",
    "CorrectionAdmin",
    "AddressAdmin",
    "RevisionAdmin",
    "ReadCountAdmin",
]

admin.site.unregister(PlainTag)  # models/tag.py has our own
admin.site.unregister([EmailAddress, Authenticator])  # allauth's: desk/account/ has the pages of factors
admin.site.site_header = _("News desk")
admin.site.site_title = _("News desk")
admin.site.index_title = _("On the desk")
admin.site.home = home
