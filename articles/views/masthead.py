"""The people of the newsroom, its policies and its corrections (rules.md D1, D2, D11)."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import structured_data
from articles.listings.paging import page_query, paged
from articles.models import Correction, Policy, Story
from articles.text import body
from articles.tracking import cacheable

from . import embeds
from .moving import moved
from .showing import said, shown


@cacheable("view")
def masthead(request):
    told = said(request, _("Masthead"))
    told["structured"].insert(0, structured_data.organization(request.edition, timezone.now()))
    context = {
        **told,
        "positions": request.edition.positions.select_related("person"),
    }
    return shown(request, "masthead", context)


@cacheable("view")
def policy(request, slug):
    policy = Policy.objects.filter(edition=request.edition, slug=slug).first()
    if policy is None:
        raise Http404
    if policy.slug != slug:
        return moved(request, policy.get_absolute_url())
    context = {
        **said(request, policy.title),
        "policy": policy,
        "blocks": [(block, None, None, embeds.link(block.embed)) for block in body.blocks(policy.text)],
    }
    return shown(request, "policy", context)


@cacheable("page", "view")
def corrections(request):
    """Every correction, reply and withdrawal of stories that readers have or had, newest first (rules.md D3, D4)."""
    now = timezone.now()
    stories = Story.objects.live(now) | Story.objects.withdrawn(now)
    rows = Correction.objects.filter(story__edition=request.edition, story__in=stories).select_related("story")
    pager, page = paged(request, rows)
    context = {
        **said(request, _("Corrections"), query=page_query(pager.number)),
        "pager": pager,
        "corrections": page,
        "feed": f"{request.path}feed/",
        "title": _("Corrections"),
    }
    return shown(request, "corrections", context)
