from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone

from articles.delivery import printing
from articles.delivery.printing import held
from articles.front_page import front_page

from .errors import came_from


@held("p")
def front(request):
    if "p" in request.GET and (story := came_from(request)):  # as WordPress calls a story: /?p=603
        return HttpResponsePermanentRedirect(story.get_absolute_url())
    printing.lists(request.edition)
    context = {"canonical": request.edition.absolute("/"), **front_page(request.edition, timezone.now())._asdict()}
    return render(request, "articles/front.html", context)
