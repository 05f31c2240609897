"""Words of Django's own admin that its Indonesian catalogue lacks, or says in a way that nobody at a desk would.

They are named here so that `makemessages` keeps them in our catalogue, which is asked before Django's.
"""

from django.utils.translation import gettext_noop as _

WORDS = [
    _("%(model_name)s with this %(field_labels)s already exists."),  # Django's says that it does not ("ini tidak ada")
    _("Filter by %(field_name)s"),
    _("- Select an option -"),
    _("Run"),
    _("Start typing to filter…"),
    _(
        "Deleting the %(object_name)s “%(escaped_object)s” would require deleting the following protected related "
        "objects:"
    ),
]
