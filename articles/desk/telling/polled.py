"""How much somebody has not seen. Every open page of the desk asks every few seconds; it costs three small queries.

The middleware of articles/desk/writing/questions.py answers; the form of a story hears it with who else is there.
"""

from django.http import HttpResponse, JsonResponse

from articles.desk.writing import asker
from articles.publishing import told

ADDRESS = "/admin/told/count/"
HEADERS = {"Cache-Control": "no-store, private"}


def answer(request):
    """{"unseen": count}; 401 without a sign-in."""
    request.get_host()  # refuses one that is not ours
    if request.method != "GET":
        return HttpResponse(status=405, headers=HEADERS)
    account, _language = asker.signed_in(request)
    if account is None:
        return HttpResponse(status=401, headers=HEADERS)
    return JsonResponse({"unseen": len(told.unseen(account.pk))}, headers=HEADERS)


def answers(get_response):
    def middleware(request):
        return answer(request) if request.path == ADDRESS else get_response(request)

    return middleware
