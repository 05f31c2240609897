"""The page on which a person decides what both had changed."""

from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles import publishing
from articles.admin.revision.legible import Legible, difference, text_difference
from articles.desk import kept_posts, labels
from articles.desk.writing import working_copies
from articles.text import body

from ..transitions import desk_address


def asked(model_admin, request, versions, posted, found):
    """The page, with what was typed inside it and as a working copy, so that it may be closed; nothing is saved.

    If that is too much to be kept, the form says so.
    """
    kept = kept_posts.pack(request)
    if not kept:
        request.refused = [_("Somebody saved this story meanwhile, and this is too much to be kept while you choose.")]
        request.unsaved = request.refused[0]
        return model_admin.changeform_view(request, str(versions.story.pk))
    _keep_copy(request, versions.story)
    shown = Shown(request.user, versions, posted)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Two versions of one story"),
        "story": versions.story,
        "told": told(versions.since),
        "last": versions.story.revisions.exclude(move="set_aside").select_related("by").first(),
        "is_again": bool(getattr(request, "chosen", {})),
        "is_unknown": versions.base is None,
        "choices": [shown.choice(choice) for choice in found.choices],
        "goes_public": versions.goes_public and not getattr(request, "agrees", False),
        "kept": kept,
        "action": request.get_full_path(),  # of the form, whatever page led here
        "opts": model_admin.opts,
        "up": (versions.story.headline, desk_address(model_admin, request, versions.story)),
    }
    return TemplateResponse(request, "admin/articles/story/merge.html", context)


def _keep_copy(request, story):
    if uid := working_copies.uid_in(request.POST):
        typed, version = working_copies.typed_of(request.POST), int(request.POST["version"])
        working_copies.set_aside(request.user, uid, story.pk, typed, version, timezone.now())


def told(since):
    """Nina (headline, text); Budi (tags)"""
    parts = [
        (labels.of_account(by), ", ".join(str(publishing.part_label(name)) for name in names)) for by, names in since
    ]
    return "; ".join(f"{who} ({what})" for who, what in parts)


class Shown:
    """The choices in the words of the desk."""

    def __init__(self, user, versions, posted):
        self.user = user
        self.base = Legible(versions.base.snapshot, user) if versions.base else None
        self.mine, self.theirs = (Legible(one, user) for one in (posted.snapshot, versions.now.snapshot))
        self.versions = versions

    def choice(self, choice):
        return {
            "key": choice.key,
            "label": self._label(choice),
            "made": choice.made,
            "sides": list(self._sides(choice)),
            "is_text": choice.part == "body",
        }

    def _sides(self, choice):
        """(the answer, its label, the words)"""
        yield publishing.MINE, _("My words"), self._side(choice, choice.mine, self.mine)
        yield publishing.THEIRS, _("As it is saved"), self._side(choice, choice.theirs, self.theirs)
        if choice.may_be_both:
            yield publishing.BOTH, _("Both: the saved one, then mine"), ""

    def _label(self, choice):
        if choice.part == "lead_photo":
            return _("Lead photo and its caption")
        label = capfirst(str(publishing.part_label(choice.part)))
        if choice.item is not None:
            named = self.theirs if choice.theirs is not None else self.mine
            return format_html("{}: {}", label, named.item(choice.part, choice.item))
        return _("Order of %(items)s") % {"items": label} if choice.part in publishing.BY_ITEM else label

    def _side(self, choice, value, legible):
        """What one of them made of it, against the base."""
        if choice.part == "body":
            if not value:
                return format_html('<p class="is-gone">{}</p>', _("This was taken out."))
            before = self._blocks(choice.base) if self.base else self._blocks(value)
            return text_difference(before, self._blocks(value), self.user, is_whole=True)
        if choice.part == "lead_photo":
            return self._words(publishing.TOGETHER, legible)
        if choice.part in publishing.BY_ITEM:
            return self._of_item(choice, value, legible)
        return self._words([choice.part], legible)

    def _blocks(self, blocks):
        return [block for html in blocks or () for block in body.blocks(html)]

    def _words(self, names, legible):
        base = self.base or legible
        after = [word for name in names for word in legible.words(name)]
        before = [word for name in names for word in base.words(name)]
        return difference(before, after) or _("(empty)")

    def _of_item(self, choice, value, legible):
        if value is None:
            return _("This was taken out.")
        if choice.item is None:
            return ", ".join(legible.item(choice.part, key) for key in value)
        return difference(str(choice.base or "").split(), str(value).split()) or _("(empty)")
