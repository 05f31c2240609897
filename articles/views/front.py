from django.shortcuts import render
from django.utils import timezone

from articles.front_page import front_page


def front(request):
    context = {"canonical": request.edition.absolute("/"), **front_page(request.edition, timezone.now())._asdict()}
    return render(request, "articles/front.html", context)
