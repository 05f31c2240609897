"""Texts of Django's admin that its Indonesian catalogue lacks or translates badly.

They stand here so that `makemessages` keeps them in our catalogue, which has priority over Django's. Those of the
admin's scripts stand in a catalogue of their own, which is written by hand: articles/locale/id/LC_MESSAGES/djangojs.po.
"""

from django.utils.translation import gettext_noop as _

WORDS = [
    _("%(model_name)s with this %(field_labels)s already exists."),  # Django says the opposite ("ini tidak ada")
    _("Filter by %(field_name)s"),
    _("- Select an option -"),
    _("Run"),
    _("Start typing to filter…"),
    _(
        "Deleting the %(object_name)s “%(escaped_object)s” would require deleting the following protected related "
        "objects:"
    ),
    _("None"),
    _('The app "%s" could not be found.'),
    _("Logout"),
    _("No %s matches the given query."),
    _("The {name} “{obj}” was added successfully."),
    _("The {name} “{obj}” was added successfully. You may edit it again below."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("You may edit it again below."),
    _("Add another %(verbose_name)s"),
    _("Time:"),
    _("This field is required."),
]
