"""Tags as they are typed in the form of a story: found in any spelling, or made. In JSON, for static/desk/chips.js."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpResponseNotAllowed, JsonResponse
from django.utils.translation import gettext as _

from articles.listings import search
from articles.models import Tag
from articles.text import letters, spelling

MOST = 8
MOST_COMPARED = 300  # tags that begin alike
ALIKE_BEGINS = 3  # letters


def find(model_admin, request):
    """`?q=`: the same tag in another spelling, tags of nearly this name, tags with these words.

    Each row has a `kind`: same, near or holds.
    """
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    name = _name(request.GET.get("q", ""))
    found = {}
    for kind, tags in (
        ("same", _same(name)),
        ("near", _near(name)),
        ("holds", search.newest_named(name, Tag.objects.all())),
    ):
        for tag in tags[: MOST - len(found)]:
            found.setdefault(tag.pk, {"id": str(tag.pk), "name": tag.name, "detail": "", "kind": kind})
    response = JsonResponse({"results": list(found.values())})
    response["Cache-Control"] = "private, no-store"
    return response


def make(model_admin, request):
    """`name`: the tag of that name in any spelling, or a new one."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    name = _name(request.POST.get("name", ""))
    try:
        Tag._meta.get_field("name").clean(name, None)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=400)
    tag, is_new = next(iter(_same(name)), None), False
    if tag is None:
        if not model_admin.has_add_permission(request):
            return JsonResponse({"error": _("Your role makes no new tags: choose one that exists.")}, status=403)
        tag, is_new = Tag.objects.get_or_create(name=name)
    if is_new:
        model_admin.log_addition(request, tag, [{"added": {}}])
    return JsonResponse({"row": {"id": str(tag.pk), "name": tag.name, "detail": "", "is_new": is_new}})


def _name(typed):
    return letters.line(typed[:200])


def _same(name):
    """The tags of this name in any spelling, also if renamed or merged into another; the likeliest first."""
    if not name:
        return []
    slug, folded = letters.slug(name), letters.folded(name)
    known = Tag.objects.filter(Q(folded=name) | Q(slug=slug) | Q(former_slugs__slug=slug)).distinct()
    same = {tag.pk: tag for tag in known if _is_same(tag, name, slug)}
    same |= {tag.pk: tag for tag in _alike(name) if spelling.squeezed(tag.name) == spelling.squeezed(name)}
    return sorted(same.values(), key=lambda tag: letters.folded(tag.name) != folded)


def _is_same(tag, name, slug):
    """A slug leaves signs out: C++ is not C. A former slug is all that is left of a former name."""
    return tag.slug != slug or spelling.squeezed(tag.name) == spelling.squeezed(name)


def _near(name):
    by_name = {tag.name: tag for tag in _alike(name)}
    return [by_name[other] for other in spelling.nearest(name, by_name)]


def _alike(name):
    """Tags whose names begin with the same letters."""
    begin = letters.folded(name)[:ALIKE_BEGINS]
    if len(begin) < ALIKE_BEGINS:
        return []
    return list(Tag.objects.filter(folded__startswith=begin).order_by("folded")[:MOST_COMPARED])
