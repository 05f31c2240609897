from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, with a site whose every list and form keeps the rules of articles/desk/."""

    default_site = "articles.desk.site.DeskSite"
