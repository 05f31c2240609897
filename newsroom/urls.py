from django.contrib import admin
from django.urls import include, path

from articles.admin.on_site import on_site

urlpatterns = [
    path("admin/r/<path:content_type_id>/<path:object_id>/", admin.site.admin_view(on_site)),  # overrides Django's
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
]

handler400 = "articles.views.errors.bad_request"
handler403 = "articles.views.errors.forbidden"
handler404 = "articles.views.errors.not_found"
handler500 = "articles.views.errors.failed"
