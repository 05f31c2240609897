import atexit

from django.apps import AppConfig
from django.core import checks
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Newsroom")

    def ready(self):
        from . import database, logs
        from .database import compiled

        connection_created.connect(database.teach_connection)
        connection_created.connect(logs.watch)
        atexit.register(database.let_go)
        checks.register(compiled.check)
        pre_migrate.connect(database.remove, sender=self)
        post_migrate.connect(database.install, sender=self)
