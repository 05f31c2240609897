"""Who makes the paper, and what it binds itself to (rules.md D1, D2, D11)."""

from django.shortcuts import get_object_or_404, render

from articles.models import Policy


def masthead(request):
    context = {
        "canonical": request.edition.absolute(request.path),
        "positions": request.edition.positions.select_related("person"),
    }
    return render(request, "articles/masthead.html", context)


def policy(request, slug):
    policy = get_object_or_404(Policy, edition=request.edition, slug=slug)
    context = {"canonical": request.edition.absolute(request.path), "policy": policy}
    return render(request, "articles/policy.html", context)


def corrections(request):
    context = {"canonical": request.edition.absolute(request.path)}
    return render(request, "articles/corrections.html", context)
