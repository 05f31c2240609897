from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin with a site whose lists and forms all obey articles/desk/."""

    default_site = "articles.desk.site.DeskSite"
