from django.contrib import admin
from django.urls import include, path

from articles.admin.on_site import on_site
from articles.desk.account import urls as accounts

urlpatterns = [
    path("admin/r/<path:content_type_id>/<path:object_id>/", admin.site.admin_view(on_site)),  # overrides Django's
    path("admin/", include(accounts)),
    path("admin/", admin.site.urls),
    path("admin/", include([accounts.alias])),
    path("", include("articles.urls")),
]

handler400 = "articles.views.errors.bad_request"
handler403 = "articles.views.errors.forbidden"
handler404 = "articles.views.errors.not_found"
handler500 = "articles.views.errors.failed"
