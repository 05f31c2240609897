from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin with a site whose lists and forms all obey articles/desk/."""

    default_site = "articles.desk.site.DeskSite"

    def ready(self):
        super().ready()
        from articles import sign_in  # noqa: F401 - it hears of every sign-in, also of one before the first request
