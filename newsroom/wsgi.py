import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

django = get_wsgi_application()

from articles import database  # noqa: E402 - Django must be set up first
from articles.delivery.parent import end_with_parent  # noqa: E402
from articles.delivery.wsgi import PageCache  # noqa: E402

database.refuse_stale()
end_with_parent()

application = PageCache(django)
