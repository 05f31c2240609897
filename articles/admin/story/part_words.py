"""Words and addresses for the scripts of the form's parts: lead photo, gallery, tags, credits (static/desk/)."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import photos
from articles.desk.by_language import once_a_language
from articles.models import Person, Photo, Tag

from ..photo import uploading

WORDS = {
    # photos
    "photoWords": _("Words of the photo in the library"),
    "caption": _("Caption"),
    "alt": _("Alternative text"),
    "altHelp": _("What is to be seen, for those who cannot see."),
    "photographer": _("Photographer"),
    "agency": _("Agency"),
    "is_decorative": _("Only decorative: needs no alternative text"),
    "saving": _("Being stored …"),
    "stored": _("Stored in the library."),
    "failed": _("The desk does not answer. Are you still signed in?"),
    "notYours": _("Other stories show this photo: your role does not change its words."),
    "creditLine": _("Photo: %(credit)s"),
    "noCredit": _("credit is missing"),
    "noAlt": _("alternative text is missing"),
    "newPhoto": _("New photo: %(name)s"),
    "picture": _("a picture"),
    "known": _("This picture is in the library already, as “%(title)s”."),
    "alike": _("This looks like: %(titles)s"),
    "useInstead": _("Use “%(title)s” instead"),
    "use": _("Use this photo"),
    "cancel": _("Cancel"),
    "lost": _("File missing"),
    "drop": _("Drop or paste a picture here"),
    "library": _("Choose from the library"),
    "upload": _("Take a new one"),
    "exchange": _("Exchange"),
    "takeOff": _("Take off"),
    "editWords": _("Caption and credit"),
    "ownCaption": _("%(caption)s (of the library; type here to use another)"),
    "chooseTitle": _("Photos of the library"),
    "chooseHelp": _("Words of the title, the caption or the credit. The newest stand first."),
    "search": _("Search"),
    "none": _("Nothing was found."),
    "chosen": _("%(count)s chosen"),
    "insert": _("Use"),
    # order and rows
    "earlier": _("Move one place to the front"),
    "later": _("Move one place to the back"),
    "remove": _("Take out"),
    "removeNamed": _("Take out: %(name)s"),
    "removed": _("%(name)s is taken out."),
    "undo": _("Undo"),
    "moved": _("%(name)s: place %(place)s of %(count)s"),
    "orderHelp": _("Arrow keys go from one to the next, with Shift they move it; Delete takes it out."),
    "repeated": _("%(name)s stands there already."),
    # chips
    "addTag": _("Add a tag"),
    "addPerson": _("Add a name"),
    "addPhoto": _("Add photos"),
    "makeTag": _("Make the tag “%(name)s”"),
    "mayBeMeant": _("A tag of nearly this name exists. Enter takes it, the down key goes on to a new one."),
    "noSuchTag": _("There is no such tag, and your role makes no new ones."),
    "isNew": _("new"),
    "notTaken": _("“%(name)s” is not added yet: press Enter in the field, or empty it."),
    "found": _("%(count)s found"),
    "newPerson": _("Not among them? Write a new person"),
    "captionHere": _("Caption in this story"),
}


SCRIPTS = ["desk/lead-photo.js", "desk/gallery.js", "desk/chips.js"]


def context(request):
    return {"part_words": _for_page(request), "part_scripts": SCRIPTS}


def _for_page(request):
    """What static/desk/make.js knows as `known`."""
    limits = photos.limits()
    may_add = {model._meta.model_name: _may_add(request, model) for model in (Photo, Person, Tag)}
    return {
        **_words(),
        "addresses": {
            "upload": reverse("admin:articles_photo_upload"),
            "photos": reverse("admin:articles_photo_find"),
            "tags": reverse("admin:articles_tag_find"),
            "makeTag": reverse("admin:articles_tag_make"),
            "rows": reverse("admin:autocomplete"),
            "person": reverse("admin:articles_person_add") if may_add["person"] else "",
        },
        "mayAdd": may_add,
        "accept": limits.accept,
        "mostBytes": limits.most_bytes,
        "tooLarge": uploading.too_large(),
        "openedAt": timezone.now().isoformat(),
    }


@once_a_language
def _words():
    texts = {"words": WORDS, "upload": uploading.WORDS}
    return {kind: {name: str(words) for name, words in of_kind.items()} for kind, of_kind in texts.items()}


def _may_add(request, model):
    return admin.site.get_model_admin(model).has_add_permission(request)
