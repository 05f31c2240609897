"""The page where editors arrange an edition's front page. A drag and the form send the same POST."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import permissions, placing
from articles.desk.writing.times import TimeInput
from articles.listings import desk_rows, search
from articles.listings.at_desk import at_desk
from articles.models import Story
from articles.models.edition import Place
from articles.models.plausible_times import plausible_time
from articles.models.story import State
from articles.publishing import Refused

from .spots import spots

NEWEST, TO_COME = 30, 10  # stories that are offered
LONGEST_SEARCH = 200


class PlaceForm(forms.Form):
    """`story` is offered as a list of choices by the template; one that is not offered can be sent, too."""

    story = forms.IntegerField(
        label=gettext_lazy("Story"), min_value=1, error_messages={"required": gettext_lazy("Choose a story.")}
    )
    place = forms.TypedChoiceField(label=gettext_lazy("Place"), choices=Place.choices, coerce=int, initial=Place.LEAD)
    until = forms.SplitDateTimeField(
        label=gettext_lazy("Until"), widget=TimeInput, validators=plausible_time, required=False,
        help_text=gettext_lazy("Empty: until somebody clears the place. A breaking line needs an end."),
    )  # fmt: skip


def front(model_admin, request):
    editions = list(permissions.editions(request.user, "change", "slot"))
    edition = _edition(request, editions)
    with timezone.override(edition.zone):
        form = PlaceForm(request.POST if request.method == "POST" and "clear" not in request.POST else None)
        if request.method == "POST":
            told = _cleared(request, edition) if "clear" in request.POST else _placed(request, edition, form)
            if told:
                messages.success(request, told)
                return HttpResponseRedirect(_address(edition))
        return _page(model_admin, request, edition, editions, form)


def _edition(request, editions):
    """The one that is asked for; else that of the desk's host; else the first in which they may place stories."""
    asked = request.GET.get("edition")
    here = request.edition.slug if request.edition else ""
    found = [one for one in editions if one.slug == (asked or here)] or ([] if asked else editions)
    if not found:
        raise PermissionDenied(_("Your role does not allow you to arrange the front page of this edition."))
    return found[0]


def _address(edition):
    return f"{reverse('admin:articles_story_front')}?{urlencode({'edition': edition.slug})}"


def _placed(request, edition, form):
    """What was done, in a sentence; "" if it was refused: then the form tells why."""
    if not form.is_valid():
        return ""
    sent = form.cleaned_data
    try:
        slot = placing.place(
            edition, sent["place"], Story(pk=sent["story"]), request.user, timezone.now(), sent["until"]
        )
    except Refused as refused:
        form.add_error(None, refused.reasons)
        return ""
    told = {"headline": slot.story.headline, "place": slot.get_place_display()}
    return _("“%(headline)s” has its place: %(place)s.") % told


def _cleared(request, edition):
    where = request.POST["clear"]
    if where not in map(str, Place.values):
        return _("This place is free.")
    story = placing.clear(edition, int(where), request.user, timezone.now())
    if story is None:
        return _("This place is free.")
    return _("“%(headline)s” has left its place, which fills itself.") % {"headline": story.headline}


def _page(model_admin, request, edition, editions, form):
    now = timezone.now()
    words = " ".join(request.GET.get("q", "")[:LONGEST_SEARCH].split())
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Front page"),
        "subtitle": edition.name,
        "opts": model_admin.opts,
        "edition": edition,
        "tabs": [(one.name, _address(one), one == edition) for one in editions],
        "form": form,
        "chosen": form["story"].value(),
        "spots": list(spots(edition, now)),
        "words": words,
        "offered": _offered(request.user, edition, now, words),
        "site": edition.absolute("/"),
    }
    return TemplateResponse(request, "admin/articles/story/front.html", context)


def _offered(user, edition, at, words):
    """The next stories to go live and the newest that are, or those of them that hold `words`."""
    here = Q(edition=edition, state=State.RELEASED) & (search.holding(words) if words else Q())
    to_come = at_desk(user, here & Q(live_from__gt=at), ("live_from", "pk"), TO_COME)
    live = at_desk(user, here & Q(live_from__lte=at), ("-live_from", "-pk"), NEWEST)
    stories = desk_rows.rows([*to_come, *live]).values()
    return [story for story in stories if story.standing(at) in placing.MAY_STAND]
