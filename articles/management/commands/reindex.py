"""Makes the search index anew, as after a change of the rules for words (articles/text/words.py)."""

from django.core.management.base import BaseCommand

from articles import database


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        database.make_search_anew(verbosity=options["verbosity"], stdout=self.stdout)
